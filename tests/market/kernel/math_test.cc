// The deterministic functions against long double: the errors that math.h states.
#include "market/kernel/math.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <string>

namespace oneup::math {
namespace {

constexpr double kEps = 0x1p-52;

double RelativeError(double got, long double want) {
  if (static_cast<double>(want) == got) return 0.0;
  return static_cast<double>(std::fabs((static_cast<long double>(got) - want) / want));
}

struct Case {
  std::string name;
  double low;
  double high;
  double bound;  // relative error
  std::function<double(double)> ours;
  std::function<long double(long double)> exact;
};

class ErrorBound : public ::testing::TestWithParam<Case> {};

TEST_P(ErrorBound, HoldsOnAGridAndNearZero) {
  const Case& c = GetParam();
  double worst = 0.0;
  double worst_at = 0.0;
  const auto check = [&](double x) {
    if (x < c.low || x > c.high) return;
    const double error = RelativeError(c.ours(x), c.exact(x));
    if (error > worst) {
      worst = error;
      worst_at = x;
    }
  };
  constexpr int kSteps = 200'000;
  for (int i = 0; i <= kSteps; ++i) check(c.low + (c.high - c.low) * i / kSteps * (1 - 1e-13));
  for (double x = 1e-300; x < 1e3; x *= 1.0137) {
    check(x);
    check(-x);
    check(1.0 + x);
    check(1.0 - x);
  }
  EXPECT_LE(worst, c.bound) << "at " << worst_at;
  RecordProperty("worst_in_eps", std::to_string(worst / kEps));
}

const long double kTwoPi = 6.28318530717958647692528676655900577L;

INSTANTIATE_TEST_SUITE_P(
    Math, ErrorBound,
    ::testing::Values(
        Case{"Exp", -700, 709, 1.5 * kEps, Exp, [](long double x) { return expl(x); }},
        Case{"ExpNearZero", -2, 2, 1.5 * kEps, Exp, [](long double x) { return expl(x); }},
        Case{"Expm1", -3, 40, 4 * kEps, Expm1, [](long double x) { return expm1l(x); }},
        Case{"Log", 1e-300, 10, 1.5 * kEps, Log, [](long double x) { return logl(x); }},
        Case{"LogLarge", 1, 1e300, 1.5 * kEps, Log, [](long double x) { return logl(x); }},
        Case{"Log1p", -0.999, 8, 2 * kEps, Log1p, [](long double x) { return log1pl(x); }},
        Case{"Log1pLarge", 0, 1e18, 2 * kEps, Log1p, [](long double x) { return log1pl(x); }},
        Case{"Tanh", -25, 25, 4 * kEps, Tanh, [](long double x) { return tanhl(x); }},
        Case{"Logistic", -600, 60, 4 * kEps, Logistic,
             [](long double x) { return 1 / (1 + expl(-x)); }},
        // Below a tenth of a turn long double resolves 2 pi x to its own eps.
        Case{"SinTwoPi", -0.125, 0.125, 2 * kEps, SinTwoPi,
             [](long double x) { return sinl(kTwoPi * x); }},
        Case{"CosTwoPi", -0.2, 0.2, 2 * kEps, CosTwoPi,
             [](long double x) { return cosl(kTwoPi * x); }},
        Case{"LogGamma", 20, 1e6, 4 * kEps, LogGamma, [](long double x) { return lgammal(x); }}),
    [](const auto& test) { return test.param.name; });

TEST(Math, SineAndCosineArePeriodicAndOnTheUnitCircle) {
  for (int i = -4000; i <= 4000; ++i) {
    const double x = i / 1024.0;  // exact, so whole turns drop out exactly
    EXPECT_EQ(SinTwoPi(x), SinTwoPi(x + 7.0)) << x;
    EXPECT_EQ(CosTwoPi(x), CosTwoPi(x - 3.0)) << x;
    EXPECT_NEAR(SinTwoPi(x), static_cast<double>(sinl(kTwoPi * x)), 4e-16) << x;
    EXPECT_NEAR(CosTwoPi(x), static_cast<double>(cosl(kTwoPi * x)), 4e-16) << x;
  }
  EXPECT_EQ(SinTwoPi(0.5), 0.0);
  EXPECT_EQ(CosTwoPi(0.25), 0.0);
  EXPECT_EQ(SinTwoPi(0.25), 1.0);
  EXPECT_EQ(CosTwoPi(-3.5), -1.0);
}

TEST(Math, PowKeepsItsBound) {
  for (double x = 1e-6; x < 1e6; x *= 1.37) {
    for (double y = -40.0; y < 40.0; y += 0.73) {
      const long double want = powl(x, y);
      if (want > 1e300L || want < 1e-300L) continue;
      EXPECT_LE(RelativeError(Pow(x, y), want), (3.0 + std::fabs(y * std::log(x))) * kEps)
          << x << "^" << y;
    }
  }
}

TEST(Math, LogGammaIsCloseForSmallArguments) {
  for (double x = 0.01; x < 20.0; x += 0.013) {
    EXPECT_NEAR(LogGamma(x), static_cast<double>(lgammal(x)), 1e-14 * 4) << x;
  }
}

// Phi(z) - p over the density at z is the error of z, to first order.
TEST(Math, NormalQuantileInvertsTheNormalDistribution) {
  const auto check = [](double p) {
    const double z = NormalQuantile(p);
    const long double lower = 0.5L * erfcl(-z / sqrtl(2.0L));
    const long double density = expl(-0.5L * z * z) / sqrtl(kTwoPi);
    const long double error = (lower - p) / density;
    const double scale = std::max(std::fabs(z), 1e-300);
    EXPECT_LE(static_cast<double>(std::fabs(error)) / scale, 1e-15) << "p " << p << " z " << z;
  };
  for (int i = 1; i < 5000; ++i) check(i / 10000.0 * 0.998 + 1e-7);
  for (double p = 0.4; p > 1e-300; p *= 0.7) check(p);
  for (double p = 0.01; p < 0.5; p += 0.001) {
    const double upper = 1.0 - p;
    EXPECT_EQ(NormalQuantile(upper), -NormalQuantile(1.0 - upper)) << p;
  }
  EXPECT_EQ(NormalQuantile(0.5), 0.0);
  EXPECT_NEAR(NormalQuantile(0.975), 1.959963984540054, 1e-15);
}

TEST(Math, EdgesAreDefined) {
  EXPECT_EQ(Exp(0.0), 1.0);
  EXPECT_EQ(Exp(710.0), kInfinity);
  EXPECT_EQ(Exp(kInfinity), kInfinity);
  EXPECT_EQ(Exp(-746.0), 0.0);
  EXPECT_EQ(Exp(-kInfinity), 0.0);
  EXPECT_TRUE(std::isfinite(Exp(709.78)));
  EXPECT_NEAR(Exp(-740.0) / std::exp(-740.0), 1.0, 0.02);  // subnormal
  EXPECT_EQ(Log(1.0), 0.0);
  EXPECT_EQ(Log(0.0), -kInfinity);
  EXPECT_EQ(Log(kInfinity), kInfinity);
  EXPECT_NEAR(Log(5e-324), std::log(5e-324), 1e-12);
  EXPECT_EQ(Log1p(-1.0), -kInfinity);
  EXPECT_EQ(Log1p(kInfinity), kInfinity);
  EXPECT_EQ(Log1p(1e-300), 1e-300);
  EXPECT_EQ(Expm1(-1e-300), -1e-300);
  EXPECT_EQ(Expm1(-kInfinity), -1.0);
  EXPECT_EQ(Pow(0.0, 0.0), 1.0);
  EXPECT_EQ(Pow(0.0, 2.0), 0.0);
  EXPECT_EQ(Pow(0.0, -1.0), kInfinity);
  EXPECT_EQ(Pow(1.0, kInfinity), 1.0);
  EXPECT_EQ(Tanh(kInfinity), 1.0);
  EXPECT_EQ(Tanh(-kInfinity), -1.0);
  EXPECT_EQ(Logistic(-kInfinity), 0.0);
  EXPECT_EQ(Logistic(kInfinity), 1.0);
  EXPECT_EQ(NormalQuantile(0.0), -kInfinity);
  EXPECT_EQ(NormalQuantile(1.0), kInfinity);
  for (const double bad :
       {Exp(kNaN), Expm1(kNaN), Log(kNaN), Log(-1.0), Log1p(kNaN), Log1p(-2.0), Pow(kNaN, 1.0),
        Pow(-2.0, 3.0), SinTwoPi(kNaN), SinTwoPi(kInfinity), CosTwoPi(0x1p51), Tanh(kNaN),
        Logistic(kNaN), NormalQuantile(kNaN), NormalQuantile(-0.1), NormalQuantile(1.1),
        LogGamma(0.0), LogGamma(kNaN)}) {
    EXPECT_TRUE(std::isnan(bad)) << bad;
  }
}

// The same bits in every build: a change of one bit changes every trace.
TEST(Math, BitsAreTheSameInEveryBuild) {
  uint64_t hash = 1469598103934665603ULL;
  const auto mix = [&hash](double x) {
    hash = (hash ^ std::bit_cast<uint64_t>(x)) * 1099511628211ULL;
  };
  for (int i = 1; i < 2000; ++i) {
    const double u = i / 2000.0;
    mix(Exp(40 * u - 20));
    mix(Expm1(u - 0.5));
    mix(Log(u * 17));
    mix(Log1p(u));
    mix(Pow(u, 1.7));
    mix(SinTwoPi(u));
    mix(CosTwoPi(u));
    mix(Tanh(u));
    mix(Logistic(u));
    mix(LogGamma(u * 30));
    mix(NormalQuantile(u));
  }
  EXPECT_EQ(hash, 7447372677080958008u);
}

}  // namespace
}  // namespace oneup::math
