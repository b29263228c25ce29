import { describe, expect, it } from "vitest";
import { apart, gridTimes, logTicks, months, ticks, timeTicks } from "./ticks";

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
});
