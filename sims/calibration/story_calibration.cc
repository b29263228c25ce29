#include "sims/calibration/story_calibration.h"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>

#include <algorithm>
#include <cmath>
#include <nlopt.hpp>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "market/kernel/math.h"
#include "sims/scenario/field_path.h"
#include "sims/scenario/files.h"

namespace oneup::sims {
namespace {

constexpr char kFolder[] = "calibrations/";

// How far the values are from what one would believe without the targets.
double PriorLoss(const v1::StoryCalibration& specification, const std::vector<double>& values) {
  double loss = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    const v1::FreeParameter& parameter = specification.parameters(static_cast<int>(i));
    if (parameter.prior() <= 0) continue;
    const double off = math::Log(values[i] / parameter.prior()) / parameter.prior_sd();
    loss += 0.1 * off * off;
  }
  return loss;
}

class FirstError : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, int column, const std::string& message) override {
    if (text_.empty()) text_ = absl::StrCat(line + 1, ":", column + 1, ": ", message);
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace

absl::StatusOr<v1::StoryCalibration> LoadStoryCalibration(const std::string& path) {
  const absl::StatusOr<SourceText> source =
      ReadPathOrBuiltin(path, kFolder, "calibration", BuiltinsIn(kFolder));
  if (!source.ok()) return source.status();
  v1::StoryCalibration specification;
  google::protobuf::TextFormat::Parser parser;
  FirstError error;
  parser.RecordErrorsTo(&error);
  parser.SetRecursionLimit(100);
  if (!parser.ParseFromString(source->text, &specification)) {
    return absl::InvalidArgumentError(absl::StrCat(path, ":", error.text()));
  }
  if (specification.parameters().empty() || specification.targets().empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": needs at least one of parameters and of targets"));
  }
  if (!kernel::ParseDay(specification.until()).ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": until: is '", specification.until(), "'; a day such as 2025-06-30"));
  }
  for (const v1::FreeParameter& parameter : specification.parameters()) {
    const bool prior =
        parameter.prior() == 0 || (parameter.prior() > 0 && parameter.prior_sd() > 0);
    if (parameter.min() > 0 && parameter.min() < parameter.max() && prior) continue;
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": parameters: ", parameter.path(),
                     ": needs 0 < min < max, and with a prior a prior_sd above 0"));
  }
  return specification;
}

absl::StatusOr<v1::StoryCalibration> OnlyParameters(const v1::StoryCalibration& specification,
                                                    const std::vector<std::string>& names) {
  std::set<int> chosen;
  for (const std::string& name : names) {
    std::vector<int> found;
    for (int i = 0; i < specification.parameters_size(); ++i) {
      const std::string& path = specification.parameters(i).path();
      if (path.ends_with(name)) found.push_back(i);
      if (path == name) found = {i};
    }
    if (name.empty() || found.size() != 1) {
      std::vector<std::string> paths;
      for (const auto& parameter : specification.parameters()) paths.push_back(parameter.path());
      return absl::InvalidArgumentError(
          absl::StrCat("parameter '", name, "' is the end of ", found.size(),
                       " of the specification's paths, not of one: ", absl::StrJoin(paths, ", ")));
    }
    chosen.insert(found[0]);
  }
  v1::StoryCalibration part = specification;
  part.clear_parameters();
  for (const int i : chosen) *part.add_parameters() = specification.parameters(i);
  return part;
}

absl::StatusOr<std::vector<double>> ValuesIn(const LoadedScenario& scenario,
                                             const v1::StoryCalibration& specification) {
  std::vector<double> values;
  for (const v1::FreeParameter& parameter : specification.parameters()) {
    const absl::StatusOr<double> now = GetField(parameter.path(), scenario.proto);
    if (!now.ok()) return now.status();
    values.push_back(*now);
  }
  return values;
}

