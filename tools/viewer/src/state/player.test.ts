import { batch } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EventKind } from "#proto/event_pb";
import { at, dayMs, Story } from "../data/testing";
import { pause, play, stepDays, stepEvent, steps, toEnd, toStart, toggle } from "./player";
import { base, domain, following, fork, now, playing, range, selection, setNow, setZoom, speed, spoken, zoom } from "./store";
import { worldOf } from "./testing";

const said = (story: Story, day: string, headline: string, open = true) =>
  story.add(day, { case: "happening", value: { kind: EventKind.STATEMENT, actors: ["huang"], headline, public: open } });

/** Bars from January to March, and what is said between. */
function told(more: (s: Story) => void = () => {}): Story {
  const story = new Story();
  story.bar("2025-01-02", "NVDA", 100);
  said(story, "2025-01-10T12:00Z", "one");
  said(story, "2025-02-01T09:00Z", "two", false);
  said(story, "2025-02-01T09:00Z", "three");
  more(story);
  story.bar("2025-03-31", "NVDA", 110);
  return story.end();
}

// Frames of the screen come when a test says so.
let frames: ((t: number) => void)[] = [];
let time = 0;
const frame = (ms: number) => {
  time += ms;
  for (const f of frames.splice(0)) f(time);
};

beforeEach(() => {
  frames = [];
  time = 1000;
  vi.stubGlobal("requestAnimationFrame", (f: (t: number) => void) => frames.push(f));
  vi.stubGlobal("cancelAnimationFrame", () => (frames = []));
  vi.spyOn(performance, "now").mockImplementation(() => time);
  batch(() => {
    base.value = worldOf(told());
    fork.value = null;
    zoom.value = null;
    selection.value = null;
    following.value = true;
    speed.value = 14;
    spoken.value = "";
    now.value = domain.value[1];
  });
});
afterEach(() => {
  pause();
  base.value = fork.value = null;
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("playing", () => {
  it("begins anew at the end, and goes on by the speed", () => {
    play();
    expect(now.value).toBe(domain.value[0]);
    expect(following.value).toBe(false);
    const from = now.value;
    frame(50);
    frame(50);
    expect(now.value - from).toBeCloseTo(0.1 * 14 * dayMs, 3);
    speed.value = 30;
    frame(100);
    expect(now.value - from).toBeCloseTo((0.1 * 14 + 0.1 * 30) * dayMs, 3);
  });
  it("does not jump ahead after the page was away", () => {
    play();
    const from = now.value;
    frame(60_000);
    expect(now.value - from).toBeCloseTo(0.1 * 14 * dayMs, 3);
  });
  it("pauses, and goes on from there", () => {
    setNow(at("2025-02-10"));
    toggle();
    frame(100);
    toggle();
    const stood = now.value;
    expect(playing.value).toBe(false);
    expect(frames).toEqual([]);
    toggle();
    expect(now.value).toBe(stood);
    frame(100);
    expect(now.value).toBeGreaterThan(stood);
  });
  it("stops at the end of time", () => {
    setNow(at("2025-03-30"));
    speed.value = 90;
    play();
    frame(100);
    expect(now.value).toBe(domain.value[1]);
    expect(playing.value).toBe(false);
    expect(frames).toEqual([]);
  });
  it("takes a part of time along that is shown", () => {
    setNow(at("2025-01-31"));
    setZoom(at("2025-01-20"), at("2025-02-01"));
    speed.value = 30;
    play();
    frame(100);
    const [from, to] = range.value;
    expect(to - from).toBe(12 * dayMs);
    expect(now.value).toBeGreaterThan(from);
    expect(now.value).toBeLessThan(to);
  });
  it("says what becomes public, and nothing of what is secret", () => {
    setNow(at("2025-01-31T23:00Z"));
    play();
    frame(100);
    expect(spoken.value).toBe("1 Feb 2025: three");
    base.value = worldOf(told((s) => said(s, "2025-03-01", "a secret", false)));
    setNow(at("2025-02-28T23:00Z"));
    spoken.value = "";
    play();
    frame(100);
    expect(now.value).toBeGreaterThan(at("2025-03-01"));
    expect(spoken.value).toBe("");
  });
});

describe("steps by event", () => {
  const headline = () => {
    const s = selection.value!;
    const entry = (s.fork ? fork.value! : base.value!).trace.get(Number(s.id))!;
    return "headline" in entry.body ? entry.body.headline : "";
  };
  const walk = (n: number, direction: 1 | -1) => Array.from({ length: n }, () => (stepEvent(direction), headline()));

  it("go through all, those of one instant one by one, there and back", () => {
    toStart();
    expect(walk(3, 1)).toEqual(["one", "two", "three"]);
    expect(now.value).toBe(at("2025-02-01T09:00Z"));
    expect(walk(2, -1)).toEqual(["two", "one"]);
  });
  it("stay where nothing comes after", () => {
    toEnd();
    expect(walk(1, -1)).toEqual(["three"]);
    stepEvent(1);
    expect(headline()).toBe("three");
    expect(now.value).toBe(at("2025-02-01T09:00Z"));
  });
  it("go on from the clock once it was moved", () => {
    toStart();
    walk(2, 1);
    setNow(at("2025-01-05"));
    expect(walk(1, 1)).toEqual(["one"]);
  });
  it("bring along the part of time that is shown", () => {
    setNow(at("2025-01-12"));
    setZoom(at("2025-01-10"), at("2025-01-20"));
    walk(1, 1);
    expect(range.value[0]).toBeLessThan(at("2025-02-01"));
    expect(range.value[1]).toBeGreaterThan(at("2025-02-01"));
  });
  it("are of both worlds, what both have once", () => {
    fork.value = worldOf(told((s) => said(s, "2025-02-20", "only if")), "'");
    expect(steps.value.map((s) => s.world.mark)).toEqual(["", "", "", "'"]);
    toEnd();
    expect(walk(2, -1)).toEqual(["only if", "three"]);
    expect(selection.value!.fork).toBe(false);
  });
  it("do nothing where there is no world", () => {
    base.value = null;
    stepEvent(1);
    expect(selection.value).toBeNull();
  });
});

describe("steps by day", () => {
  it("lead to the end of a day", () => {
    setNow(at("2025-02-10T15:00Z"));
    stepDays(1);
    expect(now.value).toBe(at("2025-02-12") - 1);
    stepDays(-1);
    expect(now.value).toBe(at("2025-02-11") - 1);
    expect(spoken.value).toBe("10 Feb 2025");
  });
  it("end where time does, and end playing", () => {
    setNow(at("2025-03-20"));
    play();
    stepDays(30);
    expect(now.value).toBe(domain.value[1]);
    expect(playing.value).toBe(false);
    stepDays(-300);
    expect(now.value).toBe(domain.value[0]);
  });
});
