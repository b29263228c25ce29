// Where two worlds part. A counterfactual's record is its baseline's up to the intervention; after
// it only what the intervention causes differs. The records that say that an intervention takes
// effect are in one of the two only and shift the ids of all that follow, so ids are compared by
// what they stand for.
import { Kind } from "./wire";
import type { Sealed, Trace } from "./trace";

export interface Divergence {
  /** Records that are the same in both. */
  equal: number;
  /** The first record of each that the other has not; undefined where there is none: the next one
   * of that world is in both, or it has ended. */
  base: Sealed | undefined;
  fork: Sealed | undefined;
  /** When: the earlier of both, milliseconds. */
  t: number;
  /** The last record before it that says what an intervention did. */
  effect: Sealed | undefined;
}

// How far to look for which of two records is the one that the other world has not.
const lookAhead = 400;

/** Goes on from where it stopped, so that it can look while the fork still streams in. */
export class DivergenceFinder {
  found: Divergence | null = null;
  private i = 0;
  private j = 0;
  private equal = 0;
  private effect: Sealed | undefined;
  private readonly inFork = new Map<number, number>();

  constructor(private readonly base: Trace, private readonly fork: Trace) {}

  /** Looks at what has come; done: nothing more will, and nothing is missing at the end. */
  advance(done: boolean): Divergence | null {
    if (this.found) return this.found;
    const a = this.base.sealed;
    const b = this.fork.sealed;
    for (;;) {
      while (b[this.j]?.kind === Kind.interventionEffect) this.effect = b[this.j++];
      while (a[this.i]?.kind === Kind.interventionEffect) ++this.i;
      const x = a[this.i];
      const y = b[this.j];
      if (!x && !y) return null;
      if ((!x || !y) && !done) return null;
      if (!x || !y || !this.same(x, y)) {
        // What is next in one world may come later in the other: then only the other has more.
        const enough = done || (a.length - this.i > lookAhead && b.length - this.j > lookAhead);
        if (!enough) return null;
        return (this.found = this.parting(x, y));
      }
      this.inFork.set(x.id, y.id);
      ++this.equal;
      ++this.i;
      ++this.j;
    }
  }

  private parting(x: Sealed | undefined, y: Sealed | undefined): Divergence {
    let base = x;
    let fork = y;
    if (x && y) {
      const inBase = ahead(this.base.sealed, this.i, y);
      const inFork = ahead(this.fork.sealed, this.j, x);
      if (inBase < inFork) fork = undefined;
      else if (inFork < inBase) base = undefined;
    }
    const t = Math.min(base?.t ?? Infinity, fork?.t ?? Infinity);
    return { equal: this.equal, base, fork, t, effect: this.effect };
  }

  private same(x: Sealed, y: Sealed): boolean {
    if (!alike(x, y)) return false;
    // A cause of a kind that was left out cannot be looked up, nor can it be the difference.
    const cause = this.inFork.get(x.cause);
    return cause === undefined || cause === y.cause;
  }
}

function alike(x: Sealed, y: Sealed): boolean {
  if (x.kind !== y.kind || x.t !== y.t || x.body.length !== y.body.length) return false;
  for (let k = 0; k < x.body.length; ++k) if (x.body[k] !== y.body[k]) return false;
  return true;
}

// How many records after this place one like it comes; Infinity for none.
function ahead(list: readonly Sealed[], from: number, wanted: Sealed): number {
  for (let k = from + 1; k <= from + lookAhead && k < list.length; ++k) {
    const record = list[k]!;
    if (record.t > wanted.t) return Infinity;
    if (alike(record, wanted)) return k - from;
  }
  return Infinity;
}
