#include "sims/network/drawing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

namespace oneup::sims {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string Drawn(const std::string& name) {
  ObligationGraph graph;
  graph.companies = {{"hub", name, ""}, {"chips", "Chips & Co", "CHIP"}, {"idle", "Idle", ""}};
  graph.hub = 0;
  graph.flows.push_back({0, 1, FlowKind::kPurchase, 300, "", {}});
  graph.flows.push_back({1, 0, FlowKind::kEquity, 100, "", {}});
  graph.guarantees.push_back({1, 0, 20, ""});
  SystemicFigures figures;
  figures.hub = 0;
  figures.circulation = MaximumCirculation(3, graph.Arcs());
  return ToDot({graph, figures, nullptr, "A <title>"});
}

TEST(Drawing, NamesWhoPromisedWhat) {
  const std::string dot = Drawn("Hub");
  EXPECT_THAT(dot, HasSubstr("n0 -> n1 [label=\" $300 bn \""));
  EXPECT_THAT(dot, HasSubstr("n1 -> n0 [label=\" $100 bn equity \""));
  EXPECT_THAT(dot, HasSubstr("$20 bn guaranteed"));
  EXPECT_THAT(dot, HasSubstr("Chips &amp; Co"));
  EXPECT_THAT(dot, HasSubstr("A &lt;title&gt;"));
  EXPECT_THAT(dot, Not(HasSubstr("Idle"))) << "a company without promises is not drawn";
}

TEST(Drawing, GraphvizReadsIt) {
  if (std::system("dot -V > /dev/null 2>&1") != 0) GTEST_SKIP() << "no dot";
  const absl::StatusOr<std::string> svg = DotToSvg(Drawn("\"Hub\" <b> \\N"));
  ASSERT_TRUE(svg.ok()) << svg.status();
  EXPECT_THAT(*svg, HasSubstr("<svg"));
  EXPECT_THAT(*svg, HasSubstr("$300 bn"));
}

TEST(Drawing, ABrokenGraphIsAnError) {
  if (std::system("dot -V > /dev/null 2>&1") != 0) GTEST_SKIP() << "no dot";
  EXPECT_EQ(DotToSvg("digraph {").status().code(), absl::StatusCode::kInternal);
}

}  // namespace
}  // namespace oneup::sims
