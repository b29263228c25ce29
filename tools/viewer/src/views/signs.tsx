// Signs of what became public, above the lines of prices.
import { useMemo } from "preact/hooks";
import { isoDay } from "../data/format";
import type { Mark } from "../data/talks";
import { sentence } from "../data/words";
import { gutter } from "../state/look";
import { base, fork, range, selection, selectRecord, setNow, type World } from "../state/store";
import { signPath, signText } from "./marks";
import { inRows } from "./ticks";

export interface PublicMark {
  mark: Mark;
  world: World;
  company: string;
}

/** What became public in either world; of the what-if's only what the baseline has not.
 * Announcements first: they choose their row, and are drawn last. */
export function publicMarks(): PublicMark[] {
  const known = new Set<string>();
  const list: PublicMark[] = [];
  for (const world of [base.value, fork.value]) {
    for (const lane of world?.lanes.value ?? []) {
      for (const mark of lane.marks) {
        const key = `${mark.t} ${mark.sign} ${lane.company}`;
        if (mark.secret || mark.sign === "intervention" || (world!.mark && known.has(key))) continue;
        if (!world!.mark) known.add(key);
        list.push({ mark, world: world!, company: lane.company });
      }
    }
  }
  return list.sort((a, b) => Number(b.mark.sign === "announce") - Number(a.mark.sign === "announce") || a.mark.t - b.mark.t);
}

// Public events above the plot; announcements have a line down to the axis.
export function Signs({ width }: { width: number }) {
  const { left, right } = gutter.value;
  const [from, to] = range.value;
  const inner = width - left - right;
  const marks = useMemo(publicMarks, [base.value?.lanes.value, fork.value?.lanes.value]);
  if (inner < 40) return null;
  const x = (t: number) => ((t - from) / (to - from)) * inner;
  const chosen = selection.value;
  const seen = marks.filter(({ mark }) => mark.t >= from && mark.t <= to);
  const rows = inRows(seen.map(({ mark }) => x(mark.t)), 13);
  return (
    <svg class="signs" width={inner} height="100%" role="presentation" style={{ left: `${left}px` }}>
      {seen.map(({ mark, world, company }, i) => {
        const at = x(mark.t);
        const y = rows[i] === 0 ? 23 : 10;
        const entry = world.trace.get(mark.id)!;
        const isChosen = chosen?.kind === "record" && chosen.id === String(mark.id) && chosen.fork === (world.mark !== "");
        const label = `${isoDay(mark.t)}, ${signText[mark.sign]}: ${sentence(world.trace, entry)}`;
        return (
          <g key={world.mark + mark.id} class={`sign-at${isChosen ? " chosen" : ""}`} transform={`translate(${at.toFixed(1)} 0)`}
            onClick={() => (selectRecord(mark.id, world.mark !== ""), setNow(mark.t))}>
            <title>{label}</title>
            {(mark.sign === "announce" || isChosen) && <line y1={y + 10} y2="100%" class={world.mark ? "stem fork" : "stem"} />}
            <rect x="-7" y={y - 7} width="14" height="14" class="touch" />
            <path class={`mark ${world.mark ? "fork" : mark.byHub ? "hub" : company ? "side" : "world"}`} transform={`translate(0 ${y})`} d={signPath(mark.sign)} />
          </g>
        );
      }).reverse()}
    </svg>
  );
}

