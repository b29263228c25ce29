// Records in words: one line for lists, and the rows of a table of terms.
import { EventKind } from "#proto/event_pb";
import { ContractClass, Exclusivity, Stage } from "#proto/deal_pb";
import { MindState, OfferKind, ThreadStage, type Terms } from "#proto/trace_pb";
import { dollars, percent, plain, term } from "./format";
import { nameOf } from "./scenario";
import type { Entry, Trace } from "./trace";
import { Kind } from "./wire";

const lower = (name: string | undefined) => (name ?? "").toLowerCase().replaceAll("_", " ");

export const eventKindText = (kind: EventKind): string => lower(EventKind[kind]) || "event";
export const stageText = (stage: ThreadStage): string => lower(ThreadStage[stage]);

const kindNames: Record<number, string> = {
  [Kind.perception]: "Perception", [Kind.ruleFiring]: "Rule", [Kind.mindChange]: "Mood",
  [Kind.offer]: "Offer", [Kind.threadChange]: "Talks", [Kind.interventionEffect]: "Intervention",
  [Kind.news]: "News", [Kind.beliefRevision]: "Belief", [Kind.attention]: "Attention", [Kind.halt]: "Halt",
  [Kind.reaction]: "Reaction", [Kind.bar]: "Session",
};

/** What kind of thing a record is. */
export function kindText(entry: Entry): string {
  if (entry.kind === Kind.happening) {
    const text = eventKindText(entry.body.kind);
    return text.charAt(0).toUpperCase() + text.slice(1);
  }
  if (entry.kind === Kind.offer) return offerWord(entry.body.kind).replace(/^./, (c) => c.toUpperCase());
  return kindNames[entry.kind] ?? "Record";
}
export const kindName = (kind: number): string => kindNames[kind] ?? (kind === Kind.happening ? "Event" : "Record");

function offerWord(kind: OfferKind): string {
  return { [OfferKind.APPROACH]: "approach", [OfferKind.ACCEPT]: "acceptance", [OfferKind.REFUSE]: "refusal", [OfferKind.DECOMMIT]: "withdrawal" }[kind as 1 | 3 | 4 | 5] ?? "offer";
}

const signals: Record<string, string> = {
  day: "a day goes by", surge: "an unusual day of a stock", announcement: "an announcement", leak: "a leak",
  approach: "an approach", offer: "an offer", accept: "an acceptance", refusal: "a refusal", denial: "a denial",
};

/** One line on a record. */
export function sentence(trace: Trace, entry: Entry): string {
  const name = (id: string) => nameOf(trace.scenario, id);
  switch (entry.kind) {
    case Kind.happening:
      return entry.body.headline;
    case Kind.perception: {
      const { actor, signal, about } = entry.body;
      const of = about && about !== actor ? `, about ${name(about)}` : "";
      return `${name(actor)} hears: ${signals[signal] ?? signal.replaceAll("_", " ")}${of}`;
    }
    case Kind.ruleFiring: {
      const { rule, actor, about } = entry.body;
      return `Rule ${rule} acts on ${name(actor)}${about && about !== actor ? `, about ${name(about)}` : ""}`;
    }
    case Kind.mindChange: {
      const { actor, state, beforePpm, afterPpm } = entry.body;
      const level = (ppm: bigint) => plain(Number(ppm) / 1e6, 2);
      return `${name(actor)}: ${moodText(state)} ${level(beforePpm)} → ${level(afterPpm)}`;
    }
    case Kind.offer: {
      const { from, to, kind, terms } = entry.body;
      const verb = { [OfferKind.APPROACH]: "asks", [OfferKind.ACCEPT]: "accepts from", [OfferKind.REFUSE]: "refuses", [OfferKind.DECOMMIT]: "withdraws from" }[kind as 1 | 3 | 4 | 5] ?? "offers";
      const line = termsLine(terms);
      return `${name(from)} ${verb} ${name(to)}${line ? `: ${line}` : ""}`;
    }
    case Kind.threadChange:
      return `Talks with ${name(entry.body.supplier)}: ${stageText(entry.body.stage)}`;
    case Kind.interventionEffect: {
      const { intervention, effect, actor } = entry.body;
      return `What-if “${intervention}” ${effect}${actor ? ` (${name(actor)})` : ""}`;
    }
    case Kind.news:
      return `${tickerName(trace, entry.body.ticker)}: news worth ${percent(Number(entry.body.logValuePpm))} reaches traders`;
    case Kind.beliefRevision: {
      const { ticker, revised, waiting, meanLogValuePpm } = entry.body;
      return `${tickerName(trace, ticker)}: ${revised} of ${revised + waiting} value traders have taken it in (${percent(Number(meanLogValuePpm))})`;
    }
    case Kind.attention:
      return `${tickerName(trace, entry.body.ticker)} ${entry.body.changePpm < 0n ? "loses" : "draws"} private investors’ attention`;
    case Kind.halt:
      return `${tickerName(trace, entry.body.ticker)}: trading ${entry.body.begins ? "stops" : "goes on"}`;
    case Kind.reaction: {
      const move = entry.body.simulated?.firstDayPpm;
      return `${tickerName(trace, entry.body.ticker)} on its first day: ${move === undefined ? "not measured" : percent(Number(move))}`;
    }
  }
}

