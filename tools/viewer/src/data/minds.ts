// States of minds over time: FOMO (pressure to join) and lost face (ego) of each principal. A
// record is a jump; between jumps a level halves with its half-life (docs/minds.md 2).
import { MindState } from "#proto/trace_pb";
import { Kind } from "./wire";
import { lastAt, type Trace } from "./trace";

const dayMs = 86_400_000;

/** One level of one person: jumps, by time. */
export class Mood {
  readonly t: number[] = [];
  readonly before: number[] = [];
  readonly after: number[] = [];
  readonly ids: number[] = [];
  /** Highest level of all. */
  peak = 0;

  constructor(readonly halfLifeDays: number) {}

  jump(t: number, before: number, after: number, id: number): void {
    this.t.push(t);
    this.before.push(before);
    this.after.push(after);
    this.ids.push(id);
    this.peak = Math.max(this.peak, after);
  }

  /** The level at a time; 0 before the first jump. */
  at(t: number): number {
    const i = lastAt(this.t, t);
    if (i < 0) return 0;
    return this.after[i]! * 2 ** (-(t - this.t[i]!) / (this.halfLifeDays * dayMs));
  }

  /** Points of a curve between two times, a step apart at most: jumps are vertical. */
  curve(from: number, to: number, step: number): { t: number; y: number }[] {
    const points = [{ t: from, y: this.at(from) }];
    let next = from + step;
    for (let i = lastAt(this.t, from) + 1; i < this.t.length && this.t[i]! <= to; ++i) {
      const at = this.t[i]!;
      for (; next < at; next += step) points.push({ t: next, y: this.at(next) });
      points.push({ t: at, y: this.before[i]! }, { t: at, y: this.after[i]! });
    }
    for (; next < to; next += step) if (next > points.at(-1)!.t) points.push({ t: next, y: this.at(next) });
    points.push({ t: to, y: this.at(to) });
    return points;
  }
}

export interface MindOf {
  who: string;
  fomo: Mood;
  face: Mood;
}

/** Moods by person, of all records so far. */
export function mindsOf(trace: Trace): Map<string, MindOf> {
  const minds = new Map<string, MindOf>();
  const { fomo, face } = trace.scenario.halfLife;
  for (const { id, t, body } of trace.all(Kind.mindChange)) {
    let mind = minds.get(body.actor);
    if (!mind) minds.set(body.actor, (mind = { who: body.actor, fomo: new Mood(fomo), face: new Mood(face) }));
    const mood = body.state === MindState.FOMO ? mind.fomo : body.state === MindState.FACE ? mind.face : null;
    mood?.jump(t, Number(body.beforePpm) / 1e6, Number(body.afterPpm) / 1e6, id);
  }
  return minds;
}