StoryFit FitMoments(const v1::StoryCalibration& specification, const StoryModel& model,
                    const std::vector<StoryMoment>& observed, const std::vector<double>& from,
                    const StoryFitOptions& options) {
  const size_t n = static_cast<size_t>(specification.parameters_size());
  std::vector<double> low(n), high(n), start(n);
  for (size_t i = 0; i < n; ++i) {
    const v1::FreeParameter& parameter = specification.parameters(static_cast<int>(i));
    low[i] = math::Log(parameter.min());
    high[i] = math::Log(parameter.max());
    start[i] = std::clamp(math::Log(std::max(from[i], parameter.min())), low[i], high[i]);
  }
  StoryFit best;
  best.loss = math::kInfinity;
  int trials = 0;
  // Whether no further trial may begin.
  const auto ended = [&] {
    best.stopped = best.stopped || (options.stop != nullptr && *options.stop);
    return best.stopped;
  };
  const std::function<double(const std::vector<double>&)> loss_at =
      [&](const std::vector<double>& logs) {
        if (trials > 0 && ended()) throw nlopt::forced_stop();
        StoryFit fit;
        for (size_t i = 0; i < n; ++i) fit.values.push_back(math::Exp(logs[i]));
        fit.loss = PriorLoss(specification, fit.values);
        fit.moments = model(fit.values, options.first_seed);
        for (size_t i = 0; i < fit.moments.size(); ++i) {
          fit.loss +=
              MomentLoss(specification.targets(static_cast<int>(i)), fit.moments[i], observed[i]);
        }
        ++trials;
        const double loss = fit.loss;
        if (loss < best.loss) best = std::move(fit);  // not stopped yet
        if (options.progress) options.progress(trials, loss, best.loss);
        return loss;
      };
  const auto search = [&](nlopt::algorithm algorithm, int evaluations) {
    // The library would take 0 for no limit.
    if (evaluations <= 0 || ended()) return;
    nlopt::opt optimiser(algorithm, static_cast<unsigned>(n));
    optimiser.set_lower_bounds(low);
    optimiser.set_upper_bounds(high);
    optimiser.set_min_objective(
        [](const std::vector<double>& logs, std::vector<double>&, void* loss) {
          return (*static_cast<const std::function<double(const std::vector<double>&)>*>(loss))(
              logs);
        },
        const_cast<void*>(static_cast<const void*>(&loss_at)));
    optimiser.set_maxeval(evaluations);
    // The library's own choice, ten a parameter and more, would spend most trials on a first look.
    optimiser.set_population(4 * static_cast<unsigned>(n));
    std::vector<double> at = start;
    if (!best.values.empty()) {
      for (size_t i = 0; i < n; ++i) {
        at[i] = std::clamp(math::Log(best.values[i]), low[i], high[i]);
      }
    }
    double loss = 0;
    try {
      optimiser.optimize(at, loss);
    } catch (const std::exception&) {
      // Roundoff or a forced stop: the best trial so far stands.
    }
  };
  constexpr unsigned long kSearchSeed = 1;
  nlopt::srand(kSearchSeed);
  loss_at(start);
  const int local = options.trials / 3;
  search(nlopt::GN_CRS2_LM, options.trials - local - 1);
  search(nlopt::LN_SBPLX, local);
  best.trials = trials;
  return best;
}

std::string ToSettings(const v1::StoryCalibration& specification, const StoryFit& fit,
                       const std::string& command) {
  std::string text = absl::StrCat(
      "# proto-file: proto/oneup/v1/scenario.proto\n# proto-message: oneup.v1.Scenario\n#\n"
      "# Fitted to what had happened by ",
      specification.until(), ". Written by\n# `", command, "`.",
      fit.stopped ? absl::StrCat(" Stopped after ", fit.trials, " trials.") : "",
      " Share of runs in which it\n# happens by then, and its median day:\n");
  for (int i = 0; i < specification.targets_size(); ++i) {
    const v1::StoryTarget& target = specification.targets(i);
    const StoryMoment& moment = fit.moments[static_cast<size_t>(i)];
    absl::StrAppend(&text, "#   ", target.name(), ": ", std::round(moment.share * 1000) / 1000,
                    " (recorded ", target.happened() ? "yes" : "no",
                    target.date().empty() ? "" : ", ", target.date(), ")",
                    moment.median ? ", " + kernel::FormatDay(*moment.median) : "", "\n");
  }
  absl::StrAppend(&text, "# Loss ", std::round(fit.loss * 1000) / 1000, ".\n\n");
  for (int i = 0; i < specification.parameters_size(); ++i) {
    // Four digits: what more there is says nothing.
    const double value = fit.values[static_cast<size_t>(i)];
    absl::StrAppend(&text, "set { path: \"", specification.parameters(i).path(),
                    "\" value: ", absl::SixDigits(value), " }\n");
  }
  return text;
}

}  // namespace oneup::sims
