// What the page shows: one clock, one selection, one or two worlds. Views read these signals and
// never each other.
import { batch, computed, effect, signal } from "@preact/signals";
import { DivergenceFinder, type Divergence } from "../data/diverge";
import { lanesOf, stepsOf } from "../data/talks";
import { mindsOf } from "../data/minds";
import { promisesOf } from "../data/network";
import { Trace, type Entry } from "../data/trace";
import type { Site } from "../net/api";

export interface Source {
  /** "run": made by the server; "trace": a file of the server's; "file": one of the reader's. */
  kind: "run" | "trace" | "file";
  /** Of a run the scenario, else the file's name. */
  name: string;
  seed: string;
  resolution: string;
  until: string;
  lines: string[];
}

export type Status = "loading" | "ready" | "failed" | "cancelled";

/** A world and how far it has come. */
export class World {
  readonly trace = new Trace();
  /** Grows whenever records have come. */
  readonly version = signal(0);
  readonly status = signal<Status>("loading");
  readonly message = signal("");
  /** Streams of others that come first. */
  readonly waiting = signal(0);
  cancel: () => void = () => {};

  constructor(readonly source: Source, readonly mark: "" | "'") {}

  readonly lanes = computed(() => (this.version.value, lanesOf(this.trace)));
  readonly minds = computed(() => (this.version.value, mindsOf(this.trace)));
  readonly promises = computed(() => (this.version.value, promisesOf(this.trace)));
  readonly steps = computed<Entry[]>(() => (this.version.value, stepsOf(this.trace)));
}

export interface Selection {
  /** A record, an actor or company, a listing, or two companies "a>b". */
  kind: "record" | "actor" | "listing" | "pair";
  id: string;
  /** In the what-if's world. */
  fork: boolean;
}

export type Tab = "details" | "whatif" | "compare";
export type NetworkMode = "both" | "base" | "fork";

export const site = signal<Site | null>(null);
export const siteError = signal("");
export const base = signal<World | null>(null);
export const fork = signal<World | null>(null);

/** The baseline once there is anything of it to show. */
export const alive = computed(() => {
  const world = base.value;
  void world?.version.value;
  return world?.trace.header ? world : null;
});

/** The clock, milliseconds of simulated time. */
export const now = signal(0);
/** The clock goes along with what streams in. */
export const following = signal(true);
export const playing = signal(false);
/** Simulated days a second. */
export const speed = signal(14);
/** The part of time that is shown; null for all of it. */
export const zoom = signal<[number, number] | null>(null);
export const selection = signal<Selection | null>(null);
export const tab = signal<Tab>("details");

export const isIndexed = signal(true);
export const isLog = signal(true);
export const withHistory = signal(false);
export const withFuture = signal(true);
export const hidden = signal<ReadonlySet<string>>(new Set());
export const networkMode = signal<NetworkMode>("both");
export const theme = signal<"auto" | "light" | "dark">("auto");
/** Lines of the what-if that is being written. */
export const lines = signal<string[]>([]);
/** The dialog that opens worlds is shown. */
export const starting = signal(false);
export const helping = signal(false);
/** What went wrong beside the worlds; one line. */
export const trouble = signal("");
/** Said to screen readers. */
export const spoken = signal("");

const dayMs = 86_400_000;

/** All of time that the worlds cover, and what they will once complete. */
export const domain = computed<[number, number]>(() => {
  const worlds = [base.value, fork.value].filter((w) => w !== null);
  let from = Infinity;
  let to = -Infinity;
  for (const world of worlds) {
    const { trace, version, status } = world;
    void version.value;
    const end = Date.parse(world.source.until || trace.scenario.endDay);
    if (status.value === "loading" && end) to = Math.max(to, end + dayMs);
    if (trace.firstTime === Infinity) continue;
    from = Math.min(from, trace.firstSession < Infinity ? trace.firstSession - 3 * dayMs : trace.firstTime);
    to = Math.max(to, trace.lastTime);
  }
  return from < to ? [from, to] : [0, 1];
});
export const range = computed<[number, number]>(() => zoom.value ?? domain.value);

/** The record that is selected, and its world. */
export const selected = computed<{ world: World; entry: Entry } | null>(() => {
  const s = selection.value;
  const world = s?.fork ? fork.value : base.value;
  if (s?.kind !== "record" || !world) return null;
  void world.version.value;
  const entry = world.trace.get(Number(s.id));
  return entry ? { world, entry } : null;
});

export const divergence = signal<Divergence | null>(null);
let finder: { base: World; fork: World; finder: DivergenceFinder } | null = null;
effect(() => {
  const a = base.value;
  const b = fork.value;
  if (!a || !b) {
    finder = null;
    divergence.value = null;
    return;
  }
  void a.version.value;
  void b.version.value;
  const done = a.trace.complete && b.trace.complete;
  if (finder?.base !== a || finder.fork !== b) finder = { base: a, fork: b, finder: new DivergenceFinder(a.trace, b.trace) };
  divergence.value = finder.finder.advance(done);
});

/** Puts the clock somewhere, within what there is. */
export function setNow(t: number, keepPlaying = false): void {
  const [from, to] = domain.value;
  batch(() => {
    now.value = Math.min(Math.max(t, from), to);
    following.value = false;
    if (!keepPlaying) playing.value = false;
  });
}

export function select(s: Selection | null): void {
  batch(() => {
    selection.value = s;
    if (s) tab.value = "details";
  });
}

/** Selects a record, and brings the clock to it if asked. */
export function selectRecord(id: number, inFork: boolean, go = false): void {
  select({ kind: "record", id: String(id), fork: inFork });
  const entry = (inFork ? fork.value : base.value)?.trace.get(id);
  if (go && entry) showTime(entry.t);
}

/** The clock there, and the part of time that is shown around it. */
export function showTime(t: number): void {
  setNow(t);
  const z = zoom.value;
  if (z && (t < z[0] || t > z[1])) {
    const half = (z[1] - z[0]) / 2;
    setZoom(t - half, t + half);
  }
}

/** Shows a part of time, a week at least, within all of it. */
export function setZoom(from: number, to: number): void {
  const [first, last] = domain.value;
  const length = Math.max(to - from, 7 * dayMs);
  if (length >= last - first) {
    zoom.value = null;
    return;
  }
  const start = Math.min(Math.max(from, first), last - length);
  zoom.value = [start, start + length];
}

/** Makes what is shown longer (over 1) or shorter, around a time. */
export function zoomBy(factor: number, around = now.value): void {
  const [a, b] = range.value;
  const center = Math.min(Math.max(around, a), b);
  setZoom(center - (center - a) * factor, center + (b - center) * factor);
}
