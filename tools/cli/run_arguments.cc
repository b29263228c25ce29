#include "tools/cli/run_arguments.h"

#include <iostream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "sims/replay/recording.h"
#include "sims/report/html_report.h"
#include "sims/world/resolution.h"
#include "tools/cli/command.h"
#include "tools/cli/output_file.h"
#include "tools/cli/replay_charts.h"
#include "tools/cli/replay_data.h"
#include "tools/cli/replay_tables.h"
#include "tools/cli/telling.h"
#include "tools/cli/what_if_argument.h"

namespace oneup::cli {
namespace {

// A day option; the fallback if it was not given.
absl::StatusOr<kernel::CivilDay> DayOption(const char* name, const std::string& text,
                                           kernel::CivilDay fallback) {
  if (text.empty()) return fallback;
  absl::StatusOr<kernel::CivilDay> day = kernel::ParseDay(text);
  if (day.ok()) return day;
  return absl::InvalidArgumentError(std::string(name) + " '" + text +
                                    "': allowed is a day such as 2025-09-10");
}

std::optional<v1::Detail> ParseDetail(const std::string& text) {
  if (text == "summary") return v1::DETAIL_SUMMARY;
  if (text == "deals") return v1::DETAIL_DEALS;
  if (text == "market") return v1::DETAIL_MARKET;
  if (text == "full") return v1::DETAIL_FULL;
  return std::nullopt;
}

template <typename T>
void AddOption(OptionParser& parser, const char* option, T* value, const char* placeholder,
               const char* help) {
  namespace po = boost::program_options;
  parser.Add()(option, po::value(value)->value_name(placeholder), help);
}

}  // namespace

void AddRunOptions(OptionParser& parser, RunArguments& a, const char* seeds, const char* from,
                   const char* until) {
  parser.AddPositional("scenario", &a.scenario);
  AddOption(parser, "seed", &a.seed, "N", "seed of the (first) run; without it the scenario's own");
  AddOption(parser, "seeds", &a.seeds, "N", seeds);
  AddOption(parser, "threads", &a.threads, "N", "threads; the results do not depend on it");
  AddOption(parser, "resolution", &a.resolution, "R",
            "low, default, high, or orders a day and listing");
  AddOption(parser, "from", &a.from, "DAY", from);
  AddOption(parser, "until", &a.until, "DAY", until);
  AddWhatIfOption(parser, a.what_if);
}

void AddTellingOptions(OptionParser& parser, RunArguments& a, const char* plot) {
  namespace po = boost::program_options;
  parser.Add()("step", po::bool_switch(&a.step), "wait for a key after each event");
  AddOption(parser, "speed", &a.speed, "X", "tell X events a second, 0.001 to 1000");
  parser.Add()("plot", po::bool_switch(&a.plot), plot);
  AddOption(parser, "report", &a.report, "FILE.html",
            "write a page with charts that needs no network");
  AddOption(parser, "format", &a.format, "F", "text, json or csv");
  AddOption(parser, "trace", &a.trace, "FILE",
            "record the (first) run in FILE, compressed if it ends in .zst");
  AddOption(parser, "detail", &a.detail, "D", "of the trace: summary, deals, market or full");
}

const char* TellingOption(const RunArguments& a) {
  if (a.plot) return "--plot";
  if (a.step) return "--step";
  return a.speed != 0 ? "--speed" : nullptr;
}

absl::StatusOr<RunSettings> CheckRunArguments(const OptionParser& given, const RunArguments& a,
                                              int most_seeds) {
  const auto error = [](const std::string& message) { return absl::InvalidArgumentError(message); };
  const std::pair<const char*, const std::string&> texts[] = {
      {"from", a.from}, {"until", a.until}, {"trace", a.trace}, {"report", a.report}};
  for (const auto& [name, text] : texts) {
    if (given.Has(name) && text.empty()) return error(absl::StrCat("--", name, ": is empty"));
  }
  if (a.seeds < 1 || a.seeds > most_seeds) {
    return error(absl::StrCat("--seeds ", a.seeds, ": allowed are 1 to ", most_seeds));
  }
  if (const absl::Status status = CheckThreads(given, a.threads); !status.ok()) return status;
  if (a.speed != 0 && !(a.speed >= 0.001 && a.speed <= 1000)) {
    return error("--speed: allowed are 0.001 to 1000 events a second, or 0 for no pause");
  }
  if (const absl::Status status = CheckFormat(a.format); !status.ok()) return status;
  if (a.format != "text" && TellingOption(a) != nullptr) {
    return error(absl::StrCat(TellingOption(a), " goes with --format text only"));
  }
  if (given.Has("detail") && a.trace.empty()) return error("--detail goes with --trace only");
  if (!a.trace.empty() && a.trace == a.report) {
    return error("--trace and --report name the same file");
  }
  const std::optional<v1::Detail> detail = ParseDetail(a.detail);
  if (!detail) {
    return error(
        absl::StrCat("--detail '", a.detail, "': allowed are summary, deals, market, full"));
  }
  const absl::StatusOr<traders::Resolution> resolution = sims::ParseResolution(a.resolution);
  const auto from = DayOption("--from", a.from, kernel::CivilDay::min());
  const auto until = DayOption("--until", a.until, kernel::CivilDay::max());
  for (const absl::Status& status : {resolution.status(), from.status(), until.status()}) {
    if (!status.ok()) return status;
  }
  if (*from > *until) return error(absl::StrCat("--from ", a.from, " is after --until ", a.until));
  return RunSettings{*resolution, *from, *until, *detail};
}

std::string Quoted(const std::string& word) {
  const char* plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:,+=@%";
  if (!word.empty() && word.find_first_not_of(plain) == word.npos) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::optional<int> CheckReport(const std::string& command, const RunArguments& a) {
  if (a.report.empty()) return std::nullopt;
  const absl::Status status = CheckWritable(a.report);
  if (status.ok()) return std::nullopt;
  return Fail(command, std::string(status.message()), kCantCreate);
}

std::optional<int> RecordTrace(const std::string& command, const RunArguments& a,
                               const RunSettings& settings, const sims::LoadedScenario& scenario,
                               const sims::RunOptions& run) {
  if (a.trace.empty()) return std::nullopt;
  const absl::StatusOr<std::string> digest =
      sims::TraceRun(scenario, run, settings.detail, a.trace);
  if (!digest.ok()) return Fail(command, std::string(digest.status().message()), kCantCreate);
  std::cerr << "trace of seed " << run.seed << " written to " << a.trace << " (" << *digest
            << ")\n";
  return std::nullopt;
}

int TellReplay(const std::string& command, const RunArguments& a, const RunSettings& settings,
               const sims::LoadedScenario& scenario, const sims::Replay& replay,
               const std::string& call) {
  if (!a.report.empty()) {
    const sims::ReportData data = ReportOf(scenario, replay, settings.from, settings.until, call);
    const absl::Status status = WriteFileAtomically(a.report, sims::RenderHtmlReport(data));
    if (!status.ok()) return Fail(command, std::string(status.message()), kCantCreate);
    std::cerr << "report written to " << a.report << "\n";
  }
  if (a.format == "json") {
    std::cout << ReplayJson(scenario, replay, settings.from);
  } else if (a.format == "csv") {
    std::cout << ReplayCsv(scenario, replay, settings.from);
  } else {
    const sims::TerminalStyle style = TellingStyle();
    if (!TellEvents(scenario, replay, settings.from, settings.until, {a.step, a.speed}, style)) {
      return kOk;
    }
    if (a.plot) std::cout << PlotPrices(scenario, replay, settings.from, style);
    std::cout << ClosingTables(scenario, replay, settings.from, style);
  }
  return kOk;
}

}  // namespace oneup::cli
