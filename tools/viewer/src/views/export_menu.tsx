// The menu of a view that saves its picture.
import { useRef } from "preact/hooks";
import { day, isoDay } from "../data/format";
import { base, fork, now, spoken, trouble } from "../state/store";
import { Icon } from "./parts";
import { save, savePng } from "./picture";

/** Title and subtitle of a picture: of what, and when. */
export function pictureTitle(view: string): [string, string] {
  const title = base.value?.trace.scenario.title ?? "";
  const whatIf = fork.value ? `; what if: ${fork.value.source.lines.join("; ")}` : "";
  return [title, `${view}, ${day(now.value)}; seed ${base.value?.trace.header?.seed ?? ""}${whatIf}`];
}

export function ExportMenu({ name, svg }: { name: string; svg: () => string | null }) {
  const menu = useRef<HTMLDetailsElement>(null);
  const file = (type: string) => `oneup-${base.value?.trace.scenario.name || "run"}-${name}-${isoDay(now.value)}.${type}`;
  const as = async (type: "svg" | "png") => {
    if (menu.current) menu.current.open = false;
    const picture = svg();
    if (!picture) return;
    try {
      if (type === "svg") save(file("svg"), picture, "image/svg+xml");
      else await savePng(file("png"), picture);
      spoken.value = `Picture of ${name} saved`;
    } catch (error) {
      trouble.value = `The picture could not be saved: ${(error as Error).message}`;
    }
  };
  return (
    <details class="menu" ref={menu} onKeyDown={(e) => { if (e.key === "Escape" && menu.current?.open) { menu.current.open = false; menu.current.querySelector("summary")?.focus(); e.stopPropagation(); } }}>
      <summary class="button small icon plain" aria-label={`Save the picture of ${name}`} title="Save the picture">
        <Icon name="save" />
      </summary>
      <div class="choices">
        <button type="button" onClick={() => void as("png")}>Picture (PNG)</button>
        <button type="button" onClick={() => void as("svg")}>Drawing (SVG)</button>
      </div>
    </details>
  );
}
