// The what-if that is being written: checked by the server, run beside the baseline, compared over
// many seeds, kept as a file.
import { batch, computed, effect, signal, untracked } from "@preact/signals";
import { checkLines, scenarioText } from "../net/api";
import type { Stream } from "../net/socket";
import { isoDay } from "../data/format";
import { alive, base, domain, following, lines, now, playing, spoken, type World } from "./store";
import { connection, forkSource, openFork, runOf } from "./worlds";

/** Problems by line; "" for those of no line. */
export const problems = signal<Map<string, string[]>>(new Map());
export const checking = signal(false);

/** New lines hold from the day that the clock shows. */
export const fromNow = signal(true);

/** The clock shows no moment from which something could be otherwise: the beginning, or the end. */
export const noMoment = computed(() => {
  const world = alive.value;
  if (!world || following.value) return true;
  const { firstSession, scenario } = world.trace;
  const t = now.value;
  return t <= firstSession || t >= domain.value[1] - 1000 || (scenario.endDay !== "" && isoDay(t) > scenario.endDay);
});

/** A line with "from DAY" where that can be said of it (docs/counterfactuals.md). */
export function dated(line: string): string {
  const cannot = /^move\b/.test(line) || / from \d{4}-\d\d-\d\d$/.test(line) || /^force \S+ \S+$/.test(line);
  if (!fromNow.value || cannot || noMoment.value) return line;
  return `${line} from ${isoDay(now.value)}`;
}

const body = (of: string[]) => {
  const source = forkSource();
  if (!source) return null;
  return { scenario: source.name, until: source.until, lines: [...(base.value?.source.kind === "run" ? base.value.source.lines : []), ...of] };
};

let asked = 0;
let soon: ReturnType<typeof setTimeout> | undefined;

/** Asks the server about all lines; on a problem about each, so that it stands at its line. */
export async function check(): Promise<boolean> {
  const mine = ++asked;
  clearTimeout(soon);
  const wanted = lines.value.map((l) => l.trim()).filter(Boolean);
  const request = body(wanted);
  if (!request || !wanted.length) {
    problems.value = new Map();
    checking.value = false;
    return false;
  }
  checking.value = true;
  const found = new Map<string, string[]>();
  let ok = false;
  try {
    const all = await checkLines(request);
    ok = all.ok;
    if (!ok) {
      for (const line of wanted) {
        const one = await checkLines(body([line])!);
        if (!one.ok) found.set(line, one.problems);
      }
      // What is wrong only together.
      if (!found.size) found.set("", all.problems);
    }
  } catch (error) {
    found.set("", [(error as Error).message]);
  }
  if (mine !== asked) return false;
  checking.value = false;
  problems.value = found;
  return ok;
}

// A moment after the last key.
effect(() => {
  void lines.value;
  clearTimeout(soon);
  problems.value = new Map();
  if (lines.peek().some((l) => l.trim())) soon = setTimeout(() => void check(), 350);
});

export async function runFork(): Promise<void> {
  if (!(await check())) return;
  const source = forkSource();
  if (!source) return;
  playing.value = false;
  openFork({ ...source, lines: source.lines.map((l) => l.trim()).filter(Boolean) });
  spoken.value = "The what-if is running";
}

// Two worlds over many seeds.

export interface Outcome {
  name: string;
  unit: string;
  pairs: number;
  same_in_every_pair: boolean;
  baseline: number | null;
  changed: number | null;
  difference: number | null;
  student_low: number | null;
  student_high: number | null;
  bootstrap_low: number | null;
  bootstrap_high: number | null;
  p: number | null;
  p_holm: number | null;
  variance_reduction: number | null;
}
export interface Comparison {
  scenario: string;
  what_if: string;
  interventions: string[];
  first_seed: number;
  pairs: number;
  level: number;
  outcomes: Outcome[];
}
export type CompareState =
  | { state: "idle" }
  | { state: "running"; pairs: number; of: number; waiting: number; stream: Stream }
  | { state: "done"; result: Comparison }
  | { state: "failed"; message: string };

export const comparison = signal<CompareState>({ state: "idle" });

export async function compareWorlds(pairs: number): Promise<void> {
  if (comparison.value.state === "running" || !(await check())) return;
  const source = forkSource();
  if (!source) return;
  const run = runOf({ ...source, lines: source.lines.map((l) => l.trim()).filter(Boolean) });
  // One that was cancelled says so later: by then another may be running.
  const mine = () => comparison.value.state === "running" && comparison.value.stream === stream;
  const stream: Stream = connection.compare(run, pairs, {
    advance: (how) => {
      if (mine()) comparison.value = { state: "running", pairs: how.pairs, of: how.of || pairs, waiting: how.waiting, stream };
    },
    comparison: (json) => {
      if (!mine()) return;
      try {
        comparison.value = { state: "done", result: JSON.parse(json) as Comparison };
        spoken.value = "The comparison is ready";
      } catch {
        comparison.value = { state: "failed", message: "the server's answer is no JSON" };
      }
    },
    end: ({ error }) => {
      if (mine()) comparison.value = error ? { state: "failed", message: error } : { state: "idle" };
    },
  });
  comparison.value = { state: "running", pairs: 0, of: pairs, waiting: 0, stream };
}

/** Another world: what was written, asked and compared for the one before is no more. */
export function forget(): void {
  if (comparison.value.state === "running") comparison.value.stream.cancel();
  ++asked;
  batch(() => {
    checking.value = false;
    lines.value = [];
    comparison.value = { state: "idle" };
  });
}

let before: World | null = null;
effect(() => {
  const world = base.value;
  if (before && world !== before) untracked(forget);
  before = world;
});

export async function textOf(): Promise<string | null> {
  const request = body(lines.value.map((l) => l.trim()).filter(Boolean));
  return request && scenarioText(request);
}
