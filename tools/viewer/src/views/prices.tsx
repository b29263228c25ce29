// Prices of all listings: simulated, recorded, and of the what-if's world. uPlot draws the lines;
// signs of what happened lie above them, and the clock moves over all without a new drawing.
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { signal } from "@preact/signals";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { day, plain, price } from "../data/format";
import { baseOf, closeAt, priceTable, recordedColumn, type PriceTable } from "../data/prices";
import { lastAt, type Listing, type Trace } from "../data/trace";
import {
  alive, base, fork, hidden, isIndexed, isLog, now, range, select, setNow, setZoom, starting, withFuture, withHistory, zoom,
} from "../state/store";
import { colour, dark, gutter, hueOf, plotWidth } from "../state/look";
import { Check, Segments, Sky, useSize } from "./parts";
import { ExportMenu } from "./export_menu";
import { Signs } from "./signs";
import { pricesSvg } from "./prices_svg";
import { apart, gridTimes, logTicks, roomFor, timeTicks } from "./ticks";

const topStrip = 33;
/** The time under the pointer; null while it is elsewhere. */
const hover = signal<number | null>(null);

export interface Line {
  listing: Listing;
  hue: string;
  /** "sim", "fork", "recorded" */
  of: string;
  values: (number | null)[];
}

/** What the chart shows now, as columns over the same times. */
export function linesNow(): { seconds: number[]; lines: Line[] } {
  const world = base.value;
  if (!world) return { seconds: [], lines: [] };
  void world.version.value;
  void fork.value?.version.value;
  const other = fork.value?.trace ?? null;
  const table: PriceTable = priceTable(world.trace, other);
  const from = range.value[0] / 1000;
  const lines: Line[] = [];
  world.trace.listings.forEach((listing, i) => {
    if (hidden.value.has(listing.ticker)) return;
    const own = table.columns.get(listing.ticker) ?? [];
    const scale = isIndexed.value ? 100 / (baseOf(own, table.seconds, from) ?? NaN) : 1;
    const add = (of: string, values: (number | null)[], by = scale) =>
      lines.push({ listing, hue: hueOf(i), of, values: by === 1 ? values : values.map((v) => (v === null ? null : v * by)) });
    if (withHistory.value) {
      const recorded = recordedColumn(world.trace, listing.ticker, table.seconds);
      add("recorded", recorded, isIndexed.value ? scaleTo(own, recorded, table.seconds, from, scale) : 1);
    }
    if (other) add("fork", table.columns.get(listing.ticker + "'") ?? []);
    add("sim", own);
  });
  return { seconds: table.seconds, lines };
}

// Recorded prices are adjusted for what came later: indexed to their own first day, which lies
// where the simulated line is on that day.
function scaleTo(own: (number | null)[], recorded: (number | null)[], seconds: number[], from: number, scale: number): number {
  const start = lastAt(seconds, from);
  if (start >= 0 && recorded[start] != null) return 100 / recorded[start]!;
  for (let i = Math.max(start, 0); i < recorded.length; ++i) {
    if (recorded[i] != null && own[i] != null) return (own[i]! * scale) / recorded[i]!;
  }
  return NaN;
}

export function Prices() {
  const world = alive.value;
  return (
    <section class="panel view-prices" aria-label="Prices">
      <div class="head">
        <h2>Prices</h2>
        <Segments label="Scale of prices" value={isIndexed.value ? "indexed" : "absolute"}
          of={[["indexed", "Indexed"], ["absolute", "Absolute"]]} set={(v) => (isIndexed.value = v === "indexed")} />
        <Check checked={isLog.value} set={(on) => (isLog.value = on)} title="Logarithmic scale">Log</Check>
        <Check checked={withHistory.value} set={(on) => (withHistory.value = on)} title="What the exchanges recorded, dotted">Recorded</Check>
        <span class="spring" />
        <ExportMenu name="prices" svg={() => pricesSvg()} />
      </div>
      {world && <Legend trace={world.trace} />}
      <div class="body">
        {world ? <Chart /> : (
          <p class="nothing">{base.value?.status.value === "loading" ? "Loading …" : <button type="button" class="button main" onClick={() => (starting.value = true)}>Open a world</button>}</p>
        )}
      </div>
    </section>
  );
}

