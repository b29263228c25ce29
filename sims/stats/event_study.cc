#include "sims/stats/event_study.h"

#include <absl/status/status.h>
#include <absl/strings/str_format.h>

#include <algorithm>
#include <cmath>

#include "market/kernel/math.h"
#include "sims/stats/distributions.h"

namespace oneup::sims {
namespace {

absl::Status CheckOptions(const EventStudyOptions& options) {
  if (options.estimation < 3) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "estimation window of %d days: the market model needs at least 3", options.estimation));
  }
  if (options.buffer < 0) {
    return absl::InvalidArgumentError(
        absl::StrFormat("buffer of %d days: at least 0", options.buffer));
  }
  if (options.last_day < options.first_day) {
    return absl::InvalidArgumentError(absl::StrFormat("event window %d to %d ends before it begins",
                                                      options.first_day, options.last_day));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<MarketModel> FitMarketModel(std::span<const double> security,
                                           std::span<const double> market) {
  if (security.size() != market.size()) {
    return absl::InvalidArgumentError("security and market returns differ in number");
  }
  const size_t n = security.size();
  if (n < 3) return absl::InvalidArgumentError("the market model needs at least 3 returns");
  const double count = static_cast<double>(n);
  double security_mean = 0;
  double market_mean = 0;
  for (size_t i = 0; i < n; ++i) {
    security_mean += security[i];
    market_mean += market[i];
  }
  security_mean /= count;
  market_mean /= count;
  double squares = 0;
  double products = 0;
  for (size_t i = 0; i < n; ++i) {
    squares += (market[i] - market_mean) * (market[i] - market_mean);
    products += (market[i] - market_mean) * (security[i] - security_mean);
  }
  // Rounding of the mean leaves a constant series with squares of this order.
  if (!(squares > count * 1e-30 * (1e-30 + market_mean * market_mean))) {
    return absl::InvalidArgumentError("the market's return does not vary in the estimation window");
  }
  MarketModel model;
  model.beta = products / squares;
  model.alpha = security_mean - model.beta * market_mean;
  model.observations = static_cast<int>(n);
  model.market_mean = market_mean;
  model.market_squares = squares;
  for (size_t i = 0; i < n; ++i) {
    const double residual = security[i] - model.Predict(market[i]);
    model.sum_squares += residual * residual;
  }
  return model;
}

double EventResult::Abnormal(int day) const { return Car(day, day); }

double EventResult::Car(int from, int to) const {
  if (from < first_day || to > last_day() || to < from) return math::kNaN;
  double sum = 0;
  for (int day = from; day <= to; ++day) sum += abnormal[static_cast<size_t>(day - first_day)];
  return sum;
}

double EventResult::CarVariance(int from, int to) const {
  if (from < first_day || to > last_day() || to < from) return math::kNaN;
  const double days = to - from + 1;
  if (variance_kind == VarianceKind::kPopulation) {
    return days * model.sum_squares / model.observations;
  }
  const double variance = model.ResidualVariance();
  if (variance_kind == VarianceKind::kResidual) return days * variance;
  double excess = 0;
  for (int day = from; day <= to; ++day) {
    excess += market[static_cast<size_t>(day - first_day)] - model.market_mean;
  }
  return variance *
         (days + days * days / model.observations + excess * excess / model.market_squares);
}

absl::StatusOr<EventResult> StudyEvent(std::span<const double> security,
                                       std::span<const double> market, size_t day_zero,
                                       const EventStudyOptions& options) {
  if (absl::Status status = CheckOptions(options); !status.ok()) return status;
  if (security.size() != market.size()) {
    return absl::InvalidArgumentError("security and market returns differ in number");
  }
  const auto rows = static_cast<ptrdiff_t>(security.size());
  const auto market_at = [&](ptrdiff_t row) {
    const ptrdiff_t source = row - options.market_lag;
    return source < 0 || source >= rows ? math::kNaN : market[static_cast<size_t>(source)];
  };
  const auto security_at = [&](ptrdiff_t row) {
    return row < 0 || row >= rows ? math::kNaN : security[static_cast<size_t>(row)];
  };

  EventResult result;
  result.variance_kind = options.variance;
  result.first_day = options.first_day;
  for (int day = options.first_day; day <= options.last_day; ++day) {
    const ptrdiff_t row = static_cast<ptrdiff_t>(day_zero) + day;
    result.security.push_back(security_at(row));
    result.market.push_back(market_at(row));
    const bool missing = std::isnan(result.security.back()) || std::isnan(result.market.back());
    if (missing && options.whole_window) {
      return absl::OutOfRangeError(absl::StrFormat("no return on day %d of the event window", day));
    }
  }

  std::vector<double> fit_security;
  std::vector<double> fit_market;
  const ptrdiff_t end = std::min(
      static_cast<ptrdiff_t>(day_zero) + std::min(options.first_day, 0) - options.buffer, rows);
  for (ptrdiff_t row = end - 1; row >= 0 && std::ssize(fit_security) < options.estimation; --row) {
    const double r = security_at(row);
    const double m = market_at(row);
    if (std::isnan(r) || std::isnan(m)) continue;
    fit_security.push_back(r);
    fit_market.push_back(m);
  }
  if (std::ssize(fit_security) < options.estimation) {
    return absl::OutOfRangeError(absl::StrFormat("%d of the %d returns before the event window",
                                                 fit_security.size(), options.estimation));
  }
  std::reverse(fit_security.begin(), fit_security.end());
  std::reverse(fit_market.begin(), fit_market.end());
  absl::StatusOr<MarketModel> model = FitMarketModel(fit_security, fit_market);
  if (!model.ok()) return absl::OutOfRangeError(model.status().message());
  result.model = *model;
  for (size_t i = 0; i < result.security.size(); ++i) {
    result.abnormal.push_back(result.security[i] - result.model.Predict(result.market[i]));
  }
  return result;
}

std::vector<AverageRow> AverageEvents(std::span<const EventResult> events, PValueKind p_value) {
  std::vector<AverageRow> rows;
  if (events.empty()) return rows;
  const double count = static_cast<double>(events.size());
  double degrees = 0;
  for (const EventResult& event : events) degrees += event.model.observations - 2;
  const int first = events.front().first_day;
  double caar = 0;
  for (int day = first; day <= events.front().last_day(); ++day) {
    AverageRow row;
    row.day = day;
    for (const EventResult& event : events) {
      row.aar += event.Abnormal(day);
      row.var_aar += event.AbnormalVariance(day);
      row.var_caar += event.CarVariance(first, day);
    }
    row.aar /= count;
    row.var_aar /= count * count;
    row.var_caar /= count * count;
    caar += row.aar;
    row.caar = caar;
    row.t = row.caar / std::sqrt(row.var_caar);
    row.p =
        p_value == PValueKind::kStudent ? TwoSidedStudentP(row.t, degrees) : TwoSidedNormalP(row.t);
    rows.push_back(row);
  }
  return rows;
}

double TestPower(int events, double abnormal, double sigma, double size) {
  const double critical = -math::NormalQuantile(size / 2);
  const double shift = std::sqrt(static_cast<double>(events)) * abnormal / sigma;
  const auto below = [](double z) {
    const double tail = TwoSidedNormalP(z) / 2;
    return z < 0 ? tail : 1.0 - tail;
  };
  return below(shift - critical) + below(-shift - critical);
}

}  // namespace oneup::sims
