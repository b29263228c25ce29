#include "sims/inference/prior.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "market/kernel/math.h"

namespace oneup::sims {
namespace {

const Prior kUniform = {.name = "a", .min = -2, .max = 6};
const Prior kLogNormal = {.name = "b",
                          .min = .5,
                          .max = 8,
                          .shape = PriorShape::kLogNormal,
                          .median = 1,
                          .log_deviation = .8};

TEST(PriorQuantile, SpansTheRange) {
  EXPECT_EQ(PriorQuantile(kUniform, .25), 0);
  EXPECT_NEAR(PriorQuantile(kLogNormal, 1e-12), .5, 1e-9);
  EXPECT_NEAR(PriorQuantile(kLogNormal, 1 - 1e-12), 8, 1e-6);
}

TEST(PriorQuantile, OfALogNormalWithoutACutIsTheLogNormals) {
  Prior wide = kLogNormal;
  wide.min = 1e-30;
  wide.max = 1e30;
  EXPECT_NEAR(PriorQuantile(wide, .5), 1, 1e-12);
  EXPECT_NEAR(PriorQuantile(wide, .975), std::exp(.8 * 1.959963984540054), 1e-9);
}

// The share of the prior in a small cell, from the density and from the quantiles.
TEST(CoordinateDensity, IsTheSlopeOfTheQuantiles) {
  for (const Prior& prior : {kUniform, kLogNormal}) {
    const auto ratio = [&](double u) {
      const double low = ToCoordinate(prior, PriorQuantile(prior, u - 1e-5));
      const double high = ToCoordinate(prior, PriorQuantile(prior, u + 1e-5));
      return CoordinateDensity(prior, (low + high) / 2) * (high - low);
    };
    for (const double u : {.1, .4, .9}) EXPECT_NEAR(ratio(u) / ratio(.5), 1, 1e-6);
  }
}

TEST(CoordinateDensity, IsZeroOutsideTheRange) {
  EXPECT_EQ(CoordinateDensity(kUniform, -2.1), 0);
  EXPECT_EQ(CoordinateDensity(kUniform, 6.1), 0);
  EXPECT_EQ(CoordinateDensity(kLogNormal, std::log(.49)), 0);
  EXPECT_EQ(CoordinateDensity(kLogNormal, std::log(8.1)), 0);
  EXPECT_GT(CoordinateDensity(kLogNormal, std::log(7.9)), 0);
}

TEST(CheckPriors, SaysWhichParameterAndWhatIsAllowed) {
  const auto message = [](Prior prior) {
    const std::vector<Prior> priors = {prior};
    return std::string(CheckPriors(priors).message());
  };
  EXPECT_EQ(message(kUniform), "");
  EXPECT_EQ(message(kLogNormal), "");
  EXPECT_EQ(CheckPriors({}).message(), "no parameter; must be at least 1");
  Prior prior = kUniform;
  prior.max = -2;
  EXPECT_EQ(message(prior), "parameter a: min -2 must be below max -2");
  prior = kLogNormal;
  prior.min = 0;
  EXPECT_EQ(message(prior), "parameter b: min 0 must be above 0");
  prior = kLogNormal;
  prior.median = 9;
  EXPECT_EQ(message(prior), "parameter b: median 9 must be 0.5 to 8");
  prior = kLogNormal;
  prior.log_deviation = 0;
  EXPECT_EQ(message(prior), "parameter b: log_deviation 0 must be above 0");
}

}  // namespace
}  // namespace oneup::sims
