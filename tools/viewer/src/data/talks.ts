// The timeline of talks: one lane for each company that deals with the hub, and one for the hub and
// the world around. What a mark means is in its `sign`; a lane also knows how its thread stands.
import { EventKind } from "#proto/event_pb";
import { OfferKind, ThreadStage } from "#proto/trace_pb";
import { Kind } from "./wire";
import type { Entry, EntryOf, Trace } from "./trace";
import { companyOf } from "./scenario";

export type Sign =
  | "approach" | "offer" | "counter" | "accept" | "refuse" | "stall" | "call" | "announce"
  | "leak" | "denial" | "word" | "meeting" | "other" | "intervention";

export interface Mark {
  id: number;
  t: number;
  sign: Sign;
  /** True if the hub's side speaks. */
  byHub: boolean;
  secret: boolean;
}

export interface Stage {
  from: number;
  /** Infinity while it lasts. */
  to: number;
  stage: ThreadStage;
  id: number;
}

export interface Lane {
  /** Company; "" for the hub itself and the world. */
  company: string;
  /** The person who speaks for it, if somebody acts. */
  person: string;
  marks: Mark[];
  stages: Stage[];
}

const signs = new Map<EventKind, Sign>([
  [EventKind.ANNOUNCEMENT, "announce"], [EventKind.DEAL, "announce"], [EventKind.PARTNERSHIP, "announce"],
  [EventKind.COLLABORATION, "announce"], [EventKind.PROPOSAL, "approach"], [EventKind.REFUSAL, "refuse"],
  [EventKind.WITHDRAWAL, "refuse"], [EventKind.MEETING, "meeting"], [EventKind.KEYNOTE, "meeting"],
  [EventKind.CALL, "call"], [EventKind.TALKS, "call"], [EventKind.STALL, "stall"], [EventKind.STATEMENT, "word"],
  [EventKind.DEROGATION, "word"], [EventKind.LEAK, "leak"], [EventKind.REPORT, "leak"],
  [EventKind.ANALYST_NOTE, "leak"], [EventKind.DENIAL, "denial"], [EventKind.WAIVER, "word"],
]);

/** Lanes of all records so far, in the order of the scenario's people; the world last. */
export function lanesOf(trace: Trace): Lane[] {
  const { scenario } = trace;
  const lanes = new Map<string, Lane>();
  const lane = (company: string): Lane => {
    let found = lanes.get(company);
    if (!found) lanes.set(company, (found = { company, person: "", marks: [], stages: [] }));
    return found;
  };
  for (const person of scenario.suppliers) {
    const company = companyOf(scenario, person);
    if (company && company !== scenario.hub) lane(company).person = person;
  }
  const first = firstEffects();
  const hubSide = (actor: string) => companyOf(scenario, actor) === scenario.hub;
  for (const entry of trace.entries) {
    const { id, t } = entry;
    switch (entry.kind) {
      case Kind.happening: {
        const home = lane(homeOf(trace, entry));
        const { kind, actors } = entry.body;
        home.marks.push({ id, t, sign: signs.get(kind) ?? "other", byHub: hubSide(actors[0] ?? ""), secret: !entry.body.public });
        break;
      }
      case Kind.offer: {
        const { from, to, kind } = entry.body;
        const byHub = hubSide(from);
        const home = lane(companyOf(scenario, byHub ? to : from));
        home.person ||= byHub ? to : from;
        home.marks.push({ id, t, sign: signOfOffer(home, kind, byHub), byHub, secret: true });
        break;
      }
      case Kind.threadChange: {
        const home = lane(companyOf(scenario, entry.body.supplier));
        const before = home.stages.at(-1);
        if (before) before.to = t;
        home.stages.push({ from: t, to: Infinity, stage: entry.body.stage, id });
        break;
      }
      case Kind.interventionEffect:
        if (first(entry)) {
          lane(companyOf(scenario, entry.body.actor)).marks.push({ id, t, sign: "intervention", byHub: false, secret: false });
        }
        break;
      default:
    }
  }
  // The hub's own lane joins the world's.
  const world = lane("");
  world.person = scenario.hubPerson;
  const own = lanes.get(scenario.hub);
  if (own) {
    world.marks.push(...own.marks);
    world.marks.sort((a, b) => a.id - b.id);
    lanes.delete(scenario.hub);
  }
  lanes.delete("");
  const used = [...lanes.values()].filter((l) => l.marks.length || l.person);
  return world.marks.length || world.person ? [...used, world] : used;
}

function signOfOffer(home: Lane, kind: OfferKind, byHub: boolean): Sign {
  switch (kind) {
    case OfferKind.APPROACH:
      return "approach";
    case OfferKind.ACCEPT:
      return "accept";
    case OfferKind.REFUSE:
    case OfferKind.DECOMMIT:
      return "refuse";
    default: {
      // An offer that answers the other side's is a counter-offer.
      const last = home.marks.findLast((m) => m.sign === "offer" || m.sign === "counter");
      return last && last.byHub !== byHub ? "counter" : "offer";
    }
  }
}

/** Whose lane an event belongs to: the first company in it that is not the hub. */
function homeOf(trace: Trace, entry: EntryOf<typeof Kind.happening>): string {
  const { scenario } = trace;
  for (const actor of entry.body.actors) {
    const company = companyOf(scenario, actor);
    const known = scenario.actors.get(company);
    if (company && company !== scenario.hub && known && isDealer(trace, company)) return company;
  }
  return "";
}

// The press, analysts and a government have no lane of their own: a company is dealt with if it is
// listed, or if somebody who acts speaks for it.
function isDealer(trace: Trace, company: string): boolean {
  const { scenario } = trace;
  if (scenario.actors.get(company)?.ticker) return true;
  if (scenario.suppliers.some((p) => companyOf(scenario, p) === company)) return true;
  return [...scenario.actors.values()].some((a) => a.person && a.company === company);
}

// What an intervention does again and again, such as holding a mood, is told once.
function firstEffects(): (entry: EntryOf<typeof Kind.interventionEffect>) => boolean {
  const seen = new Set<string>();
  return ({ body }) => {
    const key = [body.intervention, body.effect, body.actor].join("\n");
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
}

/** Records at which the story can be stepped through, in order. */
export function stepsOf(trace: Trace): Entry[] {
  const first = firstEffects();
  return trace.entries.filter((entry) => {
    if (entry.kind === Kind.interventionEffect) return first(entry);
    return entry.kind === Kind.happening || entry.kind === Kind.offer;
  });
}
