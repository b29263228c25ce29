#include "sims/stats/distributions.h"

#include <cmath>

#include "market/kernel/math.h"

namespace oneup::sims {
namespace {

// ln B(a, b). For a large argument ln Gamma(a) - ln Gamma(a + b) would cancel, so
// there Stirling's series of both is subtracted term by term.
double LogBeta(double a, double b) {
  if (a < b) return LogBeta(b, a);
  if (a < 100.0) return math::LogGamma(a) + math::LogGamma(b) - math::LogGamma(a + b);
  const auto correction = [](double x) {
    const double z = 1.0 / (x * x);
    return (1.0 / 12 - z * (1.0 / 360 - z * (1.0 / 1260 - z * (1.0 / 1680)))) / x;
  };
  // ln Gamma(a) - ln Gamma(a + b)
  const double difference = -(a - 0.5) * math::Log1p(b / a) - b * math::Log(a + b) + b +
                            correction(a) - correction(a + b);
  return math::LogGamma(b) + difference;
}

// The continued fraction of I_x(a, b), which converges fast for
// x < (a + 1) / (a + b + 2); evaluated by Lentz's method.
double BetaFraction(double a, double b, double x) {
  constexpr double kTiny = 1e-300;
  const auto guarded = [](double v) { return std::fabs(v) < kTiny ? kTiny : v; };
  double c = 1.0;
  double d = 1.0 / guarded(1.0 - (a + b) * x / (a + 1.0));
  double h = d;
  for (int m = 1; m <= 10000; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1.0 / guarded(1.0 + even * d);
    c = guarded(1.0 + even / c);
    h *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1.0 / guarded(1.0 + odd * d);
    c = guarded(1.0 + odd / c);
    const double step = d * c;
    h *= step;
    if (std::fabs(step - 1.0) < 1e-16) break;
  }
  return h;
}

// I_x(a, b), given x and its complement: either may be too near 1 for the other
// to be recovered from it.
double IncompleteBeta(double a, double b, double x, double complement) {
  if (!(x > 0.0)) return x == 0.0 ? 0.0 : math::kNaN;
  if (!(complement > 0.0)) return complement == 0.0 ? 1.0 : math::kNaN;
  const double log_complement = x < 0.5 ? math::Log1p(-x) : math::Log(complement);
  const double log_x = complement < 0.5 ? math::Log1p(-complement) : math::Log(x);
  const double front = math::Exp(a * log_x + b * log_complement - LogBeta(a, b));
  if (x < (a + 1.0) / (a + b + 2.0)) return front * BetaFraction(a, b, x) / a;
  return 1.0 - front * BetaFraction(b, a, complement) / b;
}

}  // namespace

double IncompleteBeta(double a, double b, double x) { return IncompleteBeta(a, b, x, 1.0 - x); }

double TwoSidedNormalP(double z) {
  const double x = std::fabs(z);
  if (x != x) return x;
  if (x < 2.0) {
    // erf as a series of positive terms: P = 1 - 2 phi(x) sum x^(2k+1) / (2k+1)!!.
    double term = x;
    double sum = x;
    for (int k = 1; term > 1e-18 * sum; ++k) {
      term *= x * x / (2 * k + 1);
      sum += term;
    }
    return 1.0 - std::sqrt(2.0 / math::kPi) * math::Exp(-0.5 * x * x) * sum;
  }
  // Laplace's continued fraction of Mills' ratio, DLMF 7.9.1.
  double fraction = x;
  for (int k = 200; k >= 1; --k) fraction = x + k / fraction;
  return std::sqrt(2.0 / math::kPi) * math::Exp(-0.5 * x * x) / fraction;
}

double NormalP(double z) {
  const double tail = TwoSidedNormalP(z) / 2;
  return z < 0 ? tail : 1 - tail;
}

double ChiSquareP(double x, double degrees) {
  if (x != x || !(degrees > 0.0)) return math::kNaN;
  if (!(x > 0.0)) return 1.0;
  const double a = degrees / 2;
  const double y = x / 2;
  const double front = math::Exp(a * math::Log(y) - y - math::LogGamma(a));
  if (y < a + 1) {
    double term = 1 / a;
    double sum = term;
    for (int n = 1; term > 1e-17 * sum; ++n) {
      term *= y / (a + n);
      sum += term;
    }
    return 1 - front * sum;
  }
  // Lentz's method; all terms are positive here, so nothing can vanish.
  double b = y + 1 - a;
  double c = 1e300;
  double d = 1 / b;
  double h = d;
  for (int n = 1; n <= 100'000; ++n) {
    const double numerator = n * (a - n);
    b += 2;
    d = 1 / (b + numerator * d);
    c = b + numerator / c;
    h *= c * d;
    if (std::fabs(c * d - 1) < 1e-16) break;
  }
  return front * h;
}

double TwoSidedStudentP(double t, double degrees) {
  if (t != t || !(degrees > 0.0)) return math::kNaN;
  if (degrees > 1e6) return TwoSidedNormalP(t);
  const double square = t * t;
  if (square > 1e300) return 0.0;
  const double total = degrees + square;
  return IncompleteBeta(degrees / 2, 0.5, degrees / total, square / total);
}

}  // namespace oneup::sims
