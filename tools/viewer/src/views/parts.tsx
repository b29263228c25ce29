// Small parts that every view uses.
import type { ComponentChildren, RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { effect } from "@preact/signals";
import { divergence, now, range, withFuture } from "../state/store";

/** Width and height of an element without its scroll bar, and the bar's width, kept up to date. */
export function useSize<T extends Element>(): [RefObject<T | null>, { width: number; height: number; bar: number }] {
  const ref = useRef<T>(null);
  const [size, setSize] = useState({ width: 0, height: 0, bar: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => setSize({
        width: element.clientWidth,
        height: element.clientHeight,
        bar: element instanceof HTMLElement ? element.offsetWidth - element.clientWidth : 0,
      });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}

/** What is past of the clock is covered, and the clock is a line. Moves without any repainting of
 * what is below: this is what scrubbing costs. */
export function Sky({ left, right, top, bottom }: { left: number; right: number; top: number; bottom: number }) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    Object.assign(element.style, { left: `${left}px`, right: `${right}px`, top: `${top}px`, bottom: `${bottom}px` });
    const [curtain, hand, split] = [...element.children] as HTMLElement[];
    let width = element.clientWidth;
    const place = () => {
      const [from, to] = range.value;
      const x = (t: number) => ((t - from) / (to - from)) * width;
      const at = Math.min(Math.max(x(now.value), -2), width + 2);
      curtain!.style.transform = `translateX(${at}px)`;
      // A sign at the end of time is wider than its place: what is hidden hides it, too.
      element.classList.toggle("closed", !withFuture.value);
      hand!.style.transform = `translateX(${at}px)`;
      const d = divergence.value;
      const apart = d && Number.isFinite(d.t) ? x(d.t) : -9;
      split!.style.transform = `translateX(${apart}px)`;
      split!.style.display = apart >= 0 && apart <= width ? "" : "none";
    };
    const stop = effect(place);
    const observer = new ResizeObserver(() => {
      width = element.clientWidth;
      place();
    });
    observer.observe(element);
    return () => {
      stop();
      observer.disconnect();
    };
  }, [left, right, top, bottom]);
  return (
    <div class="sky" ref={ref} aria-hidden="true">
      <div class="curtain" />
      <div class="hand" />
      <div class="split" />
    </div>
  );
}

/** A row of choices of which one holds. */
export function Segments<T extends string>(props: {
  label: string;
  value: T;
  of: readonly (readonly [T, string])[];
  set(value: T): void;
}) {
  return (
    <div class="segments" role="group" aria-label={props.label}>
      {props.of.map(([value, text]) => (
        <button key={value} type="button" aria-pressed={props.value === value} onClick={() => props.set(value)}>
          {text}
        </button>
      ))}
    </div>
  );
}

export function Check(props: { checked: boolean; set(on: boolean): void; children: ComponentChildren; title?: string }) {
  return (
    <label class="check" title={props.title}>
      <input type="checkbox" checked={props.checked} onChange={(e) => props.set(e.currentTarget.checked)} />
      {props.children}
    </label>
  );
}

const icons = {
  play: "M5 3.5v13l11-6.5z",
  pause: "M5 3.5h3.6v13H5zM11.4 3.5H15v13h-3.6z",
  nextEvent: "M4 3.5v13l8.5-6.5zM13 3.5h2.6v13H13z",
  lastEvent: "M16 3.5v13L7.5 10zM4.4 3.5H7v13H4.4z",
  nextDay: "M7 4.2 8.4 2.8 15.6 10l-7.2 7.2L7 15.8 12.8 10z",
  lastDay: "M13 4.2 11.6 2.8 4.4 10l7.2 7.2 1.4-1.4L7.2 10z",
  sun: "M10 6a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM9.2 1.5h1.6v2.7H9.2zM9.2 15.8h1.6v2.7H9.2zM1.5 9.2h2.7v1.6H1.5zM15.8 9.2h2.7v1.6h-2.7zM3.4 4.5l1.1-1.1 2 2-1.1 1.1zM13.5 14.6l1.1-1.1 2 2-1.1 1.1zM3.4 15.5l2-2 1.1 1.1-2 2zM13.5 5.4l2-2 1.1 1.1-2 2z",
  moon: "M12.5 2a8 8 0 1 0 5.4 11A6.6 6.6 0 0 1 12.5 2z",
  auto: "M10 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16zm0 1.8a6.2 6.2 0 0 1 0 12.4z",
  close: "M4.6 3.2 10 8.6l5.4-5.4 1.4 1.4L11.4 10l5.4 5.4-1.4 1.4L10 11.4l-5.4 5.4-1.4-1.4L8.6 10 3.2 4.6z",
  save: "M9.1 2h1.8v8.4l2.9-2.9 1.3 1.3L10 13.9 4.9 8.8l1.3-1.3 2.9 2.9zM3.5 15.4h13v1.9h-13z",
  minus: "M4 9.1h12v1.8H4z",
  plus: "M9.1 4h1.8v5.1H16v1.8h-5.1V16H9.1v-5.1H4V9.1h5.1z",
} as const;

export function Icon({ name }: { name: keyof typeof icons }) {
  return (
    <svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true" fill="currentColor">
      <path d={icons[name]} />
    </svg>
  );
}
