import { describe, expect, it } from "vitest";
import { ContractClass, Exclusivity, Stage } from "#proto/deal_pb";
import { EventKind } from "#proto/event_pb";
import { MindState, OfferKind, ThreadStage } from "#proto/trace_pb";
import { Story } from "./testing";
import { kindText, sentence, termsRows } from "./words";

const s = new Story();
const terms = {
  capacityMw: 10_000n, valueUsdMillions: 350_000n, headlineMultiplePpm: 1_500_000, termMonths: 60, startLagMonths: 4, chipsThousands: 5000n,
  vendorEquityUsdMillions: 100_000n, vendorEquityUpTo: true, vendorWarrantsBp: 1000, loanGuaranteeUsdMillions: 5000n,
  exclusivity: Exclusivity.PREFERRED, contractClass: ContractClass.LETTER_OF_INTENT, stage: Stage.WHITE_HOUSE, siteControlPpm: 500_000,
};
const day = "2025-01-01";
s.add(day, { case: "happening", value: { kind: EventKind.INBOUND_OFFERS, headline: "Owners of sites offer theirs.", terms } });
s.add(day, { case: "perception", value: { actor: "su", signal: "surge", about: "huang" } });
s.add(day, { case: "ruleFiring", value: { rule: "R07", actor: "huang", about: "huang" } });
s.add(day, { case: "mindChange", value: { actor: "huang", state: MindState.FOMO, beforePpm: 20_000n, afterPpm: 640_000n } });
s.add(day, { case: "offer", value: { from: "altman", to: "huang", kind: OfferKind.OFFER, terms: { capacityMw: 500n, valueUsdMillions: 20_000n } } });
s.add(day, { case: "threadChange", value: { supplier: "huang", stage: ThreadStage.STALLED } });
s.add(day, { case: "interventionEffect", value: { intervention: "rule off R06", effect: "silences R06", actor: "altman" } });
s.add(day, { case: "news", value: { ticker: "AMD", logValuePpm: -12_000n } });
s.add(day, { case: "beliefRevision", value: { ticker: "AMD", revised: 3, waiting: 1, meanLogValuePpm: 9000n } });
s.add(day, { case: "attention", value: { ticker: "AMD", changePpm: 9000n } });
s.add(day, { case: "halt", value: { ticker: "AMD", begins: true } });
s.add(day, { case: "reaction", value: { ticker: "AMD", simulated: { firstDayPpm: 237_000n } } });
const trace = s.trace();

describe("a record in words", () => {
  it.each([
    [1, "Inbound offers", "Owners of sites offer theirs."],
    [2, "Perception", "Lisa Su hears: an unusual day of a stock, about Jensen Huang"],
    [3, "Rule", "Rule R07 acts on Jensen Huang"],
    [4, "Mood", "Jensen Huang: FOMO 0.02 → 0.64"],
    [5, "Offer", "Sam Altman offers Jensen Huang: 0.5 GW, $20 bn"],
    [6, "Talks", "Talks with Jensen Huang: stalled"],
    [7, "Intervention", "What-if “rule off R06” silences R06 (Sam Altman)"],
    [8, "News", "AMD: news worth −1.2 % reaches traders"],
    [9, "Belief", "AMD: 3 of 4 value traders have taken it in (+0.9 %)"],
    [10, "Attention", "AMD draws private investors’ attention"],
    [11, "Halt", "AMD: trading stops"],
    [12, "Reaction", "AMD on its first day: +23.7 %"],
  ])("%i: %s, %s", (id, kind, text) => {
    const entry = trace.get(id)!;
    expect([kindText(entry), sentence(trace, entry)]).toEqual([kind, text]);
  });

  it("has all that its terms state, in units", () => {
    const entry = trace.get(1)!;
    expect(termsRows("terms" in entry.body ? entry.body.terms : undefined)).toEqual([
      ["Capacity", "10 GW"], ["Value", "$350 bn"], ["Announced as", "$525 bn (1.5 ×)"], ["Term", "5 years"], ["Starts after", "4 months"],
      ["Chips", "5 million"], ["Supplier invests", "up to $100 bn"], ["Warrants", "10 % of the supplier"], ["Loans guaranteed", "$5 bn"],
      ["Exclusivity", "preferred"], ["Contract", "letter of intent"], ["Stage", "the White House"], ["Say on sites", "50 % the supplier’s"],
    ]);
  });
  it("states nothing of terms that are not there", () => expect(termsRows(undefined)).toEqual([]));
});
