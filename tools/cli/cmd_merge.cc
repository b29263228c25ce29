#include <algorithm>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "sims/batch/folder.h"
#include "sims/batch/merge.h"
#include "tools/cli/batch_output.h"
#include "tools/cli/command.h"
#include "tools/cli/options.h"

namespace oneup::cli {
namespace {

constexpr char kName[] = "merge";

constexpr char kText[] =
    "Joins the parts of a batch (oneup batch --shard) and writes its tables, byte for byte those\n"
    "of a batch that was run at once. Every shard and every trace is checked first.\n"
    "\n"
    "  oneup merge out                  parts that were run into one folder\n"
    "  oneup merge a b c --out whole    parts that were run in folders of their own\n"
    "\n"
    "What is missing, damaged, of another batch, or there twice with different runs is told by\n"
    "name, and nothing is written then (exit code 1). The same shard twice is no mistake.";

int RunMerge(const std::vector<std::string>& args) {
  namespace po = boost::program_options;
  std::vector<std::string> folders;
  std::string out;
  OptionParser parser("merge DIR... [OPTIONS]", kText);
  parser.AddPositionals("folders", &folders);
  parser.Add()("out,o", po::value(&out)->value_name("DIR"),
               "where the whole batch goes (default: the only DIR)");
  if (const std::optional<int> code = parser.Parse(args)) return *code;
  if (folders.empty()) return Fail(kName, "needs a folder of a batch", kUsage);
  if (out.empty() && folders.size() > 1) {
    return Fail(kName, "several folders need --out", kUsage);
  }
  if (out.empty()) out = folders[0];
  const absl::StatusOr<sims::MergeOutcome> outcome = sims::MergeBatch(folders, out);
  if (!outcome.ok()) {
    return Fail(kName, std::string(outcome.status().message()), CodeOf(outcome.status()));
  }
  for (const std::string& problem : outcome->problems) Fail(kName, problem, kFailed);
  if (!outcome->problems.empty()) return kFailed;
  if (!outcome->warning.empty()) std::cerr << "oneup " << kName << ": " << outcome->warning << "\n";
  const absl::StatusOr<v1::BatchPlan> plan = sims::ReadPlan(out);
  if (!plan.ok()) return Fail(kName, std::string(plan.status().message()), CodeOf(plan.status()));
  std::cout << DoneText(*plan, outcome->counts, out);
  return outcome->counts.failed > 0 ? kFailed : kOk;
}

}  // namespace

extern const Command kMergeCommand = {kName, "join the parts of a batch that was run in several",
                                      RunMerge};

}  // namespace oneup::cli
