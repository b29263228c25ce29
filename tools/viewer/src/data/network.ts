// Who owes whom what: promises between companies, as sims/network/obligations.h reads them from
// events. What a customer will pay runs from it to its suppliers; equity, warrants and guarantees
// run back from a supplier to its customer. That is how circles come about.
import { Kind } from "./wire";
import type { EntryOf, Trace } from "./trace";
import { companyOf, nameOf, type StoryEvent } from "./scenario";
import { maximumCirculation, type Circulation } from "./circulation";
import { lastAt } from "./trace";

export type PromiseKind = "purchase" | "equity" | "warrants" | "guarantee";

/** One promise, from the moment it is public. */
export interface Promised {
  t: number;
  from: string;
  to: string;
  kind: PromiseKind;
  usdBn: number;
  upTo: boolean;
  /** Record of the happening. */
  id: number;
}

export interface Edge {
  key: string;
  from: string;
  to: string;
  kind: PromiseKind;
  usdBn: number;
  upTo: boolean;
  ids: number[];
}

export interface NetworkState {
  edges: Edge[];
  /** Purchases of the hub, billion USD. */
  obligations: number;
  circulation: Circulation;
  /** Pairs "from>to" on which money goes round. */
  circular: Set<string>;
  circles: { companies: string[]; usdBn: number }[];
}

/** All promises of a trace so far, by time. */
export function promisesOf(trace: Trace): Promised[] {
  const list: Promised[] = [];
  for (const entry of trace.all(Kind.happening)) if (entry.body.public) list.push(...promisesIn(trace, entry));
  return list;
}

function promisesIn(trace: Trace, { id, t, body }: EntryOf<typeof Kind.happening>): Promised[] {
  const { scenario } = trace;
  const told = scenario.events.get(body.eventId);
  const { terms } = body;
  const value = terms?.valueUsdMillions !== undefined ? Number(terms.valueUsdMillions) / 1000 : 0;
  const companies = [...new Set(body.actors.map((a) => companyOf(scenario, a)).filter(Boolean))];
  const list: Promised[] = [];
  const add = (kind: PromiseKind, from: string, to: string, usdBn: number, upTo = false) => {
    if (usdBn > 0 && from && to && from !== to) list.push({ t, from, to, kind, usdBn, upTo, id });
  };
  const customer = body.committedBy ? companyOf(scenario, body.committedBy) : "";
  const equity = terms?.vendorEquityUsdMillions !== undefined ? Number(terms.vendorEquityUsdMillions) / 1000 : 0;
  const upTo = terms?.vendorEquityUpTo ?? false;
  if (customer) {
    for (const supplier of suppliersOf(trace, told, companies, customer, value)) {
      add("purchase", customer, supplier.company, supplier.usdBn);
      add("equity", supplier.company, customer, equity * supplier.share, upTo);
      const ticker = scenario.actors.get(supplier.company)?.ticker ?? "";
      const cap = scenario.capitalisation(ticker, new Date(t).toISOString().slice(0, 10)) ?? 0;
      add("warrants", supplier.company, customer, ((terms?.vendorWarrantsBp ?? 0) / 10_000) * cap);
      add("guarantee", supplier.company, customer, (Number(terms?.loanGuaranteeUsdMillions ?? 0n) / 1000) * supplier.share);
    }
  }
  const funded = customer || (companies.includes(scenario.hub) ? scenario.hub : "");
  const funders = (told?.exposures ?? []).filter((x) => x.role === "funder");
  for (const x of funders) add("equity", ofTicker(trace, x.company), funded, x.atRiskBn);
  // A venture that emerged: nobody buys, the partner puts money in.
  if (!customer && !funders.length && equity > 0 && funded) {
    for (const company of companies) if (company !== funded) add("equity", company, funded, equity, upTo);
  }
  return list;
}

function suppliersOf(trace: Trace, told: StoryEvent | undefined, companies: string[], customer: string, value: number) {
  const exposed = (told?.exposures ?? []).filter((x) => x.role === "supplier");
  const found = exposed.length
    ? exposed.map((x) => ({ company: ofTicker(trace, x.company), usdBn: x.revenueBn ?? value, share: 1 }))
    : told?.exposures.length
      ? []
      : companies.filter((c) => c !== customer).map((company, _, all) => ({ company, usdBn: value / all.length, share: 1 }));
  const sum = found.reduce((s, f) => s + f.usdBn, 0);
  for (const f of found) f.share = sum > 0 ? f.usdBn / sum : 1 / found.length;
  return found;
}

function ofTicker(trace: Trace, ticker: string): string {
  for (const a of trace.scenario.actors.values()) {
    if (!a.person && (a.ticker === ticker || a.id === ticker.toLowerCase())) return a.id;
  }
  return ticker;
}

/** What stands at a time. The promises are those of promisesOf. */
export function networkAt(promises: Promised[], hub: string, t: number): NetworkState {
  const now = promises.slice(0, lastAt(promises.map((p) => p.t), t) + 1);
  const edges = new Map<string, Edge>();
  for (const p of now) {
    const key = `${p.from}>${p.to}:${p.kind}`;
    const edge = edges.get(key);
    if (edge) {
      edge.usdBn += p.usdBn;
      edge.upTo ||= p.upTo;
      edge.ids.push(p.id);
    } else edges.set(key, { key, from: p.from, to: p.to, kind: p.kind, usdBn: p.usdBn, upTo: p.upTo, ids: [p.id] });
  }
  const names = [...new Set(now.flatMap((p) => [p.from, p.to]))];
  // A guarantee pays only if somebody fails: no money that goes round.
  const sums = new Map<string, number>();
  for (const e of edges.values()) {
    if (e.kind !== "guarantee") sums.set(`${e.from}>${e.to}`, (sums.get(`${e.from}>${e.to}`) ?? 0) + e.usdBn);
  }
  const arcs = [...sums].map(([key, usdBn]) => {
    const [from, to] = key.split(">") as [string, string];
    return { from: names.indexOf(from), to: names.indexOf(to), usdBn };
  });
  const circulation = maximumCirculation(names.length, arcs);
  const circular = new Set(arcs.flatMap((a, k) => (circulation.onArc[k]! > 1e-9 ? [`${names[a.from]}>${names[a.to]}`] : [])));
  return {
    edges: [...edges.values()],
    obligations: now.reduce((s, p) => s + (p.kind === "purchase" && p.from === hub ? p.usdBn : 0), 0),
    circulation,
    circular,
    circles: circulation.circles.map((c) => ({ companies: c.nodes.map((n) => names[n]!), usdBn: c.usdBn })),
  };
}

/** A company's name for people. */
export const companyName = (trace: Trace, id: string): string =>
  trace.listing(id)?.name ?? nameOf(trace.scenario, id);
