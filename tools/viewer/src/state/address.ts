// Keeps the page and its address in step.
import { batch, effect } from "@preact/signals";
import {
  base, domain, following, fork, hidden, isIndexed, isLog, lines, networkMode, now, playing, selection, setZoom, speed,
  tab, theme, withFuture, withHistory, zoom, type Source,
} from "./store";
import { closeFork, openBase, openFork, forkSource } from "./worlds";
import { fromHash, toHash, type PageState } from "./url";

let written = "";
/** What an address asks for is still on its way: until then it stays as it is. */
let restoring: string | null = null;
let due: ReturnType<typeof setTimeout> | undefined;

function current(): PageState {
  const end = domain.value[1];
  return {
    source: base.value?.source ?? null,
    whatIf: fork.value ? fork.value.source.lines.slice(base.value?.source.kind === "run" ? base.value.source.lines.length : 0) : null,
    now: following.value || now.value >= end - 1000 ? null : now.value,
    zoom: zoom.value,
    selection: selection.value,
    tab: tab.value,
    speed: speed.value,
    indexed: isIndexed.value,
    log: isLog.value,
    history: withHistory.value,
    future: withFuture.value,
    hidden: [...hidden.value].sort(),
    network: networkMode.value,
    theme: theme.value,
  };
}

/** The address of what is shown at this moment. */
export const linkNow = (): string => `${location.origin}${location.pathname}#${toHash(current())}`;

/** Does what an address says. True if it says what to open. */
export function restore(hash: string): boolean {
  const s = fromHash(hash);
  batch(() => {
    tab.value = s.tab;
    speed.value = s.speed;
    isIndexed.value = s.indexed;
    isLog.value = s.log;
    withHistory.value = s.history;
    withFuture.value = s.future;
    hidden.value = new Set(s.hidden);
    networkMode.value = s.network;
    theme.value = s.theme;
  });
  if (!s.source) return false;
  restoring = hash;
  if (!same(s.source, base.value?.source)) openBase(s.source);
  const world = base.value!;
  if (s.whatIf) lines.value = s.whatIf;
  if (JSON.stringify(s.whatIf) !== JSON.stringify(current().whatIf)) closeFork();
  // Times and records mean something once they have come.
  const stop = effect(() => {
    void world.version.value;
    const status = world.status.value;
    const there = status !== "loading" || (s.source?.kind === "run" && s.now !== null && world.trace.lastTime >= s.now);
    // Another world was opened meanwhile: what this link asked for is no more.
    const gone = base.value !== world;
    if (!there && !gone) return;
    queueMicrotask(() => {
      stop();
      if (restoring === hash) restoring = null;
      if (gone) return;
      batch(() => {
        if (s.now !== null) {
          following.value = false;
          now.value = Math.min(Math.max(s.now, domain.value[0]), domain.value[1]);
        }
        if (s.zoom) setZoom(...s.zoom);
        else zoom.value = null;
        selection.value = s.selection;
      });
      const source = forkSource();
      if (s.whatIf && source && !fork.value) {
        const other = openFork(source);
        if (s.selection?.fork) other.status.subscribe((st) => st !== "loading" && (selection.value ??= s.selection));
      }
    });
  });
  return true;
}

const same = (a: Source, b: Source | undefined) => JSON.stringify(a) === JSON.stringify(b);

export function keepAddress(): void {
  effect(() => {
    const hash = toHash(current());
    // Not at each frame while time runs.
    clearTimeout(due);
    due = setTimeout(() => {
      if (!base.peek() || restoring !== null || hash === written || playing.peek()) return;
      written = hash;
      history.replaceState(null, "", `#${hash}`);
    }, 200);
  });
  addEventListener("hashchange", () => {
    const hash = location.hash.slice(1);
    if (hash === written) return;
    // From here on the address before is another one, to which one may go back.
    written = hash;
    restore(hash);
  });
}
