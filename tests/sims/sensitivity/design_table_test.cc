#include "sims/sensitivity/design_table.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace oneup::sims {
namespace {

const std::vector<Factor> kFactors = {{.name = "a", .min = 0, .max = 10},
                                      {.name = "b", .levels = {5, 7}}};

absl::StatusOr<Points> Read(const std::string& text) {
  return ToPoints(CsvTable::Parse(text, "d.csv").value(), kFactors);
}

TEST(ToPoints, TakesColumnsInAnyOrder) {
  EXPECT_EQ(Read("B,a\n5,0\n7,2.5e0\n").value(), (Points{{0, 5}, {2.5, 7}}));
}

TEST(ToPoints, SaysWhereTheMistakeIs) {
  const struct {
    std::string text;
    std::string message;
  } cases[] = {
      {"a,b\n1,5\n11,5\n", "d.csv:3: column a: '11' must be 0 to 10"},
      {"a,b\n1,6\n", "d.csv:2: column b: '6' is no level; must be one of 5, 7"},
      {"a,b\nx,5\n", "d.csv:2: column a: 'x' is no number"},
      {"a,b\nnan,5\n", "d.csv:2: column a: 'nan' is no number"},
      {"a,b\n,5\n", "d.csv:2: column a: '' is no number"},
      {"a\n1\n", "d.csv:1: no column 'b'; there are: a"},
      {"a,b,c\n1,5,1\n", "d.csv:1: column 'c' is no factor"},
      {"a,b\n", "d.csv: a design of 0 points; must be 1 to 1000000"},
  };
  for (const auto& each : cases) EXPECT_EQ(Read(each.text).status().message(), each.message);
}

}  // namespace
}  // namespace oneup::sims
