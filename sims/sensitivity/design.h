// Which points of a space of factors an experiment runs. Each design says its size before it is
// made, so that a dry run can show it. No design has more than kMaxPoints points.
//
// What a design says of a factor: a grid or a Latin hypercube shows it to a person or to a fit;
// sims/sensitivity/morris.h screens many factors with few runs; sims/sensitivity/sobol_indices.h
// divides the variance among them. Designs made elsewhere: sims/sensitivity/design_table.h.
//
// All functions: InvalidArgument for what CheckFactors refuses and for sizes out of range, with
// what is allowed.
#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <span>
#include <string_view>

#include "sims/sensitivity/factor.h"

namespace oneup::sims {

inline constexpr int64_t kMaxPoints = 1'000'000;

// OK if 1 <= size <= kMaxPoints. `what` names the design: "a grid".
absl::Status CheckSize(std::string_view what, int64_t size);

// Every combination; the last factor varies fastest. A factor takes its levels if it has any, else
// `steps` values, 2 <= steps <= 1000, evenly spread on its scale, min and max among them.
absl::StatusOr<int64_t> GridSize(std::span<const Factor> factors, int steps);
absl::StatusOr<Points> Grid(std::span<const Factor> factors, int steps);

// The Latin hypercube of M. D. McKay, R. J. Beckman and W. J. Conover (1979), "A comparison of
// three methods for selecting values of input variables in the analysis of output from a computer
// code", Technometrics 21, 239-245: for every factor, each of `size` strata of equal chance holds
// exactly one point, anywhere within it. The columns' random numbers are their own: a factor more
// changes none of the others.
absl::StatusOr<Points> LatinHypercube(std::span<const Factor> factors, int64_t size, uint64_t seed);

// The first `size` points of I. M. Sobol's sequence with the direction numbers of S. Joe and F. Y.
// Kuo (2008), "Constructing Sobol sequences with better two-dimensional projections", SIAM J. Sci.
// Comput. 30, by Boost.Random (Gray code order). The origin is left out: point 1 is the centre.
// Balanced if size + 1 is a power of two: then each factor takes every multiple of 1 / (size + 1)
// between 0 and 1 once, and its mean is 1/2; with one point more or less it is not. Not random: no
// seed.
absl::StatusOr<Points> SobolSequence(std::span<const Factor> factors, int64_t size);

// The same within the unit cube, any number of dimensions from 1 to 2 kMaxFactors.
absl::StatusOr<Points> UnitSobolSequence(int dimensions, int64_t size);

}  // namespace oneup::sims
