import { describe, expect, it } from "vitest";
import { apart, gridTimes, inRows, logTicks, months, ticks, timeTicks } from "./ticks";

const seconds = (day: string) => Date.parse(day) / 1000;
const days = (list: number[]) => list.map((s) => new Date(s * 1000).toISOString().slice(0, 10));

describe("values of an axis", () => {
  it("are round", () => {
    expect(ticks(93, 713)).toEqual([200, 400, 600]);
    expect(logTicks(90, 3600)).toEqual([100, 300, 1000, 3000]);
    expect(logTicks(80, 700)).toEqual([100, 200, 500]);
    expect(logTicks(95, 160)).toEqual([100, 120, 150]);
  });
  it("of time are first days of months, of a short time Mondays", () => {
    expect(days(months(seconds("2023-01-03"), seconds("2026-01-01")))).toContain("2025-04-01");
    expect(days(gridTimes(seconds("2025-08-15"), seconds("2025-09-05")))).toEqual(["2025-08-18", "2025-08-25", "2025-09-01"]);
    expect(days(gridTimes(seconds("2025-08-15"), seconds("2025-08-18")))).toEqual(["2025-08-15", "2025-08-16", "2025-08-17", "2025-08-18"]);
  });
  it("of time are no more than have room", () => {
    const year = [seconds("2025-01-01"), seconds("2025-12-31")] as const;
    expect(gridTimes(...year, 12)).toHaveLength(12);
    expect(days(gridTimes(...year, 5))).toEqual(["2025-01-01", "2025-04-01", "2025-07-01", "2025-10-01"]);
    expect(days(gridTimes(...year, 2))).toEqual(["2025-01-01", "2025-07-01"]);
    for (let span = 7; span < 1200; span += 5) {
      for (const most of [4, 6, 13]) expect(gridTimes(year[0], year[0] + span * 86_400, most).length).toBeLessThanOrEqual(most + 1);
    }
  });
  it("of time name the year once", () => {
    expect(timeTicks(null, ["2024-10-01", "2025-01-01", "2025-02-15", "2025-02-15T12:00Z", "2025-03-01"].map(seconds))).toEqual([
      "Oct 2024", "Jan 2025", "15 Feb", "", "Mar",
    ]);
    expect(timeTicks(null, ["2023-01-01", "2024-01-01"].map(seconds))).toEqual(["Jan 2023", "Jan 2024"]);
  });
});

describe("labels", () => {
  it("are pushed apart, within the plot and in their order", () => {
    const placed = apart([{ y: 99 }, { y: 10 }, { y: 98 }, { y: 97 }], 12, 0, 100);
    expect(placed[0]!.y).toBe(10);
    placed.slice(1).forEach((l, i) => expect(l.y - placed[i]!.y).toBeGreaterThanOrEqual(12));
    expect(placed.at(-1)!.y).toBeLessThanOrEqual(100);
  });
  it("that would cover one another go to rows of their own", () => {
    expect(inRows([10, 30, 14, 28], 12)).toEqual([0, 0, 1, 1]);
    expect(inRows([10, 12, 20, 13], 12)).toEqual([0, 1, 0, 0]);
    expect(inRows([], 12)).toEqual([]);
  });
});
