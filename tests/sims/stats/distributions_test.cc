#include "sims/stats/distributions.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace oneup::sims {
namespace {

TEST(Distributions, NormalTailsHaveTabulatedValues) {
  EXPECT_DOUBLE_EQ(TwoSidedNormalP(0), 1.0);
  EXPECT_NEAR(TwoSidedNormalP(1.959963984540054), 0.05, 1e-14);
  EXPECT_NEAR(TwoSidedNormalP(-2.5758293035489004), 0.01, 1e-14);
  // Against the C library on both sides of the change of method.
  for (double z = 0.05; z < 30; z += 0.05) {
    EXPECT_NEAR(TwoSidedNormalP(z) / std::erfc(z / std::sqrt(2.0)), 1.0, 1e-12) << z;
  }
}

// R: 2 * pt(-t, df).
TEST(Distributions, StudentTailsHaveTabulatedValues) {
  EXPECT_NEAR(TwoSidedStudentP(12.706204736432095, 1), 0.05, 1e-11);
  EXPECT_NEAR(TwoSidedStudentP(2.2281388519649385, 10), 0.05, 1e-11);
  EXPECT_NEAR(TwoSidedStudentP(-1.9695756, 248), 0.05, 1e-7);
  EXPECT_DOUBLE_EQ(TwoSidedStudentP(0, 5), 1.0);
}

// With 1 and 2 degrees of freedom the distribution function is elementary.
TEST(Distributions, StudentTailsMatchClosedForms) {
  for (double t = 0.01; t < 1e6; t *= 1.7) {
    EXPECT_NEAR(TwoSidedStudentP(t, 1) / (2 / M_PI * std::atan(1 / t)), 1, 1e-12) << t;
    const double s = std::sqrt(t * t + 2);
    EXPECT_NEAR(TwoSidedStudentP(t, 2) / (2 / (s * (s + t))), 1, 1e-12) << t;
  }
}

TEST(Distributions, StudentTendsToTheNormal) {
  for (const double t : {0.5, 1.96, 4.0, 7.0}) {
    const double normal = TwoSidedNormalP(t);
    EXPECT_NEAR(TwoSidedStudentP(t, 1e6) / normal, 1, 1e-3) << t;
    EXPECT_NEAR(TwoSidedStudentP(t, 0.999e6) / TwoSidedStudentP(t, 1.001e6), 1, 1e-3) << t;
    EXPECT_EQ(TwoSidedStudentP(t, std::numeric_limits<double>::infinity()), normal);
  }
}

TEST(Distributions, WhatIsNoNumberStaysNone) {
  EXPECT_TRUE(std::isnan(TwoSidedStudentP(NAN, 5)));
  EXPECT_TRUE(std::isnan(TwoSidedStudentP(1, 0)));
  EXPECT_TRUE(std::isnan(TwoSidedNormalP(NAN)));
  EXPECT_EQ(TwoSidedStudentP(INFINITY, 5), 0.0);
}

// I_x(a, 1) = x^a; I_x(1, b) = 1 - (1 - x)^b; I_x(a, b) = 1 - I_{1-x}(b, a).
TEST(Distributions, IncompleteBetaMatchesClosedForms) {
  for (double x = 0.05; x < 1; x += 0.05) {
    EXPECT_NEAR(IncompleteBeta(3.5, 1, x), std::pow(x, 3.5), 1e-13) << x;
    EXPECT_NEAR(IncompleteBeta(1, 2.5, x), 1 - std::pow(1 - x, 2.5), 1e-13) << x;
    EXPECT_NEAR(IncompleteBeta(4, 7, x) + IncompleteBeta(7, 4, 1 - x), 1, 1e-13) << x;
  }
  EXPECT_EQ(IncompleteBeta(2, 3, 0), 0.0);
  EXPECT_EQ(IncompleteBeta(2, 3, 1), 1.0);
}

}  // namespace
}  // namespace oneup::sims
