// Two worlds over many seeds: what the change does, with 95 % intervals, as a chart and a table.
import { useRef, useState } from "preact/hooks";
import { plain } from "../data/format";
import { nameOf } from "../data/scenario";
import { base, lines, site } from "../state/store";
import { compareWorlds, comparison, type Comparison, type Outcome } from "../state/whatif";
import { ExportMenu } from "./export_menu";
import { standalone } from "./picture";

export function Compare() {
  const c = comparison.value;
  const [text, setText] = useState("200");
  const most = site.value?.limits["pairs_max"] ?? 1000;
  const pairs = Math.max(2, Math.min(most, Math.round(Number(text)) || 2));
  const can = lines.value.some((l) => l.trim());
  return (
    <div class="compare">
      {c.state !== "running" && (
        <div class="row">
          <label class="check">Seeds <input class="field short" type="number" min={2} max={most} value={text} onInput={(e) => setText(e.currentTarget.value)} onBlur={() => setText(String(pairs))} /></label>
          <button type="button" class="button main" disabled={!can} onClick={() => void compareWorlds(pairs)}>Compare over {pairs} seeds</button>
        </div>
      )}
      {!can && c.state === "idle" && <p class="dim">Write a what-if first. Each seed is then run twice, with and without it; the difference is taken pair by pair.</p>}
      {c.state === "running" && (
        <div class="progress">
          <label>
            <span>{c.waiting ? `Waiting: ${c.waiting} before this one` : `${c.pairs} of ${c.of} pairs`}</span>
            <progress max={c.of} value={c.pairs} />
          </label>
          <button type="button" class="button small" onClick={() => c.stream.cancel()}>Cancel</button>
        </div>
      )}
      {c.state === "failed" && <p class="problem" role="alert">{c.message}</p>}
      {c.state === "done" && <Outcomes result={c.result} />}
    </div>
  );
}

const known: Record<string, string> = {
  deals: "Deals", commitments_usd_bn: "Commitments", capacity_gw: "Capacity", added_value_usd_bn: "Value added on first days",
};

function label(o: Outcome): string {
  const scenario = base.value?.trace.scenario;
  const parts = o.name.split(".");
  if (parts[0] === "deal" && parts[1] && scenario) {
    const what = { usd_bn: "size", gw: "capacity", day: "day", first_day: "stock’s first day" }[parts[2] ?? ""] ?? (parts[2] ? parts[2] : "deal");
    return `${nameOf(scenario, parts[1])}: ${what}`;
  }
  return known[o.name] ?? o.name.replaceAll("_", " ");
}
const low = (o: Outcome) => o.bootstrap_low ?? o.student_low;
const high = (o: Outcome) => o.bootstrap_high ?? o.student_high;

function Outcomes({ result }: { result: Comparison }) {
  const svg = useRef<SVGSVGElement | null>(null);
  const [all, setAll] = useState(false);
  const moved = result.outcomes.filter((o) => o.difference !== null && !o.same_in_every_pair);
  const shown = all ? result.outcomes : moved.length ? moved : result.outcomes.slice(0, 4);
  const rowHeight = 22;
  const width = 380;
  const middle = 288;
  const half = 84;
  return (
    <>
      <p class="dim small">{result.pairs} pairs from seed {result.first_seed} on: “{result.interventions.join("; ")}”. Dots: what-if less baseline. Whiskers: {Math.round(result.level * 100)} % intervals (BCa bootstrap), each row on its own scale. Filled: the interval leaves 0 out.</p>
      <div class="row"><ExportMenu name="comparison" svg={() => svg.current && standalone(svg.current, `What if: ${result.interventions.join("; ")}`, `${result.pairs} pairs of runs; what-if less baseline, ${Math.round(result.level * 100)} % intervals, each row on its own scale`)} />
        <button type="button" class="link small" onClick={() => setAll(!all)}>{all ? "Only what moved" : `All ${result.outcomes.length} outcomes`}</button></div>
      <svg class="whiskers" ref={svg} viewBox={`0 0 ${width} ${shown.length * rowHeight + 8}`} role="img" aria-label={`Differences of ${shown.length} outcomes; the table below has the figures`}>
        <line class="zero" x1={middle} x2={middle} y2={shown.length * rowHeight + 4} />
        {shown.map((o, i) => {
          const y = i * rowHeight + 14;
          const a = low(o);
          const b = high(o);
          const reach = Math.max(Math.abs(a ?? 0), Math.abs(b ?? 0), Math.abs(o.difference ?? 0)) || 1;
          const x = (v: number) => middle + (v / reach) * half;
          const clear = a !== null && b !== null && (a > 0 || b < 0);
          return (
            <g key={o.name} class={clear ? "clear" : ""}>
              <text x="0" y={y + 4}>{label(o)}</text>
              {a !== null && b !== null && o.difference !== null ? (
                <>
                  <path class="whisker" d={`M${x(a)} ${y - 4}v8M${x(b)} ${y - 4}v8M${x(a)} ${y}H${x(b)}`} />
                  <circle cx={x(o.difference)} cy={y} r="4" />
                </>
              ) : <text class="few" x={middle + half} y={y + 4}>too few pairs</text>}
            </g>
          );
        })}
      </svg>
      <div class="scroll" tabIndex={0} role="region" aria-label="Table of the comparison">
        <table class="numbers">
          <thead><tr><th scope="col">Outcome</th><th scope="col">Baseline</th><th scope="col">What if</th><th scope="col">Difference</th><th scope="col">Interval</th><th scope="col" title="of the sign-flip test, adjusted by Holm">p adj.</th></tr></thead>
          <tbody>
            {shown.map((o) => (
              <tr key={o.name}>
                <th scope="row">{label(o)} <span class="dim">{o.unit === "count" ? "" : o.unit}</span></th>
                <td>{number(o.baseline)}</td>
                <td>{number(o.changed)}</td>
                <td>{number(o.difference)}</td>
                <td>{low(o) === null ? "–" : `${number(low(o))} … ${number(high(o))}`}</td>
                <td>{number(o.p_holm, 2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

const number = (x: number | null, digits = 3) => (x === null ? "–" : plain(x, digits));
