// The server's HTTP side (docs/viewer.md): what it offers, and checks of what-ifs.

export interface SiteScenario {
  name: string;
  title: string;
  description?: string;
  /** True where principals act by themselves. */
  acts: boolean;
  first_day: string;
  last_day: string;
  default_seed: number;
}
export interface SiteRule {
  id: string;
  title: string;
  family: string;
  text: string;
  evidence: QuotedEvidence[];
}
export interface SiteTrait {
  path: string;
  who: string;
  label: string;
  kind: "pin" | "set";
  min: number;
  max: number;
  /** As it is in the scenario; null for a state of a mind. */
  value: number | null;
  unit: string;
  scenario?: string;
}
export interface SiteWhatIf {
  name: string;
  title: string;
  description: string;
  scenario: string;
  lines: string[];
}
export interface QuotedEvidence {
  text?: string;
  source: string;
  quote?: string;
}
export interface Site {
  version: string;
  build: string;
  scenarios: SiteScenario[];
  traces: { name: string; scenario: string; seed: number | string; bytes: number }[];
  what_ifs: SiteWhatIf[];
  rules: SiteRule[];
  families: (string | { name: string; text?: string })[];
  traits: SiteTrait[];
  limits: Record<string, number>;
}

export interface WhatIfBody {
  scenario: string;
  seed?: string;
  resolution?: string;
  until?: string;
  lines: string[];
}

/** An answer of the server that is not what was asked for; its message is one line for people. */
export class Refused extends Error {}

async function answer(path: string, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: "same-origin", ...init });
  } catch {
    throw new Refused("the server does not answer: is `oneup serve` still running?");
  }
  if (response.ok) return response;
  let message = `the server says ${response.status}`;
  try {
    const body = (await response.json()) as { error?: string };
    if (body.error) message = body.error;
  } catch {
    // No JSON: the status says enough.
  }
  throw new Refused(message);
}

const post = (path: string, body: unknown) =>
  answer(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const fetchSite = async (): Promise<Site> => (await answer("/api/site")).json();

/** Problems with these lines, all of them; none if they are right. */
export async function checkLines(body: WhatIfBody): Promise<{ ok: boolean; lines: string[]; problems: string[] }> {
  const said = (await (await post("/api/check", body)).json()) as { ok: boolean; lines?: string[]; problems?: string[] };
  return { ok: said.ok, lines: said.lines ?? [], problems: said.problems ?? [] };
}

/** The scenario as a file that `oneup run FILE` takes. */
export const scenarioText = async (body: WhatIfBody): Promise<string> => (await post("/api/textproto", body)).text();
