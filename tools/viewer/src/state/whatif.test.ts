import { batch } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { StreamHandlers } from "../net/socket";
import { at, Story } from "../data/testing";
import type { Comparison } from "./whatif";

vi.hoisted(() => vi.stubGlobal("location", { protocol: "http:", host: "here" }));
vi.mock("../net/api", () => ({ checkLines: vi.fn(), scenarioText: vi.fn() }));
const { checkLines, scenarioText } = vi.mocked(await import("../net/api"));
const { base, following, fork, lines, now, playing } = await import("./store");
const { connection, openBase } = await import("./worlds");
const { check, checking, comparison, compareWorlds, dated, fromNow, noMoment, problems, runFork, textOf } = await import("./whatif");
const { sourceOf, worldOf } = await import("./testing");

const story = () => {
  const s = new Story();
  for (const day of ["2025-01-02", "2025-06-02", "2025-12-30"]) s.bar(day, "NVDA", 100);
  return s.end();
};
type Answer = Awaited<ReturnType<typeof checkLines>>;
const fine: Answer = { ok: true, lines: [], problems: [] };
const wrong = (...problems: string[]): Answer => ({ ok: false, lines: [], problems });
const cancel = vi.fn();
let heard: StreamHandlers;
const watchRun = vi.spyOn(connection, "watchRun").mockImplementation(() => ({ cancel }));
const compare = vi.spyOn(connection, "compare").mockImplementation((_run, _pairs, handlers) => {
  heard = handlers;
  return { cancel };
});

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  checkLines.mockReset().mockResolvedValue(fine);
  batch(() => {
    base.value = worldOf(story());
    fork.value = null;
    lines.value = [];
    fromNow.value = true;
    following.value = false;
    now.value = at("2025-06-15T10:00Z");
    comparison.value = { state: "idle" };
  });
});
afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
});

describe("a new line", () => {
  it("holds from the day of the clock", () => expect(dated("rule off fomo")).toBe("rule off fomo from 2025-06-15"));
  it.each(["move leak_nvidia 3", "pin huang.fomo 0 from 2025-03-01", "force nadella.accept 2025-03-01"])("%s has its time already, or none", (line) => expect(dated(line)).toBe(line));
  it("holds from the beginning if the reader wishes so", () => {
    fromNow.value = false;
    expect(dated("rule off fomo")).toBe("rule off fomo");
  });
  it.each([["the beginning", "2025-01-01", false], ["the end", "2025-12-30", false], ["a clock that follows what comes in", "2025-06-15", true]])("has no day at %s", (_, day, follows) => {
    batch(() => {
      now.value = at(day);
      following.value = follows;
    });
    expect(noMoment.value).toBe(true);
    expect(dated("rule off fomo")).toBe("rule off fomo");
  });
});

