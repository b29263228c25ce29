import { describe, expect, it } from "vitest";
import { commandOf, compareCommandOf, fromHash, toHash, usual, type PageState } from "./url";

const run = { kind: "run" as const, name: "autonomous", seed: "18446744073709551615", resolution: "low", until: "2025-06-30", lines: [] as string[] };
const full: PageState = {
  source: { ...run, seed: "18446744073709551615", lines: ["rule off R06"] },
  whatIf: ["pin huang.fomo 0 from 2025-03-01", "drop leak_nvidia*"],
  now: Date.parse("2025-09-09T20:05:00Z"),
  zoom: [Date.parse("2025-06-01T00:00:00Z"), Date.parse("2025-12-31T00:00:00Z")],
  selection: { kind: "pair", id: "openai>nvidia", fork: true },
  tab: "whatif", speed: 30, indexed: false, log: false, history: true, future: false, hidden: ["9984.T", "SPY"], network: "fork", theme: "dark",
};

describe("the address", () => {
  it("holds all of the state", () => expect(fromHash(toHash(full))).toEqual(full));
  it("is short where all is as usual", () => expect(toHash({ ...usual, source: { ...run, seed: "7", until: "" } })).toBe("run=autonomous&seed=7&resolution=low"));
  it("of nothing is as usual", () => expect(fromHash("")).toEqual(usual));
  it.each([
    "#run=x&seed=-1", "#run=x&seed=18446744073709551616", "#run=x&seed=7e3", "#run=x&at=yesterday", "#run=x&zoom=1_2_3", "#run=x&zoom=2025-02-01_2025-01-01", "#run=x&pick=thing.4",
    "#run=x&tab=y&speed=-4&network=z&theme=pink",
  ])("%s is read as usual where it is wrong", (hash) => {
    expect(fromHash(hash)).toEqual({ ...usual, source: { kind: "run", name: "x", seed: "", resolution: "", until: "", lines: [] } });
  });
});

describe("the command line", () => {
  const source = { ...run, lines: ["rule off R06"], seed: "7", until: "" };
  it("makes the same run", () => {
    expect(commandOf(source, ["pin huang.fomo 0"], true)).toBe(
      "oneup run autonomous --seed 7 --resolution low --do 'rule off R06' --do 'pin huang.fomo 0' --trace run.binpb --detail market");
    expect(commandOf({ ...source, name: "2025", resolution: "default", lines: [] }, [], false)).toBe("oneup replay 2025 --seed 7 --trace run.binpb --detail market");
  });
  it("quotes what a shell would read otherwise", () => expect(commandOf({ ...source, lines: ["a'b;c"] }, [], true)).toContain(`--do 'a'\\''b;c'`));
  it("makes the same comparison", () => {
    expect(compareCommandOf({ ...source, lines: [] }, ["drop leak_nvidia*"], 200)).toBe("oneup compare autonomous --seed 7 --resolution low --do 'drop leak_nvidia*' --seeds 200");
  });
});
