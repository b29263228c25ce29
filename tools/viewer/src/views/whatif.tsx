// The panel of the what-if: ready ones, switches, sliders, events, answers, or lines of the grammar
// of docs/counterfactuals.md. All of them write lines, which stand below and can be changed.
import { useState } from "preact/hooks";
import { alive, base, fork, lines, now, site, withFuture } from "../state/store";
import { closeFork, forkSource } from "../state/worlds";
import { check, checking, compareWorlds, dated, fromNow, noMoment, problems, runFork } from "../state/whatif";
import { day, plain } from "../data/format";
import { nameOf } from "../data/scenario";
import type { SiteTrait } from "../net/api";
import { Kind } from "../data/wire";
import { Check, Icon } from "./parts";
import { tab } from "../state/store";

const add = (line: string) => {
  const wanted = dated(line);
  if (!lines.value.includes(wanted)) lines.value = [...lines.value, wanted];
};

export function WhatIf() {
  const world = alive.value;
  if (!world) return null;
  const source = forkSource();
  const known = site.value?.scenarios.find((s) => s.name === source?.name);
  if (site.value && !known) return <p class="dim pad">The server has no scenario “{source?.name}”: what-ifs of this trace cannot be run.</p>;
  const acts = known?.acts ?? world.trace.scenario.principals.length > 0;
  return (
    <div class="whatif">
      <p class="dim">Both worlds have the same seed: what differs is what you change, and what comes of it.</p>
      {world.source.kind !== "run" && world.trace.header?.scenarioFiles.some((f) => f.name.startsWith("interventions")) && (
        <p class="problem">This trace was made with changes of its own: the what-if starts without them.</p>
      )}
      <Ready scenario={source?.name ?? ""} />
      <Lines />
      <div class="go">
        <button type="button" class="button main" disabled={!lines.value.some((l) => l.trim()) || checking.value} onClick={() => void runFork()}>Run it beside</button>
        <button type="button" class="button" disabled={!lines.value.some((l) => l.trim())} onClick={() => void (async () => { if (await check()) { tab.value = "compare"; await compareWorlds(200); } })()}>Compare over 200 seeds</button>
        {fork.value && <button type="button" class="button plain" onClick={closeFork}>Close the what-if</button>}
      </div>
      <h3>Add a change</h3>
      <Check checked={fromNow.value} set={(on) => (fromNow.value = on)} title="Else from the beginning">
        from the clock on ({noMoment.value ? "the clock is at an end: from the beginning" : day(now.value)})
      </Check>
      {acts && <Rules />}
      {acts && <Traits />}
      {acts && <Answers />}
      <Events />
    </div>
  );
}

function Ready({ scenario }: { scenario: string }) {
  const list = (site.value?.what_ifs ?? []).filter((w) => w.scenario === scenario);
  const [chosen, choose] = useState("");
  const told = list.find((w) => w.name === chosen);
  if (!list.length) return null;
  return (
    <div class="group">
      <label>
        <span class="label">A ready one</span>
        <select class="field" value={chosen} onChange={(e) => {
          const name = e.currentTarget.value;
          choose(name);
          const found = list.find((w) => w.name === name);
          // It takes the place of the ready one before, not of what was written by hand.
          const rest = lines.value.filter((l) => !told?.lines.includes(l) && !found?.lines.includes(l));
          lines.value = [...rest, ...(found?.lines ?? [])];
        }}>
          <option value="">choose …</option>
          {list.map((w) => <option key={w.name} value={w.name}>{w.title}</option>)}
        </select>
      </label>
      {told && <p class="dim small">{told.description}</p>}
    </div>
  );
}

function Rules() {
  const families = (site.value?.families ?? []).map((f) => (typeof f === "string" ? { name: f, text: "" } : { name: f.name, text: f.text ?? "" }));
  const rules = site.value?.rules ?? [];
  const isOff = (name: string) => lines.value.some((l) => l === `rule off ${name}` || l.startsWith(`rule off ${name} from `));
  const flip = (name: string) => {
    if (isOff(name)) lines.value = lines.value.filter((l) => !(l === `rule off ${name}` || l.startsWith(`rule off ${name} from `)));
    else add(`rule off ${name}`);
  };
  if (!families.length && !rules.length) return null;
  return (
    <details class="group">
      <summary>Switch off what moves people</summary>
      <div class="switches">
        {families.map((f) => <Switch key={f.name} on={!isOff(f.name)} set={() => flip(f.name)} name={f.name} text={f.text} />)}
      </div>
      <details class="inner">
        <summary>Single rules</summary>
        <div class="switches">
          {rules.map((r) => <Switch key={r.id} on={!isOff(r.id)} set={() => flip(r.id)} name={r.id} text={r.title || r.text} />)}
        </div>
      </details>
    </details>
  );
}

function Switch({ on, set, name, text }: { on: boolean; set(): void; name: string; text: string }) {
  return (
    <label class="switch">
      <input type="checkbox" role="switch" checked={on} onChange={set} />
      <span><b>{name}</b> {text && <span class="dim">{text}</span>}</span>
    </label>
  );
}

