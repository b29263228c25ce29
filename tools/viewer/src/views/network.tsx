// The network of promises: who owes whom what at the clock. Money that can go round is lit. The
// layout is made once for all companies of both worlds, so that nothing moves while it grows.
import { useMemo, useRef } from "preact/hooks";
import { computed } from "@preact/signals";
import { companyName, networkAt, type Edge, type NetworkState, type PromiseKind } from "../data/network";
import { dollars, plain } from "../data/format";
import { alive, base, fork, networkMode, now, select, selectRecord, selection, type World } from "../state/store";
import { layOut, type Place } from "./layout";
import { Segments, useSize } from "./parts";
import { standalone } from "./picture";
import { ExportMenu, pictureTitle } from "./export_menu";

// Looked at anew only when a promise comes or goes, not at each move of the clock.
const stateOf = (world: () => World | null) => {
  const count = computed(() => {
    const w = world();
    if (!w) return -1;
    const t = now.value;
    let n = 0;
    for (const p of w.promises.value) if (p.t <= t) ++n;
    return n;
  });
  return computed<NetworkState | null>(() => {
    const n = count.value;
    const w = world();
    if (!w) return null;
    const all = w.promises.value;
    return networkAt(all, w.trace.scenario.hub, n > 0 ? all[n - 1]!.t : -Infinity);
  });
};
export const baseNetwork = stateOf(() => base.value);
export const forkNetwork = stateOf(() => fork.value);

interface Drawn extends Edge {
  /** In which world: both, only the baseline's, only the what-if's. */
  of: "both" | "base" | "fork";
  circular: boolean;
  other: number | undefined;
}

function drawn(): Drawn[] {
  const a = baseNetwork.value;
  const b = forkNetwork.value;
  const mode = b ? networkMode.value : "base";
  const mine = mode === "fork" ? b! : a;
  if (!mine) return [];
  const lit = (s: NetworkState, e: Edge) => e.kind !== "guarantee" && s.circular.has(`${e.from}>${e.to}`);
  if (mode !== "both" || !b) return mine.edges.map((e) => ({ ...e, of: "both", circular: lit(mine, e), other: undefined }));
  const list: Drawn[] = [];
  for (const e of mine.edges) {
    const same = b.edges.find((o) => o.key === e.key);
    list.push({ ...e, of: same && same.usdBn === e.usdBn ? "both" : same ? "fork" : "base", usdBn: same?.usdBn ?? e.usdBn, circular: lit(mine, e), other: same && same.usdBn !== e.usdBn ? e.usdBn : undefined });
  }
  for (const e of b.edges) if (!mine.edges.some((o) => o.key === e.key)) list.push({ ...e, of: "fork", circular: lit(b, e), other: undefined });
  return list;
}

export function Network() {
  const svg = useRef<SVGSVGElement | null>(null);
  return (
    <section class="panel view-network" aria-label="Network of promises">
      <div class="head">
        <h2>Who owes whom</h2>
        {fork.value && (
          <Segments label="World of the network" value={networkMode.value}
            of={[["base", "Baseline"], ["fork", "What if"], ["both", "Both"]]} set={(v) => (networkMode.value = v)} />
        )}
        <span class="spring" />
        <ExportMenu name="network" svg={() => svg.current && picture(svg.current)} />
      </div>
      <div class="body">{alive.value && <Graph hold={(s) => (svg.current = s)} />}</div>
      <Figures />
    </section>
  );
}

function picture(svg: SVGSVGElement): string {
  const [title, more] = pictureTitle("Who owes whom");
  const state = fork.value && networkMode.value === "fork" ? forkNetwork.value : baseNetwork.value;
  const { circulating, total } = state?.circulation ?? { circulating: 0, total: 0 };
  const round = circulating > 0 ? `${dollars(circulating)} of ${dollars(total)} can go round` : "nothing goes round";
  return standalone(svg, title, `${more}; ${round}. Blue: buys; orange: equity; dashed: warrants; dotted: guarantees`);
}

