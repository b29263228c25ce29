// A trace as the views ask for it. Records come in one by one, in order, and each costs its
// decoding and a constant: nothing is sorted or searched while a run streams in.
import { fromBinary } from "@bufbuild/protobuf";
import {
  AttentionSchema, BarSchema, BeliefRevisionSchema, HaltSchema, HappeningSchema, HeaderSchema,
  InterventionEffectSchema, MindChangeSchema, NewsSchema, OfferSchema, PerceptionSchema,
  ReactionSchema, RuleFiringSchema, ThreadChangeSchema,
  type Attention, type BeliefRevision, type Halt, type Happening, type Header,
  type InterventionEffect, type MindChange, type News, type Offer, type Perception, type Reaction,
  type RuleFiring, type ThreadChange,
} from "#proto/trace_pb";
import { readScenario, type Scenario } from "./scenario";
import { Kind, readRecord } from "./wire";

interface Common {
  id: number;
  /** Milliseconds since 1970, simulated. */
  t: number;
  /** Id of the record that caused this one; 0 for none. */
  cause: number;
}

/** A record that tells something; `kind` says what `body` is. */
export type Entry = Common &
  (
    | { kind: typeof Kind.happening; body: Happening }
    | { kind: typeof Kind.perception; body: Perception }
    | { kind: typeof Kind.ruleFiring; body: RuleFiring }
    | { kind: typeof Kind.mindChange; body: MindChange }
    | { kind: typeof Kind.offer; body: Offer }
    | { kind: typeof Kind.threadChange; body: ThreadChange }
    | { kind: typeof Kind.interventionEffect; body: InterventionEffect }
    | { kind: typeof Kind.news; body: News }
    | { kind: typeof Kind.beliefRevision; body: BeliefRevision }
    | { kind: typeof Kind.attention; body: Attention }
    | { kind: typeof Kind.halt; body: Halt }
    | { kind: typeof Kind.reaction; body: Reaction }
  );
export type EntryOf<K extends Entry["kind"]> = Extract<Entry, { kind: K }>;

/** The sessions of one listing: parallel lists, by time. */
export interface Sessions {
  t: number[];
  open: number[];
  high: number[];
  low: number[];
  close: number[];
  volume: number[];
}

export interface Listing {
  ticker: string;
  name: string;
  currency: string;
  /** Value of a tick in the currency. */
  tick: number;
}

const schemas = {
  [Kind.happening]: HappeningSchema,
  [Kind.perception]: PerceptionSchema,
  [Kind.ruleFiring]: RuleFiringSchema,
  [Kind.mindChange]: MindChangeSchema,
  [Kind.offer]: OfferSchema,
  [Kind.threadChange]: ThreadChangeSchema,
  [Kind.interventionEffect]: InterventionEffectSchema,
  [Kind.news]: NewsSchema,
  [Kind.beliefRevision]: BeliefRevisionSchema,
  [Kind.attention]: AttentionSchema,
  [Kind.halt]: HaltSchema,
  [Kind.reaction]: ReactionSchema,
} as const;

/** What divergence looks at: a record's encoded body, in order. Sessions are in it, too. */
export interface Sealed {
  id: number;
  t: number;
  cause: number;
  kind: number;
  body: Uint8Array;
}

export class Trace {
  header: Header | null = null;
  scenario: Scenario = readScenario([]);
  listings: Listing[] = [];
  /** Everything but sessions, in order. */
  readonly entries: Entry[] = [];
  readonly sessions = new Map<string, Sessions>();
  readonly sealed: Sealed[] = [];
  /** True once the footer has come: nothing is missing. */
  complete = false;
  firstTime = Infinity;
  lastTime = -Infinity;
  /** First session of any listing. */
  firstSession = Infinity;

  private readonly at = new Map<number, Entry>();
  private readonly kinds = new Map<number, Entry[]>();
  private readonly effects = new Map<number, Entry[]>();
  private readonly events = new Map<string, EntryOf<typeof Kind.happening>>();

