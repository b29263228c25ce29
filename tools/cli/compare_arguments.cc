#include "tools/cli/compare_arguments.h"

#include "absl/strings/str_cat.h"
#include "market/kernel/civil_time.h"
#include "sims/report/json.h"
#include "sims/world/resolution.h"
#include "tools/cli/run_arguments.h"
#include "tools/cli/what_if_argument.h"

namespace oneup::cli {
namespace {

constexpr int kMostSeeds = 10'000'000;
constexpr int kMostExplainSeeds = 10'000;

}  // namespace

void AddCompareOptions(OptionParser& parser, CompareArguments& a) {
  namespace po = boost::program_options;
  parser.AddPositional("scenario", &a.scenario);
  AddWhatIfOption(parser, a.what_if);
  parser.Add()("list", po::bool_switch(&a.list), "list the what-ifs of the program");
  parser.Add()("seed", po::value(&a.seed)->value_name("N"),
               "seed of the first pair; without it the scenario's own");
  parser.Add()("seeds", po::value(&a.seeds)->value_name("N"), "pairs of runs (200)");
  parser.Add()("precision", po::value(&a.precision)->value_name("H"),
               "add pairs until the interval of each --metric (without one: of deals) has\n"
               "this half-width or less, in the metric's unit");
  parser.Add()("most-seeds", po::value(&a.most_seeds)->value_name("N"),
               "with --precision: pairs at most (10000)");
  parser.Add()("metric", po::value(&a.metrics)->value_name("NAME"),
               "an outcome to compare, '*' for any characters (deal.huang.*); may be given\n"
               "several times; without it totals, deals, stocks and the network");
  parser.Add()("level", po::value(&a.level)->value_name("P"), "of the intervals, percent (95)");
  parser.Add()("threads", po::value(&a.threads)->value_name("N"),
               "threads; the results do not depend on it");
  parser.Add()("resolution", po::value(&a.resolution)->value_name("R"),
               "low (the default here), default, high, or orders a day and listing");
  parser.Add()("until", po::value(&a.until)->value_name("DAY"), "simulate up to this day");
  parser.Add()("explain", po::bool_switch(&a.explain),
               "where a pair parts, what led to each changed deal, and which rules carried\n"
               "the effect");
  parser.Add()("explain-seeds", po::value(&a.explain_seeds)->value_name("N"),
               "seeds of the last of these (20); each takes 128 runs");
  parser.Add()("report", po::value(&a.report)->value_name("FILE.html"),
               "write a page with charts that needs no network");
  parser.Add()("format", po::value(&a.format)->value_name("F"), "text, json or csv");
}

absl::StatusOr<sims::CompareOptions> CheckCompareArguments(const OptionParser& given,
                                                           const CompareArguments& a) {
  const auto error = [](const std::string& message) { return absl::InvalidArgumentError(message); };
  if (a.what_if.empty()) {
    return error("needs --do WHAT, what is otherwise (oneup compare --list shows examples)");
  }
  if (a.seeds < 2 || a.seeds > kMostSeeds) {
    return error(absl::StrCat("--seeds ", a.seeds, ": allowed are 2 to ", kMostSeeds));
  }
  if (given.Has("precision") && !(a.precision > 0 && a.precision < 1e9)) {
    return error("--precision: allowed is a half-width above 0");
  }
  if (given.Has("most-seeds") && !given.Has("precision")) {
    return error("--most-seeds goes with --precision only");
  }
  if (given.Has("precision") && (a.most_seeds < a.seeds || a.most_seeds > kMostSeeds)) {
    return error(absl::StrCat("--most-seeds ", a.most_seeds, ": allowed are --seeds, ", a.seeds,
                              ", to ", kMostSeeds));
  }
  if (!(a.level >= 50 && a.level <= 99.99)) {
    return error("--level: allowed are 50 to 99.99 percent");
  }
  if (const absl::Status status = CheckThreads(given, a.threads); !status.ok()) return status;
  if (given.Has("explain-seeds") && !a.explain) {
    return error("--explain-seeds goes with --explain only");
  }
  if (a.explain_seeds < 2 || a.explain_seeds > kMostExplainSeeds) {
    return error(absl::StrCat("--explain-seeds ", a.explain_seeds, ": allowed are 2 to ",
                              kMostExplainSeeds));
  }
  if (const absl::Status status = CheckFormat(a.format); !status.ok()) return status;
  if (a.explain && a.format == "csv") return error("--explain goes with --format text or json");
  if (given.Has("report") && a.report.empty()) return error("--report: is empty");
  const auto resolution = sims::ParseResolution(a.resolution);
  if (!resolution.ok()) return resolution.status();
  sims::CompareOptions options;
  options.runs.run.resolution = *resolution;
  if (!a.until.empty()) {
    const auto until = kernel::ParseDay(a.until);
    if (!until.ok()) {
      return error(absl::StrCat("--until '", a.until, "': allowed is a day such as 2025-09-10"));
    }
    options.runs.run.until = *until;
  }
  options.runs.seeds = a.seeds;
  options.level = a.level / 100;
  if (given.Has("precision")) options.half_width = a.precision;
  options.most_seeds = a.most_seeds;
  return options;
}

std::string CallOf(const CompareArguments& a, uint64_t seed) {
  std::string call = absl::StrCat("oneup compare ", Quoted(a.scenario));
  absl::StrAppend(&call, WhatIfCall(a.what_if), " --seed ", seed, " --seeds ", a.seeds,
                  " --resolution ", Quoted(a.resolution));
  if (!a.until.empty()) absl::StrAppend(&call, " --until ", a.until);
  for (const std::string& name : a.metrics) absl::StrAppend(&call, " --metric ", Quoted(name));
  if (a.precision > 0) {
    absl::StrAppend(&call, " --precision ", sims::FormatNumber(a.precision), " --most-seeds ",
                    a.most_seeds);
  }
  if (a.level != 95) absl::StrAppend(&call, " --level ", sims::FormatNumber(a.level));
  if (a.explain) absl::StrAppend(&call, " --explain --explain-seeds ", a.explain_seeds);
  return call;
}

}  // namespace oneup::cli
