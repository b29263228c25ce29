// The head of the page: what is open, and what can be taken away from it.
import { useState } from "preact/hooks";
import { dialogOf } from "./dialogs";
import { alive, base, divergence, fork, helping, lines, spoken, starting, tab, theme, selectRecord, showTime, site } from "../state/store";
import { closeFork, forkSource } from "../state/worlds";
import { textOf, comparison } from "../state/whatif";
import { commandOf, compareCommandOf } from "../state/url";
import { linkNow } from "../state/address";
import { day } from "../data/format";
import { kindName, sentence, tickerName } from "../data/words";
import type { Divergence } from "../data/diverge";
import { tickerOfBar, type Sealed, type Trace } from "../data/trace";
import { Kind } from "../data/wire";
import { Icon } from "./parts";
import { save } from "./picture";

export function Header() {
  const world = base.value;
  const there = alive.value !== null;
  void world?.version.value;
  const { scenario, header } = world?.trace ?? {};
  const facts: string[] = [];
  if (world && header) {
    facts.push(`seed ${header.seed}`);
    const resolution = header.settings.find((s) => s.name === "resolution")?.value;
    if (resolution) facts.push(`resolution ${resolution}`);
    if (world.source.kind === "file") facts.push(`file ${world.source.name}`);
    if (world.source.kind === "trace") facts.push(`trace ${world.source.name}`);
    for (const line of world.source.lines) facts.push(line);
  }
  return (
    <header class="top">
      <h1 class="brand"><Logo /> oneup</h1>
      <div class="what">
        <p class="title">{scenario?.title || (world?.status.value === "loading" ? "Loading …" : "Replay, step and fork the deals of 2025")}</p>
        <p class="facts">
          {facts.join(" · ")}
          {world?.status.value === "loading" && (
            <span role="status">
              {facts.length > 0 && " · "}
              {world.waiting.value ? `waiting for its turn, ${world.waiting.value} before it` : "still coming in"}{" "}
              <button type="button" class="link" onClick={() => world.cancel()}>cancel</button>
            </span>
          )}
          {world?.status.value === "cancelled" && " · cancelled here"}
        </p>
      </div>
      <div class="actions">
        <button type="button" class="button" onClick={() => (starting.value = true)}>Open</button>
        <button type="button" class="button" disabled={!there} onClick={() => (tab.value = "whatif", document.getElementById("side")?.scrollIntoView({ block: "nearest" }), document.getElementById("tab-whatif")?.focus())}>What if?</button>
        <Share />
        <Scheme />
        <button type="button" class="button icon" aria-label="Help and keys (?)" title="Help and keys (?)" onClick={() => (helping.value = true)}>?</button>
      </div>
    </header>
  );
}

// As public/favicon.svg.
function Logo() {
  return (
    <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#14213d" />
      <path d="M6 24 12 17l5 4 9-12" fill="none" stroke="#56b4e9" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round" />
      <circle cx="26" cy="9" r="3.2" fill="#e69f00" />
    </svg>
  );
}

function Scheme() {
  const next = { auto: "light", light: "dark", dark: "auto" } as const;
  const icon = { auto: "auto", light: "sun", dark: "moon" } as const;
  const text = `Scheme: ${theme.value === "auto" ? "as the system" : theme.value}`;
  return (
    <button type="button" class="button icon" aria-label={text} title={text} onClick={() => (theme.value = next[theme.value])}>
      <Icon name={icon[theme.value]} />
    </button>
  );
}

