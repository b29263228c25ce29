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
#include "sims/replay/replay.h"

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

const std::array<Parameter, 3> kFitted = {{
    {"elasticity", 0.1, 3, &v1::ValuationParameters::elasticity,
     &v1::ValuationParameters::set_elasticity},
    {"complement", -1, 2, &v1::ValuationParameters::complement,
     &v1::ValuationParameters::set_complement},
    {"substitute", -2, 1, &v1::ValuationParameters::substitute,
     &v1::ValuationParameters::set_substitute},
}};

class Fitter {
 public:
  Fitter(const LoadedScenario& scenario, const CalibrationOptions& options)
      : scenario_(scenario), options_(options), keys_(ReactionKeys(scenario)) {
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
  const std::vector<double>& Simulate(const v1::ValuationParameters& valuation) {
    std::array<double, kFitted.size()> at;
    for (size_t i = 0; i < kFitted.size(); ++i) at[i] = (valuation.*kFitted[i].get)();
    const auto [trial, is_new] = trials_.try_emplace(at);
    if (!is_new) return trial->second;
    *scenario_.proto.mutable_valuation() = valuation;
    EnsembleOptions ensemble;
    ensemble.seeds = options_.seeds;
    ensemble.threads = options_.threads;
    ensemble.run.orders_per_day = options_.orders_per_day;
    const std::vector<RunSummary> runs = RunEnsemble(scenario_, keys_, ensemble, 0);
    for (size_t k = 0; k < keys_.size(); ++k) {
      trial->second.push_back(SpreadOf(runs, k, &Reaction::abnormal).median);
    }
    return trial->second;
  }

  // Fits on all events but `without` (an index into the events; -1 for none).
  v1::ValuationParameters Fit(const v1::ValuationParameters& start, int without,
                              const std::string& what, double* best_loss) {
    int trial = 0;
    v1::ValuationParameters best = start;
    *best_loss = std::numeric_limits<double>::infinity();
    auto loss_at = [&](const std::vector<double>& x) {
      v1::ValuationParameters valuation = start;
      for (size_t i = 0; i < kFitted.size(); ++i) (valuation.*kFitted[i].set)(x[i]);
      const double loss = Loss(Simulate(valuation), without);
      if (loss < *best_loss) {
        *best_loss = loss;
        best = valuation;
      }
      if (options_.progress) options_.progress(what, ++trial, loss);
      return loss;
    };
    nlopt::opt optimiser(nlopt::LN_BOBYQA, kFitted.size());
    std::vector<double> low;
    std::vector<double> high;
    std::vector<double> x;
    for (const Parameter& parameter : kFitted) {
      low.push_back(parameter.low);
      high.push_back(parameter.high);
      x.push_back(std::clamp((start.*parameter.get)(), parameter.low, parameter.high));
    }
    optimiser.set_lower_bounds(low);
    optimiser.set_upper_bounds(high);
    optimiser.set_initial_step(0.1);
    optimiser.set_maxeval(options_.max_trials);
    optimiser.set_xtol_abs(1e-3);
    using Objective = decltype(loss_at);
    optimiser.set_min_objective([](const std::vector<double>& at, std::vector<double>&,
                                   void* data) { return (*static_cast<Objective*>(data))(at); },
                                &loss_at);
    double minimum = 0;
    try {
      optimiser.optimize(x, minimum);
    } catch (const nlopt::roundoff_limited&) {
      // The optimiser cannot improve any more: what it found so far is the answer.
    }
    return best;
  }

 private:
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
  std::vector<ReactionKey> keys_;
  std::vector<Reaction> recorded_;
  std::vector<size_t> targets_;     // into keys_
  std::vector<size_t> spillovers_;  // into keys_
  std::map<std::array<double, kFitted.size()>, std::vector<double>> trials_;
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
  calibration.valuation =
      fitter.Fit(scenario.proto.valuation(), -1, "all events", &calibration.loss);
  const std::vector<double>& fitted = fitter.Simulate(calibration.valuation);
  for (const size_t k : fitter.targets()) {
    const int event = fitter.key(k).event;
    const std::string& id = fitter.scenario().proto.events(event).id();
    double loss = 0;
    v1::HeldOutValuation held_out;
    held_out.set_event(id);
    *held_out.mutable_valuation() =
        fitter.Fit(scenario.proto.valuation(), event, "all but " + id, &loss);
    calibration.targets.push_back(
        {.event = id,
         .ticker = fitter.scenario().proto.listings(fitter.key(k).listing).ticker(),
         .recorded = fitter.recorded(k),
         .fitted = fitted[k],
         .predicted = fitter.Simulate(held_out.valuation())[k]});
    calibration.held_out.push_back(std::move(held_out));
  }
  return calibration;
}

std::string ToTextproto(const Calibration& calibration, const std::string& command) {
  std::string text =
      "# proto-file: proto/oneup/v1/scenario.proto\n"
      "# proto-message: oneup.v1.Scenario\n"
      "#\n"
      "# How news is valued. Written by `" +
      command +
      "`: elasticity, complement and\n"
      "# substitute are fitted, the others are priors (docs/model.md). First-day abnormal\n"
      "# returns, in percent:\n"
      "#   event            ticker   recorded   fitted on all   predicted from the others\n";
  for (const CalibrationTarget& target : calibration.targets) {
    char line[160];
    std::snprintf(line, sizeof line, "#   %-16s %-8s %8.1f   %13.1f   %25.1f\n",
                  target.event.c_str(), target.ticker.c_str(), 100 * target.recorded,
                  100 * target.fitted, 100 * target.predicted);
    text += line;
  }
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