export const moodText = (state: MindState): string =>
  ({ [MindState.FOMO]: "FOMO", [MindState.FACE]: "lost face", [MindState.STANCE]: "hold of a public word", [MindState.CREDIBILITY]: "credibility", [MindState.OWN_HEADLINE]: "largest headline of one’s own, billion USD" })[state as 1 | 2 | 3 | 4 | 5] ?? "mood";

export const tickerName = (trace: Trace, ticker: string): string => trace.listing(ticker)?.name ?? ticker;

/** 3 GW, $120 bn over 10 years */
export function termsLine(terms: Terms | undefined): string {
  if (!terms) return "";
  const parts: string[] = [];
  if (terms.capacityMw !== undefined) parts.push(`${plain(Number(terms.capacityMw) / 1000)} GW`);
  if (terms.valueUsdMillions !== undefined) parts.push(dollars(Number(terms.valueUsdMillions) / 1000));
  if (terms.vendorEquityUsdMillions) parts.push(`${dollars(Number(terms.vendorEquityUsdMillions) / 1000)} of equity back`);
  if (terms.vendorWarrantsBp) parts.push(`warrants on ${plain(terms.vendorWarrantsBp / 100)} %`);
  return parts.join(", ");
}

const contracts: Record<number, string> = {
  [ContractClass.JOINT_VENTURE]: "joint venture", [ContractClass.LETTER_OF_INTENT]: "letter of intent",
  [ContractClass.TERM_SHEET]: "term sheet", [ContractClass.MILESTONE]: "binding by milestones",
  [ContractClass.DEFINITIVE]: "definitive contract",
};
const stages: Record<number, string> = {
  [Stage.BLOG]: "press release", [Stage.VENDOR_HEADQUARTERS]: "supplier’s headquarters",
  [Stage.JOINT]: "a stage together", [Stage.WHITE_HOUSE]: "the White House",
};

/** Rows of a table: what is stated, in order. */
export function termsRows(terms: Terms | undefined): [string, string][] {
  if (!terms) return [];
  const rows: [string, string][] = [];
  const bn = (m: bigint) => dollars(Number(m) / 1000);
  if (terms.capacityMw !== undefined) rows.push(["Capacity", `${plain(Number(terms.capacityMw) / 1000)} GW`]);
  if (terms.valueUsdMillions !== undefined) rows.push(["Value", bn(terms.valueUsdMillions)]);
  const multiple = (terms.headlineMultiplePpm ?? 0) / 1e6;
  if (multiple > 1 && terms.valueUsdMillions !== undefined) {
    rows.push(["Announced as", `${dollars((Number(terms.valueUsdMillions) / 1000) * multiple)} (${plain(multiple)} ×)`]);
  }
  if (terms.termMonths !== undefined) rows.push(["Term", term(terms.termMonths)]);
  if (terms.startLagMonths !== undefined) rows.push(["Starts after", term(terms.startLagMonths)]);
  if (terms.chipsThousands !== undefined) rows.push(["Chips", `${plain(Number(terms.chipsThousands) / 1000)} million`]);
  if (terms.vendorEquityUsdMillions !== undefined) rows.push(["Supplier invests", `${terms.vendorEquityUpTo ? "up to " : ""}${bn(terms.vendorEquityUsdMillions)}`]);
  if (terms.vendorWarrantsBp !== undefined) rows.push(["Warrants", `${plain(terms.vendorWarrantsBp / 100)} % of the supplier`]);
  if (terms.loanGuaranteeUsdMillions !== undefined) rows.push(["Loans guaranteed", bn(terms.loanGuaranteeUsdMillions)]);
  if (terms.exclusivity > Exclusivity.NONE) rows.push(["Exclusivity", lower(Exclusivity[terms.exclusivity])]);
  if (contracts[terms.contractClass]) rows.push(["Contract", contracts[terms.contractClass]!]);
  if (stages[terms.stage]) rows.push(["Stage", stages[terms.stage]!]);
  if (terms.siteControlPpm) rows.push(["Say on sites", `${plain(terms.siteControlPpm / 1e4)} % the supplier’s`]);
  return rows;
}