function Traits() {
  const name = forkSource()?.name;
  const traits = (site.value?.traits ?? []).filter((t) => !t.scenario || t.scenario === name);
  const trace = base.value!.trace;
  const people = [...new Set(traits.map((t) => t.who))];
  const [who, choose] = useState("");
  const person = who || people[0] || "";
  if (!traits.length) return null;
  return (
    <details class="group">
      <summary>Change a character</summary>
      <label class="row">
        <span class="label">Whose</span>
        <select class="field" value={person} onChange={(e) => choose(e.currentTarget.value)}>
          {people.map((p) => <option key={p} value={p}>{nameOf(trace.scenario, p)}</option>)}
        </select>
      </label>
      {traits.filter((t) => t.who === person).map((t) => <Trait key={t.path + t.kind} trait={t} />)}
    </details>
  );
}

function Trait({ trait }: { trait: SiteTrait }) {
  const [value, set] = useState(trait.value ?? trait.min);
  const step = (trait.max - trait.min) / 100 || 0.01;
  return (
    <div class="trait">
      <label>
        <span class="label">{trait.label} <b>{plain(value)}{trait.unit ? ` ${trait.unit}` : ""}</b>{value === trait.value && trait.kind === "set" ? <span class="dim"> as it is</span> : null}</span>
        <input type="range" min={trait.min} max={trait.max} step={step} value={value} aria-valuetext={`${plain(value)} ${trait.unit}`} onInput={(e) => set(Number(e.currentTarget.value))} />
      </label>
      <button type="button" class="button small" onClick={() => add(`${trait.kind} ${trait.path} ${Number(value.toPrecision(4))}`)}>{trait.kind === "pin" ? "Keep it there" : "Set"}</button>
    </div>
  );
}

function Answers() {
  const { scenario } = base.value!.trace;
  const { suppliers } = scenario;
  const [who, choose] = useState("");
  const person = who || suppliers[0] || "";
  if (!suppliers.length) return null;
  return (
    <details class="group">
      <summary>Force an answer</summary>
      <div class="row">
        <select class="field" aria-label="Who answers" value={person} onChange={(e) => choose(e.currentTarget.value)}>
          {suppliers.map((p) => <option key={p} value={p}>{nameOf(scenario, p)}</option>)}
        </select>
        <button type="button" class="button small" onClick={() => add(`force ${person}.accept`)}>must accept</button>
        <button type="button" class="button small" onClick={() => add(`force ${person}.refuse`)}>must refuse</button>
      </div>
    </details>
  );
}

function Events() {
  const world = base.value!;
  void world.version.value;
  const events = world.trace.all(Kind.happening).filter((e) => withFuture.value || e.t <= now.value);
  const [chosen, choose] = useState("");
  const [follows, setFollows] = useState(false);
  const id = chosen || (events.find((e) => e.t >= now.value) ?? events.at(-1))?.body.eventId || "";
  const told = world.trace.scenario.events.has(id);
  return (
    <details class="group">
      <summary>Drop an event</summary>
      <label class="row">
        <span class="label">Which</span>
        <select class="field wide" value={id} onChange={(e) => choose(e.currentTarget.value)}>
          {events.map((e) => <option key={e.id} value={e.body.eventId}>{`${day(e.t)}: ${e.body.headline.slice(0, 90)}`}</option>)}
        </select>
      </label>
      <div class="row">
        {told && <Check checked={follows} set={setFollows}>and what follows</Check>}
        <button type="button" class="button small" onClick={() => { const line = `drop ${id}${told && follows ? " and what follows" : ""}`; if (!lines.value.includes(line)) lines.value = [...lines.value, line]; }}>Drop it</button>
      </div>
    </details>
  );
}

function Lines() {
  const list = lines.value;
  const set = (i: number, text: string) => (lines.value = list.map((l, k) => (k === i ? text : l)));
  const general = problems.value.get("");
  return (
    <div class="group lines">
      <h3>What differs</h3>
      {list.length === 0 && <p class="dim small">Nothing yet. Choose above, or write a line: <code>pin huang.fomo 0</code></p>}
      {list.map((line, i) => {
        const wrong = problems.value.get(line.trim());
        return (
          <div key={i} class="line-edit">
            <input class="field" value={line} spellcheck={false} aria-label={`Line ${i + 1} of the what-if`} aria-invalid={wrong ? "true" : undefined} aria-describedby={wrong ? `wrong-${i}` : undefined}
              onInput={(e) => set(i, e.currentTarget.value)} onKeyDown={(e) => e.key === "Enter" && void runFork()} />
            <button type="button" class="button icon plain" aria-label={`Remove line ${i + 1}`} onClick={() => (lines.value = list.filter((_, k) => k !== i))}><Icon name="close" /></button>
            {wrong && <p class="problem" id={`wrong-${i}`}>{wrong.join(" ")}</p>}
          </div>
        );
      })}
      <button type="button" class="link small" onClick={() => (lines.value = [...list, ""])}>+ a line</button>
      {general && <p class="problem" role="alert">{general.join(" ")}</p>}
    </div>
  );
}
