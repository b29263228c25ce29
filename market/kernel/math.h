// Elementary functions that give the same bits everywhere.
//
// The C library picks its exp, log, pow and sin by processor (with or without
// fused multiply-add), so that one binary gives different last bits on two
// machines. Nothing in event logic may depend on that. These functions use
// additions, multiplications, divisions and square roots only, in a fixed order,
// and those are exact to the last bit by IEEE 754 (-ffp-contract=off is set for
// the whole project).
//
// Stated errors are relative to the true value, measured against long double in
// tests/market/kernel/math_test.cc; eps = 2^-52 = 2.2e-16. Every function gives
// NaN for NaN. All are branch-light and inlined: 3 to 10 ns each.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace oneup::math {

inline constexpr double kPi = 3.14159265358979323846;
inline constexpr double kInfinity = std::numeric_limits<double>::infinity();
inline constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

namespace internal {

// ln 2 in two parts; the first has 32 trailing zero bits, so that its product
// with an exponent is exact.
inline constexpr double kLn2High = 6.93147180369123816490e-01;
inline constexpr double kLn2Low = 1.90821492927058770002e-10;

// x + kShift rounds x to the nearest integer (ties to even) and leaves it in the
// low bits, for |x| < 2^51.
inline constexpr double kShift = 0x1.8p52;

// 2^k, for -1022 <= k <= 1023.
inline double PowerOfTwo(int64_t k) {
  return std::bit_cast<double>(static_cast<uint64_t>(k + 1023) << 52);
}

// (e^r - 1 - r) / r^2 for |r| <= 0.35: the Taylor series to r^11 / 13!, whose
// remainder is below 1e-18, summed pairwise (Estrin) to shorten the chain.
inline double ExpTail(double r) {
  const double r2 = r * r;
  const double r4 = r2 * r2;
  const double c0 = 1.0 / 2 + r * (1.0 / 6);
  const double c1 = 1.0 / 24 + r * (1.0 / 120);
  const double c2 = 1.0 / 720 + r * (1.0 / 5040);
  const double c3 = 1.0 / 40320 + r * (1.0 / 362880);
  const double c4 = 1.0 / 3628800 + r * (1.0 / 39916800);
  const double c5 = 1.0 / 479001600 + r * (1.0 / 6227020800.0);
  return (c0 + r2 * c1) + r4 * ((c2 + r2 * c3) + r4 * (c4 + r2 * c5));
}

// ln(1 + f) + k ln 2 + low for f in [sqrt(1/2) - 1, sqrt(2) - 1], by
// ln(1 + f) = 2 atanh(s), s = f / (2 + f), |s| < 0.172: the series to s^19, whose
// remainder is below 3e-17, arranged as in fdlibm's e_log.c so that f, the
// largest part, is added last and exactly.
inline double LogCore(double f, double k, double low) {
  const double s = f / (2.0 + f);
  const double z = s * s;
  const double w = z * z;
  const double odd =
      z * (2.0 / 3 + w * (2.0 / 7 + w * (2.0 / 11 + w * (2.0 / 15 + w * (2.0 / 19)))));
  const double even = w * (2.0 / 5 + w * (2.0 / 9 + w * (2.0 / 13 + w * (2.0 / 17))));
  const double half_square = 0.5 * f * f;
  const double tail = s * (half_square + (odd + even)) + (k * kLn2Low + low);
  return k * kLn2High - ((half_square - tail) - f);
}

// Splits x > 0, normal, into 2^k * (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)).
inline double SplitLog(double x, double* f) {
  const uint64_t bits = std::bit_cast<uint64_t>(x);
  const uint64_t from_root_half = bits - 0x3fe6a09e667f3bcdULL;
  const int64_t k = static_cast<int64_t>(from_root_half) >> 52;
  *f = std::bit_cast<double>(bits - (static_cast<uint64_t>(k) << 52)) - 1.0;
  return static_cast<double>(k);
}

}  // namespace internal

// e^x, error below 1.5 eps. Above 709.78 infinity; below -745.13 zero; results
// under 2.2e-308 are subnormal and rounded to what is left.
inline double Exp(double x) {
  using namespace internal;
  if (!(x < 709.7827128933841)) return x != x ? x : kInfinity;
  if (x < -745.1332191019412) return 0.0;
  const double shifted = x * 1.44269504088896338700 + kShift;
  const int64_t k = static_cast<int32_t>(std::bit_cast<uint64_t>(shifted));
  const double kd = shifted - kShift;
  const double r = (x - kd * kLn2High) - kd * kLn2Low;
  const double mantissa = 1.0 + (r + r * r * ExpTail(r));
  if (k > -1021 && k < 1024) [[likely]]
    return mantissa * PowerOfTwo(k);
  return k > 0 ? mantissa * 2.0 * PowerOfTwo(k - 1)
               : mantissa * PowerOfTwo(k + 100) * PowerOfTwo(-100);
}

