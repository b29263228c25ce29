// Where axes have their values, what those are called, and labels that do not cover one another.

/** Round values of a logarithmic axis: 1, 2, 5 times powers of ten; of a short one more. */
export function logTicks(low: number, high: number): number[] {
  const steps = high / low > 30 ? [1, 3] : high / low > 4 ? [1, 2, 5] : [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8];
  const list: number[] = [];
  for (let power = 10 ** Math.floor(Math.log10(low)); power <= high; power *= 10) {
    for (const step of steps) if (step * power >= low && step * power <= high) list.push(Number((step * power).toPrecision(3)));
  }
  return list;
}

const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** Names of points of time: months, or days; the first of each year says which. */
export function timeTicks(_u: unknown, splits: number[]): string[] {
  let before = 0;
  let said = "";
  return splits.map((s) => {
    const d = new Date(s * 1000);
    const year = d.getUTCFullYear();
    const month = monthNames[d.getUTCMonth()]!;
    const text = d.getUTCDate() === 1 ? month : `${d.getUTCDate()} ${month}`;
    const named = year === before ? text : `${text} ${year}`;
    before = year;
    // Half days have the name of their day, once.
    if (text + year === said) return "";
    said = text + year;
    return named;
  });
}

/** Round values between two, about six. */
export function ticks(low: number, high: number): number[] {
  const rough = (high - low) / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough)!;
  const list: number[] = [];
  for (let v = Math.ceil(low / step) * step; v <= high; v += step) list.push(Number(v.toPrecision(12)));
  return list;
}

/** How many lines of a grid of time have room for their names. */
export const roomFor = (width: number): number => Math.max(2, Math.floor(width / 54));

/** Where a grid of time has its lines, at most so many: days or Mondays of a short time, else first
 * days of months. */
export function gridTimes(from: number, to: number, most = 14): number[] {
  const day = 86_400;
  const step = [day, 7 * day, 14 * day].find((s) => (to - from) / s <= most);
  if (!step) return months(from, to, most);
  const monday = step > day ? 4 * day : 0; // 1970-01-05
  const list: number[] = [];
  for (let s = Math.ceil((from - monday) / step) * step + monday; s <= to; s += step) list.push(s);
  return list;
}

/** First days of months between two times, in seconds; of a long time only some. */
export function months(from: number, to: number, most = 14): number[] {
  const every = [1, 2, 3, 6, 12].find((m) => (to - from) / (m * 2.63e6) <= most) ?? 12;
  const list: number[] = [];
  const d = new Date(from * 1000);
  d.setUTCHours(0, 0, 0, 0);
  d.setUTCDate(1);
  for (; d.getTime() / 1000 <= to; d.setUTCMonth(d.getUTCMonth() + 1)) {
    if (d.getTime() / 1000 >= from && d.getUTCMonth() % every === 0) list.push(d.getTime() / 1000);
  }
  return list;
}

/** Labels moved up and down until none covers another. */
export function apart<T extends { y: number }>(labels: T[], gap: number, top: number, bottom: number): T[] {
  const sorted = [...labels].sort((a, b) => a.y - b.y);
  for (let i = 1; i < sorted.length; ++i) sorted[i]!.y = Math.max(sorted[i]!.y, sorted[i - 1]!.y + gap);
  const last = sorted.at(-1);
  if (last && last.y > bottom) last.y = bottom;
  for (let i = sorted.length - 2; i >= 0; --i) sorted[i]!.y = Math.min(sorted[i]!.y, sorted[i + 1]!.y - gap);
  if (sorted[0] && sorted[0].y < top) sorted[0].y = top;
  for (let i = 1; i < sorted.length; ++i) sorted[i]!.y = Math.max(sorted[i]!.y, sorted[i - 1]!.y + gap);
  return sorted;
}

/** Rows for signs along a line, so that few cover one another: of each place its row, those before
 * choosing first. Where all rows are taken it is the one with the most room. */
export function inRows(places: number[], gap: number, rows = 2): number[] {
  const taken: number[][] = Array.from({ length: rows }, () => []);
  return places.map((x) => {
    const room = taken.map((row) => Math.min(Infinity, ...row.map((other) => Math.abs(other - x))));
    const free = room.findIndex((r) => r >= gap);
    const row = free >= 0 ? free : room.indexOf(Math.max(...room));
    taken[row]!.push(x);
    return row;
  });
}
