// The address holds the state: what is open, when, what is selected, and how it is shown. Only what
// differs from the usual is in it, so that a link stays short.
import type { NetworkMode, Selection, Source, Tab } from "./store";

export interface PageState {
  source: Source | null;
  /** Lines of the what-if beside it; null for none. */
  whatIf: string[] | null;
  /** Milliseconds; null: at the end. */
  now: number | null;
  zoom: [number, number] | null;
  selection: Selection | null;
  tab: Tab;
  speed: number;
  indexed: boolean;
  log: boolean;
  history: boolean;
  future: boolean;
  hidden: string[];
  network: NetworkMode;
  theme: "auto" | "light" | "dark";
}

export const usual: PageState = {
  source: null, whatIf: null, now: null, zoom: null, selection: null, tab: "details", speed: 14,
  indexed: true, log: true, history: false, future: true, hidden: [], network: "both", theme: "auto",
};

const time = (t: number) => new Date(t).toISOString().replace(/:00\.000Z$/, "Z").replace(/\.000Z$/, "Z");
const one = <T extends string>(value: string | null, of: readonly T[], else_: T): T => of.find((o) => o === value) ?? else_;

/** A seed is a whole number of 64 bits. */
export const isSeed = (text: string): boolean => /^\d{1,20}$/.test(text) && BigInt(text) < 2n ** 64n;

/** The part of the address after "#". */
export function toHash(s: PageState): string {
  const p = new URLSearchParams();
  if (s.source) {
    p.set(s.source.kind, s.source.name);
    if (s.source.seed) p.set("seed", s.source.seed);
    if (s.source.resolution) p.set("resolution", s.source.resolution);
    if (s.source.until) p.set("until", s.source.until);
    for (const line of s.source.lines) p.append("given", line);
  }
  for (const line of s.whatIf ?? []) p.append("do", line);
  if (s.now !== null) p.set("at", time(s.now));
  if (s.zoom) p.set("zoom", s.zoom.map((t) => time(Math.round(t / 60000) * 60000)).join("_"));
  if (s.selection) p.set("pick", `${s.selection.fork ? "fork." : ""}${s.selection.kind}.${s.selection.id}`);
  if (s.tab !== usual.tab) p.set("tab", s.tab);
  if (s.speed !== usual.speed) p.set("speed", String(s.speed));
  const off: [keyof PageState, string][] = [["indexed", "absolute"], ["log", "linear"], ["future", "nofuture"]];
  const on: [keyof PageState, string][] = [["history", "history"]];
  const show = [...off.filter(([k]) => !s[k]), ...on.filter(([k]) => s[k])].map(([, word]) => word);
  if (show.length) p.set("show", show.join("."));
  if (s.hidden.length) p.set("without", s.hidden.join("_"));
  if (s.network !== usual.network) p.set("network", s.network);
  if (s.theme !== usual.theme) p.set("theme", s.theme);
  return p.toString();
}

/** What an address says; what it does not say, or says wrongly, is as usual. */
export function fromHash(hash: string): PageState {
  const p = new URLSearchParams(hash.replace(/^#/, ""));
  const kind = (["run", "trace", "file"] as const).find((k) => p.get(k));
  const seed = p.get("seed") ?? "";
  const source: Source | null = kind
    ? {
        kind,
        name: p.get(kind)!,
        seed: isSeed(seed) ? seed : "",
        resolution: p.get("resolution") ?? "",
        until: p.get("until") ?? "",
        lines: p.getAll("given"),
      }
    : null;
  const at = Date.parse(p.get("at") ?? "");
  const zoom = (p.get("zoom") ?? "").split("_").map((t) => Date.parse(t));
  const pick = /^(fork\.)?(record|actor|listing|pair)\.(.+)$/.exec(p.get("pick") ?? "");
  const show = new Set((p.get("show") ?? "").split("."));
  const speed = Number(p.get("speed"));
  const whatIf = p.getAll("do");
  return {
    source,
    whatIf: whatIf.length ? whatIf : null,
    now: Number.isFinite(at) ? at : null,
    zoom: zoom.length === 2 && zoom[0]! < zoom[1]! ? [zoom[0]!, zoom[1]!] : null,
    selection: pick ? { kind: pick[2] as Selection["kind"], id: pick[3]!, fork: pick[1] !== undefined } : null,
    tab: one(p.get("tab"), ["details", "whatif", "compare"], "details"),
    speed: speed > 0 && speed <= 1000 ? speed : usual.speed,
    indexed: !show.has("absolute"),
    log: !show.has("linear"),
    history: show.has("history"),
    future: !show.has("nofuture"),
    hidden: (p.get("without") ?? "").split("_").filter(Boolean),
    network: one(p.get("network"), ["both", "base", "fork"], "both"),
    theme: one(p.get("theme"), ["auto", "light", "dark"], "auto"),
  };
}

/** The command that makes the same run; `acts`: its principals act by themselves. */
export function commandOf(source: Source, whatIf: string[], acts: boolean): string {
  const quote = (s: string) => (/^[\w./-]+$/.test(s) ? s : `'${s.replaceAll("'", "'\\''")}'`);
  if (source.kind !== "run") return `oneup trace info ${quote(source.name)}`;
  const parts = ["oneup", acts ? "run" : "replay", quote(source.name)];
  if (source.seed) parts.push("--seed", source.seed);
  if (source.resolution && source.resolution !== "default") parts.push("--resolution", quote(source.resolution));
  if (source.until) parts.push("--until", quote(source.until));
  for (const line of [...source.lines, ...whatIf]) parts.push("--do", quote(line));
  parts.push("--trace", "run.binpb", "--detail", "market");
  return parts.join(" ");
}

/** The command that makes the same comparison. */
export function compareCommandOf(source: Source, whatIf: string[], pairs: number): string {
  const run = commandOf({ ...source, kind: "run" }, whatIf, true).split(" --trace ")[0]!;
  return `${run.replace(/^oneup run/, "oneup compare")} --seeds ${pairs}`;
}
