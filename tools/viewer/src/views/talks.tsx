// The timeline of talks: a lane for each company that deals with the hub. Above, what is said, each
// kind of word with a shape of its own; below, the mood of its principal: FOMO as an area, lost face
// as a line. With a what-if, its world has a lane of its own under the baseline's.
import { useMemo, useRef } from "preact/hooks";
import { companyName } from "../data/network";
import { isoDay } from "../data/format";
import { nameOf } from "../data/scenario";
import { sentence, stageText } from "../data/words";
import type { Lane, Mark } from "../data/talks";
import type { MindOf } from "../data/minds";
import { isBand } from "../data/things";
import { lastAt } from "../data/trace";
import { alive, base, divergence, now, range, select, selectRecord, selection, setNow, withFuture, zoomBy, type World } from "../state/store";
import { gutter, narrow } from "../state/look";
import { Check, Sky, useSize } from "./parts";
import { LaneKeys } from "./lane_keys";
import { lowHeight, moodHeight, moodTop, rowHeight, rowsNow, type Row } from "./lane_rows";
import { SignIcon, signPath, signText } from "./marks";
import { standalone } from "./picture";
import { ExportMenu, pictureTitle } from "./export_menu";
import { gridTimes, roomFor, timeTicks } from "./ticks";

export function Talks() {
  const svg = useRef<SVGSVGElement | null>(null);
  return (
    <section class="panel view-talks" aria-label="Talks and moods">
      <div class="head">
        <h2>Talks and moods</h2>
        <span class="keys" aria-hidden="true">
          <SignIcon sign="approach" side="hub" secret /> asks <SignIcon sign="offer" side="hub" secret /> offer <SignIcon sign="counter" side="side" secret /> counter
          <SignIcon sign="accept" side="side" secret /> yes <SignIcon sign="refuse" side="side" secret /> no <SignIcon sign="leak" side="world" /> leak <SignIcon sign="announce" side="hub" /> deal
          <i class="key fomo" /> FOMO <i class="key face" /> lost face
        </span>
        {narrow.value && <Check checked={withFuture.value} set={(v) => (withFuture.value = v)}>Future</Check>}
        <span class="spring" />
        <ExportMenu name="talks" svg={() => svg.current && picture(svg.current)} />
      </div>
      <div class="body">{alive.value && <Lanes hold={(s) => (svg.current = s)} />}</div>
    </section>
  );
}

// What lies over the lanes on the screen: the clock, where the worlds part, and what is not to be seen yet.
function picture(svg: SVGSVGElement): string {
  const { left } = gutter.value;
  const scroller = svg.closest<HTMLElement>(".lanes");
  const right = gutter.value.right - (scroller ? scroller.offsetWidth - scroller.clientWidth : 0);
  const inner = svg.width.baseVal.value - left - right;
  const [from, to] = range.value;
  const over = (t: number, text = "", dashed = false) => ({ x: left + ((t - from) / (to - from)) * inner, colour: dashed ? "warm" : "accent", dashed, text });
  const seen = ({ x }: { x: number }) => x >= left && x <= left + inner;
  const parting = divergence.value?.t ?? Infinity;
  const clock = over(now.value);
  const lines = [...(Number.isFinite(parting) && (withFuture.value || parting <= now.value) ? [over(parting, "the worlds part", true)] : []), clock].filter(seen);
  return standalone(svg, ...pictureTitle("Talks and moods"), { lines, ...(withFuture.value ? {} : { hiddenFrom: Math.max(left, clock.x) }) });
}

