#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "sims/batch/engine.h"
#include "sims/batch/experiment.h"
#include "sims/batch/folder.h"
#include "sims/batch/tables.h"
#include "sims/report/progress.h"
#include "tools/cli/batch_output.h"
#include "tools/cli/command.h"
#include "tools/cli/interrupt.h"
#include "tools/cli/options.h"
#include "tools/cli/run_arguments.h"

namespace oneup::cli {
namespace {

constexpr char kName[] = "batch";

constexpr char kText[] =
    "Runs an experiment: a scenario with factors varied over a design, each combination many\n"
    "times. EXPERIMENT is a name (fomo_trust) or a file; docs/batch.md tells how to write one.\n"
    "\n"
    "  oneup batch fomo_trust --dry-run            how many runs, how long, how much disk\n"
    "  oneup batch fomo_trust --out out            all of it; tables are in out/ at the end\n"
    "  oneup batch fomo_trust --out out --resume   go on after an interruption\n"
    "  oneup batch fomo_trust --out out --shard 0/4    a quarter; oneup merge joins the parts\n"
    "  oneup batch out --run 17 --trace t.binpb     one run of what is in out/ again, recorded\n"
    "\n"
    "Results do not depend on threads, machines or interruptions: the same experiment gives\n"
    "the same bytes. Ctrl-C ends cleanly: shards under way are abandoned, finished ones stay.\n"
    "Exit code 1: the batch is whole, and some of its runs failed (column status of runs.csv).";

struct Arguments {
  std::string experiment;
  std::string out;
  int threads = 0;
  bool resume = false;
  std::string shard;
  bool dry_run = false;
  uint64_t run = 0;
  std::string trace;
  std::string progress = "auto";
};

void AddOptions(OptionParser& parser, Arguments& a) {
  namespace po = boost::program_options;
  parser.AddPositional("experiment", &a.experiment);
  parser.Add()("out,o", po::value(&a.out)->value_name("DIR"),
               "the folder of the results (default: EXPERIMENT's name and .batch)");
  parser.Add()("threads,j", po::value(&a.threads)->value_name("N"),
               "runs at a time (default: processors)");
  parser.Add()("resume", po::bool_switch(&a.resume), "go on with what is in the folder");
  parser.Add()("shard", po::value(&a.shard)->value_name("I/N"),
               "run the I-th of N parts only, I from 0; slurm: as the job array's task says");
  parser.Add()("dry-run", po::bool_switch(&a.dry_run),
               "try a few runs, say what all would take, and write nothing");
  parser.Add()(
      "run", po::value(&a.run)->value_name("ID"),
      "one run of it alone, and its metrics;\nthe folder of a batch may stand for its experiment");
  parser.Add()("trace", po::value(&a.trace)->value_name("FILE"), "with --run: record it");
  parser.Add()("progress", po::value(&a.progress)->value_name("MODE"),
               "on standard error: auto, bar, plain, none");
}

std::optional<uint64_t> Environment(const char* name) {
  const char* const text = std::getenv(name);
  uint64_t value = 0;
  if (text == nullptr || !absl::SimpleAtoi(text, &value)) return std::nullopt;
  return value;
}

absl::StatusOr<sims::BatchPart> PartOf(const std::string& text) {
  sims::BatchPart part;
  if (text.empty()) return part;
  if (text == "slurm") {
    const auto id = Environment("SLURM_ARRAY_TASK_ID");
    const auto count = Environment("SLURM_ARRAY_TASK_COUNT");
    const auto least = Environment("SLURM_ARRAY_TASK_MIN");
    if (!id || !count || !least || *id < *least || *id - *least >= *count ||
        *count > sims::kMaxRuns) {
      return absl::InvalidArgumentError(
          "--shard slurm: this is no task of a job array numbered without gaps "
          "(SLURM_ARRAY_TASK_ID, _COUNT, _MIN)");
    }
    return sims::BatchPart{*id - *least, *count};
  }
  const std::vector<std::string> words = absl::StrSplit(text, '/');
  if (words.size() != 2 || !absl::SimpleAtoi(words[0], &part.index) ||
      !absl::SimpleAtoi(words[1], &part.of) || part.index >= part.of || part.of > sims::kMaxRuns) {
    return absl::InvalidArgumentError(
        absl::StrCat("--shard '", text, "': allowed are I/N, I from 0 to N-1, N at most ",
                     sims::kMaxRuns, ", and slurm"));
  }
  return part;
}

absl::Status CheckArguments(const OptionParser& given, const Arguments& a) {
  if (a.experiment.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("needs an experiment: a file, or one of the program's own (",
                     absl::StrJoin(sims::BuiltinExperiments(), ", "), ")"));
  }
  if (const absl::Status status = CheckThreads(given, a.threads); !status.ok()) return status;
  if (given.Has("trace") && !given.Has("run")) {
    return absl::InvalidArgumentError("--trace goes with --run");
  }
  if (given.Has("out") && a.out.empty()) return absl::InvalidArgumentError("--out: is empty");
  return absl::OkStatus();
}

int RunAgain(sims::Experiment experiment, const Arguments& a) {
  const uint64_t runs = sims::RunsOf(experiment.plan);
  if (a.run >= runs) {
    return Fail(kName, absl::StrCat("--run ", a.run, ": runs are 0 to ", runs - 1), kUsage);
  }
  if (experiment.plan.trace_detail() == v1::DETAIL_UNSPECIFIED) {
    experiment.plan.set_trace_detail(v1::DETAIL_DEALS);
  }
  const absl::StatusOr<v1::BatchRun> run =
      sims::RunOne(experiment, sims::RunAt(experiment.plan, a.run), a.trace);
  if (!run.ok()) return Fail(kName, std::string(run.status().message()), CodeOf(run.status()));
  if (!run->error().empty()) return Fail(kName, run->error(), kFailed);
  std::cout << RunText(experiment, *run);
  return kOk;
}

// Whether the word is the folder of a batch, which holds its experiment.
bool IsBatch(const std::string& word) {
  const std::vector<std::string> names = sims::BuiltinExperiments();
  return std::find(names.begin(), names.end(), word) == names.end() &&
         std::filesystem::exists(sims::BatchFolder(word).PlanPath());
}

absl::StatusOr<sims::Experiment> ExperimentIn(const std::string& folder) {
  const absl::StatusOr<v1::BatchPlan> plan = sims::ReadPlan(folder);
  if (!plan.ok()) return plan.status();
  if (const absl::Status status = sims::CheckBuild(folder, *plan); !status.ok()) return status;
  return sims::ExperimentOf(*plan);
}

// The call that goes on with it.
std::string ResumeCall(const Arguments& a, const std::string& folder) {
  return absl::StrCat("oneup batch ", Quoted(a.experiment), " --out ", Quoted(folder),
                      a.shard.empty() ? "" : absl::StrCat(" --shard ", a.shard), " --resume");
}

int Finish(const sims::Experiment& experiment, const sims::BatchFolder& folder) {
  const absl::StatusOr<sims::BatchCounts> counts = sims::WriteTables(experiment.plan, folder);
  if (!counts.ok()) {
    return Fail(kName,
                absl::StrCat(std::string(counts.status().message()),
                             "; all shards are there, --resume writes the tables of them"),
                CodeOf(counts.status()));
  }
  std::cout << DoneText(experiment.plan, *counts, folder.path());
  return counts->failed > 0 ? kFailed : kOk;
}

int RunAll(const sims::Experiment& experiment, const Arguments& a, sims::BatchPart part,
           sims::ProgressMode mode, int threads) {
  // A limit on the size of files is told as the write's error, like a full disk.
  std::signal(SIGXFSZ, SIG_IGN);
  const std::string path = a.out.empty() ? experiment.plan.name() + ".batch" : a.out;
  const absl::StatusOr<sims::BatchFolder> folder =
      sims::BatchFolder::Open(path, experiment.plan, part, a.resume);
  if (!folder.ok()) {
    return Fail(kName, std::string(folder.status().message()), CodeOf(folder.status()));
  }
  if (const std::string warning = folder->warning(); !warning.empty()) {
    std::cerr << "oneup " << kName << ": " << warning << "\n";
  }
  for (const std::string& line : folder->damaged()) {
    std::cerr << "oneup " << kName << ": " << line << "; it is run again\n";
  }
  const std::vector<uint64_t>& missing = folder->missing();
  uint64_t runs = 0;
  for (const uint64_t shard : missing) runs += sims::RangeOf(experiment.plan, shard).count;
  sims::Progress progress("runs", static_cast<int64_t>(runs), mode);
  const Interrupt interrupt;
  const absl::Status status =
      sims::RunShards(experiment, *folder,
                      {.threads = threads, .stop = &interrupt.asked(), .progress = [&progress] {
                         progress.Advance();
                       }});
  progress.Finish();
  if (absl::IsCancelled(status)) {
    return Fail(kName,
                absl::StrCat("stopped; finished shards stay, those under way are abandoned\n  ",
                             ResumeCall(a, path), "   goes on"),
                interrupt.exit_code());
  }
  if (!status.ok()) {
    return Fail(kName,
                absl::StrCat(std::string(status.message()),
                             "; finished shards stay, --resume "
                             "goes on with them"),
                CodeOf(status));
  }
  if (part.of == 1) return Finish(experiment, *folder);
  std::cout << "part " << part.index << "/" << part.of << " of " << experiment.plan.name()
            << " is in " << path << "; oneup merge makes the tables when all parts are there\n";
  return kOk;
}

int RunBatch(const std::vector<std::string>& args) {
  Arguments a;
  OptionParser parser("batch EXPERIMENT [OPTIONS]", kText);
  AddOptions(parser, a);
  if (const std::optional<int> code = parser.Parse(args)) return *code;
  if (const absl::Status status = CheckArguments(parser, a); !status.ok()) {
    return Fail(kName, std::string(status.message()), kUsage);
  }
  const absl::StatusOr<sims::BatchPart> part = PartOf(a.shard);
  if (!part.ok()) return Fail(kName, std::string(part.status().message()), kUsage);
  sims::ProgressMode mode = sims::ProgressMode::kAuto;
  if (!sims::ParseProgressMode(a.progress, &mode)) {
    return Fail(kName,
                absl::StrCat("--progress '", a.progress, "': allowed are auto, bar, plain, none"),
                kUsage);
  }
  const bool in_folder = IsBatch(a.experiment);
  if (in_folder && !parser.Has("run")) {
    return Fail(kName,
                absl::StrCat(a.experiment, ": is the folder of a batch, which goes with --run"),
                kUsage);
  }
  absl::StatusOr<sims::Experiment> experiment =
      in_folder ? ExperimentIn(a.experiment) : sims::LoadExperiment(a.experiment);
  if (!experiment.ok()) {
    return Fail(kName, std::string(experiment.status().message()), CodeOf(experiment.status()));
  }
  const int threads = ThreadsOf(a.threads);
  if (parser.Has("run")) return RunAgain(*std::move(experiment), a);
  if (a.dry_run) {
    std::cout << PlanText(*experiment, sims::Probe(*experiment), threads);
    return kOk;
  }
  return RunAll(*experiment, a, *part, mode, threads);
}

}  // namespace

extern const Command kBatchCommand = {
    kName, "run an experiment: many runs of varied scenarios, resumable, in tables", RunBatch};

}  // namespace oneup::cli
