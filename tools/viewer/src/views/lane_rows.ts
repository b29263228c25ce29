// The rows of the timeline of talks: which lane lies where.
import type { Lane } from "../data/talks";
import { base, fork, type World } from "../state/store";

export const rowHeight = 43;
export const lowHeight = 28;
export const moodTop = 21;
export const moodHeight = 18;

export interface Row {
  world: World;
  lane: Lane;
  y: number;
}

/** Lanes of both worlds, those of one company under each other. */
export function rowsNow(): { rows: Row[]; height: number } {
  const rows: Row[] = [];
  let y = 2;
  const worlds = [base.value, fork.value].filter((w) => w !== null);
  const companies = [...new Set(worlds.flatMap((w) => w.lanes.value.map((l) => l.company)))];
  companies.sort((a, b) => Number(a === "") - Number(b === ""));
  for (const company of companies) {
    for (const world of worlds) {
      const lane = world.lanes.value.find((l) => l.company === company) ?? { company, person: "", marks: [], stages: [] };
      rows.push({ world, lane, y });
      y += lane.person ? rowHeight : lowHeight;
    }
    y += 4;
  }
  return { rows, height: y };
}