// e^x - 1, error below 4 eps, also near 0.
inline double Expm1(double x) {
  if (!(x > -0.35 && x < 0.35)) return Exp(x) - 1.0;
  return x + x * x * internal::ExpTail(x);
}

// ln x, error below 1.5 eps. Of 0 -infinity; of a negative number NaN; of
// infinity infinity.
inline double Log(double x) {
  using namespace internal;
  double exponent = 0.0;
  if (!(x >= 0x1p-1022 && x < kInfinity)) [[unlikely]] {
    if (x == 0.0) return -kInfinity;
    if (!(x > 0.0)) return kNaN;
    if (x == kInfinity) return x;
    x *= 0x1p54;
    exponent = -54.0;
  }
  double f;
  exponent += SplitLog(x, &f);
  return LogCore(f, exponent, 0.0);
}

// Logarithm to base 2, error below 3 eps; special values as of Log.
inline double Log2(double x) { return Log(x) / 0.69314718055994530942; }

// ln(1 + x), error below 2 eps, also near 0. Of -1 -infinity; below -1 NaN.
inline double Log1p(double x) {
  using namespace internal;
  if (x > -0.29 && x < 0.41) return LogCore(x, 0.0, 0.0);
  if (!(x > -1.0)) return x == -1.0 ? -kInfinity : kNaN;
  const double u = 1.0 + x;
  if (!(u < kInfinity)) return u;
  // What rounding 1 + x lost, to first order.
  const double lost = x < 1.0 ? x - (u - 1.0) : 1.0 - (u - x);
  double f;
  const double k = SplitLog(u, &f);
  return LogCore(f, k, lost / u);
}

// x^y for x >= 0, as e^(y ln x): error below (3 + |y ln x|) eps, so under 1e-14
// while the result lies in [1e-17, 1e17] and under 2e-13 anywhere. x^0 = 1 and
// 1^y = 1 exactly; 0^y is 0 or, for y < 0, infinity; a negative x gives NaN.
inline double Pow(double x, double y) {
  if (y == 0.0 || x == 1.0) return 1.0;
  return Exp(y * Log(x));
}

// sin(2 pi x) and cos(2 pi x): x counts turns, so the reduction is exact, and so
// are the results at multiples of a quarter turn. Error below 2 eps. Outside
// |x| < 2^50 NaN.
struct SinCos {
  double sin;
  double cos;
};
inline SinCos SinCosTwoPi(double x) {
  using internal::kShift;
  if (!(x > -0x1p50 && x < 0x1p50)) return {kNaN, kNaN};
  const double shifted = 4.0 * x + kShift;
  const uint64_t quarter = std::bit_cast<uint64_t>(shifted) & 3;
  const double a = (x - 0.25 * (shifted - kShift)) * (2.0 * kPi);
  // Taylor series on |a| <= pi / 4; remainders below 1e-16 and 3e-18.
  const double z = a * a;
  const double w = z * z;
  const double s_even =
      -1.0 / 6 + w * (-1.0 / 5040 + w * (-1.0 / 39916800 + w * (-1.0 / 1307674368000.0)));
  const double s_odd =
      1.0 / 120 + w * (1.0 / 362880 + w * (1.0 / 6227020800.0 + w * (1.0 / 355687428096000.0)));
  const double s = a + a * z * (s_even + z * s_odd);
  const double c_even =
      1.0 / 24 + w * (1.0 / 40320 + w * (1.0 / 479001600 + w * (1.0 / 20922789888000.0)));
  const double c_odd = -1.0 / 720 + w * (-1.0 / 3628800 + w * (-1.0 / 87178291200.0));
  const double c = 1.0 - (0.5 * z - w * (c_even + z * c_odd));
  switch (quarter) {
    case 0:
      return {s, c};
    case 1:
      return {c, -s};
    case 2:
      return {-s, -c};
    default:
      return {-c, s};
  }
}
inline double SinTwoPi(double x) { return SinCosTwoPi(x).sin; }
inline double CosTwoPi(double x) { return SinCosTwoPi(x).cos; }

