// Circularity of money: how much of what flows between companies runs in circles.
//
// A flow is an amount from one company to another. Of a set of flows a part can be
// taken out that goes round: at every company as much comes in as leaves. The largest
// such part over the sum of all flows is the circularity, 0 (a tree of payments) to 1
// (all comes back):
//
//   maximise sum c_a   with 0 <= c_a <= F_a and no surplus at any node.
//
// Taking away the least flow that carries the money of those who pay more than they take
// in to those who take in more is the same problem, one of least cost at 1 a dollar and
// arc. Boost.Graph's successive shortest paths solve it exactly, on whole thousands of
// dollars. Ahuja, Magnanti, Orlin (1993), Network Flows, chapter 9.
//
// Money taken pairwise (what two companies pay each other) misses a supplier whose
// customer passes the money on to a third that buys from the supplier.
#pragma once

#include <vector>

namespace oneup::sims {

// An amount from one node to another; nodes are numbered from 0. Billion USD, >= 0, at
// most 10^6. An arc from a node to itself is no flow and is left out.
struct Arc {
  int from = 0;
  int to = 0;
  double usd_bn = 0;
};

// One arc for each pair of nodes that has any, amounts added; by (from, to).
std::vector<Arc> Combined(const std::vector<Arc>& arcs);

// Money that goes round once: through nodes[0], nodes[1], ..., and back to nodes[0].
struct MoneyCycle {
  std::vector<int> nodes;
  double usd_bn = 0;
};

struct Circulation {
  double total_usd_bn = 0;        // of all arcs
  double circulating_usd_bn = 0;  // of those that go round: sum of c_a
  // c_a of each arc of Combined(arcs). The sum is unique, its split need not be.
  std::vector<double> on_arc;
  // c as cycles, the shortest first, of equal ones the largest.
  std::vector<MoneyCycle> cycles;

  // circulating / total; 0 without any flow.
  double Circularity() const { return total_usd_bn > 0 ? circulating_usd_bn / total_usd_bn : 0; }
};

// nodes: how many there are; every arc is between two of them. Amounts count to the
// thousand dollars. O(n m log n) for each path that is taken away, milliseconds for
// hundreds of arcs.
Circulation MaximumCirculation(int nodes, const std::vector<Arc>& arcs);

// Part of all flow that two companies pay each other: sum of 2 min(F_ij, F_ji) over the
// pairs, over the total. 0 to Circularity().
double PairwiseReciprocity(const std::vector<Arc>& arcs);

// How much of what leaves `node` can come back to it, along any paths: a maximum flow
// from the node to itself, billion USD. At most what leaves it.
double GreatestReturn(int nodes, const std::vector<Arc>& arcs, int node);

// How much of what leaves `node` comes back if everyone spends a dollar on all that he
// pays for in proportion, and keeps the part of what comes in that he does not pay out:
// sum over the paths of F_va / out_v x product of F_ab / max(in_a, out_a), times out_v.
// Billion USD; at most what leaves it. The decomposition that input-output tables use.
double ProportionalReturn(int nodes, const std::vector<Arc>& arcs, int node);

}  // namespace oneup::sims
