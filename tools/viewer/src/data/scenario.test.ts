import { describe, expect, it } from "vitest";
import { parseTextproto, num, str, strs, subs } from "./textproto";
import { readScenario, companyOf } from "./scenario";

describe("text format", () => {
  it("knows comments, joined texts, lists, and messages with and without a colon", () => {
    const m = parseTextproto(`
      # a remark with "quotes" { and braces
      name: "a\\"b" 'c\\n'   list: [1, -2.5, 3e2] list: 4;
      sub { kind: KIND_X on: true } sub: < kind: KIND_Y > empty {}`);
    expect(str(m, "name")).toBe('a"bc\n');
    expect(m["list"]).toEqual([1, -2.5, 300, 4]);
    expect(subs(m, "sub").map((s) => str(s, "kind"))).toEqual(["KIND_X", "KIND_Y"]);
    expect(subs(m, "empty")).toEqual([{}]);
    expect(num(m, "name")).toBeUndefined();
  });
  it("says what is wrong", () => expect(() => parseTextproto("a: }")).toThrow(/a value expected/));
});

const files = import.meta.glob<string>("../../../../sims/scenarios/*.textproto", { query: "?raw", import: "default", eager: true });
const prices = import.meta.glob<string>("../../../../sims/scenarios/history/us.csv", { query: "?raw", import: "default", eager: true });
const all = { ...files, ...prices };
const file = (name: string) => ({ name: `builtin:${name}`, text: Object.entries(all).find(([path]) => path.endsWith(`/${name}`))![1] });

describe("the program's own scenarios", () => {
  const story = readScenario(["2025.textproto", "listings.textproto", "actors.textproto", "history/us.csv"].map((n) => file(n.split("/").at(-1)!)));

  it("tell of each event where it comes from", () => {
    expect(story.events.size).toBeGreaterThan(30);
    for (const event of story.events.values()) expect(event.evidence.length, event.id).toBeGreaterThan(0);
    expect(story.events.get("ask_nadella")!.evidence[0]).toMatchObject({ source: expect.stringContaining("line S33"), status: "article" });
  });
  it("tell for whom a person speaks", () => {
    expect(companyOf(story, "huang")).toBe("nvidia");
    expect(companyOf(story, "openai")).toBe("openai");
    expect(companyOf(story, "nobody")).toBe("");
  });
  it("have recorded prices", () => {
    const oracle = story.history().get("ORCL")!;
    expect(oracle.days[0]).toBe("2023-01-03");
    expect(oracle.closes.length).toBe(oracle.days.length);
    expect(oracle.closes.every((c) => c > 0)).toBe(true);
  });
  it("tell how fast moods fade, and who acts, the hub first", () => {
    const acts = readScenario(["autonomous.textproto", "actors.textproto", "principals.textproto", "principals_fitted.textproto"].map(file));
    expect(acts.halfLife).toEqual({ fomo: 45, face: 30, stance: 120 });
    expect(acts.principals[0]).toBe("altman");
    expect(acts.hubPerson).toBe("altman");
    expect(strs(parseTextproto(file("autonomous.textproto").text), "imports").length).toBeGreaterThan(3);
  });
});