function Figures() {
  const both = fork.value !== null && networkMode.value === "both";
  const state = fork.value && networkMode.value === "fork" ? forkNetwork.value : baseNetwork.value;
  const other = both ? forkNetwork.value : null;
  const trace = alive.value?.trace;
  if (!state || !trace) return null;
  const hub = companyName(trace, trace.scenario.hub);
  const first = state.circles[0];
  const ordered = ({ obligations }: NetworkState) => (obligations > 0 ? dollars(obligations) : "nothing");
  const round = ({ circulation: { circulating, total } }: NetworkState) =>
    circulating > 0 ? `${dollars(circulating)}, ${plain((circulating / total) * 100, 2)} %` : "nothing";
  return (
    <div class="figures">
      <span>Ordered by {hub} <b>{ordered(state)}{other && ordered(other) !== ordered(state) && <em> → {ordered(other)}</em>}</b></span>
      <span title={first ? state.circles.slice(0, 4).map((c) => `${dollars(c.usdBn)}: ${[...c.companies, c.companies[0]!].map((i) => companyName(trace, i)).join(" → ")}`).join("\n") : ""}>
        can go round <b>{round(state)}{other && round(other) !== round(state) && <em> → {round(other)}</em>}</b>
      </span>
      <span class="keys" aria-hidden="true">
        {[["purchase", "buys"], ["equity", "equity"], ["warrants", "warrants"], ["guarantee", "guarantee"], ["round", "goes round"]].map(([key, text]) => (
          <span key={key}><i class={`key ${key}`} /> {text}</span>
        ))}
        {both && <span class="worlds">faint: baseline’s only; ringed: what-if’s</span>}
      </span>
    </div>
  );
}

function Graph({ hold }: { hold(svg: SVGSVGElement | null): void }) {
  const [ref, { width, height }] = useSize<HTMLDivElement>();
  const trace = base.value!.trace;
  const hub = trace.scenario.hub;
  const all = [...base.value!.promises.value, ...(fork.value?.promises.value ?? [])];
  const key = [...new Set(all.map((p) => `${p.from}>${p.to}`))].sort().join();
  const places = useMemo(() => layOut(hub, all), [key, hub]);
  const edges = drawn();
  const scale = Math.max(...all.map((p) => p.usdBn), 100);
  const at = (id: string): Place => {
    const p = places.get(id) ?? { x: 0.5, y: 0.5 };
    const padX = Math.min(98, width * 0.24);
    return { x: padX + p.x * (width - 2 * padX), y: 26 + p.y * (height - 52) };
  };
  const active = new Set(edges.flatMap((e) => [e.from, e.to]));
  const sums = new Map<string, number>();
  for (const e of edges) for (const id of [e.from, e.to]) sums.set(id, (sums.get(id) ?? 0) + e.usdBn);
  const radius = (id: string) => (id === hub ? 27 : 8 + 9 * Math.sqrt(Math.min(1, (sums.get(id) ?? 0) / (3 * scale))));
  const chosen = selection.value;
  const count = new Map<string, number>();
  return (
    <div class="graph" ref={ref}>
      {width > 0 && height > 60 && (
        <svg ref={hold} width={width} height={height} role="group" aria-label={`Network of promises: ${edges.length} of them now`}>
          {edges.map((e) => {
            const n = count.get(`${e.from}>${e.to}`) ?? 0;
            count.set(`${e.from}>${e.to}`, n + 1);
            return <Arrow key={e.key} edge={e} a={at(e.from)} b={at(e.to)} ra={radius(e.from)} rb={radius(e.to)} bend={13 + 13 * n} scale={scale} out={e.from === hub} past={e.from !== hub && e.to !== hub ? at(hub) : null}
              chosen={chosen?.kind === "pair" && chosen.id === `${e.from}>${e.to}`}
              label={`${companyName(trace, e.from)} to ${companyName(trace, e.to)}, ${words[e.kind]}: ${e.upTo ? "up to " : ""}${dollars(e.usdBn)}${e.other !== undefined ? ` instead of ${dollars(e.other)}` : ""}${e.circular ? ", can go round" : ""}`} />;
          })}
          {[...places.keys()].map((id) => {
            const p = at(id);
            const r = radius(id);
            const isChosen = chosen?.kind === "actor" && chosen.id === id;
            return (
              <g key={id} class={`company${id === hub ? " hub" : ""}${id === hub || active.has(id) ? "" : " idle"}${isChosen ? " chosen" : ""}`} transform={`translate(${p.x.toFixed(1)} ${p.y.toFixed(1)})`}
                role="button" tabindex={0} aria-label={companyName(trace, id)}
                onClick={() => select({ kind: "actor", id, fork: false })}
                onKeyDown={(e) => { if (e.key === "Enter" || e.key === " ") { select({ kind: "actor", id, fork: false }); e.preventDefault(); e.stopPropagation(); } }}>
                <circle r={r} />
                {id === hub ? <text class="inside" y="4">{companyName(trace, id)}</text>
                  : <text class={places.get(id)!.x < 0.5 ? "left" : "right"} x={places.get(id)!.x < 0.5 ? -r - 6 : r + 6} y="4">{companyName(trace, id)}</text>}
              </g>
            );
          })}
        </svg>
      )}
      {!edges.length && <p class="empty">No promises yet.</p>}
    </div>
  );
}

