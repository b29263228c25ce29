// Chains of causes, talks, moods, divergence, prices: what the views ask of a trace.
import { describe, expect, it } from "vitest";
import { EventKind } from "#proto/event_pb";
import { MindState, OfferKind, ThreadStage } from "#proto/trace_pb";
import { chainTo, consequencesOf, rulesBehind } from "./chains";
import { DivergenceFinder } from "./diverge";
import { mindsOf } from "./minds";
import { baseOf, closeAt, priceTable } from "./prices";
import { lanesOf, stepsOf } from "./talks";
import { at, dayMs, Story } from "./testing";
import { lastAt } from "./trace";
import { Kind } from "./wire";

function haggling(): Story {
  const s = new Story();
  const day = s.add("2025-01-01", { case: "perception", value: { actor: "altman", signal: "day" } });
  const ask = s.add("2025-01-01", { case: "offer", value: { from: "altman", to: "huang", kind: OfferKind.APPROACH } }, day);
  s.add("2025-01-02", { case: "threadChange", value: { supplier: "huang", stage: ThreadStage.OPEN } }, ask);
  const first = s.add("2025-01-03", { case: "offer", value: { from: "huang", to: "altman", kind: OfferKind.OFFER } }, ask);
  const second = s.add("2025-01-04", { case: "offer", value: { from: "altman", to: "huang", kind: OfferKind.OFFER } }, first);
  const yes = s.add("2025-01-05", { case: "offer", value: { from: "huang", to: "altman", kind: OfferKind.ACCEPT } }, second);
  s.add("2025-01-05", { case: "threadChange", value: { supplier: "huang", stage: ThreadStage.AGREED } }, yes);
  const deal = s.add("2025-01-06", { case: "happening", value: { eventId: "deal_nvidia", kind: EventKind.ANNOUNCEMENT, actors: ["altman", "huang"], public: true } }, yes);
  const heard = s.add("2025-01-06", { case: "perception", value: { actor: "su", signal: "announcement" } }, deal);
  const rule = s.add("2025-01-06", { case: "ruleFiring", value: { rule: "R01", actor: "su" } }, heard);
  s.add("2025-01-06", { case: "mindChange", value: { actor: "su", state: MindState.FOMO, beforePpm: 0n, afterPpm: 800_000n } }, rule);
  s.add("2025-01-09", { case: "happening", value: { eventId: "approach_amd", kind: EventKind.PROPOSAL, actors: ["su"] } }, rule);
  return s;
}

describe("causes", () => {
  const trace = haggling().trace();
  it("go back to the first", () => expect(chainTo(trace, 8).map((e) => e.id)).toEqual([1, 2, 4, 5, 6, 8]));
  it("of a damaged trace end where one would be later than its effect", () => {
    const s = new Story();
    s.add("2025-01-01", { case: "perception", value: { actor: "su" } }, 2);
    s.add("2025-01-01", { case: "perception", value: { actor: "su" } }, 1);
    expect(chainTo(s.trace(), 2).map((e) => e.id)).toEqual([1, 2]);
    expect(consequencesOf(s.trace(), 1).count).toBe(1);
  });
  it("of what is not there are none", () => expect(chainTo(trace, 999)).toEqual([]));
  it("lead on to all that came of it", () => {
    const { direct, count, happenings } = consequencesOf(trace, 8);
    expect(direct.map((e) => e.id)).toEqual([9]);
    expect(count).toBe(4);
    expect(happenings.map((h) => h.id)).toEqual([12]);
  });
  it("name the rules behind an event", () => expect(rulesBehind(trace, 12)).toEqual(["R01"]));
});