describe("a check", () => {
  it("asks about all lines at once, without those that are empty", async () => {
    base.value = worldOf(story(), "", { lines: ["rule off R06"] });
    lines.value = [" pin huang.fomo 0 ", "", "drop x"];
    expect(await check()).toBe(true);
    expect(checkLines.mock.calls).toEqual([[{ scenario: "test", until: "", lines: ["rule off R06", "pin huang.fomo 0", "drop x"] }]]);
    expect(problems.value.size).toBe(0);
    expect(checking.value).toBe(false);
  });
  it("puts a problem at its line", async () => {
    lines.value = ["good", "bad"];
    checkLines.mockImplementation(async ({ lines: all }) => (all.includes("bad") ? wrong("no such word") : fine));
    expect(await check()).toBe(false);
    expect([...problems.value]).toEqual([["bad", ["no such word"]]]);
  });
  it("puts what is wrong only together at no line", async () => {
    lines.value = ["a", "b"];
    checkLines.mockImplementation(async ({ lines: all }) => (all.length > 1 ? wrong("a and b exclude each other") : fine));
    expect(await check()).toBe(false);
    expect([...problems.value]).toEqual([["", ["a and b exclude each other"]]]);
  });
  it("says that the server does not answer", async () => {
    lines.value = ["a"];
    checkLines.mockRejectedValue(new Error("the server does not answer"));
    expect(await check()).toBe(false);
    expect(problems.value.get("")).toEqual(["the server does not answer"]);
    expect(checking.value).toBe(false);
  });
  it("asks nothing of nothing", async () => {
    lines.value = [" "];
    expect(await check()).toBe(false);
    expect(checkLines).not.toHaveBeenCalled();
  });
  it("is forgotten once another was asked for, whichever answer comes last", async () => {
    let late = (_: Answer) => {};
    checkLines.mockImplementationOnce(() => new Promise((answer) => (late = answer)));
    lines.value = ["bad"];
    const first = check();
    lines.value = ["good"];
    expect(await check()).toBe(true);
    late(wrong("too late"));
    expect(await first).toBe(false);
    expect(problems.value.size).toBe(0);
  });
  it("follows a moment after the last key, once", async () => {
    for (const text of ["d", "dr", "drop x"]) {
      lines.value = [text];
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(checkLines).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    expect(checkLines.mock.calls.map(([b]) => b.lines)).toEqual([["drop x"]]);
  });
});

describe("the world beside", () => {
  it("is run with the lines, once they are right", async () => {
    lines.value = [" drop x", ""];
    playing.value = true;
    await runFork();
    expect(watchRun).toHaveBeenCalledTimes(1);
    expect(watchRun.mock.calls[0]![0]).toEqual({ scenario: "test", seed: "7", resolution: "low", until: "", lines: ["drop x"] });
    expect(fork.value!.mark).toBe("'");
    expect(playing.value).toBe(false);
  });
  it("is not run with wrong lines", async () => {
    checkLines.mockResolvedValue(wrong("no"));
    lines.value = ["x"];
    await runFork();
    expect(watchRun).not.toHaveBeenCalled();
    expect(fork.value).toBeNull();
  });
  it("is kept as a file", async () => {
    scenarioText.mockResolvedValue("name: x");
    lines.value = ["drop x", " "];
    expect(await textOf()).toBe("name: x");
    expect(scenarioText.mock.calls[0]![0].lines).toEqual(["drop x"]);
  });
});

describe("a comparison", () => {
  const result = { pairs: 12, outcomes: [] } as unknown as Comparison;
  const begun = async () => {
    lines.value = ["drop x"];
    await compareWorlds(12);
  };

  it("runs, says how far it is, and ends with a result", async () => {
    await begun();
    expect(compare.mock.calls[0]!.slice(0, 2)).toEqual([{ scenario: "test", seed: "7", resolution: "low", until: "", lines: ["drop x"] }, 12]);
    heard.advance!({ pairs: 3, of: 12, waiting: 0 } as never);
    expect(comparison.value).toMatchObject({ state: "running", pairs: 3, of: 12 });
    heard.comparison!(JSON.stringify(result));
    heard.end({ cancelled: false, error: "", busy: false });
    expect(comparison.value).toEqual({ state: "done", result });
  });
  it("is one at a time", async () => {
    await begun();
    await compareWorlds(12);
    expect(compare).toHaveBeenCalledTimes(1);
  });
  it("is cancelled, or fails in one line", async () => {
    await begun();
    heard.end({ cancelled: true, error: "", busy: false });
    expect(comparison.value).toEqual({ state: "idle" });
    await begun();
    heard.end({ cancelled: false, error: "too many", busy: true });
    expect(comparison.value).toEqual({ state: "failed", message: "too many" });
    await begun();
    heard.comparison!("{");
    expect(comparison.value.state).toBe("failed");
  });
  it("is not begun with wrong lines", async () => {
    checkLines.mockResolvedValue(wrong("no"));
    await begun();
    expect(compare).not.toHaveBeenCalled();
  });
});

describe("another world", () => {
  it.each([["of another scenario", { name: "other" }], ["of another seed", { seed: "8" }]])("%s has nothing of the one before", async (_, more) => {
    lines.value = ["drop x"];
    await compareWorlds(12);
    const running = heard;
    openBase(sourceOf(more));
    expect(cancel).toHaveBeenCalled();
    expect(lines.value).toEqual([]);
    expect(comparison.value).toEqual({ state: "idle" });
    // What was on its way comes too late, and to a comparison of the new one it says nothing.
    running.comparison!("{}");
    expect(comparison.value).toEqual({ state: "idle" });
    lines.value = ["drop y"];
    await compareWorlds(5);
    running.advance!({ pairs: 4, of: 12, waiting: 0 } as never);
    running.end({ cancelled: true, error: "", busy: false });
    expect(comparison.value).toMatchObject({ state: "running", pairs: 0, of: 5 });
  });
  it("is not given the what-if whose check was still on its way", async () => {
    let late = (_: Answer) => {};
    checkLines.mockImplementationOnce(() => new Promise((answer) => (late = answer)));
    lines.value = ["drop x"];
    const run = runFork();
    openBase(sourceOf({ seed: "8" }));
    late(fine);
    await run;
    expect(fork.value).toBeNull();
    expect(checking.value).toBe(false);
  });
});
