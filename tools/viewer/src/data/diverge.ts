// Where two worlds part. A counterfactual's record is its baseline's up to the intervention; after
// it only what the intervention causes differs. The records that say that an intervention takes
// effect are in one of the two only and shift the ids of all that follow, so ids are compared by
// what they stand for.
import { Kind } from "./wire";
import type { Sealed, Trace } from "./trace";

export interface Divergence {
  /** Records that are the same in both. */
  equal: number;
  /** The first record of each that the other has not; undefined where one has ended. */
  base: Sealed | undefined;
  fork: Sealed | undefined;
  /** When: the earlier of both, milliseconds. */
  t: number;
  /** First record of the fork that says that an intervention takes effect. */
  intervention: Sealed | undefined;
}

/** Goes on from where it stopped, so that it can look while the fork still streams in. */
export class DivergenceFinder {
  found: Divergence | null = null;
  private i = 0;
  private j = 0;
  private equal = 0;
  private intervention: Sealed | undefined;
  private readonly inFork = new Map<number, number>();

  constructor(private readonly base: Trace, private readonly fork: Trace) {}

  /** Looks at what has come; done: nothing more will. */
  advance(done: boolean): Divergence | null {
    if (this.found) return this.found;
    const a = this.base.sealed;
    const b = this.fork.sealed;
    for (;;) {
      while (b[this.j]?.kind === Kind.interventionEffect) {
        this.intervention ??= b[this.j];
        ++this.j;
      }
      while (a[this.i]?.kind === Kind.interventionEffect) ++this.i;
      const x = a[this.i];
      const y = b[this.j];
      if (!x && !y) return null;
      if ((!x || !y) && !done) return null;
      if (!x || !y || !this.same(x, y)) {
        this.found = {
          equal: this.equal,
          base: x,
          fork: y,
          t: Math.min(x?.t ?? Infinity, y?.t ?? Infinity),
          intervention: this.intervention,
        };
        return this.found;
      }
      this.inFork.set(x.id, y.id);
      ++this.equal;
      ++this.i;
      ++this.j;
    }
  }

  private same(x: Sealed, y: Sealed): boolean {
    if (x.kind !== y.kind || x.t !== y.t || x.body.length !== y.body.length) return false;
    for (let k = 0; k < x.body.length; ++k) if (x.body[k] !== y.body[k]) return false;
    // A cause of a kind that was left out cannot be looked up, nor can it be the difference.
    const cause = this.inFork.get(x.cause);
    return cause === undefined || cause === y.cause;
  }
}