// tanh x, error below 4 eps; +-1 from |x| = 20 on.
inline double Tanh(double x) {
  const double a = x < 0 ? -x : x;
  if (!(a < 20.0)) return x != x ? x : (x < 0 ? -1.0 : 1.0);
  const double e = Expm1(2.0 * a);
  const double t = e / (e + 2.0);
  return x < 0 ? -t : t;
}

// 1 / (1 + e^-x), error below 4 eps; 0 and 1 in the limits.
inline double Logistic(double x) { return 1.0 / (1.0 + Exp(-x)); }

// ln Gamma(x) for x > 0: absolute error below 1e-14 up to x = 20, relative error
// below 4 eps above. Zero or less gives NaN.
// Stirling's series, after shifting small arguments past 16.
inline double LogGamma(double x) {
  if (!(x > 0.0)) return kNaN;
  if (x == kInfinity) return x;
  double product = 1.0;
  while (x < 16.0) {
    product *= x;
    x += 1.0;
  }
  const double y = 1.0 / x;
  const double z = y * y;
  const double series =
      y * (1.0 / 12 - z * (1.0 / 360 - z * (1.0 / 1260 - z * (1.0 / 1680 - z * (1.0 / 1188)))));
  const double half_log_two_pi = 0.91893853320467274178;
  const double stirling = ((x - 0.5) * Log(x) - x) + (half_log_two_pi + series);
  return product == 1.0 ? stirling : stirling - Log(product);
}

// The standard normal quantile: z with P(Z <= z) = p, error below 1e-15.
// p = 0 and 1 give -infinity and infinity; outside [0, 1] NaN.
// M. J. Wichura (1988), Algorithm AS 241 (PPND16), Applied Statistics 37, 477-484.
inline double NormalQuantile(double p) {
  const double q = p - 0.5;
  if (q >= -0.425 && q <= 0.425) {
    const double r = 0.180625 - q * q;
    const double above = ((((((2.5090809287301226727e+3 * r + 3.3430575583588128105e+4) * r +
                              6.7265770927008700853e+4) *
                                 r +
                             4.5921953931549871457e+4) *
                                r +
                            1.3731693765509461125e+4) *
                               r +
                           1.9715909503065514427e+3) *
                              r +
                          1.3314166789178437745e+2) *
                             r +
                         3.3871328727963666080e+0;
    const double below = ((((((5.2264952788528545610e+3 * r + 2.8729085735721942674e+4) * r +
                              3.9307895800092710610e+4) *
                                 r +
                             2.1213794301586595867e+4) *
                                r +
                            5.3941960214247511077e+3) *
                               r +
                           6.8718700749205790830e+2) *
                              r +
                          4.2313330701600911252e+1) *
                             r +
                         1.0;
    return q * above / below;
  }
  const double tail = q < 0.0 ? p : 1.0 - p;
  if (!(tail > 0.0)) {
    if (p == 0.0) return -kInfinity;
    if (p == 1.0) return kInfinity;
    return kNaN;
  }
  const double root = std::sqrt(-Log(tail));
  double z;
  if (root <= 5.0) {
    const double r = root - 1.6;
    const double above = ((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r +
                              2.41780725177450611770e-1) *
                                 r +
                             1.27045825245236838258e+0) *
                                r +
                            3.64784832476320460504e+0) *
                               r +
                           5.76949722146069140550e+0) *
                              r +
                          4.63033784615654529590e+0) *
                             r +
                         1.42343711074968357734e+0;
    const double below = ((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r +
                              1.51986665636164571966e-2) *
                                 r +
                             1.48103976427480074590e-1) *
                                r +
                            6.89767334985100004550e-1) *
                               r +
                           1.67638483018380384940e+0) *
                              r +
                          2.05319162663775882187e+0) *
                             r +
                         1.0;
    z = above / below;
  } else {
    const double r = root - 5.0;
    const double above = ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r +
                              1.24266094738807843860e-3) *
                                 r +
                             2.65321895265761230930e-2) *
                                r +
                            2.96560571828504891230e-1) *
                               r +
                           1.78482653991729133580e+0) *
                              r +
                          5.46378491116411436990e+0) *
                             r +
                         6.65790464350110377720e+0;
    const double below = ((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r +
                              1.84631831751005468180e-5) *
                                 r +
                             7.86869131145613259100e-4) *
                                r +
                            1.48753612908506148525e-2) *
                               r +
                           1.36929880922735805310e-1) *
                              r +
                          5.99832206555887937690e-1) *
                             r +
                         1.0;
    z = above / below;
  }
  return q < 0.0 ? -z : z;
}

}  // namespace oneup::math
