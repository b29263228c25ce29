// Numbers and dates for people. Times are UTC throughout, as in the program's own output.

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export const isoDay = (t: number): string => new Date(t).toISOString().slice(0, 10);

/** 25 Aug 2025 */
export function day(t: number): string {
  const d = new Date(t);
  return `${d.getUTCDate()} ${months[d.getUTCMonth()]} ${d.getUTCFullYear()}`;
}

/** 21:00 */
export const clock = (t: number): string => new Date(t).toISOString().slice(11, 16);

/** At most so many significant digits, no needless zeros: 0.5, 12, 1.21 */
export function plain(x: number, digits = 3): string {
  if (!Number.isFinite(x)) return "–";
  if (Math.abs(x) >= 10 ** digits) return Math.round(x).toLocaleString("en-GB");
  return String(Number(x.toPrecision(digits))).replace("-", "−");
}

/** Billions of dollars: $120 bn, $1.21 tn, $450 m */
export function dollars(bn: number): string {
  const sign = bn < 0 ? "−" : "";
  const x = Math.abs(bn);
  if (x >= 1000) return `${sign}$${plain(x / 1000)} tn`;
  if (x >= 1) return `${sign}$${plain(x)} bn`;
  return `${sign}$${plain(x * 1000)} m`;
}

/** Of parts per million: +3.42 % */
export function percent(ppm: number, digits = 1): string {
  const x = ppm / 1e4;
  return `${x < 0 ? "−" : "+"}${Math.abs(x).toFixed(digits)} %`;
}

/** A price in its currency. */
export function price(x: number, currency: string): string {
  const digits = x >= 1000 ? 0 : 2;
  const text = x.toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return currency === "USD" ? `$${text}` : currency === "JPY" ? `¥${text}` : `${text} ${currency}`;
}

/** Months as years where they are whole: 5 years, 18 months */
export function term(monthCount: number): string {
  if (monthCount % 12 === 0) return `${monthCount / 12} year${monthCount === 12 ? "" : "s"}`;
  return `${monthCount} months`;
}

/** True where a text has letters that are written from right to left. */
export const isHebrew = (text: string): boolean => /[\u0590-\u05ff]/.test(text);
