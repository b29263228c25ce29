#include "sims/calibration/market_calibration.h"

#include <google/protobuf/text_format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <map>
#include <nlopt.hpp>
#include <set>

#include "absl/status/status.h"
#include "market/kernel/math.h"
#include "sims/replay/replay.h"
#include "sims/world/news_desk.h"

namespace oneup::sims {
namespace {

// A simulated return below this counts as this, so that its logarithm exists.
constexpr double kLeastReturn = 1e-3;

struct Parameter {
  const char* name;
  double low;
  double high;
  double (v1::ValuationParameters::*get)() const;
  void (v1::ValuationParameters::*set)(double);
};

const std::array<Parameter, 4> kFitted = {{
    {"elasticity", 0.1, 3, &v1::ValuationParameters::elasticity,
     &v1::ValuationParameters::set_elasticity},
    {"signal_discount", 0, 1.5, &v1::ValuationParameters::signal_discount,
     &v1::ValuationParameters::set_signal_discount},
    {"complement", -1, 2, &v1::ValuationParameters::complement,
     &v1::ValuationParameters::set_complement},
    {"substitute", -2, 1, &v1::ValuationParameters::substitute,
     &v1::ValuationParameters::set_substitute},
}};

using Point = std::array<double, kFitted.size()>;

// Parameters closer than this are the same: far below what the record can tell.
constexpr double kLeastStep = 2e-3;
constexpr int kMaxEvaluations = 2000;

class Fitter {
 public:
  Fitter(const LoadedScenario& scenario, const CalibrationOptions& options)
      : scenario_(scenario),
        options_(options),
        priors_(scenario.proto.valuation()),
        keys_(ReactionKeys(scenario)) {
    for (size_t i = 0; i < kFitted.size(); ++i) {
      const Parameter& parameter = kFitted[i];
      start_[i] = std::clamp((priors_.*parameter.get)(), parameter.low, parameter.high);
    }
    // Held-out parameters of an earlier calibration have no part in this one.
    scenario_.proto.clear_held_out();
    recorded_ = RecordedReactions(scenario_, keys_);
    for (size_t k = 0; k < keys_.size(); ++k) {
      const v1::Event& event = scenario_.proto.events(keys_[k].event);
      const std::string& ticker = scenario_.proto.listings(keys_[k].listing).ticker();
      const auto& aims = event.announcement().recorded();
      const bool aimed_at = std::any_of(aims.begin(), aims.end(),
                                        [&](const auto& aim) { return aim.ticker() == ticker; });
      if (aimed_at && recorded_[k].abnormal > 0) targets_.push_back(k);
    }
    for (size_t k = 0; k < keys_.size(); ++k) {
      const bool of_target = std::any_of(targets_.begin(), targets_.end(), [&](size_t t) {
        return keys_[t].event == keys_[k].event;
      });
      if (of_target && !keys_[k].exposed && !std::isnan(recorded_[k].abnormal)) {
        spillovers_.push_back(k);
      }
    }
  }

  const std::vector<size_t>& targets() const { return targets_; }
  const ReactionKey& key(size_t k) const { return keys_[k]; }
  double recorded(size_t k) const { return recorded_[k].abnormal; }
  const LoadedScenario& scenario() const { return scenario_; }

  // Median simulated abnormal returns, by key. Fits share their trials: the fitted
  // parameters alone tell one trial from another.
  const std::vector<double>& Simulate(const Point& at) {
    const auto [trial, is_new] = trials_.try_emplace(at);
    if (!is_new) return trial->second;
    *scenario_.proto.mutable_valuation() = With(at);
    EnsembleOptions ensemble;
    ensemble.seeds = options_.seeds;
    ensemble.threads = options_.threads;
    ensemble.run.resolution = options_.resolution;
    const std::vector<RunSummary> runs = RunEnsemble(scenario_, keys_, ensemble, 0);
    for (size_t k = 0; k < keys_.size(); ++k) {
      trial->second.push_back(SpreadOf(runs, k, &Reaction::abnormal).median);
    }
    return trial->second;
  }

