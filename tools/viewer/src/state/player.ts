// The clock's hands: playing, and steps by event and by day.
import { batch } from "@preact/signals";
import { sentence } from "../data/words";
import { clock, day } from "../data/format";
import type { Entry } from "../data/trace";
import { base, domain, fork, following, now, playing, select, setNow, speed, spoken, type World } from "./store";

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

/** The next step of the story in either world, or the one before; shown and selected. */
export function stepEvent(direction: 1 | -1): void {
  let best: { world: World; entry: Entry } | null = null;
  for (const world of [base.value, fork.value]) {
    if (!world) continue;
    const steps = world.steps.value;
    const entry = direction > 0 ? steps.find((e) => e.t > now.value) : steps.findLast((e) => e.t < now.value);
    if (!entry) continue;
    if (!best || (entry.t - best.entry.t) * direction < 0) best = { world, entry };
  }
  if (!best) return;
  const { world, entry } = best;
  setNow(entry.t);
  select({ kind: "record", id: String(entry.id), fork: world.mark !== "" });
  spoken.value = `${day(entry.t)}, ${clock(entry.t)}: ${sentence(world.trace, entry)}`;
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
