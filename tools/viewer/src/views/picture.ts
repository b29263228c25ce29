// Pictures of views: an SVG that stands alone, and the PNG made of it.
import { colour } from "../state/look";

const kept = [
  "fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray", "stroke-linejoin", "stroke-linecap", "opacity",
  "font-size", "font-weight", "font-family", "text-anchor", "dominant-baseline", "paint-order", "display", "visibility",
];

const space = "http://www.w3.org/2000/svg";
const headHeight = 76;

/** What lies over a view in HTML: lines from top to bottom, and where what is to come is hidden. */
export interface Over {
  lines: { x: number; colour: string; dashed: boolean; text: string }[];
  hiddenFrom?: number;
}

/** An SVG element as text, with what the page's styles say of it written into it, under a title. What
 * the page shows beside it in HTML is in it as elements of the class "export-only". */
export function standalone(svg: SVGSVGElement, title: string, more: string, over: Over = { lines: [] }): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const from = [...svg.querySelectorAll("*")];
  const to = [...copy.querySelectorAll("*")];
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    const target = to[i]!;
    const only = element.classList.contains("export-only");
    for (const name of kept) {
      const value = style.getPropertyValue(name);
      if (value && !(only && name === "display")) target.setAttribute(name, value);
    }
    // What only takes the pointer is not seen.
    if (element.classList.contains("touch") && /^(none|rgba\(.*, 0\))$/.test(style.stroke)) target.remove();
    for (const name of ["class", "style", "tabindex", "role", "aria-label", "aria-hidden", "data-record"]) target.removeAttribute(name);
  });
  const box = svg.getBoundingClientRect();
  const view = svg.viewBox.baseVal;
  const width = view?.width || box.width;
  const height = (view?.height || Math.max(box.height, Number(svg.getAttribute("height")) || 0)) + headHeight;
  const whole = document.createElementNS(space, "svg");
  for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}`, "font-family": "system-ui, DejaVu Sans, sans-serif" })) {
    whole.setAttribute(name, String(value));
  }
  const put = (tag: string, attributes: Record<string, string | number>, text = "") => {
    const element = document.createElementNS(space, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    element.textContent = text;
    return whole.appendChild(element);
  };
  put("rect", { width, height, fill: colour("panel") });
  put("text", { x: 12, y: 24, "font-size": 15, "font-weight": 600, fill: colour("ink") }, title);
  // Cut where the picture ends, in two lines at most.
  const fits = Math.floor(width / 5.9);
  const cut = more.length > fits ? more.lastIndexOf(" ", fits) : more.length;
  put("text", { x: 12, y: 41, "font-size": 11.5, fill: colour("ink-3") }, more.slice(0, cut));
  if (cut < more.length) put("text", { x: 12, y: 56, "font-size": 11.5, fill: colour("ink-3") }, more.slice(cut + 1));
  const group = put("g", { transform: `translate(0 ${headHeight})` });
  group.append(...copy.childNodes);
  if (over.hiddenFrom !== undefined) {
    put("rect", { x: over.hiddenFrom, y: headHeight, width: Math.max(0, width - over.hiddenFrom), height: height - headHeight, fill: colour("panel") });
  }
  for (const { x, colour: name, dashed, text } of over.lines) {
    put("path", { d: `M${x.toFixed(1)} ${headHeight}V${height}`, stroke: colour(name), "stroke-width": 1.5, ...(dashed ? { "stroke-dasharray": "5 4" } : {}) });
    // At the side where it has room.
    const late = x > width * 0.8;
    if (text) put("text", { x: x + (late ? -5 : 5), y: height - 4, "font-size": 11, "text-anchor": late ? "end" : "start", fill: colour(name), stroke: colour("panel"), "stroke-width": 3, "paint-order": "stroke" }, text);
  }
  return new XMLSerializer().serializeToString(whole);
}

export function save(name: string, content: BlobPart, type: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A PNG of an SVG, twice as fine as the screen's points. */
export async function savePng(name: string, svg: string): Promise<void> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * 2;
    canvas.height = image.naturalHeight * 2;
    canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
    if (!blob) throw new Error("the browser made no picture");
    save(name, blob, "image/png");
  } finally {
    URL.revokeObjectURL(url);
  }
}