  /** Takes the next encoded Record. Throws if it is damaged. */
  add(bytes: Uint8Array): void {
    const record = readRecord(bytes);
    const { id, t, cause, kind, body } = record;
    if (kind === Kind.header) return this.begin(body);
    if (kind === Kind.footer) {
      this.complete = true;
      return;
    }
    if (id === 0) return;
    if (t < this.firstTime) this.firstTime = t;
    if (t > this.lastTime) this.lastTime = t;
    if (kind === Kind.bar) {
      if (this.addBar(t, body)) this.sealed.push(record);
      return;
    }
    const schema = schemas[kind as keyof typeof schemas];
    if (!schema) return;
    this.sealed.push(record);
    // The table above pairs each kind with its message.
    const entry = { id, t, cause, kind, body: fromBinary(schema, body) } as Entry;
    this.entries.push(entry);
    this.at.set(id, entry);
    push(this.kinds, kind, entry);
    if (cause && cause < id) push(this.effects, cause, entry);
    if (entry.kind === Kind.happening && !this.events.has(entry.body.eventId)) {
      this.events.set(entry.body.eventId, entry);
    }
  }

  get(id: number): Entry | undefined {
    return this.at.get(id);
  }

  /** What a record led to directly, in order. */
  effectsOf(id: number): readonly Entry[] {
    return this.effects.get(id) ?? [];
  }

  all<K extends Entry["kind"]>(kind: K): readonly EntryOf<K>[] {
    return (this.kinds.get(kind) ?? []) as EntryOf<K>[];
  }

  /** The happening of an event. */
  event(id: string): EntryOf<typeof Kind.happening> | undefined {
    return this.events.get(id);
  }

  listing(ticker: string): Listing | undefined {
    return this.listings.find((l) => l.ticker === ticker);
  }

  private begin(body: Uint8Array): void {
    const header = fromBinary(HeaderSchema, body);
    if (header.formatVersion > 1) {
      throw new Error(`the trace has format version ${header.formatVersion}; this page reads 1`);
    }
    this.header = header;
    this.listings = header.listings.map((l) => ({
      ticker: l.ticker,
      name: l.name,
      currency: l.currency,
      tick: Number(l.tickMicros) / 1e6,
    }));
    const utf8 = new TextDecoder();
    this.scenario = readScenario(header.scenarioFiles.map((f) => lazyText(f.name, f.content, utf8)));
    for (const l of this.listings) {
      this.sessions.set(l.ticker, { t: [], open: [], high: [], low: [], close: [], volume: [] });
    }
  }

  // False for a span that is no whole session.
  private addBar(t: number, body: Uint8Array): boolean {
    const bar = fromBinary(BarSchema, body);
    const sessions = this.sessions.get(bar.ticker);
    if (!sessions || bar.intervalS !== 0) return false;
    if (bar.closeTicks > 0n) {
      const tick = this.listing(bar.ticker)?.tick ?? 0.01;
      sessions.t.push(t);
      sessions.open.push(Number(bar.openTicks) * tick);
      sessions.high.push(Number(bar.highTicks) * tick);
      sessions.low.push(Number(bar.lowTicks) * tick);
      sessions.close.push(Number(bar.closeTicks) * tick);
      sessions.volume.push(Number(bar.volume));
      if (t < this.firstSession) this.firstSession = t;
    }
    return true;
  }
}

function push<K>(map: Map<K, Entry[]>, key: K, entry: Entry): void {
  const list = map.get(key);
  if (list) list.push(entry);
  else map.set(key, [entry]);
}

// Recorded prices are most of a header: they become text only when somebody looks at them.
function lazyText(name: string, content: Uint8Array, utf8: TextDecoder): { name: string; text: string } {
  let text: string | null = null;
  return {
    name,
    get text() {
      return (text ??= utf8.decode(content));
    },
  };
}

/** The listing of a session's encoded Bar. */
export const tickerOfBar = (body: Uint8Array): string => fromBinary(BarSchema, body).ticker;

/** Index of the last of the ascending times that is not later than t; -1 for none. */
export function lastAt(times: ArrayLike<number>, t: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (times[mid]! <= t) low = mid + 1;
    else high = mid;
  }
  return low - 1;
}
