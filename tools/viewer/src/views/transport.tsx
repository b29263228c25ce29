// The clock at the foot of the page: play, steps, speed, and all of time to scrub through.
import { useMemo } from "preact/hooks";
import { clock, day } from "../data/format";
import { sentence } from "../data/words";
import { alive, base, domain, now, playing, range, selected, setNow, speed, withFuture, zoom, zoomBy } from "../state/store";
import { speeds, stepDays, stepEvent, toggle } from "../state/player";
import { narrow } from "../state/look";
import { Check, Icon } from "./parts";
import { months } from "./ticks";

export function Transport() {
  const on = alive.value !== null;
  return (
    <footer class="transport" aria-label="Clock">
      <div class="buttons">
        <Press icon="lastEvent" label="Event before (Left)" act={() => stepEvent(-1)} on={on} />
        {!narrow.value && <Press icon="lastDay" label="Day before (Shift+Left)" act={() => stepDays(-1)} on={on} />}
        <button type="button" class="button main icon play" disabled={!on} aria-label={playing.value ? "Pause (Space)" : "Play (Space)"} title={playing.value ? "Pause (Space)" : "Play (Space)"} onClick={toggle}>
          <Icon name={playing.value ? "pause" : "play"} />
        </button>
        {!narrow.value && <Press icon="nextDay" label="Day after (Shift+Right)" act={() => stepDays(1)} on={on} />}
        <Press icon="nextEvent" label="Next event (Right)" act={() => stepEvent(1)} on={on} />
        <DateShown />
      </div>
      {/* On a phone the steps by day lie at the ends of the slider, where they have room. */}
      {narrow.value ? (
        <div class="line">
          <Press icon="lastDay" label="Day before (Shift+Left)" act={() => stepDays(-1)} on={on} />
          <Scrub />
          <Press icon="nextDay" label="Day after (Shift+Right)" act={() => stepDays(1)} on={on} />
        </div>
      ) : <Scrub />}
      {narrow.value && <Chosen />}
      <div class="more">
        {!narrow.value && <Check checked={withFuture.value} set={(v) => (withFuture.value = v)} title="Show, faintly, what is still to come">Future</Check>}
        <label class="check" title="Simulated days a second">
          <span class="hidden-but-said">Speed</span>
          <select class="field" value={String(speed.value)} onChange={(e) => (speed.value = Number(e.currentTarget.value))}>
            {[...new Set([...speeds, speed.value])].sort((a, b) => a - b).map((s) => (
              <option key={s} value={String(s)}>{narrow.value ? `${s} d/s` : `${s} day${s === 1 ? "" : "s"}/s`}</option>
            ))}
          </select>
        </label>
        <span class="zoom" role="group" aria-label="Zoom">
          <Press icon="minus" label="Zoom out (−)" act={() => zoomBy(1.6)} on={on && zoom.value !== null} />
          <Press icon="plus" label="Zoom in (+)" act={() => zoomBy(1 / 1.6)} on={on} />
        </span>
      </div>
    </footer>
  );
}

function Press(props: { icon: Parameters<typeof Icon>[0]["name"]; label: string; act(): void; on: boolean }) {
  return (
    <button type="button" class="button icon plain" aria-label={props.label} title={props.label} disabled={!props.on} onClick={props.act}>
      <Icon name={props.icon} />
    </button>
  );
}

// On a phone the panel lies far below: what is selected is said here, and a touch goes there.
function Chosen() {
  const found = selected.value;
  if (!found) return null;
  return (
    <button type="button" class="link chosen-line" onClick={() => document.getElementById("side")?.scrollIntoView()}>
      {sentence(found.world.trace, found.entry)}
    </button>
  );
}

function DateShown() {
  const t = now.value;
  if (!base.value || t === 0) return <span class="date" />;
  return (
    <span class="date">
      <b>{day(t)}</b>
      <span>{clock(t)} UTC</span>
    </span>
  );
}

function Scrub() {
  const [from, to] = domain.value;
  const t = now.value;
  return (
    <div class="scrub">
      <Ticks />
      <input type="range" min={from} max={to} step={3_600_000} value={t} disabled={!alive.value} aria-label="Time" aria-valuetext={t ? day(t) : "no run"}
        onInput={(e) => setNow(Number(e.currentTarget.value))} />
      <Years from={from} to={to} />
    </div>
  );
}

function Ticks() {
  const world = base.value;
  const [from, to] = domain.value;
  const [a, b] = range.value;
  const marks = world?.lanes.value;
  const x = (t: number) => `${(((t - from) / (to - from)) * 100).toFixed(2)}%`;
  const lines = useMemo(
    () => (marks ?? []).flatMap((l) => l.marks).filter((m) => m.t >= from && !(m.secret && ["offer", "counter"].includes(m.sign))),
    [marks, from],
  );
  if (!world) return null;
  return (
    <svg aria-hidden="true">
      {zoom.value && <rect class="window" x={x(a)} width={`${(((b - a) / (to - from)) * 100).toFixed(2)}%`} y="0" height="15" rx="2" />}
      {lines.filter((m) => withFuture.value || m.t <= now.value).map((m) => (
        <line key={m.id} class={m.sign === "announce" ? "tick deal" : m.secret ? "tick secret" : "tick"} x1={x(m.t)} x2={x(m.t)} y1={m.sign === "announce" ? 1 : m.secret ? 9 : 6} y2="14" />
      ))}
    </svg>
  );
}

function Years({ from, to }: { from: number; to: number }) {
  const year = (t: number) => new Date(t).getUTCFullYear();
  return (
    <div class="years" aria-hidden="true">
      {to - from < 2 ? null : months(from / 1000, to / 1000)
        .filter((s) => new Date(s * 1000).getUTCMonth() === 0)
        .map((s) => <span key={s} style={{ left: `${((s * 1000 - from) / (to - from)) * 100}%` }}>{year(s * 1000)}</span>)}
    </div>
  );
}
