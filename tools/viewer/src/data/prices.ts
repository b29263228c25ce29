// Closing prices of all listings on one axis of time, for a chart.
import type { Trace } from "./trace";
import { lastAt } from "./trace";

/** Columns of one chart: times in seconds, one column a listing; null where it did not trade. */
export interface PriceTable {
  seconds: number[];
  columns: Map<string, (number | null)[]>;
}

/** Closes of a trace; with `other`, of both on the same axis ("T" and "T'"). */
export function priceTable(trace: Trace, other: Trace | null): PriceTable {
  const times = new Set<number>();
  for (const of of [trace, other]) for (const s of of?.sessions.values() ?? []) for (const t of s.t) times.add(t);
  const sorted = [...times].sort((a, b) => a - b);
  const row = new Map(sorted.map((t, i) => [t, i]));
  const columns = new Map<string, (number | null)[]>();
  const fill = (of: Trace, mark: string) => {
    for (const [ticker, s] of of.sessions) {
      const column = new Array<number | null>(sorted.length).fill(null);
      s.t.forEach((t, i) => (column[row.get(t)!] = s.close[i]!));
      columns.set(ticker + mark, column);
    }
  };
  fill(trace, "");
  if (other) fill(other, "'");
  return { seconds: sorted.map((t) => t / 1000), columns };
}

/** Recorded closes at the same times, by the day on which a session ended. */
export function recordedColumn(trace: Trace, ticker: string, seconds: number[]): (number | null)[] {
  const recorded = trace.scenario.history().get(ticker);
  const sessions = trace.sessions.get(ticker);
  const column = new Array<number | null>(seconds.length).fill(null);
  if (!recorded || !sessions) return column;
  const byDay = new Map(recorded.days.map((day, i) => [day, recorded.closes[i]!]));
  const traded = new Set(sessions.t);
  seconds.forEach((s, i) => {
    if (!traded.has(s * 1000)) return;
    column[i] = byDay.get(new Date(s * 1000).toISOString().slice(0, 10)) ?? null;
  });
  return column;
}

/** The value that is 100: the last at or before the time, else the first after it. */
export function baseOf(column: (number | null)[], seconds: number[], fromSeconds: number): number | null {
  const start = lastAt(seconds, fromSeconds);
  for (let i = start; i >= 0; --i) if (column[i] != null) return column[i]!;
  for (let i = start + 1; i < column.length; ++i) if (column[i] != null) return column[i]!;
  return null;
}

/** The close of a listing at a time: of the last session that is over; null before the first. */
export function closeAt(trace: Trace, ticker: string, t: number): number | null {
  const s = trace.sessions.get(ticker);
  if (!s) return null;
  const i = lastAt(s.t, t);
  return i < 0 ? null : s.close[i]!;
}