const words: Record<PromiseKind, string> = { purchase: "will buy", equity: "invests", warrants: "gives warrants", guarantee: "guarantees loans" };

function Arrow(props: { edge: Drawn; a: Place; b: Place; ra: number; rb: number; bend: number; scale: number; chosen: boolean; label: string; out: boolean; past: Place | null }) {
  const { edge, a, b, ra, rb, bend, scale, chosen, label } = props;
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const length = Math.hypot(dx, dy) || 1;
  // Between two at the rim it goes round the outside, past the hub's own.
  const turn = props.past && (-dy * (props.past.x - a.x) + dx * (props.past.y - a.y)) > 0 ? -1 : 1;
  const nx = (turn * -dy) / length;
  const ny = (turn * dx) / length;
  const w = 1.5 + 9 * Math.sqrt(edge.usdBn / scale);
  const head = Math.max(7, w * 1.5);
  const mx = (a.x + b.x) / 2 + nx * bend * 2;
  const my = (a.y + b.y) / 2 + ny * bend * 2;
  // From rim to rim, along the direction of the curve at its ends.
  const rim = (p: Place, r: number) => {
    const l = Math.hypot(mx - p.x, my - p.y) || 1;
    return { x: p.x + ((mx - p.x) / l) * r, y: p.y + ((my - p.y) / l) * r };
  };
  const s = rim(a, ra + 1);
  const tip = rim(b, rb + 2);
  const e = rim(b, rb + 2 + head);
  const path = `M${s.x.toFixed(1)} ${s.y.toFixed(1)}Q${mx.toFixed(1)} ${my.toFixed(1)} ${e.x.toFixed(1)} ${e.y.toFixed(1)}`;
  const ux = (tip.x - e.x) / head;
  const uy = (tip.y - e.y) / head;
  const half = Math.max(4, w * 0.95);
  const point = `M${tip.x.toFixed(1)} ${tip.y.toFixed(1)}L${(e.x - uy * half).toFixed(1)} ${(e.y + ux * half).toFixed(1)}L${(e.x + uy * half).toFixed(1)} ${(e.y - ux * half).toFixed(1)}Z`;
  // Nearer to the company at the rim, where curves lie apart.
  const f = props.out ? 0.6 : 0.4;
  const tx = (1 - f) ** 2 * s.x + 2 * f * (1 - f) * mx + f * f * e.x;
  const ty = (1 - f) ** 2 * s.y + 2 * f * (1 - f) * my + f * f * e.y;
  const pick = () => {
    if (edge.ids.length === 1) selectRecord(edge.ids[0]!, edge.of === "fork");
    else select({ kind: "pair", id: `${edge.from}>${edge.to}`, fork: edge.of === "fork" });
  };
  return (
    <g class={`promise ${edge.kind} of-${edge.of}${edge.circular ? " circular" : ""}${chosen ? " chosen" : ""}`} role="button" tabindex={0} aria-label={label}
      onClick={pick} onKeyDown={(k) => { if (k.key === "Enter" || k.key === " ") { pick(); k.preventDefault(); k.stopPropagation(); } }}>
      <title>{label}</title>
      <path class="touch" d={path} stroke-width={Math.max(14, w)} />
      <path class="flow" d={path} stroke-width={w} />
      {edge.circular && <path class="round" d={path} stroke-width={Math.max(1.5, w * 0.28)} />}
      <path class="head" d={point} />
      <text x={tx} y={ty + 4}>{edge.kind === "warrants" ? `${dollars(edge.usdBn)} w.` : dollars(edge.usdBn)}</text>
    </g>
  );
}
