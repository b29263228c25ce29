// The chart of prices as an SVG of its own: what the screen draws on a canvas, for export.
import { day, plain } from "../data/format";
import { divergence, fork, isIndexed, isLog, now, range, withFuture, withHistory } from "../state/store";
import { pictureTitle } from "./export_menu";
import { signPath } from "./marks";
import { colour, plotWidth } from "../state/look";
import { linesNow } from "./prices";
import { publicMarks } from "./signs";
import { apart, gridTimes, inRows, logTicks, roomFor, ticks, timeTicks } from "./ticks";

const esc = (s: string) => s.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "").replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]!);

export function pricesSvg(width = 1200, height = 640): string {
  const { seconds, lines } = linesNow();
  const [from, to] = range.value.map((t) => t / 1000) as [number, number];
  const box = { left: 64, right: width - 76, top: 88, bottom: height - 44 };
  let low = Infinity;
  let high = -Infinity;
  for (const l of lines) {
    l.values.forEach((v, i) => {
      if (v === null || seconds[i]! < from || seconds[i]! > to) return;
      low = Math.min(low, v);
      high = Math.max(high, v);
    });
  }
  if (!(low < high)) [low, high] = [low - 1 || 0, high + 1 || 1];
  const bend = isLog.value && low > 0 ? Math.log : (v: number) => v;
  const x = (s: number) => box.left + ((s - from) / (to - from)) * (box.right - box.left);
  const y = (v: number) => box.bottom - ((bend(v) - bend(low)) / (bend(high) - bend(low))) * (box.bottom - box.top);
  const out: string[] = [];
  const text = (tx: number, ty: number, s: string, more = "") => out.push(`<text x="${tx.toFixed(1)}" y="${ty.toFixed(1)}" ${more}>${esc(s)}</text>`);
  out.push(`<rect width="${width}" height="${height}" fill="${colour("panel")}"/>`);
  const [title, more] = pictureTitle(isIndexed.value ? `Prices, ${day(from * 1000)} = 100` : "Prices in their own currencies");
  text(20, 30, title, `font-size="18" font-weight="600" fill="${colour("ink")}"`);
  const kinds = [fork.value ? "dashed: what if" : "", withHistory.value ? "dotted: recorded" : ""].filter(Boolean);
  text(20, 50, more + (kinds.length ? ` (${kinds.join("; ")})` : ""), `font-size="12" fill="${colour("ink-3")}"`);
  for (const v of bend === Math.log ? logTicks(low, high) : ticks(low, high)) {
    out.push(`<path d="M${box.left} ${y(v).toFixed(1)}H${box.right}" stroke="${colour("line")}"/>`);
    text(box.left - 8, y(v) + 4, plain(v, 4), `font-size="11" text-anchor="end" fill="${colour("ink-3")}"`);
  }
  // The months that the screen has, and the picture of talks.
  const at = gridTimes(from, to, roomFor(plotWidth.value));
  const names = timeTicks(null, at);
  for (const s of at) out.push(`<path d="M${x(s).toFixed(1)} ${box.top}V${box.bottom}" stroke="${colour("line")}"/>`);
  for (const [i, s] of at.entries()) text(x(s), height - 22, names[i]!, `font-size="11" text-anchor="middle" fill="${colour("ink-3")}"`);
  const last = withFuture.value ? to : Math.min(to, now.value / 1000);
  const marks = publicMarks().filter(({ mark: { t } }) => t / 1000 >= from && t / 1000 <= last);
  const rows = inRows(marks.map(({ mark }) => x(mark.t / 1000)), 13);
  const signs: string[] = [];
  marks.forEach(({ mark: { t, sign }, world }, i) => {
    const hue = world.mark ? "warm" : "blue";
    const at = x(t / 1000).toFixed(1);
    const up = rows[i] === 0 ? 8 : 21;
    if (sign === "announce") out.push(`<path d="M${at} ${box.top - up + 8}V${box.bottom}" stroke="${colour(hue === "warm" ? hue : "line-strong")}" stroke-dasharray="1 3"/>`);
    signs.unshift(`<path d="${signPath(sign)}" transform="translate(${at} ${box.top - up})" fill="${colour(hue)}"/>`);
  });
  out.push(...signs);
  const parting = divergence.value?.t ?? Infinity;
  if (parting / 1000 >= from && parting / 1000 <= last) {
    out.push(`<path d="M${x(parting / 1000).toFixed(1)} ${box.top}V${box.bottom}" stroke="${colour("warm")}" stroke-width="1.5" stroke-dasharray="5 4"/>`);
    text(x(parting / 1000) + 5, box.bottom - 6, "the worlds part", `font-size="11" fill="${colour("warm")}"`);
  }
  const ends: { y: number; text: string; hue: string }[] = [];
  for (const l of lines) {
    let path = "";
    let end: number | null = null;
    l.values.forEach((v, i) => {
      const s = seconds[i]!;
      if (v === null || s < from || s > last) return;
      path += `${path ? "L" : "M"}${x(s).toFixed(1)} ${y(v).toFixed(1)}`;
      end = v;
    });
    const dash = l.of === "fork" ? ' stroke-dasharray="6 4"' : l.of === "recorded" ? ' stroke-dasharray="1.5 3"' : "";
    out.push(`<path d="${path}" fill="none" stroke="${colour(l.hue)}" stroke-width="${l.of === "recorded" ? 1.2 : 1.8}" stroke-linejoin="round"${dash}/>`);
    if (l.of === "sim" && end !== null) ends.push({ y: y(end), text: l.listing.ticker, hue: l.hue });
  }
  for (const e of apart(ends, 14, box.top, box.bottom)) text(box.right + 6, e.y + 4, e.text, `font-size="11.5" font-weight="600" fill="${colour(e.hue)}"`);
  out.push(`<path d="M${x(now.value / 1000).toFixed(1)} ${box.top}V${box.bottom}" stroke="${colour("accent")}" stroke-width="1.5"/>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, DejaVu Sans, sans-serif">${out.join("")}</svg>`;
}
