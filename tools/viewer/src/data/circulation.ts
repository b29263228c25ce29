// How much of what flows between companies can run in circles: the largest part of all flows of
// which each company takes in as much as it pays. What sims/network/circulation.h computes, here by
// cancelling circles of growth: each one that is found adds money that goes round, until none is
// left. Graphs are small (tens of arcs).

export interface Arc {
  from: number;
  to: number;
  usdBn: number;
}

export interface Circle {
  /** Companies in order; the last pays the first. */
  nodes: number[];
  usdBn: number;
}

export interface Circulation {
  total: number;
  circulating: number;
  /** Of each arc, by its place in the list. */
  onArc: number[];
  /** What goes round, taken apart into circles, the shortest first. */
  circles: Circle[];
}

const tiny = 1e-9;

/** Arcs between different nodes; one for each pair. */
export function maximumCirculation(nodes: number, arcs: Arc[]): Circulation {
  const onArc = arcs.map(() => 0);
  // A residual arc forward is worth 1 a dollar, backward -1: Bellman and Ford find a circle of
  // positive worth, along which more can go round.
  for (let round = 0; round < 10_000; ++round) {
    const circle = growingCircle(nodes, arcs, onArc);
    if (!circle) break;
    const room = Math.min(...circle.map(({ arc, ahead }) => (ahead ? arcs[arc]!.usdBn - onArc[arc]! : onArc[arc]!)));
    for (const { arc, ahead } of circle) onArc[arc]! += ahead ? room : -room;
  }
  const circles = takeApart(nodes, arcs, onArc);
  const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
  return { total: sum(arcs.map((a) => a.usdBn)), circulating: sum(onArc), onArc, circles };
}

interface Step {
  arc: number;
  ahead: boolean;
}

function growingCircle(nodes: number, arcs: Arc[], on: number[]): Step[] | null {
  const best = new Array<number>(nodes).fill(0);
  const came = new Array<Step | null>(nodes).fill(null);
  const start = (s: Step) => (s.ahead ? arcs[s.arc]!.from : arcs[s.arc]!.to);
  let changed = -1;
  for (let pass = 0; pass <= nodes; ++pass) {
    changed = -1;
    arcs.forEach((arc, k) => {
      if (arc.usdBn - on[k]! > tiny && best[arc.from]! + 1 > best[arc.to]! + tiny) {
        best[arc.to] = best[arc.from]! + 1;
        came[arc.to] = { arc: k, ahead: true };
        changed = arc.to;
      }
      if (on[k]! > tiny && best[arc.to]! - 1 > best[arc.from]! + tiny) {
        best[arc.from] = best[arc.to]! - 1;
        came[arc.from] = { arc: k, ahead: false };
        changed = arc.from;
      }
    });
    if (changed < 0) return null;
  }
  // Going back so many steps ends on the circle.
  let node = changed;
  for (let k = 0; k < nodes; ++k) node = start(came[node]!);
  const circle: Step[] = [];
  let at = node;
  do {
    const step = came[at]!;
    circle.push(step);
    at = start(step);
  } while (at !== node);
  return circle;
}

// Shortest circles first, so that what two pay each other is said before what passes a third.
function takeApart(nodes: number, arcs: Arc[], on: number[]): Circle[] {
  const left = [...on];
  const circles: Circle[] = [];
  for (let length = 2; length <= nodes; ++length) {
    for (let first = 0; first < nodes; ++first) {
      for (;;) {
        const path = pathBack(arcs, left, first, length);
        if (!path) break;
        const usdBn = Math.min(...path.map((k) => left[k]!));
        for (const k of path) left[k]! -= usdBn;
        circles.push({ nodes: path.map((k) => arcs[k]!.from), usdBn });
      }
    }
  }
  return circles;
}

function pathBack(arcs: Arc[], left: number[], first: number, length: number): number[] | null {
  const path: number[] = [];
  const seen = new Set<number>([first]);
  const go = (at: number): boolean => {
    for (let k = 0; k < arcs.length; ++k) {
      const arc = arcs[k]!;
      if (arc.from !== at || left[k]! <= tiny) continue;
      path.push(k);
      if (path.length === length) {
        if (arc.to === first) return true;
      } else if (!seen.has(arc.to)) {
        seen.add(arc.to);
        if (go(arc.to)) return true;
        seen.delete(arc.to);
      }
      path.pop();
    }
    return false;
  };
  return go(first) ? path : null;
}
