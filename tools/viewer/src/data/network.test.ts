import { describe, expect, it } from "vitest";
import { EventKind } from "#proto/event_pb";
import { maximumCirculation } from "./circulation";
import { networkAt, promisesOf } from "./network";
import { at, Story, cast } from "./testing";

describe("money that goes round", () => {
  // The illustrative graph of the design; the C++ tests of sims/network hold the same figures.
  const [openai, nvidia, oracle, amd, softbank, microsoft, broadcom] = [0, 1, 2, 3, 4, 5, 6];
  const flows: [number, number, number][] = [
    [nvidia, openai, 100], [openai, nvidia, 350], [openai, oracle, 300], [oracle, nvidia, 120], [amd, openai, 33],
    [openai, amd, 105], [softbank, openai, 30], [openai, microsoft, 250], [microsoft, openai, 13], [microsoft, nvidia, 60],
    [openai, broadcom, 200],
  ];
  const arcs = flows.map(([from, to, usdBn]) => ({ from, to, usdBn }));
  const c = maximumCirculation(7, arcs);

  it("is a quarter of the design's graph", () => {
    expect(c.total).toBe(1561);
    expect(c.circulating).toBeCloseTo(392, 9);
  });
  it("passes every company: as much comes in as leaves", () => {
    for (let node = 0; node < 7; ++node) {
      const net = arcs.reduce((s, a, k) => s + (a.to === node ? c.onArc[k]! : 0) - (a.from === node ? c.onArc[k]! : 0), 0);
      expect(net).toBeCloseTo(0, 9);
    }
  });
  it("is all in its circles", () => {
    expect(c.circles.reduce((s, x) => s + x.usdBn * x.nodes.length, 0)).toBeCloseTo(392, 9);
    expect(c.circles.filter((x) => x.nodes.length === 3).reduce((s, x) => s + x.usdBn, 0)).toBeCloseTo(100, 9);
  });
  it("is nothing in a tree, and all in a ring", () => {
    expect(maximumCirculation(3, [{ from: 0, to: 1, usdBn: 5 }, { from: 0, to: 2, usdBn: 5 }]).circulating).toBe(0);
    const ring = maximumCirculation(3, [0, 1, 2].map((k) => ({ from: k, to: (k + 1) % 3, usdBn: 4 })));
    expect(ring.circulating).toBe(ring.total);
  });
});

describe("promises", () => {
  const deal = (s: Story, day: string, id: string, who: string, more: object, committedBy = "openai", open = true) =>
    s.add(day, { case: "happening", value: { eventId: id, kind: EventKind.ANNOUNCEMENT, actors: ["altman", who], committedBy, public: open, terms: more } });
  const s = new Story();
  deal(s, "2025-02-01", "deal_nvidia", "huang", { valueUsdMillions: 300_000n, vendorEquityUsdMillions: 100_000n, vendorEquityUpTo: true });
  deal(s, "2025-03-01", "deal_amd", "su", { valueUsdMillions: 90_000n, vendorWarrantsBp: 1000, loanGuaranteeUsdMillions: 5_000n });
  deal(s, "2025-04-01", "ask", "su", { valueUsdMillions: 900_000n }, "", true);
  deal(s, "2025-05-01", "secret", "su", { valueUsdMillions: 900_000n }, "openai", false);
  const list = promisesOf(s.trace());

  it("run from a customer to its supplier, and equity, warrants and guarantees back", () => {
    expect(list.map((p) => [p.from, p.to, p.kind, p.usdBn, p.upTo])).toEqual([
      ["openai", "nvidia", "purchase", 300, false], ["nvidia", "openai", "equity", 100, true],
      ["openai", "amd", "purchase", 90, false], ["amd", "openai", "warrants", 20, false], ["amd", "openai", "guarantee", 5, false],
    ]);
  });
  it("grow over time", () => {
    expect(networkAt(list, "openai", at("2025-01-31")).edges.length).toBe(0);
    expect(networkAt(list, "openai", at("2025-02-01")).obligations).toBe(300);
    const all = networkAt(list, "openai", Infinity);
    expect(all.obligations).toBe(390);
    expect(all.circulation.circulating).toBe(240);
    expect(all.circular).toEqual(new Set(["openai>nvidia", "nvidia>openai", "openai>amd", "amd>openai"]));
  });
  it("of a venture that nobody buys from are its partner's money", () => {
    const v = new Story();
    deal(v, "2025-02-01", "deal_amd", "su", { valueUsdMillions: 120_000n, vendorEquityUsdMillions: 20_000n }, "");
    expect(promisesOf(v.trace()).map((p) => [p.from, p.to, p.kind, p.usdBn])).toEqual([["amd", "openai", "equity", 20]]);
  });
  it("follow the scenario where it says who earns and who funds", () => {
    const told = `${cast} events { id: "big" announcement {
      exposures { company: "NVDA" role: EXPOSURE_ROLE_SUPPLIER revenue_usd_bn: 60 }
      exposures { company: "AMD" role: EXPOSURE_ROLE_FUNDER capital_at_risk_usd_bn: 19 } } }`;
    const v = new Story([{ name: "x.textproto", text: told }]);
    deal(v, "2025-02-01", "big", "su", { valueUsdMillions: 100_000n });
    expect(promisesOf(v.trace()).map((p) => [p.from, p.to, p.kind, p.usdBn])).toEqual([
      ["openai", "nvidia", "purchase", 60], ["amd", "openai", "equity", 19],
    ]);
  });
});
