// `oneup eventstudy`: an event study on returns and events from files.
#include <absl/strings/numbers.h>
#include <absl/strings/str_format.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "market/kernel/civil_time.h"
#include "sims/report/json.h"
#include "sims/report/terminal_table.h"
#include "sims/stats/event_csv.h"
#include "sims/stats/event_study.h"
#include "tools/cli/command.h"
#include "tools/cli/options.h"

namespace oneup::cli {
namespace {

namespace po = boost::program_options;

constexpr char kName[] = "eventstudy";

constexpr char kText[] =
    "Studies what events did to prices beyond what the market did (MacKinlay 1997): fits the\n"
    "market model before each event, sums the abnormal returns around it, averages over the\n"
    "events and tests the sum. docs/event-study.md explains files, formulas and choices.\n\n"
    "R: a line a trading day, \"date,TICKER,...\", daily returns as 0.0123, blanks for none.\n"
    "E: \"security_ticker,market_ticker,event_date\", dates as 2025-09-10 or 10/09/2025. A date\n"
    "that is no trading day moves to the next one; an event without enough data is skipped,\n"
    "named on standard error and counted.\n\n"
    "exit status: 0 studied, 1 no event could be, 64 wrong usage, 65 a file is wrong, 66 missing";

constexpr size_t kMaxSkippedShown = 20;

struct Study {
  sims::EventStudyOptions options;
  std::string variance = "residual";
  std::string p_value = "t";
  size_t events = 0;
  sims::ListedStudy listed;
  std::vector<sims::AverageRow> rows;
};

// "-5,10".
bool ParseWindow(const std::string& text, int* first, int* last) {
  const size_t comma = text.find(',');
  return comma != std::string::npos && absl::SimpleAtoi(text.substr(0, comma), first) &&
         absl::SimpleAtoi(text.substr(comma + 1), last) && *first <= *last && *first >= -100'000 &&
         *last <= 100'000;
}

void PrintCsv(const Study& study) {
  std::cout << "day,AAR,Var_AAR,CAAR,Var_CAAR,T,P\n";
  for (const sims::AverageRow& row : study.rows) {
    std::cout << row.day;
    for (const double value : {row.aar, row.var_aar, row.caar, row.var_caar, row.t, row.p}) {
      std::cout << "," << sims::FormatNumber(value);
    }
    std::cout << "\n";
  }
}

void WriteEvent(sims::JsonWriter& json, const sims::ListedEvent& event) {
  json.Key("line").Value(event.line);
  json.Key("security_ticker").Value(event.security);
  json.Key("market_ticker").Value(event.market);
  json.Key("event_date").Value(kernel::FormatDay(event.date));
}

void PrintJson(const Study& study) {
  sims::JsonWriter json(2);
  json.Object();
  json.Key("estimation").Value(study.options.estimation);
  json.Key("buffer").Value(study.options.buffer);
  json.Key("window").Array().Value(study.options.first_day).Value(study.options.last_day);
  json.EndArray();
  json.Key("market_lag").Value(study.options.market_lag);
  json.Key("variance").Value(study.variance);
  json.Key("p_value").Value(study.p_value);
  json.Key("events").Value(study.events);
  json.Key("used").Value(study.listed.used.size());
  json.Key("moved").Value(study.listed.moved);
  json.Key("skipped").Value(study.listed.skipped.size());
  json.Key("rows").Array();
  for (const sims::AverageRow& row : study.rows) {
    json.Object().Key("day").Value(row.day).Key("AAR").Value(row.aar);
    json.Key("Var_AAR").Value(row.var_aar).Key("CAAR").Value(row.caar);
    json.Key("Var_CAAR").Value(row.var_caar).Key("T").Value(row.t).Key("P").Value(row.p);
    json.EndObject();
  }
  json.EndArray().Key("studies").Array();
  for (size_t i = 0; i < study.listed.results.size(); ++i) {
    const sims::EventResult& result = study.listed.results[i];
    json.Object();
    WriteEvent(json, study.listed.used[i]);
    json.Key("alpha").Value(result.model.alpha).Key("beta").Value(result.model.beta);
    json.Key("residual_variance").Value(result.model.ResidualVariance());
    json.Key("CAR").Value(result.Car(result.first_day, result.last_day()));
    json.Key("AR").Array();
    for (const double abnormal : result.abnormal) json.Value(abnormal);
    json.EndArray().EndObject();
  }
  json.EndArray().Key("skipped_events").Array();
  for (const sims::SkippedEvent& skipped : study.listed.skipped) {
    json.Object();
    WriteEvent(json, skipped.event);
    json.Key("reason").Value(skipped.reason).EndObject();
  }
  json.EndArray().EndObject();
  std::cout << json.text() << "\n";
}

const char* Stars(double p) { return p < 0.01 ? "***" : p < 0.05 ? "**" : p < 0.10 ? "*" : ""; }

void PrintText(const Study& study) {
  using sims::Align;
  const sims::TerminalStyle style = sims::TerminalStyle::Detect(stdout);
  std::vector<sims::TableRow> rows;
  for (const sims::AverageRow& row : study.rows) {
    const std::string caar = absl::StrFormat("%+.3f %%", 100 * row.caar);
    rows.push_back(
        {{row.day == 0 ? "0" : absl::StrFormat("%+d", row.day),
          absl::StrFormat("%+.3f %%", 100 * row.aar), absl::StrFormat("%.3g", row.var_aar),
          row.p < 0.05 ? sims::Paint(style, sims::Color::kBold, caar) : caar,
          absl::StrFormat("%.3g", row.var_caar), absl::StrFormat("%+.2f", row.t),
          row.p < 0.00005 ? "< 0.0001" : absl::StrFormat("%.4f", row.p), Stars(row.p)}});
  }
  std::cout << sims::RenderTable({{"day", Align::kRight},
                                  {"AAR", Align::kRight},
                                  {"Var_AAR", Align::kRight},
                                  {"CAAR", Align::kRight},
                                  {"Var_CAAR", Align::kRight},
                                  {"T", Align::kRight},
                                  {"P", Align::kRight},
                                  {""}},
                                 rows, style)
            << "\n"
            << study.listed.used.size() << " of " << study.events
            << " events; P two-sided: *** below 1 %, ** 5 %, * 10 %\n";
}

void NameSkipped(const Study& study, const std::string& file) {
  const std::vector<sims::SkippedEvent>& skipped = study.listed.skipped;
  for (size_t i = 0; i < std::min(skipped.size(), kMaxSkippedShown); ++i) {
    const sims::ListedEvent& event = skipped[i].event;
    std::cerr << file << ":" << event.line << ": skipped " << event.security << " on "
              << kernel::FormatDay(event.date) << ": " << skipped[i].reason << "\n";
  }
  if (skipped.size() > kMaxSkippedShown) {
    std::cerr << "and " << skipped.size() - kMaxSkippedShown
              << " more; --format json names them all\n";
  }
  if (!skipped.empty()) {
    std::cerr << "oneup eventstudy: skipped " << skipped.size() << " of " << study.events
              << " events\n";
  }
}

int BadFile(const absl::Status& status) {
  const bool unreadable = absl::IsNotFound(status) || absl::IsFailedPrecondition(status);
  return Fail(kName, std::string(status.message()), unreadable ? kNoInput : kBadInput);
}

int RunEventStudy(const std::vector<std::string>& args) {
  Study study;
  std::string returns_file;
  std::string events_file;
  std::string window = "-5,10";
  std::string format = "text";
  OptionParser parser("eventstudy --returns R.csv --events E.csv [OPTIONS]", kText);
  parser.Add()("returns", po::value(&returns_file)->value_name("R.csv"), "the daily returns")(
      "events", po::value(&events_file)->value_name("E.csv"), "the events")(
      "estimation", po::value(&study.options.estimation)->value_name("DAYS"),
      "length of the estimation window (250)")("buffer",
                                               po::value(&study.options.buffer)->value_name("DAYS"),
                                               "days between it and the event window (30)")(
      "window", po::value(&window)->value_name("FIRST,LAST"),
      "event window, days relative to the event (-5,10)")(
      "format", po::value(&format)->value_name("csv|json|text"),
      "csv: day,AAR,Var_AAR,CAAR,Var_CAAR,T,P; json: also each event and what was skipped; "
      "text: a table (default)")(
      "variance", po::value(&study.variance)->value_name("KIND"),
      "residual: sum e^2 / (L - 2) (default); prediction: plus the error of alpha and beta; "
      "population: sum e^2 / L, as the Python package eventstudy")(
      "p-value", po::value(&study.p_value)->value_name("t|normal"),
      "t: Student's, with the sum of L - 2 degrees of freedom (default); normal: large samples")(
      "market-lag", po::value(&study.options.market_lag)->value_name("DAYS"),
      "pair a return with the market's of so many rows before (0)");
  if (const std::optional<int> code = parser.Parse(args)) return *code;
  if (returns_file.empty()) return Fail(kName, "--returns is missing", kUsage);
  if (events_file.empty()) return Fail(kName, "--events is missing", kUsage);
  if (!ParseWindow(window, &study.options.first_day, &study.options.last_day)) {
    return Fail(kName, "--window " + sims::Quoted(window) + ": write two days, first,last: -5,10",
                kUsage);
  }
  if (study.options.estimation < 3 || study.options.estimation > 1'000'000) {
    return Fail(kName, "--estimation: allowed are 3 to 1000000 days", kUsage);
  }
  if (study.options.buffer < 0 || study.options.buffer > 1'000'000) {
    return Fail(kName, "--buffer: allowed are 0 to 1000000 days", kUsage);
  }
  if (std::abs(study.options.market_lag) > 1'000) {
    return Fail(kName, "--market-lag: allowed are -1000 to 1000 days", kUsage);
  }
  if (format != "csv" && format != "json" && format != "text") {
    return Fail(kName, "--format " + sims::Quoted(format) + ": allowed are csv, json and text",
                kUsage);
  }
  if (study.variance == "prediction") {
    study.options.variance = sims::VarianceKind::kPrediction;
  } else if (study.variance == "population") {
    study.options.variance = sims::VarianceKind::kPopulation;
  } else if (study.variance != "residual") {
    return Fail(kName,
                "--variance " + sims::Quoted(study.variance) +
                    ": allowed are residual, prediction and population",
                kUsage);
  }
  if (study.p_value != "t" && study.p_value != "normal") {
    return Fail(kName, "--p-value " + sims::Quoted(study.p_value) + ": allowed are t and normal",
                kUsage);
  }

  const absl::StatusOr<sims::CsvTable> returns_csv = sims::CsvTable::Read(returns_file);
  if (!returns_csv.ok()) return BadFile(returns_csv.status());
  const absl::StatusOr<sims::ReturnTable> returns = sims::ToReturns(*returns_csv);
  if (!returns.ok()) return BadFile(returns.status());
  const absl::StatusOr<sims::CsvTable> events_csv = sims::CsvTable::Read(events_file);
  if (!events_csv.ok()) return BadFile(events_csv.status());
  const absl::StatusOr<std::vector<sims::ListedEvent>> events = sims::ToEvents(*events_csv);
  if (!events.ok()) return BadFile(events.status());

  study.events = events->size();
  absl::StatusOr<sims::ListedStudy> listed = sims::StudyEvents(*returns, *events, study.options);
  if (!listed.ok()) return Fail(kName, std::string(listed.status().message()), kUsage);
  study.listed = *std::move(listed);
  study.rows =
      sims::AverageEvents(study.listed.results, study.p_value == "t" ? sims::PValueKind::kStudent
                                                                     : sims::PValueKind::kNormal);

  NameSkipped(study, events_file);
  const bool studied = !study.rows.empty();
  if (format == "json") {
    PrintJson(study);
  } else if (format == "csv") {
    PrintCsv(study);
  } else if (studied) {
    PrintText(study);
  }
  if (!studied) return Fail(kName, "no event could be studied", kFailed);
  return kOk;
}

}  // namespace

extern const Command kEventStudyCommand = {kName, "study events on returns from files",
                                           RunEventStudy};

}  // namespace oneup::cli
