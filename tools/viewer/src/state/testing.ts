// For tests: worlds that have come in.
import { Story } from "../data/testing";
import { World, type Source } from "./store";

export const sourceOf = (more: Partial<Source> = {}): Source =>
  ({ kind: "run", name: "test", seed: "7", resolution: "low", until: "", lines: [], ...more });

/** A world with all of a story in it. */
export function worldOf(story: Story, mark: "" | "'" = "", source: Partial<Source> = {}): World {
  const world = new World(sourceOf(source), mark);
  for (const record of story.encoded()) world.trace.add(record);
  world.status.value = "ready";
  world.version.value++;
  return world;
}
