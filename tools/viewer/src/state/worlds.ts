// Opening worlds: runs of the server, its traces, files of the reader's own.
import { batch } from "@preact/signals";
import { Detail } from "#proto/trace_pb";
import { Connection, type StreamHandlers } from "../net/socket";
import { readFile } from "../net/file";
import { isoDay } from "../data/format";
import {
  base, domain, fork, following, lines, now, playing, selection, starting, spoken, World, zoom, type Source,
} from "./store";

export const connection = new Connection(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`);

export const runOf = (source: Source) => ({
  scenario: source.name, seed: source.seed, resolution: source.resolution, until: source.until, lines: source.lines,
});

/** Opens a world as the baseline, in place of what is open. */
export function openBase(source: Source, bytes?: Uint8Array): World {
  base.value?.cancel();
  closeFork();
  const world = new World(source, "");
  batch(() => {
    base.value = world;
    starting.value = false;
    following.value = true;
    playing.value = false;
    selection.value = null;
    zoom.value = null;
    now.value = 0;
  });
  fill(world, bytes);
  return world;
}

/** Opens the what-if beside it. */
export function openFork(source: Source): World {
  closeFork();
  const world = new World(source, "'");
  fork.value = world;
  fill(world);
  return world;
}

export function closeFork(): void {
  fork.value?.cancel();
  batch(() => {
    if (selection.value?.fork) selection.value = null;
    fork.value = null;
  });
}

/** What a what-if of the open world starts from; null where the server cannot run its like. */
export function forkSource(): Source | null {
  const world = base.value;
  if (!world) return null;
  if (world.source.kind === "run") return { ...world.source, lines: [...world.source.lines, ...lines.value] };
  const header = world.trace.header;
  if (!header) return null;
  const resolution = header.settings.find((s) => s.name === "resolution")?.value ?? "";
  // A trace that ends before its scenario does was recorded up to a day.
  const { complete, lastTime, scenario } = world.trace;
  const early = complete && lastTime < Date.parse(scenario.endDay);
  const until = early ? isoDay(lastTime - 1) : "";
  const off = header.settings.filter((s) => s.name === "off").map((s) => `rule off ${s.value}`);
  return { kind: "run", name: header.scenarioName, seed: String(header.seed), resolution, until, lines: [...off, ...lines.value] };
}

const showEveryMs = 300;

function fill(world: World, bytes?: Uint8Array): void {
  const { source, trace } = world;
  let due: ReturnType<typeof setTimeout> | undefined;
  let shown = -Infinity;
  // Many frames may come between two paintings, and each painting keeps those that follow waiting:
  // the views are told at once of the first records, then a few times a second.
  const tell = () => {
    due ??= setTimeout(() => {
      due = undefined;
      if (gone()) return;
      if (trace.lastTime > 0) shown = performance.now();
      show(world);
    }, Math.max(0, shown + showEveryMs - performance.now()));
  };
  // A world that another has taken the place of moves nothing any more.
  const gone = () => base.peek() !== world && fork.peek() !== world;
  const finish = (status: "ready" | "failed" | "cancelled", message: string) => {
    clearTimeout(due);
    if (gone()) return;
    batch(() => {
      world.status.value = status;
      world.message.value = message;
      show(world);
    });
    spoken.value = status === "ready" ? `${world.mark ? "What-if" : "Run"} loaded` : message || "Cancelled";
  };
  if (source.kind === "file") {
    if (!bytes) return finish("failed", `Open the file ${source.name} again: a page cannot keep it.`);
    let stop = false;
    world.cancel = () => (stop = true);
    readFile(bytes, trace, tell, () => stop).then(
      () => stop ? finish("cancelled", "") : finish("ready", trace.complete ? "" : "The file is cut: it has no footer."),
      (error: Error) => finish("failed", error.message),
    );
    return;
  }
  const handlers: StreamHandlers = {
    record: (record) => trace.add(record),
    frame: tell,
    advance: ({ waiting }) => (world.waiting.value = waiting),
    end: ({ cancelled, error, busy }) =>
      finish(error ? "failed" : cancelled ? "cancelled" : "ready", error + (busy ? " (the server is busy: try again soon)" : "")),
  };
  // A what-if records what its baseline does: a kind that only one of them has would be a difference.
  const detail = world.mark ? Math.min(base.peek()?.trace.header?.detail ?? Detail.MARKET, Detail.MARKET) : Detail.MARKET;
  const stream = source.kind === "trace" ? connection.watchTrace(source.name, handlers) : connection.watchRun(runOf(source), handlers, detail);
  world.cancel = () => stream.cancel();
}

// Marks for whoever measures (tools/bench/viewer_bench.mjs): shown and alive, and all there.
const marked = new Set<string>();
function mark(name: string): void {
  if (marked.has(name)) return;
  marked.add(name);
  requestAnimationFrame(() => setTimeout(() => performance.mark(name)));
}

function show(world: World): void {
  if (world.trace.lastTime > 0) mark("oneup-interactive");
  if (world.status.peek() === "ready") mark("oneup-complete");
  batch(() => {
    world.version.value++;
    if (following.value && !world.mark && world.trace.lastTime > 0) {
      now.value = Math.min(world.trace.lastTime, domain.value[1]);
    }
  });
}
