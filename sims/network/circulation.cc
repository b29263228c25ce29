#include "sims/network/circulation.h"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/edmonds_karp_max_flow.hpp>
#include <boost/graph/successive_shortest_path_nonnegative_weights.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <utility>

namespace oneup::sims {
namespace {

// Weights are doubles though they are -1, 0 and 1: Boost adds the distances of two nodes that it
// cannot reach, the greatest number of the type each, which integers do not bear.
using FlowTraits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
using FlowGraph = boost::adjacency_list<
    boost::vecS, boost::vecS, boost::directedS, boost::no_property,
    boost::property<
        boost::edge_capacity_t, int64_t,
        boost::property<boost::edge_residual_capacity_t, int64_t,
                        boost::property<boost::edge_reverse_t, FlowTraits::edge_descriptor,
                                        boost::property<boost::edge_weight_t, double>>>>>;
using Edge = FlowTraits::edge_descriptor;

constexpr double kUnitsPerUsdBn = 1e6;  // a unit is a thousand dollars
constexpr int kTracingSteps = 100'000;

int64_t ToUnits(double usd_bn) { return std::llround(usd_bn * kUnitsPerUsdBn); }
double ToUsdBn(int64_t units) { return static_cast<double>(units) / kUnitsPerUsdBn; }

// The edge with its way back, as Boost's algorithms want it.
Edge AddEdge(FlowGraph& graph, int from, int to, int64_t capacity, double cost) {
  const Edge edge = boost::add_edge(from, to, graph).first;
  const Edge back = boost::add_edge(to, from, graph).first;
  boost::put(boost::edge_capacity, graph, edge, capacity);
  boost::put(boost::edge_capacity, graph, back, int64_t{0});
  boost::put(boost::edge_weight, graph, edge, cost);
  boost::put(boost::edge_weight, graph, back, -cost);
  boost::put(boost::edge_reverse, graph, edge, back);
  boost::put(boost::edge_reverse, graph, back, edge);
  return edge;
}

// The shortest cycle of arcs with something on them that begins at `start`: its arcs.
std::optional<std::vector<size_t>> ShortestCycle(int nodes, const std::vector<Arc>& arcs,
                                                 const std::vector<int64_t>& on_arc, int start) {
  std::vector<std::optional<size_t>> came_by(nodes);
  std::vector<int> queue = {start};
  for (size_t head = 0; head < queue.size(); ++head) {
    for (size_t a = 0; a < arcs.size(); ++a) {
      if (on_arc[a] == 0 || arcs[a].from != queue[head]) continue;
      if (arcs[a].to == start) {
        std::vector<size_t> path = {a};
        for (int node = queue[head]; node != start; node = arcs[path.back()].from) {
          path.push_back(*came_by[node]);
        }
        std::reverse(path.begin(), path.end());
        return path;
      }
      if (came_by[arcs[a].to]) continue;
      came_by[arcs[a].to] = a;
      queue.push_back(arcs[a].to);
    }
  }
  return std::nullopt;
}

std::vector<MoneyCycle> ToCycles(int nodes, const std::vector<Arc>& arcs,
                                 std::vector<int64_t> on_arc) {
  std::vector<MoneyCycle> cycles;
  while (true) {
    std::vector<size_t> best;
    int64_t best_units = 0;
    for (int start = 0; start < nodes; ++start) {
      const auto cycle = ShortestCycle(nodes, arcs, on_arc, start);
      if (!cycle) continue;
      int64_t units = std::numeric_limits<int64_t>::max();
      for (const size_t a : *cycle) units = std::min(units, on_arc[a]);
      if (best.empty() || cycle->size() < best.size() ||
          (cycle->size() == best.size() && units > best_units)) {
        best = *cycle;
        best_units = units;
      }
    }
    if (best.empty()) return cycles;
    MoneyCycle cycle{{}, ToUsdBn(best_units)};
    for (const size_t a : best) {
      on_arc[a] -= best_units;
      cycle.nodes.push_back(arcs[a].from);
    }
    cycles.push_back(std::move(cycle));
  }
}

}  // namespace

std::vector<Arc> Combined(const std::vector<Arc>& arcs) {
  std::map<std::pair<int, int>, double> sums;
  for (const Arc& arc : arcs) {
    if (arc.from != arc.to) sums[{arc.from, arc.to}] += arc.usd_bn;
  }
  std::vector<Arc> combined;
  for (const auto& [pair, usd_bn] : sums) combined.push_back({pair.first, pair.second, usd_bn});
  return combined;
}

Circulation MaximumCirculation(int nodes, const std::vector<Arc>& arcs) {
  const std::vector<Arc> combined = Combined(arcs);
  const int source = nodes;
  const int sink = nodes + 1;
  FlowGraph graph(nodes + 2);
  std::vector<int64_t> surplus(nodes, 0);  // what a node pays beyond what it takes in
  std::vector<Edge> edges;
  Circulation result;
  for (const Arc& arc : combined) {
    const int64_t units = ToUnits(arc.usd_bn);
    edges.push_back(AddEdge(graph, arc.from, arc.to, units, 1));
    surplus[arc.from] += units;
    surplus[arc.to] -= units;
    result.total_usd_bn += ToUsdBn(units);
  }
  for (int node = 0; node < nodes; ++node) {
    if (surplus[node] > 0) AddEdge(graph, source, node, surplus[node], 0);
    if (surplus[node] < 0) AddEdge(graph, node, sink, -surplus[node], 0);
  }
  boost::successive_shortest_path_nonnegative_weights(graph, source, sink);
  std::vector<int64_t> on_arc;
  int64_t circulating = 0;
  for (const Edge& edge : edges) {
    // What is left when the least flow that balances all nodes is taken away.
    on_arc.push_back(boost::get(boost::edge_residual_capacity, graph, edge));
    circulating += on_arc.back();
    result.on_arc.push_back(ToUsdBn(on_arc.back()));
  }
  result.circulating_usd_bn = ToUsdBn(circulating);
  result.cycles = ToCycles(nodes, combined, std::move(on_arc));
  return result;
}

double PairwiseReciprocity(const std::vector<Arc>& arcs) {
  std::map<std::pair<int, int>, double> sums;
  double total = 0;
  for (const Arc& arc : Combined(arcs)) {
    sums[{arc.from, arc.to}] = arc.usd_bn;
    total += arc.usd_bn;
  }
  double mutual = 0;
  for (const auto& [pair, usd_bn] : sums) {
    const auto back = sums.find({pair.second, pair.first});
    if (back != sums.end()) mutual += std::min(usd_bn, back->second);
  }
  return total > 0 ? mutual / total : 0;
}

double GreatestReturn(int nodes, const std::vector<Arc>& arcs, int node) {
  // What comes back arrives at a copy of the node, numbered last.
  FlowGraph graph(nodes + 1);
  for (const Arc& arc : Combined(arcs)) {
    AddEdge(graph, arc.from, arc.to == node ? nodes : arc.to, ToUnits(arc.usd_bn), 1);
  }
  return ToUsdBn(boost::edmonds_karp_max_flow(graph, node, nodes));
}

double ProportionalReturn(int nodes, const std::vector<Arc>& arcs, int node) {
  const std::vector<Arc> combined = Combined(arcs);
  std::vector<double> in(nodes, 0);
  std::vector<double> out(nodes, 0);
  for (const Arc& arc : combined) {
    out[arc.from] += arc.usd_bn;
    in[arc.to] += arc.usd_bn;
  }
  // held[a]: what has left `node` and is now with a. Each step passes all of it on.
  std::vector<double> held(nodes, 0);
  for (const Arc& arc : combined) {
    if (arc.from == node) held[arc.to] += arc.usd_bn;
  }
  double returned = 0;
  for (int step = 0; step < kTracingSteps; ++step) {
    returned += held[node];
    held[node] = 0;
    std::vector<double> next(nodes, 0);
    double moving = 0;
    for (const Arc& arc : combined) {
      if (held[arc.from] == 0) continue;
      const double passed = held[arc.from] * arc.usd_bn / std::max(in[arc.from], out[arc.from]);
      next[arc.to] += passed;
      moving += passed;
    }
    held = std::move(next);
    if (moving <= 1e-12 * out[node]) break;
  }
  return std::min(returned, out[node]);
}

}  // namespace oneup::sims