  struct FitResult {
    Point at;
    double loss = std::numeric_limits<double>::infinity();
  };
  bool Asked() const { return options_.stop != nullptr && *options_.stop; }

  // Fits on all events but `without` (an index into the events; -1 for none); stopped, less well.
  FitResult Fit(int without, const std::string& what) {
    FitResult best;
    Point at = start_;
    for (int trial = 1; trial <= options_.max_trials && !Asked(); ++trial) {
      const std::vector<double>& simulated = Simulate(at);
      const double loss = Loss(simulated, without);
      if (options_.progress) options_.progress(what, trial, loss);
      // What is left is the noise of medians.
      if (loss >= best.loss) break;
      best = {at, loss};
      const Point next = LeastLoss(at, simulated, without);
      if (next == at) break;
      at = next;
    }
    return best;
  }

  // The scenario's parameters, the fitted ones replaced.
  v1::ValuationParameters With(const Point& at) const {
    v1::ValuationParameters valuation = priors_;
    for (size_t i = 0; i < kFitted.size(); ++i) (valuation.*kFitted[i].set)(at[i]);
    return valuation;
  }

 private:
  // Return that follows from the change of value alone, by key.
  std::vector<double> Valued(const Point& at) const {
    std::vector<double> returns(keys_.size(), 0.0);
    const v1::ValuationParameters valuation = With(at);
    const NewsDesk desk(scenario_);
    for (size_t k = 0; k < keys_.size(); ++k) {
      if (k > 0 && keys_[k].event == keys_[k - 1].event) continue;
      for (const Impact& impact : desk.Read(scenario_.proto.events(keys_[k].event), valuation)) {
        for (size_t row = k; row < keys_.size() && keys_[row].event == keys_[k].event; ++row) {
          if (keys_[row].listing == impact.listing) returns[row] = math::Expm1(impact.log_return);
        }
      }
    }
    return returns;
  }

  // Where the loss is least if every median moves from `simulated` at `from` by as much
  // as its value does.
  Point LeastLoss(const Point& from, const std::vector<double>& simulated, int without) const {
    const std::vector<double> valued_from = Valued(from);
    auto loss_at = [&](const std::vector<double>& x) {
      Point at;
      std::copy(x.begin(), x.end(), at.begin());
      std::vector<double> medians = Valued(at);
      for (size_t k = 0; k < medians.size(); ++k) medians[k] += simulated[k] - valued_from[k];
      return Loss(medians, without);
    };
    std::vector<double> low;
    std::vector<double> high;
    for (const Parameter& parameter : kFitted) {
      low.push_back(parameter.low);
      high.push_back(parameter.high);
    }
    nlopt::opt optimiser(nlopt::LN_BOBYQA, kFitted.size());
    optimiser.set_lower_bounds(low);
    optimiser.set_upper_bounds(high);
    optimiser.set_initial_step(0.1);
    optimiser.set_maxeval(kMaxEvaluations);
    optimiser.set_xtol_abs(kLeastStep / 10);
    using Objective = decltype(loss_at);
    optimiser.set_min_objective([](const std::vector<double>& at, std::vector<double>&,
                                   void* data) { return (*static_cast<Objective*>(data))(at); },
                                &loss_at);
    std::vector<double> x(from.begin(), from.end());
    double minimum = 0;
    try {
      optimiser.optimize(x, minimum);
    } catch (const nlopt::roundoff_limited&) {
      // The optimiser cannot improve any more: x is the best that it found.
    }
    Point least;
    std::copy(x.begin(), x.end(), least.begin());
    return least;
  }

