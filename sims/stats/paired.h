// Two arms over the same seeds: what did the change do, pair by pair? Common random numbers (A. M.
// Law, "Simulation Modeling and Analysis", 5th ed., section 11.2) make the arms differ by their
// cause alone; the difference of a pair then varies less than either arm does, and only the
// differences are compared.
//
//   const PairedDifference d = ComparePairs(baseline, changed);  // Student
//   const Interval wide = BcaInterval(Differences(baseline, changed));  // any distribution
//   const double p = SignFlipP(Differences(baseline, changed));  // no distribution at all
//
// Pairs are in one order in both spans, of equal number, finite and independent of each other. One
// test of several metrics: adjust the p-values (sims/stats/multiple_tests.h). Until when to run:
// sims/stats/precision.h.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sims/stats/descriptive.h"

namespace oneup::sims {

// changed - baseline, pair by pair.
std::vector<double> Differences(std::span<const double> baseline, std::span<const double> changed);

struct PairedDifference {
  double baseline = 0;    // mean
  double changed = 0;     // mean
  double difference = 0;  // mean of changed - baseline
  double low = 0;         // Student's interval of it; NaN below 2 pairs
  double high = 0;
  // (var a + var b) / var(a - b): how many times more runs independent seeds would need for an
  // interval as narrow. 1: the pairing gains nothing. NaN if the difference does not vary.
  double variance_reduction = 0;
};

PairedDifference ComparePairs(std::span<const double> baseline, std::span<const double> changed,
                              double level = 0.95);

// The bootstrap interval BCa (bias-corrected and accelerated) of the mean of `values`: B. Efron
// (1987), "Better bootstrap confidence intervals", JASA 82, 171-185. The quantiles of the resampled
// means that are taken move with
//   z0 = Phi^-1(share of resampled means below the mean; half of those equal to it) and
//   a  = sum (m - m_i)^3 / 6 (sum (m - m_i)^2)^1.5, m_i the mean without value i,
// which for a mean is sum (x - mean)^3 / 6 (sum (x - mean)^2)^1.5. Unlike Student's it need not lie
// evenly about the mean. Below about 20 values it is too narrow: of 10 normal values, an interval
// of 95 % holds the mean in about 90 % of cases. Values that are all equal give that value twice;
// NaN below 2 values. O(values x resamples).
Interval BcaInterval(std::span<const double> values, double level = 0.95, int resamples = 2000,
                     uint64_t seed = 1);

// Two-sided p-value of the hypothesis that each difference is as likely as its negative, so that
// the change does nothing: the share of all assignments of signs whose sum is at least as far from
// zero as the one seen (R. A. Fisher 1935, "The Design of Experiments", section 21). Exact with up
// to kExactSignFlips differences other than zero (zeros cannot tell); beyond, (1 + count) /
// (1 + draws) of random assignments, which keeps the test's size (B. Phipson and G. K. Smyth 2010,
// "Permutation P-values should never be zero", SAGMB 9). It cannot be below 2^(1-n) or
// 1 / (1 + draws). 1 if all differences are zero; NaN for none.
inline constexpr int kExactSignFlips = 20;
double SignFlipP(std::span<const double> differences, int draws = 9999, uint64_t seed = 1);

}  // namespace oneup::sims
