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

TEST(NormalP, IsHalfAtZeroAndItsTailsAddUp) {
  EXPECT_EQ(NormalP(0), 0.5);
  EXPECT_NEAR(NormalP(-1.959963984540054), 0.025, 1e-14);
  EXPECT_NEAR(NormalP(1.3) + NormalP(-1.3), 1, 1e-15);
  EXPECT_TRUE(std::isnan(NormalP(std::nan(""))));
}

// With two degrees e^(-x/2); with 2m, that times the first m terms of e^(x/2)'s series.
TEST(ChiSquareP, AgreesWithTheClosedFormOfEvenDegrees) {
  for (const int half : {1, 2, 5, 20, 200}) {
    for (const double ratio : {0.1, 0.5, 0.9, 1.0, 1.1, 1.5, 3.0}) {
      const double x = 2 * half * ratio;
      long double term = 1;
      long double sum = 1;
      for (int k = 1; k < half; ++k) sum += term *= x / 2 / k;
      const double expected = static_cast<double>(std::exp(-x / 2.0L) * sum);
      EXPECT_NEAR(ChiSquareP(x, 2 * half) / expected, 1, 1e-11) << half << " " << ratio;
    }
  }
}

// The square of a standard normal has one degree.
TEST(ChiSquareP, OfOneDegreeIsTheNormalsTail) {
  for (const double z : {0.1, 0.7, 1.5, 2.0, 5.0, 20.0}) {
    EXPECT_NEAR(ChiSquareP(z * z, 1) / TwoSidedNormalP(z), 1, 1e-11) << z;
  }
}

TEST(ChiSquareP, OutsideItsDomain) {
  EXPECT_EQ(ChiSquareP(0, 3), 1);
  EXPECT_EQ(ChiSquareP(-1, 3), 1);
  EXPECT_TRUE(std::isnan(ChiSquareP(1, 0)));
  EXPECT_TRUE(std::isnan(ChiSquareP(std::nan(""), 3)));
}

}  // namespace
}  // namespace oneup::sims
