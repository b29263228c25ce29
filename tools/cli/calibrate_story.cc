#include "tools/cli/calibrate_story.h"

#include <atomic>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <optional>
#include <span>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "oneup/version.h"
#include "sims/calibration/story_calibration.h"
#include "sims/calibration/study_file.h"
#include "sims/scenario/sha256.h"
#include "tools/cli/calibrate_data.h"
#include "tools/cli/calibrate_output.h"
#include "tools/cli/command.h"
#include "tools/cli/interrupt.h"
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

int FindPosterior(const std::string& name, const Task& task, const StoryCalibrationArguments& a,
                  const Interrupt& interrupt) {
  std::atomic<int> done = 0;
  const sims::StoryModel counted = [&](std::span<const double> values, uint64_t first_seed) {
    std::vector<sims::StoryMoment> moments = task.many(values, first_seed);
    if (const int count = ++done; count % kTellEvery == 0) {
      std::fprintf(stderr, "%d simulations\n", count);
    }
    return moments;
  };
  sims::StoryPosteriorOptions options = PosteriorOptionsOf(a);
  options.abc.stop = &interrupt.asked();
  const absl::StatusOr<sims::AbcResult> result = sims::StoryPosterior(
      task.specification, counted, sims::RecordedMoments(task.specification), options);
  if (absl::IsCancelled(result.status())) {
    return Fail(name, "stopped; nothing is kept, as the first generation was not whole",
                interrupt.exit_code());
  }
  if (!result.ok()) return Failed(name, result.status());
  const std::string particles = ParticlesCsv(task.specification, *result);
  const std::string text = a.format == "json" ? PosteriorJson(task.specification, *result)
                           : a.format == "csv"
                               ? particles
                               : PosteriorText(task.specification, *result, TellingStyle());
  const int code = Write(name, a, text, particles);
  if (code != kOk || result->stop != sims::AbcStop::kAsked) return code;
  return Fail(name,
              absl::StrCat("stopped; what is kept is the last whole generation, ",
                           result->generations.size(), " of ", a.generations),
              interrupt.exit_code());
}

// Equal for studies of one kind, whatever their number: all that decides what comes out of one.
std::string SettingsOf(const sims::LoadedScenario& scenario, const Task& task,
                       const StoryCalibrationArguments& a) {
  const traders::Resolution& resolution = a.resolution;
  return sims::Sha256Hex(absl::StrCat(kVersion, " ", scenario.digest, " ", a.seeds, " ", a.trials,
                                      " ", a.particles, " ", a.generations, " ", a.fresh_seeds, " ",
                                      a.seed, " ", resolution.orders_per_day, " ",
                                      resolution.steps_per_day, " ", resolution.value_traders, " ",
                                      resolution.continuous, " ",
                                      task.specification.SerializeAsString()))
      .substr(0, 16);
}

int Recover(const std::string& name, const sims::LoadedScenario& scenario, const Task& task,
            const StoryCalibrationArguments& a, const Interrupt& interrupt) {
  // A limit on the size of files is told as the write's error, like a full disk.
  std::signal(SIGXFSZ, SIG_IGN);
  std::optional<sims::StudyFile> file;
  if (!a.out.empty()) {
    std::vector<std::string> paths;
    for (const auto& parameter : task.specification.parameters()) paths.push_back(parameter.path());
    absl::StatusOr<sims::StudyFile> opened =
        sims::StudyFile::Open(a.out, paths, SettingsOf(scenario, task, a), a.resume);
    if (!opened.ok()) return Failed(name, opened.status());
    file = *std::move(opened);
  }
  sims::RecoveryOptions options;
  options.studies = a.synthetic;
  options.trials = a.trials;
  options.posterior = PosteriorOptionsOf(a);
  options.seed = a.seed;
  options.stop = &interrupt.asked();
  if (file) options.before = file->studies();
  auto finished = static_cast<int>(options.before.size());
  if (finished > 0) std::fprintf(stderr, "%d of %d studies are there\n", finished, a.synthetic);
  options.keep = [&](const sims::RecoveryStudy& study, int done) {
    const absl::Status kept = file ? file->Append(study) : absl::OkStatus();
    if (kept.ok()) {
      finished = done;
      std::fprintf(stderr, "study %d of %d\n", done, a.synthetic);
    }
    return kept;
  };
  const auto recoveries =
      sims::RecoverSynthetic(task.specification, task.one_by_one, task.many, options);
  if (absl::IsCancelled(recoveries.status())) {
    const std::string kept =
        file ? absl::StrCat(finished, " of ", a.synthetic, " studies are in ", a.out,
                            ", and the same call with --resume goes on")
             : "nothing is kept; with --out finished studies are, and --resume goes on";
    return Fail(name, absl::StrCat("stopped; ", kept), interrupt.exit_code());
  }
  if (!recoveries.ok()) return Failed(name, recoveries.status());
  std::cout << (a.format == "json"  ? RecoveryJson(*recoveries, options.draws)
                : a.format == "csv" ? RecoveryCsv(*recoveries)
                                    : RecoveryText(*recoveries, options, TellingStyle()));
  return kOk;
}

int FitSettings(const std::string& name, const Task& task, const StoryCalibrationArguments& a,
                const Interrupt& interrupt) {
  sims::StoryFitOptions options;
  options.trials = a.trials;
  options.stop = &interrupt.asked();
  options.progress = [](int trial, double loss, double best) {
    std::fprintf(stderr, "trial %d: loss %.3f, best %.3f\n", trial, loss, best);
  };
  const sims::StoryFit fit =
      sims::FitMoments(task.specification, task.one_by_one,
                       sims::RecordedMoments(task.specification), task.start, options);
  const std::string settings = sims::ToSettings(task.specification, fit, a.command);
  const std::string text = a.format == "json"  ? FitJson(task.specification, fit)
                           : a.format == "csv" ? FitCsv(task.specification, fit)
                           : a.out.empty()     ? settings
                                               : "";
  const int code = Write(name, a, text, settings);
  if (code != kOk || !fit.stopped) return code;
  return Fail(
      name,
      absl::StrCat("stopped; what is kept is the best of ", fit.trials, " trials of ", a.trials),
      interrupt.exit_code());
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
  if (a.resume && (a.synthetic == 0 || a.out.empty())) {
    return wrong("--resume goes with --synthetic and --out");
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
  const Interrupt interrupt;
  if (a.posterior) return FindPosterior(name, *task, a, interrupt);
  if (a.synthetic > 0) return Recover(name, scenario, *task, a, interrupt);
  return FitSettings(name, *task, a, interrupt);
}

}  // namespace oneup::cli
