// The event study of A. C. MacKinlay (1997), "Event studies in economics and
// finance", Journal of Economic Literature 35, 13-39: what did an event do to a
// price, beyond what the market did?
//
//          L days                    buffer        first .. 0 .. last
//   |--- estimation window ---|--- not used ---|--- event window ---|
//
// The market model R = alpha + beta M + e is fitted by least squares to the
// estimation window (MacKinlay's equation 3). The abnormal return of an event day
// is AR = R - alpha - beta M (7); CAR sums it over days (10), AAR averages it over
// events (12), CAAR sums AAR (15).
//
// Returns are plain numbers, 0.01 = 1 %; a NaN is a missing return. Rows are
// trading days in order, security and market side by side. All sums run in a fixed
// order, so results are equal on all machines.
//
//   auto event = StudyEvent(security, market, row, {.first_day = -1, .last_day = 20});
//   event->Abnormal(0); event->Car(-1, 1); event->Car(0, 20);
#pragma once

#include <absl/status/statusor.h>

#include <cstddef>
#include <span>
#include <vector>

namespace oneup::sims {

// R = alpha + beta M + e, by ordinary least squares.
struct MarketModel {
  double alpha = 0;
  double beta = 0;
  int observations = 0;       // L
  double sum_squares = 0;     // of the residuals
  double market_mean = 0;     // of M over the window
  double market_squares = 0;  // sum of (M - market_mean)^2

  double Predict(double market_return) const { return alpha + beta * market_return; }
  // The unbiased estimate of the disturbance's variance, MacKinlay's (6).
  double ResidualVariance() const { return sum_squares / (observations - 2); }
};

// Fits the pairs; equal lengths, at least 3 pairs, no NaN. InvalidArgument if there
// are fewer, or if the market's return does not vary.
absl::StatusOr<MarketModel> FitMarketModel(std::span<const double> security,
                                           std::span<const double> market);

// Which variance an abnormal return has.
enum class VarianceKind {
  kResidual,    // sum e^2 / (L - 2); what MacKinlay uses for long windows (8, first term)
  kPrediction,  // plus the error of alpha and beta (8 in full), correlated across days
  kPopulation,  // sum e^2 / L; what the Python package `eventstudy` reports
};

struct EventStudyOptions {
  int estimation = 250;  // L, days; at least 3
  int buffer = 30;       // days between the estimation window and the event window
  int first_day = -5;    // of the event window, relative to the event's day 0
  int last_day = 10;     // included; at least first_day
  // The market return that belongs to row t stands in row t - market_lag: 1 for a
  // Tokyo stock beside an American index.
  int market_lag = 0;
  VarianceKind variance = VarianceKind::kResidual;
  // False: event days beyond the data, or without a return, give NaN instead of an
  // error.
  bool whole_window = true;
};

// One event's abnormal returns.
struct EventResult {
  MarketModel model;
  VarianceKind variance_kind = VarianceKind::kResidual;
  int first_day = 0;
  std::vector<double> security;  // R of each event day
  std::vector<double> market;    // M of each event day
  std::vector<double> abnormal;  // AR of each event day

  int last_day() const { return first_day + static_cast<int>(abnormal.size()) - 1; }
  // Of days within the window; elsewhere NaN.
  double Abnormal(int day) const;
  double AbnormalVariance(int day) const { return CarVariance(day, day); }
  // Sum over the days from..to, both included; NaN if one of them has none.
  double Car(int from, int to) const;
  // Its variance under the null hypothesis. With kPrediction, alpha's and beta's
  // error is common to the days and does not average out.
  double CarVariance(int from, int to) const;
};

// Studies one event whose day 0 is row `day_zero`. The estimation window is the L
// rows before buffer and event window (before day 0, should the window begin
// later) on which both have a return; rows without are passed over, so that a
// blank moves its beginning back.
// OutOfRange (not enough data) if those rows, or a return of the event window, are
// missing; InvalidArgument for options that make no sense. O(rows).
absl::StatusOr<EventResult> StudyEvent(std::span<const double> security,
                                       std::span<const double> market, size_t day_zero,
                                       const EventStudyOptions& options);

// A day of the average over events.
struct AverageRow {
  int day = 0;
  double aar = 0;
  double var_aar = 0;  // sum of the events' variances / N^2 (events are independent)
  double caar = 0;
  double var_caar = 0;  // the same of CAR: the running sum of var_aar but with kPrediction
  double t = 0;         // caar / sqrt(var_caar)
  double p = 0;         // two-sided
};

enum class PValueKind {
  kStudent,  // Student's t; degrees of freedom: the sum of L - 2 over the events
  kNormal,   // the large-sample normal, as MacKinlay's (20)
};

// Averages events of one window; empty for no event. A day whose variance is zero
// (residuals all zero) has T infinite or, if CAAR is zero too, NaN.
std::vector<AverageRow> AverageEvents(std::span<const EventResult> events,
                                      PValueKind p_value = PValueKind::kStudent);

// The chance that a two-sided test rejects at level `size`, given `events` events
// with abnormal return `abnormal` and standard deviation `sigma` each: MacKinlay's
// section 8, P(|Z + sqrt(n) abnormal / sigma| > z).
double TestPower(int events, double abnormal, double sigma, double size = 0.05);

}  // namespace oneup::sims
