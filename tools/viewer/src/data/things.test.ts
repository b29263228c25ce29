import { describe, expect, it } from "vitest";
import { MindState, OfferKind, ThreadStage } from "#proto/trace_pb";
import { mindsOf } from "./minds";
import { lanesOf } from "./talks";
import { at, Story } from "./testing";
import { inSight, nearest, thingsOf } from "./things";

const story = new Story();
const ask = story.add("2025-01-10", { case: "offer", value: { from: "altman", to: "su", kind: OfferKind.APPROACH } });
const open = story.add("2025-01-10", { case: "threadChange", value: { supplier: "su", stage: ThreadStage.OPEN } });
const jump = story.add("2025-02-01", { case: "mindChange", value: { actor: "su", state: MindState.FOMO, beforePpm: 0n, afterPpm: 400_000n } });
const no = story.add("2025-03-01", { case: "offer", value: { from: "su", to: "altman", kind: OfferKind.REFUSE } });
story.add("2025-03-01", { case: "threadChange", value: { supplier: "su", stage: ThreadStage.REFUSED } });
const trace = story.trace();
const things = thingsOf(lanesOf(trace).find((l) => l.company === "amd")!, mindsOf(trace).get("su"));

describe("what can be picked in a lane", () => {
  it("is marks, bands and jumps, in the order of the record", () => {
    expect(things.map((x) => [x.id, x.kind])).toEqual([[ask, "mark"], [open, "stage"], [jump, "jump"], [no, "mark"]]);
  });
  it("is in sight if any of it is: a band that began before, too", () => {
    expect(inSight(things, at("2025-01-20"), at("2025-02-10")).map((x) => x.id)).toEqual([open, jump]);
    expect(inSight(things, at("2025-03-02"), at("2025-04-01"))).toEqual([]);
  });
  it("is looked for from a time backwards, before the first at the first", () => {
    expect(nearest(things, at("2025-02-15"))!.id).toBe(jump);
    expect(nearest(things, 0)!.id).toBe(ask);
    expect(nearest([], 0)).toBeUndefined();
  });
});
