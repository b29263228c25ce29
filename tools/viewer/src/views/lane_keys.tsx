// The timeline of talks by keyboard: one stop of Tab, from which arrows go along a lane and between
// lanes. Elsewhere Left and Right stay the page's own.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { companyName } from "../data/network";
import { isoDay } from "../data/format";
import { inSight, nearest, thingsOf, type Thing } from "../data/things";
import { sentence, stageText } from "../data/words";
import { now, selectRecord, setNow, spoken, withFuture } from "../state/store";
import { moodHeight, moodTop, type Row } from "./lane_rows";

interface Frame {
  left: number;
  inner: number;
  from: number;
  to: number;
  /** The mood at the top of a lane's plot. */
  top: number;
}

const keyOf = ({ lane, world }: Row) => lane.company + world.mark;

function labelOf({ world, lane }: Row, thing: Thing): string {
  const { trace } = world;
  const whose = `${companyName(trace, lane.company || trace.scenario.hub)}${world.mark ? ", what if" : ""}`;
  const entry = trace.get(thing.id);
  const text = thing.kind === "stage" ? `talks ${stageText(thing.stage.stage)}` : entry ? sentence(trace, entry) : "";
  return `${whose}, ${isoDay(thing.t)}: ${text}`;
}

// Where the ring of the focus goes, within the lane.
function ringOf(thing: Thing, { left, inner, from, to, top }: Frame) {
  const x = (t: number) => left + Math.min(1, Math.max(0, (t - from) / (to - from))) * inner;
  if (thing.kind === "stage") {
    const a = x(thing.t);
    return { x: a, y: 3, width: Math.max(4, x(thing.stage.to) - a), height: 17 };
  }
  if (thing.kind === "mark") return { x: x(thing.t) - 7, y: 1.5, width: 14, height: 20 };
  return { x: x(thing.t) - 4, y: moodTop + moodHeight * (1 - thing.level / top) - 4, width: 8, height: 8 };
}

export function LaneKeys({ rows, frame }: { rows: Row[]; frame: Frame }) {
  const [at, setAt] = useState<{ row: string; id: number } | null>(null);
  const ref = useRef<SVGGElement | null>(null);
  const moved = useRef(false);
  // Where the clock was when this had the focus last.
  const clock = useRef(NaN);
  useLayoutEffect(() => {
    if (moved.current) ref.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
    moved.current = false;
  });
  const things = (row: Row) => {
    const { from, to } = frame;
    const end = withFuture.peek() ? to : Math.min(to, now.peek());
    return inSight(thingsOf(row.lane, row.world.minds.value.get(row.lane.person)), from, end);
  };
  let row = rows.find((r) => keyOf(r) === at?.row);
  let thing = row && things(row).find((x) => x.id === at!.id);
  if (!thing) {
    row = rows.find((r) => things(r).length > 0);
    thing = row && nearest(things(row), now.peek());
  }
  if (!row || !thing) return null;

  const go = (to: Row, which: Thing | undefined) => {
    if (!which) return;
    moved.current = true;
    setAt({ row: keyOf(to), id: which.id });
    spoken.value = labelOf(to, which);
  };
  const [here, what] = [row, thing];
  const focus = () => {
    const was = clock.current;
    clock.current = now.peek();
    if (was === clock.current) return;
    const near = nearest(things(here), clock.current);
    if (near) setAt({ row: keyOf(here), id: near.id });
  };
  const press = (e: KeyboardEvent) => {
    if (e.shiftKey || e.ctrlKey || e.metaKey || e.altKey) return;
    const mine = things(here);
    const i = mine.findIndex((x) => x.id === what.id);
    const lane = (step: 1 | -1) => {
      for (let k = rows.indexOf(here) + step; rows[k]; k += step) {
        const found = nearest(things(rows[k]!), what.t);
        if (found) return go(rows[k]!, found);
      }
    };
    const acts: Record<string, () => void> = {
      ArrowRight: () => go(here, mine[i + 1]),
      ArrowLeft: () => go(here, mine[i - 1]),
      ArrowDown: () => lane(1),
      ArrowUp: () => lane(-1),
      Home: () => go(here, mine[0]),
      End: () => go(here, mine.at(-1)),
    };
    const pick = () => {
      selectRecord(what.id, here.world.mark !== "");
      if (what.kind !== "stage") setNow(what.t);
      clock.current = now.peek();
    };
    const act = e.key === "Enter" || e.key === " " ? pick : acts[e.key];
    if (!act) return;
    // At the end of a lane, too: there the page must not begin to step.
    e.preventDefault();
    e.stopPropagation();
    act();
  };
  return (
    <g ref={ref} class="lane-at" role="button" tabindex={0} aria-label={labelOf(here, what)} transform={`translate(0 ${here.y})`} onFocus={focus} onKeyDown={press}>
      <rect {...ringOf(what, frame)} />
    </g>
  );
}
