// The clock's hands: playing, and steps by event and by day.
import { batch, computed } from "@preact/signals";
import { sentence } from "../data/words";
import { clock, day } from "../data/format";
import type { Entry } from "../data/trace";
import {
  base, domain, fork, following, now, playing, select, selection, setNow, setZoom, showTime, speed, spoken, zoom, type World,
} from "./store";

const dayMs = 86_400_000;
export const speeds = [1, 3, 7, 14, 30, 90];

let frame = 0;
let before = 0;

export function play(): void {
  const [from, to] = domain.value;
  batch(() => {
    if (now.value >= to - 1) now.value = from;
    following.value = false;
    playing.value = true;
  });
  before = performance.now();
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(tick);
}

export function pause(): void {
  playing.value = false;
  cancelAnimationFrame(frame);
}

export const toggle = (): void => (playing.value ? pause() : play());

function tick(at: number): void {
  if (!playing.value) return;
  // A tab that was away does not jump ahead.
  const passed = Math.min(Math.max(at - before, 0), 100);
  before = at;
  const from = now.value;
  const to = from + (passed / 1000) * speed.value * dayMs;
  const end = domain.value[1];
  setNow(to, true);
  // A part of time that is shown goes along.
  const shown = zoom.value;
  if (shown && to > shown[1]) setZoom(to - (shown[1] - shown[0]) * 0.1, to + (shown[1] - shown[0]) * 0.9);
  for (const world of [base.value, fork.value]) if (world) tell(world, from, to);
  if (to >= end) pause();
  else frame = requestAnimationFrame(tick);
}

// What has just become public is said to those who do not see the page.
function tell(world: World, from: number, to: number): void {
  const passed = world.steps.value.filter((e) => e.t > from && e.t <= to && "public" in e.body && e.body.public);
  const last = passed.at(-1);
  if (last) spoken.value = `${day(last.t)}: ${sentence(world.trace, last)}`;
}

interface Step {
  world: World;
  entry: Entry;
}

/** Steps of both worlds by time; what is the same in both is one. */
export const steps = computed<Step[]>(() => {
  const list: Step[] = (base.value?.steps.value ?? []).map((entry) => ({ world: base.value!, entry }));
  const other = fork.value;
  if (!other) return list;
  const key = ({ world, entry }: Step) => `${entry.t} ${entry.kind} ${sentence(world.trace, entry)}`;
  const known = new Set(list.map(key));
  for (const entry of other.steps.value) {
    const step = { world: other, entry };
    if (!known.has(key(step))) list.push(step);
  }
  // Stable: of one instant the baseline's come first, each world's in their own order.
  return list.sort((a, b) => a.entry.t - b.entry.t);
});

// Where the last step led, so that the next goes on from there: several may lie at one instant, and
// some before the time that the clock can show.
let last: { step: Step; clock: number } | null = null;

/** The next step of the story in either world, or the one before; shown and selected. */
export function stepEvent(direction: 1 | -1): void {
  const all = steps.value;
  const t = now.value;
  let at = last && last.clock === t && isSelected(last.step) ? all.findIndex((s) => s.entry === last!.step.entry) : -1;
  if (at >= 0) at += direction;
  else at = direction > 0 ? all.findIndex((s) => s.entry.t > t) : all.findLastIndex((s) => s.entry.t < t);
  const step = all[at];
  if (!step) return;
  const { world, entry } = step;
  showTime(entry.t);
  last = { step, clock: now.value };
  select({ kind: "record", id: String(entry.id), fork: world.mark !== "" });
  spoken.value = `${day(entry.t)}, ${clock(entry.t)}: ${sentence(world.trace, entry)}`;
}

function isSelected({ world, entry }: Step): boolean {
  const s = selection.value;
  return s?.kind === "record" && s.id === String(entry.id) && s.fork === (world.mark !== "");
}

export function stepDays(days: number): void {
  const t = now.value + days * dayMs;
  // The end of a day: what it brought is seen.
  setNow(Math.floor(t / dayMs) * dayMs + dayMs - 1);
  spoken.value = day(now.value);
}

export function toStart(): void {
  setNow(domain.value[0]);
}
export function toEnd(): void {
  setNow(domain.value[1]);
}
