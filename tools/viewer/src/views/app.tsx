// The page.
import { useEffect, useState } from "preact/hooks";
import { base, siteError, spoken, tab, trouble, type Tab } from "../state/store";
import { Compare } from "./compare";
import { Details } from "./details";
import { Help, openFile, Start } from "./dialogs";
import { ForkBar, Header } from "./header";
import { Network } from "./network";
import { Prices } from "./prices";
import { Talks } from "./talks";
import { Transport } from "./transport";
import { WhatIf } from "./whatif";

export function App() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const stop = (e: DragEvent) => {
      if (!e.dataTransfer?.types.includes("Files")) return;
      e.preventDefault();
      setOver(e.type !== "drop" && e.type !== "dragleave");
      const file = e.type === "drop" ? e.dataTransfer.files[0] : undefined;
      if (file) void openFile(file);
    };
    for (const type of ["dragover", "dragleave", "drop"] as const) addEventListener(type, stop);
    return () => {
      for (const type of ["dragover", "dragleave", "drop"] as const) removeEventListener(type, stop);
    };
  }, []);
  return (
    <div class={`page${over ? " dropping" : ""}`}>
      <Header />
      <ForkBar />
      <Trouble />
      <main class="views">
        <Prices />
        <Talks />
        <Network />
        <Side />
      </main>
      <Transport />
      <Start />
      <Help />
      <p class="hidden-but-said" role="status" aria-live="polite">{spoken.value}</p>
    </div>
  );
}

function Trouble() {
  const world = base.value;
  const messages = [world?.message.value, trouble.value, world ? siteError.value : ""].filter(Boolean);
  if (!messages.length) return null;
  return (
    <div class="notice" role="alert">
      {messages.map((m) => <p key={m}>{m}</p>)}
    </div>
  );
}

const tabs: [Tab, string][] = [["details", "Details"], ["whatif", "What if?"], ["compare", "Compare"]];

function Side() {
  const move = (e: KeyboardEvent) => {
    const step = e.key === "ArrowRight" ? 1 : e.key === "ArrowLeft" ? -1 : 0;
    if (!step || e.shiftKey) return;
    e.preventDefault();
    const at = tabs.findIndex(([t]) => t === tab.value);
    tab.value = tabs[(at + step + tabs.length) % tabs.length]![0];
    document.getElementById(`tab-${tab.value}`)?.focus();
  };
  return (
    <section class="panel view-side" id="side" aria-label="Details, what-if and comparison">
      <div class="head">
        <div class="segments" role="tablist" aria-label="Panel" onKeyDown={move}>
          {tabs.map(([t, text]) => (
            <button key={t} type="button" role="tab" id={`tab-${t}`} aria-selected={tab.value === t} aria-controls="panel" tabIndex={tab.value === t ? 0 : -1} onClick={() => (tab.value = t)}>{text}</button>
          ))}
        </div>
      </div>
      <div class="body scrolls" id="panel" role="tabpanel" aria-labelledby={`tab-${tab.value}`} tabIndex={0} data-scrolls>
        {tab.value === "details" ? <Details /> : tab.value === "whatif" ? <WhatIf /> : <Compare />}
      </div>
    </section>
  );
}
