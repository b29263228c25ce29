#include "tools/cli/calibrate_story.h"

#include <atomic>
#include <cstdio>
#include <iostream>
#include <span>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "sims/calibration/story_calibration.h"
#include "tools/cli/calibrate_output.h"
#include "tools/cli/command.h"
#include "tools/cli/options.h"
#include "tools/cli/output_file.h"
#include "tools/cli/telling.h"

namespace oneup::cli {
namespace {

constexpr int kMaxStudies = 100'000;
constexpr int kTellEvery = 100;  // simulations of a posterior

int Failed(const std::string& name, const absl::Status& status) {
  return Fail(name, std::string(status.message()), CodeOf(status));
}

// `text` to the terminal; `file` into the file, if one was asked for.
int Write(const std::string& name, const StoryCalibrationArguments& a, const std::string& text,
          const std::string& file) {
  std::cout << text;
  if (a.out.empty()) return kOk;
  const absl::Status status = WriteFileAtomically(a.out, file);
  if (!status.ok()) return Fail(name, std::string(status.message()), kCantCreate);
  return kOk;
}

sims::StoryPosteriorOptions PosteriorOptionsOf(const StoryCalibrationArguments& a) {
  sims::StoryPosteriorOptions options;
  options.abc.particles = a.particles;
  options.abc.max_generations = a.generations;
  options.abc.seed = a.seed;
  options.abc.threads = a.threads;
  options.fresh_seeds = a.fresh_seeds;
  return options;
}

// All that the three ways need.
struct Task {
  v1::StoryCalibration specification;
  std::vector<double> start;
  sims::StoryModel one_by_one;  // uses all threads for each call
  sims::StoryModel many;        // one thread a call, for callers that have threads of their own
};

absl::StatusOr<Task> MakeTask(const sims::LoadedScenario& scenario,
                              const StoryCalibrationArguments& a) {
  absl::StatusOr<v1::StoryCalibration> specification = sims::LoadStoryCalibration(a.spec);
  if (specification.ok() && !a.parameters.empty()) {
    specification = sims::OnlyParameters(*specification, a.parameters);
  }
  if (!specification.ok()) return specification.status();
  absl::StatusOr<std::vector<double>> start = sims::ValuesIn(scenario, *specification);
  if (!start.ok()) return start.status();
  sims::StoryModelOptions options = {
      .seeds = a.seeds, .threads = a.threads, .resolution = a.resolution};
  absl::StatusOr<sims::StoryModel> one_by_one = sims::ModelOf(scenario, *specification, options);
  if (!one_by_one.ok()) return one_by_one.status();
  options.threads = 1;
  absl::StatusOr<sims::StoryModel> many = sims::ModelOf(scenario, *specification, options);
  if (!many.ok()) return many.status();
  return Task{*std::move(specification), *std::move(start), *std::move(one_by_one),
              *std::move(many)};
}

int FindPosterior(const std::string& name, const Task& task, const StoryCalibrationArguments& a) {
  std::atomic<int> done = 0;
  const sims::StoryModel counted = [&](std::span<const double> values, uint64_t first_seed) {
    std::vector<sims::StoryMoment> moments = task.many(values, first_seed);
    if (const int count = ++done; count % kTellEvery == 0) {
      std::fprintf(stderr, "%d simulations\n", count);
    }
    return moments;
  };
  const absl::StatusOr<sims::AbcResult> result =
      sims::StoryPosterior(task.specification, counted, sims::RecordedMoments(task.specification),
                           PosteriorOptionsOf(a));
  if (!result.ok()) return Failed(name, result.status());
  return Write(name, a, PosteriorText(task.specification, *result, TellingStyle()),
               ParticlesCsv(task.specification, *result));
}

int Recover(const std::string& name, const Task& task, const StoryCalibrationArguments& a) {
  sims::RecoveryOptions options;
  options.studies = a.synthetic;
  options.trials = a.trials;
  options.posterior = PosteriorOptionsOf(a);
  options.seed = a.seed;
  options.progress = [&a](int done) {
    std::fprintf(stderr, "study %d of %d\n", done, a.synthetic);
  };
  const auto recoveries =
      sims::RecoverSynthetic(task.specification, task.one_by_one, task.many, options);
  if (!recoveries.ok()) return Failed(name, recoveries.status());
  return Write(name, a, RecoveryText(*recoveries, options, TellingStyle()),
               RecoveryCsv(*recoveries));
}

int FitSettings(const std::string& name, const Task& task, const StoryCalibrationArguments& a) {
  sims::StoryFitOptions options;
  options.trials = a.trials;
  options.progress = [](int trial, double loss, double best) {
    std::fprintf(stderr, "trial %d: loss %.3f, best %.3f\n", trial, loss, best);
  };
  const sims::StoryFit fit =
      sims::FitMoments(task.specification, task.one_by_one,
                       sims::RecordedMoments(task.specification), task.start, options);
  const std::string text = sims::ToSettings(task.specification, fit, a.command);
  return Write(name, a, a.out.empty() ? text : "", text);
}

}  // namespace

absl::Status CheckStoryArguments(const StoryCalibrationArguments& a) {
  const auto wrong = [](const auto&... parts) {
    return absl::InvalidArgumentError(absl::StrCat(parts...));
  };
  if (a.posterior && a.synthetic != 0) return wrong("--posterior and --synthetic: one of them");
  if (a.synthetic != 0 && (a.synthetic < 2 || a.synthetic > kMaxStudies)) {
    return wrong("--synthetic ", a.synthetic, ": allowed are 2 to ", kMaxStudies);
  }
  if (a.particles < 10 || a.particles > 1'000'000) {
    return wrong("--particles ", a.particles, ": allowed are 10 to 1000000");
  }
  if (a.generations < 1 || a.generations > 1000) {
    return wrong("--generations ", a.generations, ": allowed are 1 to 1000");
  }
  return absl::OkStatus();
}

int CalibratePrincipals(const std::string& name, const sims::LoadedScenario& scenario,
                        const StoryCalibrationArguments& a) {
  const absl::StatusOr<Task> task = MakeTask(scenario, a);
  if (!task.ok()) return Failed(name, task.status());
  if (!a.out.empty()) {
    // Said before the long work, not after it.
    const absl::Status status = CheckWritable(a.out);
    if (!status.ok()) return Fail(name, std::string(status.message()), kCantCreate);
  }
  if (a.posterior) return FindPosterior(name, *task, a);
  if (a.synthetic > 0) return Recover(name, *task, a);
  return FitSettings(name, *task, a);
}

}  // namespace oneup::cli
