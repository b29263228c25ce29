#include "sims/sensitivity/design.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace oneup::sims {
namespace {

const std::vector<Factor> kFactors = {
    {.name = "a", .min = 0, .max = 10},
    {.name = "b", .min = 1, .max = 100, .scale = FactorScale::kLog},
    {.name = "c", .levels = {5, 7}}};

std::vector<Factor> Unit(int count) {
  std::vector<Factor> factors;
  for (int i = 0; i < count; ++i) factors.push_back({.name = "x" + std::to_string(i)});
  return factors;
}

TEST(Grid, HasEveryCombinationTheLastFactorFastest) {
  EXPECT_EQ(GridSize(kFactors, 3).value(), 18);
  const Points points = Grid(kFactors, 3).value();
  ASSERT_EQ(points.size(), 18);
  EXPECT_EQ(points[0], (std::vector<double>{0, 1, 5}));
  EXPECT_EQ(points[1], (std::vector<double>{0, 1, 7}));
  EXPECT_NEAR(points[2][1], 10, 1e-12);
  EXPECT_EQ(points[6][0], 5);
  EXPECT_EQ(points[17], (std::vector<double>{10, 100, 7}));
  EXPECT_EQ(std::set(points.begin(), points.end()).size(), 18);
}

TEST(Grid, SaysWhatIsAllowed) {
  EXPECT_EQ(GridSize(kFactors, 1).status().message(),
            "a grid of 1 steps a factor; must be 2 to 1000");
  EXPECT_EQ(GridSize(Unit(20), 2).status().message(),
            "a grid of more than 1000000 points; take fewer steps or factors");
  // 1000 steps a factor would overflow any counter.
  EXPECT_FALSE(Grid(Unit(1000), 1000).ok());
  EXPECT_FALSE(Grid({}, 2).ok());
}

TEST(LatinHypercube, HasOnePointInEachStratumOfEachFactor) {
  for (const int64_t size : {1, 2, 7, 100}) {
    const Points points = LatinHypercube(Unit(5), size, 3).value();
    ASSERT_EQ(std::ssize(points), size);
    for (size_t f = 0; f < 5; ++f) {
      std::set<int> strata;
      for (const auto& point : points) {
        strata.insert(static_cast<int>(point[f] * static_cast<double>(size)));
      }
      EXPECT_EQ(std::ssize(strata), size);
      EXPECT_EQ(*strata.rbegin(), size - 1);
    }
  }
}

TEST(LatinHypercube, IsTheSameForASeedAndAFactorMoreShiftsNone) {
  const Points two = LatinHypercube(Unit(2), 20, 3).value();
  const Points three = LatinHypercube(Unit(3), 20, 3).value();
  for (size_t i = 0; i < two.size(); ++i) {
    EXPECT_EQ(two[i][0], three[i][0]);
    EXPECT_EQ(two[i][1], three[i][1]);
    EXPECT_NE(two[i][0], two[i][1]);
  }
  EXPECT_NE(two, LatinHypercube(Unit(2), 20, 4).value());
}

TEST(LatinHypercube, LevelsStandEquallyOften) {
  const Points points = LatinHypercube(kFactors, 10, 1).value();
  EXPECT_EQ(std::ranges::count_if(points, [](const auto& p) { return p[2] == 7; }), 5);
}

// P. Bratley and B. L. Fox (1988), Algorithm 659; with the direction numbers of S. Joe and F. Y.
// Kuo in three dimensions (the sequence of https://web.maths.unsw.edu.au/~fkuo/sobol/).
TEST(SobolSequence, FirstPointsAreThePublishedOnes) {
  const Points expected = {{.5, .5, .5},       {.75, .25, .25},    {.25, .75, .75},
                           {.375, .375, .625}, {.875, .875, .125}, {.625, .125, .875},
                           {.125, .625, .375}};
  EXPECT_EQ(SobolSequence(Unit(3), 7).value(), expected);
}

TEST(SobolSequence, EveryFactorIsSpreadEvenly) {
  // With the origin, 2^10 points hit each of 2^10 cells once in every dimension.
  const Points points = UnitSobolSequence(200, 1023).value();
  for (size_t f = 0; f < 200; ++f) {
    std::set<double> values;
    for (const auto& point : points) values.insert(point[f] * 1024);
    EXPECT_EQ(values.size(), 1023);
    EXPECT_EQ(*values.begin(), 1);
    EXPECT_EQ(*values.rbegin(), 1023);
  }
}

TEST(SobolSequence, IsBalancedOneShortOfAPowerOfTwo) {
  for (const int64_t size : {62, 63, 64, 65}) {
    double sum = 0;
    const Points points = UnitSobolSequence(1, size).value();
    for (const auto& point : points) sum += point[0];
    EXPECT_EQ(sum / static_cast<double>(size) == .5, size == 63) << size;
  }
}

TEST(Designs, SayWhichSizesAreAllowed) {
  EXPECT_EQ(LatinHypercube(Unit(2), 0, 1).status().message(),
            "a Latin hypercube of 0 points; must be 1 to 1000000");
  EXPECT_EQ(SobolSequence(Unit(2), 1'000'001).status().message(),
            "a Sobol' sequence of 1000001 points; must be 1 to 1000000");
  EXPECT_EQ(UnitSobolSequence(2001, 1).status().message(),
            "a Sobol' sequence of 2001 dimensions; must be 1 to 2000");
  EXPECT_FALSE(SobolSequence({}, 10).ok());
}

}  // namespace
}  // namespace oneup::sims