function Lanes({ hold }: { hold(s: SVGSVGElement | null): void }) {
  const [ref, size] = useSize<HTMLDivElement>();
  const { rows, height } = rowsNow();
  const { left } = gutter.value;
  // The plot ends where that of prices ends, whatever a scroll bar takes.
  const right = gutter.value.right - size.bar;
  const inner = Math.max(0, size.width - left - right);
  const [from, to] = range.value;
  const top = Math.max(0.6, ...rows.flatMap(({ world, lane }) => {
    const mind = world.minds.value.get(lane.person);
    return mind ? [mind.fomo.peak, mind.face.peak] : [];
  }));
  const full = Math.max(height, size.height);
  const time = (clientX: number, host: Element) => from + ((clientX - host.getBoundingClientRect().left - left) / inner) * (to - from);
  const wheel = (e: WheelEvent) => {
    if (!(e.ctrlKey || e.metaKey || e.altKey)) return;
    e.preventDefault();
    zoomBy(e.deltaY > 0 ? 1.2 : 1 / 1.2, time(e.clientX, e.currentTarget as Element));
  };
  return (
    <div class="lanes" ref={ref} tabIndex={0} data-scrolls role="region" aria-label="Lanes of talks, one for each company" onWheel={wheel}>
      <div class="lanes-in" style={{ height: `${full}px` }}>
        {inner > 40 && (
          <svg ref={hold} width={size.width} height={full} role="group" aria-label="Timeline of talks. Left and Right go along a lane, Up and Down to another, Enter selects."
            onClick={(e) => {
              const t = time(e.clientX, e.currentTarget);
              if (t < from || t > to) return;
              setNow(t);
              const y = e.clientY - e.currentTarget.getBoundingClientRect().top;
              const row = rows.findLast((r) => r.y <= y);
              if (row?.lane.person && y - row.y >= moodTop - 2) selectJump(row, t);
            }}>
            <Grid left={left} inner={inner} height={full} from={from} to={to} />
            {rows.map(({ world, lane, y }) => (
              <text key={lane.company + world.mark} class="export-only" x={left - 10} y={y + 16}>
                {world.mark ? "what if" : companyName(world.trace, lane.company || world.trace.scenario.hub)}
              </text>
            ))}
            {rows.map(({ world, lane, y }) => (
              <LaneRow key={lane.company + world.mark} {...{ world, lane, y, left, inner, from, to, top }} />
            ))}
            <LaneKeys rows={rows} frame={{ left, inner, from, to, top }} />
          </svg>
        )}
        <Sky left={left} right={right} top={0} bottom={0} />
        <Gutter rows={rows} />
      </div>
    </div>
  );
}

// A mood at a time is what its last jump has left: that is what a click on it shows.
function selectJump({ world, lane }: Row, t: number): void {
  const mind = world.minds.value.get(lane.person);
  const jumps = [mind?.fomo, mind?.face].flatMap((mood) => {
    const i = mood ? lastAt(mood.t, t) : -1;
    return i >= 0 ? [{ t: mood!.t[i]!, id: mood!.ids[i]! }] : [];
  });
  const last = jumps.sort((a, b) => b.t - a.t)[0];
  if (last) selectRecord(last.id, world.mark !== "");
}

function Grid({ left, inner, height, from, to }: { left: number; inner: number; height: number; from: number; to: number }) {
  const times = gridTimes(from / 1000, to / 1000, roomFor(inner));
  return (
    <g class="grid" aria-hidden="true">
      {times.map((s) => {
        const x = left + ((s * 1000 - from) / (to - from)) * inner;
        return <line key={s} x1={x} x2={x} y2={height} />;
      })}
      {timeTicks(null, times).map((text, i) => {
        const s = times[i]!;
        return <text key={s} class="export-only month" x={left + ((s * 1000 - from) / (to - from)) * inner} y="-4">{text}</text>;
      })}
    </g>
  );
}

// Names at the left, and the mood at the clock.
function Gutter({ rows }: { rows: Row[] }) {
  const trace = base.value!.trace;
  return (
    <>
      {rows.map(({ world, lane, y }) => (
        <div key={lane.company + world.mark} class={`lane-name${world.mark ? " fork" : ""}`} style={{ top: `${y}px` }}>
          {lane.company === "" ? (
            <button type="button" class="link company" onClick={() => select({ kind: "actor", id: trace.scenario.hub, fork: world.mark !== "" })}>
              {world.mark ? "What if" : companyName(trace, trace.scenario.hub)}
              {!world.mark && <span class="who"> {lane.person ? nameOf(trace.scenario, lane.person).split(" ").at(-1) : "& world"}</span>}
            </button>
          ) : (
            <button type="button" class="link company" aria-label={world.mark ? `${companyName(trace, lane.company)}, what if` : undefined} onClick={() => select({ kind: "actor", id: lane.person || lane.company, fork: world.mark !== "" })}>
              {world.mark ? "What if" : companyName(trace, lane.company)}
              {!world.mark && lane.person && <span class="who"> {nameOf(trace.scenario, lane.person).split(" ").at(-1)}</span>}
            </button>
          )}
          {lane.person && <Levels mind={world.minds.value.get(lane.person)} name={nameOf(trace.scenario, lane.person)} />}
        </div>
      ))}
    </>
  );
}

function Levels({ mind, name }: { mind: MindOf | undefined; name: string }) {
  const t = now.value;
  const level = (x: number | undefined) => (x && x >= 0.005 ? x.toFixed(2) : "0");
  return (
    <span class="levels">
      <span class="level fomo" title={`FOMO of ${name}`}>F {level(mind?.fomo.at(t))}</span>{" "}
      <span class="level face" title={`Lost face of ${name}`}>L {level(mind?.face.at(t))}</span>
    </span>
  );
}

