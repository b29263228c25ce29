// Where companies stand in the picture of the network: by forces, the same way each time. The hub
// is in the middle, and the others at its left and right, where their names have room; who deals
// with one another is drawn together.
import { forceCollide, forceLink, forceSimulation, forceX, forceY, type SimulationLinkDatum, type SimulationNodeDatum } from "d3-force";

export interface Place {
  x: number;
  y: number;
}

interface Node extends SimulationNodeDatum {
  id: string;
  homeX: number;
  homeY: number;
}

/** Places in the unit square, by company. The same promises give the same places. */
export function layOut(hub: string, promises: { from: string; to: string }[]): Map<string, Place> {
  const others = [...new Set(promises.flatMap((p) => [p.from, p.to]))].filter((id) => id !== hub).sort();
  const right = Math.ceil(others.length / 2);
  const home = (i: number) => {
    const onRight = i < right;
    const k = onRight ? i : i - right;
    const n = onRight ? right : others.length - right;
    const y = n === 1 ? 0 : -1 + (2 * k) / (n - 1);
    // The middle of a side bulges out.
    return { x: (onRight ? 1 : -1) * (1 - 0.18 * y * y), y };
  };
  const nodes: Node[] = [
    { id: hub, x: 0, y: 0, fx: 0, fy: 0, homeX: 0, homeY: 0 },
    ...others.map((id, i) => {
      const { x, y } = home(i);
      return { id, x: 200 * x, y: 130 * y, homeX: 200 * x, homeY: 130 * y };
    }),
  ];
  const pairs = new Map<string, SimulationLinkDatum<Node>>();
  for (const { from, to } of promises) {
    if (from !== hub && to !== hub) pairs.set([from, to].sort().join(), { source: from, target: to });
  }
  // d3 draws random numbers where two lie on one another: always the same.
  let seed = 1;
  const random = () => (seed = (seed * 1664525 + 1013904223) % 4294967296) / 4294967296;
  const simulation = forceSimulation(nodes)
    .randomSource(random)
    .force("x", forceX<Node>((n) => n.homeX).strength(0.5))
    .force("y", forceY<Node>((n) => n.homeY).strength(0.5))
    .force("link", forceLink<Node, SimulationLinkDatum<Node>>([...pairs.values()]).id((n) => n.id).distance(110).strength(0.15))
    .force("apart", forceCollide(46))
    .stop();
  simulation.tick(200);
  // The hub stays in the middle: both axes are scaled by the farthest company.
  const reach = (of: "x" | "y") => Math.max(...nodes.map((n) => Math.abs(n[of] ?? 0)), 1);
  const rx = reach("x");
  const ry = reach("y");
  return new Map(nodes.map((n) => [n.id, { x: 0.5 + (n.x ?? 0) / rx / 2, y: 0.5 + (n.y ?? 0) / ry / 2 }]));
}
