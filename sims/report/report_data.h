// What a report of a replay says: plain data, filled by whoever ran it, shown by
// html_report.h. All texts are UTF-8 in any script; nothing need be escaped. NaN is
// "not known" and shows as a dash.
#pragma once

#include <limits>
#include <string>
#include <vector>

namespace oneup::sims {

inline constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

// A simulated quantity over the ensemble, beside what history recorded.
struct Estimate {
  double recorded = kUnknown;
  double median = kUnknown;
  double p05 = kUnknown;
  double p95 = kUnknown;
};

// Daily closes of a listing. The vectors are of one length; prices in the listing's
// own currency (the page indexes them to 100).
struct ReportSeries {
  std::string ticker = {};              // "ORCL"
  std::string name = {};                // "Oracle"
  std::vector<std::string> dates = {};  // "2025-09-10", ascending
  std::vector<double> median = {};      // simulated
  std::vector<double> p05 = {};
  std::vector<double> p95 = {};
  std::vector<double> recorded = {};
};

// An entry of the timeline.
struct ReportEvent {
  std::string id = {};                    // "oracle_300"
  std::string date = {};                  // "2025-09-10", or less precise: "2023", "spring 2024"
  std::string headline = {};              // one sentence
  std::string actors = {};                // "Altman, Catz"
  std::string terms = {};                 // "$300 bn, 4.5 GW"; may be empty
  std::string narrative = {};             // what happened, a few sentences; may be empty
  std::string secret = {};                // who knew of it; empty if it was public
  std::string reaction = {};              // "ORCL +37.7 %, recorded +35.9 %"; may be empty
  std::string evidence = {};              // source and note
  std::vector<std::string> tickers = {};  // whose charts carry a marker
  // The day of its mark in the charts, as its first session; `date` if empty.
  std::string marked_on = {};
  bool deal = false;  // a deal (marked with a letter) or an incident (a plain line)
};

// How one listing answered one event. Returns as fractions, 0.355 = 35.5 %.
struct ReportReaction {
  std::string event = {};  // ReportEvent::id
  std::string ticker = {};
  Estimate gap = {};           // open over the close before
  Estimate first_day = {};     // close over the close before
  Estimate abnormal = {};      // first_day less the market model's prediction
  Estimate car_1_1 = {};       // cumulative abnormal return, days -1 to +1
  Estimate car_0_20 = {};      // days 0 to +20
  Estimate volume_ratio = {};  // the day's volume over the mean before
  Estimate added_value_usd_bn = {};
  double leave_one_out = kUnknown;  // abnormal, predicted by a fit without this event
};

// A running total at the end.
struct ReportTotal {
  std::string label = {};  // "market value added"
  std::string unit = {};   // "USD bn"
  Estimate value = {};
};

struct ReportData {
  std::string title = {};        // "2025: one day at a time"
  std::string description = {};  // one or two sentences
  std::string command = {};      // the command line that makes this page again
  std::string scenario = {};     // name and digest
  std::string version = {};      // of the program
  int seeds = 1;
  std::vector<ReportSeries> series = {};
  std::vector<ReportEvent> events = {};  // in order of time
  std::vector<ReportReaction> reactions = {};
  std::vector<ReportTotal> totals = {};
  std::vector<std::string> notes = {};  // what the reader should know of its limits
};

}  // namespace oneup::sims