interface LaneProps {
  world: World;
  lane: Lane;
  y: number;
  left: number;
  inner: number;
  from: number;
  to: number;
  top: number;
}

function LaneRow({ world, lane, y, left, inner, from, to, top }: LaneProps) {
  const x = (t: number) => left + ((t - from) / (to - from)) * inner;
  const mind = world.minds.value.get(lane.person);
  // Nothing is drawn of what has not come in yet.
  const last = Math.min(to, world.trace.lastTime);
  const moods = useMemo(() => mind && moodPaths(mind, left, inner, from, to, last, top), [mind, left, inner, from, to, last, top]);
  const height = lane.person ? rowHeight : lowHeight;
  const inFork = world.mark !== "";
  // Offers come every few days: closer together they would be one heap.
  const dense = (to - from) / inner > 0.45 * 86_400_000;
  return (
    <g class={`lane${inFork ? " fork" : ""}`} transform={`translate(0 ${y})`}>
      {inFork && <rect class="ground" x={left} width={inner} height={height} />}
      {lane.stages.map((s) => {
        const a = Math.max(left, x(s.from));
        const b = Math.min(left + inner, x(Math.min(s.to, last)));
        if (b <= a || !isBand(s)) return null;
        return (
          <rect key={s.id} class={`stage ${stageText(s.stage)}`} x={a} width={b - a} y="3" height="17" rx="3"
            onClick={(e) => (e.stopPropagation(), selectRecord(s.id, inFork))}>
            <title>{`Talks ${stageText(s.stage)} from ${isoDay(s.from)}`}</title>
          </rect>
        );
      })}
      {moods && (
        <g aria-hidden="true">
          <path class="mood fomo" d={moods.fomoArea} />
          <path class="mood fomo line" d={moods.fomo} />
          <path class="mood face line" d={moods.face} />
        </g>
      )}
      <line class="floor" x1={left} x2={left + inner} y1={height - 3} y2={height - 3} />
      {[...lane.marks.filter(isOffer), ...lane.marks.filter((m) => !isOffer(m))].map((m) => {
        const at = x(m.t);
        if (at < left - 1 || at > left + inner + 1) return null;
        return <MarkAt key={m.id} mark={m} x={at} world={world} company={lane.company} dense={dense && isOffer(m)} />;
      })}
    </g>
  );
}

// Offers lie below what else is said: they are many.
const isOffer = (mark: Mark): boolean => mark.sign === "offer" || mark.sign === "counter";

// Offers of a thread follow each other within days: seen from afar they are strokes, the hub's
// above, the other side's below.
function MarkAt({ mark, x, world, company, dense }: { mark: Mark; x: number; world: World; company: string; dense: boolean }) {
  const s = selection.value;
  const inFork = world.mark !== "";
  const chosen = s?.kind === "record" && s.id === String(mark.id) && s.fork === inFork;
  const entry = world.trace.get(mark.id)!;
  const side = mark.byHub ? "hub" : company && mark.sign !== "leak" ? "side" : "world";
  return (
    <g class={`mark-at${chosen ? " chosen" : ""}`} transform={`translate(${x.toFixed(1)} 11.5)`} data-record={mark.id}
      onClick={(e) => (e.stopPropagation(), selectRecord(mark.id, inFork), setNow(mark.t))}>
      <title>{`${isoDay(mark.t)}, ${signText[mark.sign]}${mark.secret ? ", in secret" : ""}: ${sentence(world.trace, entry)}`}</title>
      <rect class="touch" x={dense ? -3 : -7} y="-10" width={dense ? 6 : 14} height="20" />
      <path class={`mark ${side}${mark.secret ? " secret" : ""}`} d={dense ? (mark.byHub ? "M0-6V-.5" : "M0 .5V6") : signPath(mark.sign)} />
    </g>
  );
}

function moodPaths(mind: MindOf, left: number, inner: number, from: number, to: number, last: number, top: number) {
  if (last <= from) return null;
  const step = ((to - from) / inner) * 6;
  const floor = moodTop + moodHeight;
  const line = (mood: MindOf["fomo"]) =>
    mood.curve(from, last, step)
      .map(({ t, y }, i) => `${i ? "L" : "M"}${(left + ((t - from) / (to - from)) * inner).toFixed(1)} ${(floor - (y / top) * moodHeight).toFixed(1)}`)
      .join("");
  const fomo = line(mind.fomo);
  return { fomo, face: line(mind.face), fomoArea: `${fomo}V${floor}H${left}Z` };
}