describe("lanes of talks", () => {
  const lanes = lanesOf(haggling().trace());
  it("are those of the people who act, in the scenario's order", () => expect(lanes.map((l) => [l.company, l.person])).toEqual([["amd", "su"], ["nvidia", "huang"], ["", "altman"]]));
  it("tell an offer from its answer", () => {
    expect(lanes[1]!.marks.map((m) => [m.sign, m.byHub])).toEqual([
      ["approach", true], ["offer", false], ["counter", true], ["accept", false], ["announce", true],
    ]);
  });
  it("know how the talks stand", () => {
    expect(lanes[1]!.stages.map((s) => [s.stage, s.from, s.to])).toEqual([
      [ThreadStage.OPEN, at("2025-01-02"), at("2025-01-05")], [ThreadStage.AGREED, at("2025-01-05"), Infinity],
    ]);
  });
  it("show once what a what-if does again and again", () => {
    const s = new Story();
    for (const day of ["2025-01-01", "2025-01-02", "2025-01-03"]) {
      s.add(day, { case: "interventionEffect", value: { intervention: "rule off R06", effect: "silences R06", actor: "su" } });
    }
    const trace = s.trace();
    expect(lanesOf(trace)[0]!.marks.length).toBe(1);
    expect(stepsOf(trace).length).toBe(1);
  });
  it("keep the press out of lanes of its own", () => {
    const s = new Story();
    s.add("2025-01-01", { case: "happening", value: { eventId: "leak_nvidia", kind: EventKind.LEAK, actors: ["press", "nvidia"], public: true } });
    s.add("2025-01-02", { case: "happening", value: { eventId: "x", kind: EventKind.REPORT, actors: ["press"], public: true } });
    const marks = Object.fromEntries(lanesOf(s.trace()).map((l) => [l.company, l.marks.map((m) => m.sign)]));
    expect(marks).toEqual({ amd: [], nvidia: ["leak"], "": ["leak"] });
  });
});

describe("moods", () => {
  const s = new Story();
  s.add("2025-01-01", { case: "mindChange", value: { actor: "su", state: MindState.FOMO, beforePpm: 0n, afterPpm: 800_000n } });
  s.add("2025-01-11", { case: "mindChange", value: { actor: "su", state: MindState.FOMO, beforePpm: 400_000n, afterPpm: 1_000_000n } });
  s.add("2025-01-11", { case: "mindChange", value: { actor: "su", state: MindState.FACE, beforePpm: 0n, afterPpm: 500_000n } });
  const { fomo, face } = mindsOf(s.trace()).get("su")!;
  it("halve with the scenario's half-life", () => {
    expect(fomo.at(at("2025-01-06"))).toBeCloseTo(0.8 / Math.SQRT2, 9);
    expect(fomo.at(at("2025-01-21"))).toBeCloseTo(0.5, 9);
    expect(face.at(at("2025-01-31"))).toBeCloseTo(0.25, 9);
  });
  it("are nothing before the first jump", () => expect(fomo.at(at("2024-12-31"))).toBe(0));
  it("jump at once in their curve, and never run back", () => {
    const curve = fomo.curve(at("2025-01-05"), at("2025-01-20"), dayMs);
    const jump = curve.findIndex((p, i) => i > 0 && p.t === curve[i - 1]!.t);
    expect(curve[jump]).toEqual({ t: at("2025-01-11"), y: 1 });
    expect(curve[jump - 1]!.y).toBeCloseTo(0.4, 6);
    expect(curve.every((p, i) => i === 0 || p.t >= curve[i - 1]!.t)).toBe(true);
    expect(curve.at(-1)!.t).toBe(at("2025-01-20"));
  });
});