function Legend({ trace }: { trace: Trace }) {
  void base.value?.version.value;
  const t = hover.value ?? now.value;
  const toggle = (ticker: string) => {
    const next = new Set(hidden.value);
    if (!next.delete(ticker)) next.add(ticker);
    hidden.value = next;
  };
  return (
    <div class="legend" role="group" aria-label="Listings: press to show or hide">
      {trace.listings.map((l, i) => {
        const close = closeAt(trace, l.ticker, t);
        const first = closeAt(trace, l.ticker, range.value[0]) ?? trace.sessions.get(l.ticker)?.close[0];
        const text = close === null || first == null ? "–" : isIndexed.value ? plain((close / first) * 100) : price(close, l.currency);
        return (
          <button key={l.ticker} type="button" aria-pressed={!hidden.value.has(l.ticker)} title={l.name} onClick={() => toggle(l.ticker)}>
            <span class={`swatch hue-${hueOf(i)}`} aria-hidden="true" />
            <span>{l.ticker}</span>
            <span class="value">{text}</span>
          </button>
        );
      })}
      {hover.value !== null && <span class="dim at">{day(hover.value)}</span>}
    </div>
  );
}

function Chart() {
  const [ref, size] = useSize<HTMLDivElement>();
  const plot = useRef<uPlot | null>(null);
  const { seconds, lines } = linesNow();
  const shape = lines.map((l) => l.listing.ticker + l.of).join() + isLog.value + isIndexed.value + dark.value + gutter.value.left + withFuture.value;
  const ready = size.width > 60 && size.height > 60;

  useLayoutEffect(() => {
    const host = ref.current;
    if (!host || !ready) return;
    const made = new uPlot(options(lines, size), [[], ...lines.map(() => [])] as uPlot.AlignedData, host);
    plot.current = made;
    return () => {
      made.destroy();
      plot.current = null;
    };
  }, [shape, ready]);

  useLayoutEffect(() => {
    if (ready) plot.current?.setSize({ width: size.width, height: size.height });
    plotWidth.value = size.width - gutter.value.left - gutter.value.right;
  }, [size.width, size.height, ready, shape, gutter.value]);

  const [from, to] = range.value;
  useLayoutEffect(() => {
    const u = plot.current;
    if (!u) return;
    u.batch(() => {
      u.setData([seconds, ...lines.map((l) => l.values)] as uPlot.AlignedData, false);
      u.setScale("x", { min: from / 1000, max: to / 1000 });
    });
  }, [base.value?.version.value, fork.value?.version.value, shape, from, to, ready, fork.value, base.value]);

  useEffect(() => () => void (hover.value = null), []);
  return (
    <>
      <div class="chart" ref={ref} role="img" aria-label={describe(lines)} />
      <Signs width={size.width} />
      <Sky left={gutter.value.left} right={gutter.value.right} top={2} bottom={26} />
    </>
  );
}

function describe(lines: Line[]): string {
  const [from, to] = range.value;
  const of = lines.filter((l) => l.of === "sim").map((l) => l.listing.name);
  return `Lines of ${of.length} stocks from ${day(from)} to ${day(to)}: ${of.join(", ")}. The legend has their values at the clock.`;
}

