// Dialogs: the start, and help.
import type { ComponentChildren, VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { helping, site, siteError, starting, trouble, type Source } from "../state/store";
import { openBase } from "../state/worlds";
import { isSeed } from "../state/url";
import { Icon } from "./parts";
import { SignIcon, signText } from "./marks";
import type { Sign } from "../data/talks";

/** A modal dialog that closes by Escape, its button and a click beside it. */
export function dialogOf(title: string, close: () => void, children: ComponentChildren): VNode {
  return <Dialog title={title} close={close}>{children}</Dialog>;
}

function Dialog({ title, close, children }: { title: string; close(): void; children: ComponentChildren }) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement as HTMLElement | null;
    if (dialog && !dialog.open) dialog.showModal();
    dialog?.querySelector<HTMLElement>("[data-first]")?.focus();
    return () => {
      dialog?.close();
      before?.focus?.();
    };
  }, []);
  return (
    <dialog ref={ref} aria-label={title} onClose={close} onClick={(e) => e.target === ref.current && close()}>
      <div class="sheet">
        <div class="sheet-head">
          <h2>{title}</h2>
          <button type="button" class="button icon plain" aria-label="Close" onClick={close}><Icon name="close" /></button>
        </div>
        {children}
      </div>
    </dialog>
  );
}

export async function openFile(file: File): Promise<void> {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    trouble.value = `${file.name} cannot be read: ${(error as Error).message}`;
    return;
  }
  trouble.value = "";
  openBase({ kind: "file", name: file.name, seed: "", resolution: "", until: "", lines: [] }, bytes);
}

export function Start() {
  if (!starting.value) return null;
  const s = site.value;
  const close = () => (starting.value = false);
  return dialogOf("Open a world", close, (
    <div class="start">
      {!s && !siteError.value && <p class="dim" role="status">Asking the server what it has …</p>}
      {siteError.value && <p class="problem" role="alert">{siteError.value}</p>}
      {s && <RunForm />}
      {s && s.traces.length > 0 && (
        <div class="group">
          <h3>A trace that the server offers</h3>
          <div class="row wrap">
            {s.traces.map((t) => (
              <button key={t.name} type="button" class="button" onClick={() => openBase({ kind: "trace", name: t.name, seed: "", resolution: "", until: "", lines: [] })}>
                {t.name} <span class="dim">{t.scenario}, seed {String(t.seed)}</span>
              </button>
            ))}
          </div>
        </div>
      )}
      <div class="group">
        <h3>A file of your own</h3>
        <label class="drop">
          <input type="file" accept=".binpb,application/octet-stream" onChange={(e) => { const f = e.currentTarget.files?.[0]; if (f) void openFile(f); }} />
          <span>Choose a trace, or drop it anywhere on the page. It stays on this computer.</span>
          <code>oneup run --seed 7 --trace run.binpb --detail market</code>
        </label>
      </div>
    </div>
  ));
}

function RunForm() {
  const list = site.value!.scenarios;
  const [name, setName] = useState(list.find((x) => x.acts)?.name ?? list[0]?.name ?? "");
  const scenario = list.find((x) => x.name === name);
  const [seed, setSeed] = useState("");
  const [resolution, setResolution] = useState("low");
  const wrong = seed !== "" && !isSeed(seed);
  const open = (e: Event) => {
    e.preventDefault();
    if (wrong || !scenario) return;
    const source: Source = { kind: "run", name, seed: seed || String(scenario.default_seed), resolution, until: "", lines: [] };
    openBase(source);
  };
  return (
    <form class="group" onSubmit={open}>
      <div class="cards" role="radiogroup" aria-label="Scenario">
        {list.map((x) => (
          <label key={x.name} class={`card${x.name === name ? " on" : ""}`}>
            <input type="radio" name="scenario" value={x.name} checked={x.name === name} onChange={() => setName(x.name)} />
            <b>{x.title}</b>
            <span class="dim">{x.acts ? "People act by themselves; deals emerge or do not. Each seed is another story." : "People act as recorded; the market reacts by itself."}</span>
            {x.description && <span class="dim more">{x.description}</span>}
            <span class="dim days">{x.first_day} to {x.last_day}</span>
          </label>
        ))}
      </div>
      <div class="row wrap">
        <label class="check">Seed <input class="field short" inputMode="numeric" value={seed} placeholder={String(scenario?.default_seed ?? "")} aria-invalid={wrong ? "true" : undefined} onInput={(e) => setSeed(e.currentTarget.value.trim())} /></label>
        <label class="check">Resolution
          <select class="field" value={resolution} onChange={(e) => setResolution(e.currentTarget.value)}>
            <option value="low">low: two calls a day, at once</option>
            <option value="default">default: continuous trading, some seconds</option>
          </select>
        </label>
        <button class="button main" data-first disabled={wrong || !scenario}>Open</button>
      </div>
      {wrong && <p class="problem">A seed is a whole number, 0 to 18446744073709551615.</p>}
    </form>
  );
}

const keys: [string, string][] = [
  ["Space", "play, pause"], ["← →", "event before, next event"], ["Shift ← →", "day before, day after"],
  ["PageUp PageDown", "thirty days back, on"], ["Home End", "beginning, end"], ["< >", "slower, faster"],
  ["+ −", "zoom in, out at the clock"], ["0", "all of time"], ["i", "indexed or absolute"], ["l", "logarithmic scale"],
  ["h", "recorded prices"], ["u", "show or hide the future"], ["w", "what-if"], ["d", "details"], ["c", "comparison"],
  ["g", "where the worlds part"], ["t", "light, dark"], ["o", "open"], ["Escape", "close, deselect"], ["?", "this help"],
];
const signs: Sign[] = ["approach", "offer", "counter", "accept", "refuse", "stall", "call", "meeting", "word", "leak", "denial", "announce", "intervention", "other"];

export function Help() {
  if (!helping.value) return null;
  return dialogOf("Help", () => (helping.value = false), (
    <div class="help">
      <p>Three views share one clock and one selection. Click anything: the panel at the right says what it is, what the article says of it, why it happened and what came of it. What lies after the clock is faint.</p>
      <div class="help-columns">
        <div>
          <h3>Keys</h3>
          <dl class="keys-list">{keys.map(([k, v]) => <div key={k}><dt><kbd>{k}</kbd></dt><dd>{v}</dd></div>)}</dl>
        </div>
        <div>
          <h3>Signs</h3>
          <ul class="signs-list">{signs.map((s) => <li key={s}><SignIcon sign={s} side="hub" /> {signText[s]}</li>)}</ul>
          <p class="small dim">Blue: OpenAI’s side speaks. Orange: the other side. Grey: the press and others. Hollow: in secret.</p>
          <h3>Lines</h3>
          <p class="small dim">Solid: simulated. Dotted: recorded. Dashed: the what-if’s world. In the network widths are sums; a light thread runs along money that can go round.</p>
          <h3>Pointer, and lanes by keyboard</h3>
          <p class="small dim">Prices: click for the clock, drag to zoom, double click for all. Talks: Ctrl and wheel to zoom; by keyboard, Tab into the lanes: arrows go along a lane and between lanes, Enter selects. The address of the page holds all that you see: share it as a link.</p>
        </div>
      </div>
    </div>
  ));
}
