// Tail probabilities of the distributions that tests of significance need.
// Deterministic (market/kernel/math.h), so a printed P is equal on all machines.
#pragma once

namespace oneup::sims {

// P(|Z| >= |z|) for a standard normal Z. Relative error below 1e-12 while the
// result is above 1e-300.
double TwoSidedNormalP(double z);

// P(Z <= z) for a standard normal Z. Relative error below 1e-12 for z < 0 as above; absolute
// error below 1e-15 for z >= 0.
double NormalP(double z);

// P(|T| >= |t|) for Student's t with `degrees` > 0 degrees of freedom, which need
// not be whole; infinity gives the normal. Relative error below 1e-12 up to 1e6
// degrees of freedom. NaN for a NaN argument or degrees <= 0.
double TwoSidedStudentP(double t, double degrees);

// P(X >= x) for chi-square with `degrees` > 0 degrees of freedom, the upper regularized incomplete
// gamma function Q(degrees / 2, x / 2): its series below degrees + 2 (DLMF 8.11.4), its continued
// fraction above (DLMF 8.9.2). Relative error below 1e-11 up to 1e4 degrees while the result is
// above 1e-300. 1 for x <= 0; NaN for a NaN argument or degrees <= 0.
double ChiSquareP(double x, double degrees);

// The regularized incomplete beta function I_x(a, b), 0 <= x <= 1, a, b > 0, by
// the continued fraction of DLMF 8.17.22 (https://dlmf.nist.gov/8.17.E22).
double IncompleteBeta(double a, double b, double x);

}  // namespace oneup::sims