function options(lines: Line[], size: { width: number; height: number }): uPlot.Options {
  const ink = colour("ink-3");
  const grid = { stroke: colour("line"), width: 1 };
  const font = '11px system-ui, "DejaVu Sans", sans-serif';
  const { left, right } = gutter.value;
  return {
    width: size.width,
    height: size.height,
    padding: [topStrip + 4, right, 0, 0],
    legend: { show: false },
    cursor: { drag: { x: true, y: false, setScale: false, dist: 6 }, points: { show: false }, y: false },
    scales: { x: { time: true }, y: isLog.value ? { distr: 3, range: (_u, low, high) => [(low || 1) / 1.04, (high || 10) * 1.04] } : { distr: 1 } },
    tzDate: (ts) => uPlot.tzDate(new Date(ts * 1e3), "Etc/UTC"),
    axes: [
      { stroke: ink, grid, ticks: { ...grid, size: 4 }, font, size: 26, gap: 3, splits: (_u, _i, low, high) => gridTimes(low, high, roomFor(plotWidth.peek())), values: timeTicks },
      {
        stroke: ink, grid, ticks: { show: false }, font, size: left, gap: 8,
        values: (_u, ticks) => ticks.map((v) => (v === null ? "" : plain(v, 4))),
        space: 30,
        ...(isLog.value ? { splits: (_u: uPlot, _i: number, low: number, high: number) => logTicks(low, high), filter: (_u: uPlot, splits: number[]) => splits } : {}),
      },
    ],
    series: [
      {},
      ...lines.map((l): uPlot.Series => ({
        stroke: colour(l.hue),
        width: l.of === "sim" ? 1.7 : l.of === "fork" ? 1.7 : 1.2,
        ...(l.of === "fork" ? { dash: [6, 4] } : l.of === "recorded" ? { dash: [1.5, 3] } : {}),
        points: { show: false },
        spanGaps: true,
      })),
    ],
    hooks: {
      draw: [(u) => drawExtras(u, lines)],
      setCursor: [(u) => {
        const at = u.cursor.left ?? -1;
        hover.value = at >= 0 ? u.posToVal(at, "x") * 1000 : null;
      }],
      setSelect: [(u) => {
        if (u.select.width < 6) return;
        setZoom(u.posToVal(u.select.left, "x") * 1000, u.posToVal(u.select.left + u.select.width, "x") * 1000);
        u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      }],
      ready: [(u) => {
        u.over.addEventListener("click", (e) => {
          if (u.select.width >= 6) return;
          setNow(u.posToVal(e.offsetX, "x") * 1000);
          const line = lineAt(u, lines, e.offsetX, e.offsetY);
          if (line) select({ kind: "listing", id: line.listing.ticker, fork: line.of === "fork" });
        });
        u.over.addEventListener("dblclick", () => (zoom.value = null));
      }],
    },
  };
}

// The line under the pointer, if one is within ten points of it.
function lineAt(u: uPlot, lines: Line[], x: number, y: number): Line | null {
  const i = lastAt(u.data[0], u.posToVal(x, "x"));
  let best: Line | null = null;
  let nearest = 10;
  lines.forEach((line, k) => {
    const data = u.data[k + 1]!;
    const v = data[i] ?? data[i - 1];
    if (v == null || line.of === "recorded") return;
    const distance = Math.abs(u.valToPos(v, "y") - y);
    if (distance < nearest) [best, nearest] = [line, distance];
  });
  return best;
}

// Tickers at the ends of their lines, pushed apart.
function drawExtras(u: uPlot, lines: Line[]): void {
  // Where lines end is still to come.
  if (!withFuture.peek()) return;
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio;
  const labels: { y: number; text: string; hue: string }[] = [];
  lines.forEach((line, k) => {
    if (line.of !== "sim") return;
    const data = u.data[k + 1]!;
    for (let i = Math.min(lastAt(u.data[0], u.scales.x!.max!), data.length - 1); i >= 0; --i) {
      const v = data[i];
      if (v == null) continue;
      labels.push({ y: u.valToPos(v, "y", true), text: line.listing.ticker, hue: line.hue });
      break;
    }
  });
  ctx.save();
  ctx.font = `600 ${10.5 * ratio}px system-ui, "DejaVu Sans", sans-serif`;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  for (const label of apart(labels, 12.5 * ratio, bbox.top, bbox.top + bbox.height)) {
    ctx.fillStyle = colour(label.hue);
    ctx.fillText(label.text, bbox.left + bbox.width + 5 * ratio, label.y);
  }
  ctx.restore();
}