function Share() {
  const world = alive.value;
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState("");
  if (!world) return <button type="button" class="button" disabled>Share</button>;
  const source = forkSource();
  const acts = site.value?.scenarios.find((s) => s.name === source?.name)?.acts ?? world.trace.scenario.principals.length > 0;
  // What runs beside, else what is being written.
  const whatIf = fork.value ? fork.value.source.lines.slice(world.source.kind === "run" ? world.source.lines.length : 0) : lines.value.filter((l) => l.trim());
  const own = world.source;
  const command = own.kind === "run" ? commandOf(own, [], acts) : source ? commandOf({ ...source, lines: [] }, [], acts) : "";
  const other = source && whatIf.length ? commandOf({ ...source, lines: own.kind === "run" ? own.lines : [] }, whatIf, acts) : "";
  const many = source && whatIf.length ? compareCommandOf({ ...source, lines: own.kind === "run" ? own.lines : [] }, whatIf, comparison.value.state === "done" ? comparison.value.result.pairs : 200) : "";
  const keep = async () => {
    setProblem("");
    try {
      const text = await textOf();
      if (text) save("what-if.textproto", text, "text/plain");
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <>
      <button type="button" class="button" onClick={() => setOpen(true)}>Share</button>
      {open && dialogOf("Share and export", () => setOpen(false), (
        <div class="share">
          <Copied label="This view as a link" text={linkNow()} />
          <Copied label="This run on the command line" text={command} />
          {other && <Copied label="The what-if’s run" text={other} />}
          {many && <Copied label="The comparison" text={many} />}
          <div class="row">
            <button type="button" class="button" onClick={() => void keep()} disabled={!source}>Save the scenario (textproto)</button>
            {comparison.value.state === "done" && (
              <button type="button" class="button" onClick={() => comparison.value.state === "done" && save("comparison.json", JSON.stringify(comparison.value.result, null, 2), "application/json")}>Save the comparison (JSON)</button>
            )}
          </div>
          {problem && <p class="problem" role="alert">{problem}</p>}
          <p class="dim small">Pictures: the arrow at the head of each view saves it as PNG or SVG.</p>
        </div>
      ))}
    </>
  );
}

function Copied({ label, text }: { label: string; text: string }) {
  const [done, setDone] = useState(false);
  return (
    <label class="copied">
      <span class="label">{label}</span>
      <span class="row">
        <input class="field" readOnly value={text} onFocus={(e) => e.currentTarget.select()} />
        <button type="button" class="button" onClick={(e) => {
          const input = e.currentTarget.parentElement!.querySelector("input")!;
          const copy = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error("no clipboard"));
          copy.catch(() => { input.select(); document.execCommand("copy"); }).finally(() => { setDone(true); spoken.value = "Copied"; setTimeout(() => setDone(false), 2000); });
        }}>{done ? "Copied" : "Copy"}</button>
      </span>
    </label>
  );
}

const recordText = (record: Sealed, trace: Trace): string => {
  if (record.kind === Kind.bar) return `${tickerName(trace, tickerOfBar(record.body))} trades otherwise`;
  const entry = trace.get(record.id);
  return entry ? sentence(trace, entry) : kindName(record.kind);
};

// What one world has and the other has not, and which intervention came before it.
function partingText(d: Divergence, mine: Trace, other: Trace): string {
  if (d.fork && d.base) return recordText(d.fork, other);
  if (d.fork) return `only in the what-if, ${recordText(d.fork, other)}`;
  const effect = d.effect && other.get(d.effect.id);
  const why = effect?.kind === Kind.interventionEffect && effect.t === d.t ? ` (the what-if ${effect.body.effect})` : "";
  return d.base ? `only in the baseline, ${recordText(d.base, mine)}${why}` : "";
}

/** What differs, and where the worlds part. */
export function ForkBar() {
  const world = fork.value;
  if (!world) return null;
  void world.version.value;
  const d = divergence.value;
  const loading = world.status.value === "loading";
  const mine = base.value?.trace;
  const text = d && mine ? partingText(d, mine, world.trace) : "";
  const go = () => {
    if (!d) return;
    showTime(d.t);
    if (d.fork && world.trace.get(d.fork.id)) selectRecord(d.fork.id, true);
    else if (d.base && mine?.get(d.base.id)) selectRecord(d.base.id, false);
    else if (d.effect) selectRecord(d.effect.id, true);
  };
  const whole = mine?.complete && world.trace.complete;
  return (
    <div class="forkbar" role="region" aria-label="What-if">
      <span class="lines"><b>What if</b> {world.source.lines.map((l, i) => <span key={i}>{i > 0 && "; "}<code>{l}</code></span>)}</span>
      {loading && <span role="status">{world.waiting.value ? `waiting: ${world.waiting.value} before it` : "running …"} <button type="button" class="link" onClick={() => world.cancel()}>cancel</button></span>}
      {world.status.value === "failed" && <span class="problem" role="alert">{world.message.value}</span>}
      {d && Number.isFinite(d.t) && (
        <span class="parting">
          The worlds part on <b>{day(d.t)}</b>{text && <>: {text}</>}{" "}
          <button type="button" class="button small" onClick={go}>Go there</button>
        </span>
      )}
      {!d && !loading && world.status.value !== "failed" && <span>{whole ? "Nothing differs: both records are the same." : "Nothing differs as far as both have come."}</span>}
      <button type="button" class="button icon plain small" aria-label="Close the what-if" onClick={closeFork}><Icon name="close" /></button>
    </div>
  );
}