  double Loss(const std::vector<double>& simulated, int without) const {
    double loss = 0;
    for (const size_t k : targets_) {
      if (keys_[k].event == without) continue;
      const double ratio = std::max(simulated[k], kLeastReturn) / recorded_[k].abnormal;
      const double distance = std::log(ratio) / kTargetScale;
      loss += distance * distance;
    }
    for (const size_t k : spillovers_) {
      if (keys_[k].event == without) continue;
      const double distance = (simulated[k] - recorded_[k].abnormal) / kSpilloverScale;
      loss += distance * distance;
    }
    return loss;
  }

  LoadedScenario scenario_;
  CalibrationOptions options_;
  v1::ValuationParameters priors_;
  Point start_;
  std::vector<ReactionKey> keys_;
  std::vector<Reaction> recorded_;
  std::vector<size_t> targets_;     // into keys_
  std::vector<size_t> spillovers_;  // into keys_
  std::map<Point, std::vector<double>> trials_;
};

}  // namespace

absl::StatusOr<Calibration> CalibrateValuation(const LoadedScenario& scenario,
                                               const CalibrationOptions& options) {
  Fitter fitter(scenario, options);
  if (fitter.targets().empty()) {
    return absl::FailedPreconditionError(
        "nothing to calibrate on: no event has announcement.recorded for an exposed listing "
        "with recorded prices around it");
  }
  Calibration calibration;
  const Fitter::FitResult all = fitter.Fit(-1, "all events");
  if (fitter.Asked()) return absl::CancelledError("stopped");
  calibration.valuation = fitter.With(all.at);
  calibration.loss = all.loss;
  double squares = 0;
  for (const size_t k : fitter.targets()) {
    const int event = fitter.key(k).event;
    const std::string& id = fitter.scenario().proto.events(event).id();
    const Fitter::FitResult others = fitter.Fit(event, "all but " + id);
    if (fitter.Asked()) return absl::CancelledError("stopped");
    v1::HeldOutValuation held_out;
    held_out.set_event(id);
    *held_out.mutable_valuation() = fitter.With(others.at);
    calibration.held_out.push_back(std::move(held_out));
    calibration.targets.push_back(
        {.event = id,
         .ticker = fitter.scenario().proto.listings(fitter.key(k).listing).ticker(),
         .recorded = fitter.recorded(k),
         .fitted = fitter.Simulate(all.at)[k],
         .predicted = fitter.Simulate(others.at)[k]});
    const double miss =
        std::log(std::max(calibration.targets.back().predicted, kLeastReturn) / fitter.recorded(k));
    squares += miss * miss;
  }
  calibration.prediction_error =
      std::sqrt(squares / static_cast<double>(calibration.targets.size()));
  return calibration;
}

std::string ToTextproto(const Calibration& calibration, const std::string& command) {
  std::string text =
      "# proto-file: proto/oneup/v1/scenario.proto\n"
      "# proto-message: oneup.v1.Scenario\n"
      "#\n"
      "# How news is valued. Written by\n# `" +
      command +
      "`:\n"
      "# elasticity, signal_discount, complement and substitute are fitted, the others are priors\n"
      "# (docs/model.md). First-day abnormal returns, in percent:\n"
      "#   event            ticker   recorded   fitted on all   predicted from the others\n";
  for (const CalibrationTarget& target : calibration.targets) {
    char line[160];
    std::snprintf(line, sizeof line, "#   %-16s %-8s %8.1f   %13.1f   %25.1f\n",
                  target.event.c_str(), target.ticker.c_str(), 100 * target.recorded,
                  100 * target.fitted, 100 * target.predicted);
    text += line;
  }
  char line[120];
  std::snprintf(line, sizeof line, "# Root mean square of ln(predicted / recorded): %.2f.\n",
                calibration.prediction_error);
  text += line;
  v1::Scenario part;
  *part.mutable_valuation() = calibration.valuation;
  for (const v1::HeldOutValuation& held_out : calibration.held_out) {
    *part.add_held_out() = held_out;
  }
  std::string body;
  google::protobuf::TextFormat::PrintToString(part, &body);
  return text + "\n" + body;
}

}  // namespace oneup::sims
