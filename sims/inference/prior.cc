#include "sims/inference/prior.h"

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <cmath>

#include "market/kernel/math.h"
#include "sims/stats/distributions.h"

namespace oneup::sims {
namespace {

// Deviations from the median, of a log-normal's coordinate.
double Standardized(const Prior& prior, double coordinate) {
  return (coordinate - math::Log(prior.median)) / prior.log_deviation;
}

}  // namespace

absl::Status CheckPriors(std::span<const Prior> priors) {
  if (priors.empty()) return absl::InvalidArgumentError("no parameter; must be at least 1");
  for (const Prior& prior : priors) {
    const auto wrong = [&](const std::string& what) {
      return absl::InvalidArgumentError(absl::StrCat("parameter ", prior.name, ": ", what));
    };
    if (!std::isfinite(prior.min) || !std::isfinite(prior.max) || prior.min >= prior.max) {
      return wrong(absl::StrCat("min ", prior.min, " must be below max ", prior.max));
    }
    if (prior.shape == PriorShape::kUniform) continue;
    if (prior.min <= 0) return wrong(absl::StrCat("min ", prior.min, " must be above 0"));
    // A median outside would leave a tail that may be too thin to draw from.
    if (!(prior.median >= prior.min && prior.median <= prior.max)) {
      return wrong(
          absl::StrCat("median ", prior.median, " must be ", prior.min, " to ", prior.max));
    }
    if (!(prior.log_deviation > 0 && std::isfinite(prior.log_deviation))) {
      return wrong(absl::StrCat("log_deviation ", prior.log_deviation, " must be above 0"));
    }
  }
  return absl::OkStatus();
}

double PriorQuantile(const Prior& prior, double u) {
  if (prior.shape == PriorShape::kUniform) return prior.min + u * (prior.max - prior.min);
  const double low = NormalP(Standardized(prior, math::Log(prior.min)));
  const double high = NormalP(Standardized(prior, math::Log(prior.max)));
  const double z = math::NormalQuantile(low + u * (high - low));
  return std::clamp(prior.median * math::Exp(prior.log_deviation * z), prior.min, prior.max);
}

double ToCoordinate(const Prior& prior, double x) {
  return prior.shape == PriorShape::kUniform ? x : math::Log(x);
}

double FromCoordinate(const Prior& prior, double coordinate) {
  return prior.shape == PriorShape::kUniform ? coordinate : math::Exp(coordinate);
}

double CoordinateDensity(const Prior& prior, double coordinate) {
  const double x = FromCoordinate(prior, coordinate);
  if (!(x >= prior.min && x <= prior.max)) return 0;
  if (prior.shape == PriorShape::kUniform) return 1;
  const double z = Standardized(prior, coordinate);
  return math::Exp(-z * z / 2);
}

}  // namespace oneup::sims
