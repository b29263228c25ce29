// What the scenario's files in a trace's header tell: who is who, what the article says of an
// event, how fast moods fade, and recorded prices. Everything else about a run is in its records.
import { flag, num, parseTextproto, str, strs, sub, subs, type TextMessage } from "./textproto";

export interface Actor {
  id: string;
  name: string;
  role: string;
  person: boolean;
  /** A person's organisation; of an organisation itself. "" for a person of none. */
  company: string;
  ticker: string;
}

export interface EvidenceItem {
  source: string;
  note: string;
  /** article, verified, recalled, assumed */
  status: string;
}

export interface Exposure {
  company: string;
  role: string;
  revenueBn: number | undefined;
  atRiskBn: number;
}

/** An event as the scenario tells it. */
export interface StoryEvent {
  id: string;
  date: string;
  headline: string;
  detail: string;
  actors: string[];
  committedBy: string;
  evidence: EvidenceItem[];
  exposures: Exposure[];
  surprise: string;
  emerged: boolean;
}

export interface Scenario {
  name: string;
  title: string;
  description: string;
  hub: string;
  /** First and last day, YYYY-MM-DD; "" if not stated. */
  startDay: string;
  endDay: string;
  actors: Map<string, Actor>;
  events: Map<string, StoryEvent>;
  /** Persons who act by themselves, the hub first; empty in a replay. */
  principals: string[];
  /** Of these, who may make a deal with the hub. */
  suppliers: string[];
  /** Who speaks for the hub; "" where nobody acts. */
  hubPerson: string;
  /** Days in which a state of mind halves. */
  halfLife: { fomo: number; face: number; stance: number };
  /** Market value by ticker, billion USD, latest day that is not later. */
  capitalisation(ticker: string, day: string): number | undefined;
  /** Recorded closes by ticker; read when first asked for. */
  history(): Map<string, RecordedCloses>;
}

export interface RecordedCloses {
  days: string[];
  closes: number[];
}

/** files: names and contents, the scenario's own first, as Header.scenario_files. */
export function readScenario(files: { name: string; text: string }[]): Scenario {
  const parsed: TextMessage[] = [];
  for (const file of files) {
    if (!file.name.endsWith(".textproto")) continue;
    try {
      parsed.push(parseTextproto(file.text));
    } catch {
      // A file that this reader cannot read tells nothing; the records still do.
    }
  }
  const own = parsed[0];
  // Imports are merged in order before the file itself: of single fields the last one counts.
  const merged = [...parsed.slice(1), ...parsed.slice(0, 1)];
  const all = (field: string) => merged.flatMap((m) => subs(m, field));

  const actors = new Map<string, Actor>();
  for (const a of all("actors")) {
    const id = str(a, "id");
    const person = str(a, "kind") === "ACTOR_KIND_PERSON";
    actors.set(id, {
      id,
      name: str(a, "name") || id,
      role: str(a, "role"),
      person,
      company: person ? str(a, "organisation") : id,
      ticker: str(a, "ticker"),
    });
  }
  const events = new Map(all("events").map((e) => [str(e, "id"), storyEvent(e)]));

  const principals: string[] = [];
  const suppliers = new Set<string>();
  let hubPerson = "";
  for (const p of all("principals")) {
    const who = str(p, "actor");
    if (str(p, "part") === "PART_SUPPLIER") suppliers.add(who);
    if (str(p, "part") === "PART_HUB") {
      hubPerson = who;
      principals.unshift(who);
    } else if (!principals.includes(who)) principals.push(who);
  }
  let minds: TextMessage = {};
  for (const m of merged) minds = { ...minds, ...sub(m, "minds") };

  const caps = new Map<string, { day: string; bn: number }[]>();
  for (const l of all("listings")) {
    const list = subs(l, "capitalisations").map((c) => ({ day: str(c, "date"), bn: num(c, "usd_bn") ?? 0 }));
    caps.set(str(l, "ticker"), list.sort((a, b) => (a.day < b.day ? -1 : 1)));
  }
  let recorded: Map<string, RecordedCloses> | null = null;
  return {
    name: str(own, "name"),
    title: str(own, "title"),
    description: str(own, "description"),
    hub: merged.map((m) => str(m, "hub")).filter(Boolean).at(-1) ?? "openai",
    startDay: str(own, "start_date"),
    endDay: str(own, "end_date"),
    actors,
    events,
    principals,
    suppliers: [...suppliers],
    hubPerson,
    halfLife: {
      fomo: num(minds, "fomo_half_life_days") ?? 45,
      face: num(minds, "face_half_life_days") ?? 30,
      stance: num(minds, "stance_half_life_days") ?? 120,
    },
    capitalisation(ticker, day) {
      const list = caps.get(ticker) ?? [];
      return (list.filter((c) => c.day <= day).at(-1) ?? list[0])?.bn;
    },
    history: () => (recorded ??= readHistory(files)),
  };
}

function storyEvent(e: TextMessage): StoryEvent {
  const announcement = sub(e, "announcement");
  const evidence = [...subs(e, "evidence"), ...subs(announcement, "evidence")];
  return {
    id: str(e, "id"),
    date: str(e, "date"),
    headline: str(e, "headline"),
    detail: str(e, "detail"),
    actors: strs(e, "actors"),
    committedBy: str(e, "committed_by"),
    evidence: evidence.map((v) => ({
      source: str(v, "source"),
      note: str(v, "note"),
      status: str(v, "status").replace("EVIDENCE_STATUS_", "").toLowerCase(),
    })),
    exposures: subs(announcement, "exposures").map((x) => ({
      company: str(x, "company"),
      role: str(x, "role").replace("EXPOSURE_ROLE_", "").toLowerCase(),
      revenueBn: num(x, "revenue_usd_bn"),
      atRiskBn: num(x, "capital_at_risk_usd_bn") ?? 0,
    })),
    surprise: str(sub(announcement, "surprise"), "reason"),
    emerged: flag(e, "emerged"),
  };
}

// date,ticker,open,high,low,close,volume; lines of '#' are remarks.
function readHistory(files: { name: string; text: string }[]): Map<string, RecordedCloses> {
  const closes = new Map<string, RecordedCloses>();
  for (const file of files) {
    if (!file.name.endsWith(".csv")) continue;
    for (const line of file.text.split("\n")) {
      const cells = line.split(",");
      const day = cells[0];
      const ticker = cells[1];
      if (cells.length < 6 || day === undefined || ticker === undefined || !/^\d{4}-/.test(day)) continue;
      let of = closes.get(ticker);
      if (!of) closes.set(ticker, (of = { days: [], closes: [] }));
      of.days.push(day);
      of.closes.push(Number(cells[5]));
    }
  }
  return closes;
}

/** The company that an actor speaks for; "" for the press and persons of none. */
export function companyOf(scenario: Scenario, actor: string): string {
  return scenario.actors.get(actor)?.company ?? "";
}

/** A name for people: of an actor, else the id itself. */
export function nameOf(scenario: Scenario, actor: string): string {
  return scenario.actors.get(actor)?.name ?? actor;
}
