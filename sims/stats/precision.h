// How many runs are enough? Run until the interval of the mean is as narrow as wanted: the
// sequential procedure of A. M. Law, "Simulation Modeling and Analysis", 5th ed., section 9.4.1,
// with Student's interval; after Y. S. Chow and H. Robbins (1965), "On the asymptotic theory of
// fixed-width sequential confidence intervals for the mean", Annals of Mathematical Statistics 36.
//
//   while (true) {
//     const PrecisionStep step = NextRuns(differences, {.half_width = 0.5});
//     if (step.more == 0) break;
//     ... run step.more more pairs ...
//   }
//
// Coverage: it stops a little too gladly when the runs so far happen to vary little. The chance
// that the last interval holds the mean tends to `level` as the half-width goes to 0; with at least
// 30 runs an interval of 95 % held it in 95 % of cases for normal values and in 92 % for
// exponential ones (tests/sims/stats/precision_test.cc), and less with fewer. The stop looks at the
// width alone and never at the mean: one that waits for significance would find it too often.
#pragma once

#include <span>

namespace oneup::sims {

struct PrecisionGoal {
  double half_width = 0;  // of the interval, in units of the values; > 0
  double level = 0.95;
  int min_runs = 30;  // at least 2
  int max_runs = 10'000;
};

struct PrecisionStep {
  double half_width = 0;  // of the interval now; NaN below 2 values
  bool reached = false;   // it is at most the goal's, with at least min_runs
  // Runs to add before asking again; 0 when reached or at max_runs. At first min_runs; then what
  // the variance so far asks for, n (now / goal)^2 in all, but at most as many again as there are,
  // so that a first bad estimate is not trusted far.
  int more = 0;
};

// Values that do not vary at all reach any goal with min_runs of them.
PrecisionStep NextRuns(std::span<const double> values, const PrecisionGoal& goal);

}  // namespace oneup::sims
