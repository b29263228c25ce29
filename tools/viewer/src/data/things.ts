// What one can pick in a lane of the timeline, in the order in which the keyboard goes through it:
// marks, the bands of talks, and the jumps of moods.
import { ThreadStage } from "#proto/trace_pb";
import type { Lane, Mark, Stage } from "./talks";
import type { MindOf } from "./minds";

export type Thing = { id: number; t: number } & (
  | { kind: "mark"; mark: Mark }
  | { kind: "stage"; stage: Stage }
  | { kind: "jump"; level: number }
);

/** True of a stage that is drawn as a band; talks that were refused have none. */
export const isBand = (stage: Stage): boolean => stage.stage !== ThreadStage.REFUSED;

/** All of a lane, by time, of one time as recorded. */
export function thingsOf(lane: Lane, mind: MindOf | undefined): Thing[] {
  const list: Thing[] = [];
  for (const mark of lane.marks) list.push({ id: mark.id, t: mark.t, kind: "mark", mark });
  for (const stage of lane.stages) if (isBand(stage)) list.push({ id: stage.id, t: stage.from, kind: "stage", stage });
  for (const mood of mind ? [mind.fomo, mind.face] : []) {
    mood.t.forEach((t, i) => list.push({ id: mood.ids[i]!, t, kind: "jump", level: mood.after[i]! }));
  }
  return list.sort((a, b) => a.t - b.t || a.id - b.id);
}

/** Those of which something lies between two times. */
export const inSight = (things: Thing[], from: number, to: number): Thing[] =>
  things.filter((x) => x.t <= to && (x.kind === "stage" ? x.stage.to > from : x.t >= from));

/** The last one up to a time, else the first; undefined of none. */
export const nearest = (things: Thing[], t: number): Thing | undefined => things.findLast((x) => x.t <= t) ?? things[0];