describe("two worlds", () => {
  const find = (a: Story, b: Story) => new DivergenceFinder(a.trace(), b.trace()).advance(true);
  const world = (change: (s: Story, day: number) => void) => {
    const s = new Story();
    for (let day = 1; day <= 9; ++day) {
      change(s, day);
      const heard = s.add(`2025-01-0${day}`, { case: "perception", value: { actor: "su", signal: "day" } });
      s.add(`2025-01-0${day}`, { case: "ruleFiring", value: { rule: "R05", actor: "su" } }, heard);
    }
    return s;
  };
  const same = () => {};

  it("that are the same never part", () => expect(find(world(same), world(same))).toBeNull());
  it("part at the first record that differs, not at the word that a what-if begins", () => {
    const fork = world((s, day) => {
      if (day === 3) s.add("2025-01-03", { case: "interventionEffect", value: { effect: "begins" } });
      if (day === 6) s.add("2025-01-06", { case: "mindChange", value: { actor: "su" } });
    });
    const d = find(world(same), fork)!;
    expect(d.equal).toBe(10);
    expect(d.t).toBe(at("2025-01-06"));
    expect(d.fork!.kind).toBe(Kind.mindChange);
    // The baseline has nothing that the what-if has not.
    expect(d.base).toBeUndefined();
    expect(d.effect!.t).toBe(at("2025-01-03"));
  });
  it("part where a rule that is off does not act: at the baseline's record, and why", () => {
    const s = (off: boolean) => {
      const w = new Story();
      for (let day = 1; day <= 3; ++day) {
        const heard = w.add(`2025-01-0${day}`, { case: "perception", value: { actor: "su", signal: "day" } });
        if (off) w.add(`2025-01-0${day}`, { case: "interventionEffect", value: { effect: "silences R05" } }, heard);
        else w.add(`2025-01-0${day}`, { case: "ruleFiring", value: { rule: "R05", actor: "su" } }, heard);
      }
      return w;
    };
    const d = find(s(false), s(true))!;
    expect(d.base!.kind).toBe(Kind.ruleFiring);
    expect(d.fork).toBeUndefined();
    expect(d.effect!.kind).toBe(Kind.interventionEffect);
    expect(d.equal).toBe(1);
  });
  it("part where a record has another cause", () => {
    const a = new Story();
    const b = new Story();
    for (const s of [a, b]) for (let k = 0; k < 2; ++k) s.add("2025-01-01", { case: "perception", value: { actor: "su" } });
    a.add("2025-01-02", { case: "offer", value: { from: "su" } }, 1);
    b.add("2025-01-02", { case: "offer", value: { from: "su" } }, 2);
    expect(find(a, b)!.equal).toBe(2);
  });
  it("part where one of them ends", () => {
    const longer = world(same);
    longer.add("2025-01-20", { case: "perception", value: { actor: "su" } });
    const d = find(world(same), longer)!;
    expect([d.base, d.fork!.t]).toEqual([undefined, at("2025-01-20")]);
  });
  it("are compared as far as they have come, while one still streams in", () => {
    const a = world(same);
    a.add("2025-01-20", { case: "perception", value: { actor: "su" } });
    const finder = new DivergenceFinder(a.trace(), world(same).trace());
    expect(finder.advance(false)).toBeNull();
    expect(finder.advance(true)!.base!.t).toBe(at("2025-01-20"));
  });
});

describe("prices", () => {
  const s = new Story();
  s.bar("2025-01-02T21:00Z", "NVDA", 100);
  s.bar("2025-01-02T21:00Z", "AMD", 50);
  s.bar("2025-01-03T21:00Z", "NVDA", 110);
  const trace = s.trace();
  it("of all listings share one axis of time", () => {
    const table = priceTable(trace, null);
    expect(table.seconds.length).toBe(2);
    expect(table.columns.get("AMD")).toEqual([50, null]);
  });
  it("of two worlds stand side by side", () => expect(priceTable(trace, trace).columns.get("NVDA'")).toEqual([100, 110]));
  it("are indexed to the last at a time, else to the first after it", () => {
    expect(baseOf([3, 4, 5], [1, 2, 3], 2.5)).toBe(4);
    expect(baseOf([3, null, 5], [1, 2, 3], 2.5)).toBe(3);
    expect(baseOf([null, 4], [1, 2], 0)).toBe(4);
    expect(baseOf([null, null], [1, 2], 1)).toBeNull();
  });
  it("at a time are those of the last session that is over", () => {
    expect(closeAt(trace, "NVDA", at("2025-01-03T20:59Z"))).toBe(100);
    expect(closeAt(trace, "NVDA", at("2025-01-03T21:00Z"))).toBe(110);
    expect(closeAt(trace, "NVDA", at("2025-01-01"))).toBeNull();
  });
  it("are looked up by bisection", () => {
    const times = [1, 3, 3, 7];
    expect([0, 1, 2, 3, 8].map((t) => lastAt(times, t))).toEqual([-1, 0, 0, 2, 3]);
  });
});
