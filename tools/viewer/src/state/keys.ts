// The keyboard. Keys act on the page as a whole unless a field has them.
import {
  base, divergence, fork, helping, isIndexed, isLog, select, selection, showTime, speed, starting, tab, theme,
  withFuture, withHistory, zoom, zoomBy,
} from "./store";
import { speeds, stepDays, stepEvent, toggle, toEnd, toStart } from "./player";

const next = { auto: "light", light: "dark", dark: "auto" } as const;

function faster(by: 1 | -1): void {
  const all = [...new Set([...speeds, speed.value])].sort((a, b) => a - b);
  speed.value = all[Math.min(Math.max(all.indexOf(speed.value) + by, 0), all.length - 1)]!;
}

const acts: Record<string, () => void> = {
  " ": toggle,
  ArrowRight: () => stepEvent(1),
  ArrowLeft: () => stepEvent(-1),
  "Shift+ArrowRight": () => stepDays(1),
  "Shift+ArrowLeft": () => stepDays(-1),
  PageDown: () => stepDays(30),
  PageUp: () => stepDays(-30),
  Home: toStart,
  End: toEnd,
  "<": () => faster(-1),
  ">": () => faster(1),
  ",": () => faster(-1),
  ".": () => faster(1),
  "+": () => zoomBy(1 / 1.6),
  "=": () => zoomBy(1 / 1.6),
  "-": () => zoomBy(1.6),
  "0": () => (zoom.value = null),
  i: () => (isIndexed.value = !isIndexed.value),
  l: () => (isLog.value = !isLog.value),
  h: () => (withHistory.value = !withHistory.value),
  u: () => (withFuture.value = !withFuture.value),
  w: () => (tab.value = "whatif"),
  d: () => (tab.value = "details"),
  c: () => (tab.value = "compare"),
  g: () => {
    const d = divergence.value;
    if (fork.value && d && Number.isFinite(d.t)) showTime(d.t);
  },
  t: () => (theme.value = next[theme.value]),
  o: () => (starting.value = true),
  Escape: () => selection.value && select(null),
  "?": () => (helping.value = true),
};

/** True where a key belongs to what has the focus. */
function taken(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("dialog")) return true;
  const tag = target.tagName;
  if (tag === "TEXTAREA" || tag === "SELECT") return true;
  if (tag === "INPUT") {
    const type = (target as HTMLInputElement).type;
    // All of time is a slider, too: there the arrows step, as everywhere.
    if (type === "range") return target.closest(".scrub") === null || ["ArrowUp", "ArrowDown"].includes(key);
    if (type === "checkbox" || type === "radio") return key === " ";
    return true;
  }
  if (key === " ") return ["BUTTON", "SUMMARY", "A"].includes(tag);
  // A list that scrolls keeps the keys that scroll it.
  return ["PageDown", "PageUp", "Home", "End"].includes(key) && target.closest("[data-scrolls]") !== null;
}

export function listenToKeys(): void {
  addEventListener("keydown", (e) => {
    if (document.querySelector("dialog[open]")) return;
    if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || taken(e.target, e.key)) return;
    const letter = e.key.length === 1 ? e.key.toLowerCase() : e.key;
    const act = acts[e.shiftKey && e.key.startsWith("Arrow") ? `Shift+${e.key}` : letter];
    if (!act || (!base.value && !["?", "o", "t"].includes(letter))) return;
    e.preventDefault();
    act();
  });
}

