#include "sims/sensitivity/factor.h"

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "market/kernel/math.h"

namespace oneup::sims {
namespace {

// What is wrong with one factor, or nothing.
std::string Problem(const Factor& factor) {
  if (!factor.levels.empty()) {
    if (!std::ranges::all_of(factor.levels, [](double x) { return std::isfinite(x); })) {
      return "a level is not finite";
    }
    const std::set<double> distinct(factor.levels.begin(), factor.levels.end());
    return distinct.size() < factor.levels.size() ? "a level stands twice" : "";
  }
  if (!std::isfinite(factor.min) || !std::isfinite(factor.max)) return "a bound is not finite";
  if (factor.min >= factor.max) {
    return absl::StrCat("min ", factor.min, " must be below max ", factor.max);
  }
  if (factor.scale == FactorScale::kLog && factor.min <= 0) {
    return absl::StrCat("min ", factor.min, " must be above 0 on a log scale");
  }
  return "";
}

}  // namespace

absl::Status CheckFactors(std::span<const Factor> factors) {
  if (factors.empty() || factors.size() > kMaxFactors) {
    return absl::InvalidArgumentError(
        absl::StrCat(factors.size(), " factors; must be 1 to ", kMaxFactors));
  }
  std::set<std::string> names;
  for (const Factor& factor : factors) {
    if (factor.name.empty()) return absl::InvalidArgumentError("a factor has no name");
    std::string problem = Problem(factor);
    if (!names.insert(factor.name).second) problem = "the name stands twice";
    if (!problem.empty()) {
      return absl::InvalidArgumentError(absl::StrCat("factor ", factor.name, ": ", problem));
    }
  }
  return absl::OkStatus();
}

double FactorValue(const Factor& factor, double u) {
  if (!factor.levels.empty()) {
    const auto n = static_cast<double>(factor.levels.size());
    return factor.levels[static_cast<size_t>(std::min(std::floor(u * n), n - 1))];
  }
  if (u >= 1) return factor.max;
  if (factor.scale == FactorScale::kLog) return factor.min * math::Pow(factor.max / factor.min, u);
  return factor.min + u * (factor.max - factor.min);
}

Points InUnits(std::span<const Factor> factors, const Points& unit) {
  Points points = unit;
  for (std::vector<double>& point : points) {
    for (size_t i = 0; i < factors.size(); ++i) point[i] = FactorValue(factors[i], point[i]);
  }
  return points;
}

}  // namespace oneup::sims
