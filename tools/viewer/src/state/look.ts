// How things look: the scheme, and the colour of each listing and promise.
import { computed, effect, signal } from "@preact/signals";
import { theme } from "./store";

const prefersDark = matchMedia("(prefers-color-scheme: dark)");
const systemDark = signal(prefersDark.matches);
prefersDark.addEventListener("change", (e) => (systemDark.value = e.matches));

export const dark = computed(() => (theme.value === "auto" ? systemDark.value : theme.value === "dark"));
effect(() => {
  document.documentElement.classList.toggle("dark", dark.value);
});

export const narrow = signal(false);
const small = matchMedia("(max-width: 900px)");
narrow.value = small.matches;
small.addEventListener("change", (e) => (narrow.value = e.matches));

/** Space at the left and right of a view's plot, so that time lies at the same place in all. */
export const gutter = computed(() => (narrow.value ? { left: 86, right: 52 } : { left: 138, right: 58 }));

/** How wide the plot of prices is on the screen, and with it that of talks; 0 before it is drawn. */
export const plotWidth = signal(0);

const hues = ["black", "orange", "green", "gold", "purple", "blue", "sky", "olive"];
/** Name of the colour of a listing, by its place in the header. */
export const hueOf = (index: number): string => hues[index % hues.length]!;

/** The value of a colour of style/base.css now. */
export function colour(name: string): string {
  void dark.value;
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
