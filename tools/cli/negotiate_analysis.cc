#include <absl/strings/str_cat.h>

#include <cstdio>

#include "market/kernel/math.h"
#include "sims/report/json.h"
#include "sims/report/terminal_table.h"
#include "tools/cli/negotiate_output.h"
#include "tools/cli/negotiate_words.h"

namespace oneup::cli {
namespace {

using negotiation::Analysis;
using negotiation::ParetoPoint;
using sims::JsonWriter;

// A point of the frontier with its outcome.
void WritePoint(JsonWriter& json, const NegotiationReport& report, const ParetoPoint& point) {
  json.Object().Key("utilities");
  WriteNumbers(json, point.utilities);
  json.Key("outcome");
  WriteOutcome(json, report.domain->space, point.outcome);
  json.EndObject();
}

}  // namespace

std::string AnalysisText(const NegotiationReport& report) {
  const Analysis& analysis = *report.analysis;
  const auto point = [&](const ParetoPoint& at) {
    return absl::StrCat(Figures(at.utilities), "  ", Spell(report.domain->space, at.outcome));
  };
  std::vector<sims::TableRow> rows = {
      {{"outcomes", absl::StrCat(analysis.outcomes)}},
      {{"on the Pareto frontier", absl::StrCat(analysis.frontier.size())}},
      {{"nash_product", Figure(analysis.nash_product)}},
      {{"  at", point(analysis.nash)}},
      {{"social_welfare",
        Figure(negotiation::Judge(analysis, analysis.welfare.utilities).social_welfare)}},
      {{"  at", point(analysis.welfare)}},
      {{"Kalai-Smorodinsky",
        analysis.kalai_smorodinsky ? point(*analysis.kalai_smorodinsky) : "n/a"}},
      {{"opposition", Figure(analysis.opposition)}},
      {{"balance", Figure(analysis.balance)}},
      {{"greatest distance to Pareto", Figure(report.greatest_distance)}},
  };
  for (const negotiation::Profile& profile : report.domain->profiles) {
    rows.push_back(
        {{"reservation, discount", absl::StrCat(Figure(profile.reservation), " ",
                                                Figure(profile.discount), "  ", profile.name)}});
  }
  return sims::RenderTable({{"figure"}, {"value"}}, rows, sims::TerminalStyle::Detect(stdout));
}

std::string AnalysisJson(const NegotiationReport& report) {
  const Analysis& analysis = *report.analysis;
  JsonWriter json(2);
  json.Object();
  json.Key("domain").Value(report.domain->name);
  json.Key("outcomes").Value(analysis.outcomes);
  json.Key("nash_product").Value(analysis.nash_product);
  json.Key("social_welfare")
      .Value(negotiation::Judge(analysis, analysis.welfare.utilities).social_welfare);
  json.Key("opposition").Value(analysis.opposition);
  json.Key("balance").Value(analysis.balance.value_or(math::kNaN));
  json.Key("greatest_distance_to_pareto").Value(report.greatest_distance.value_or(math::kNaN));
  json.Key("negolog").Object();
  json.Key("nash_product").Value(analysis.negolog_nash_product);
  json.Key("opposition").Value(analysis.negolog_opposition);
  json.EndObject();
  json.Key("nash");
  WritePoint(json, report, analysis.nash);
  json.Key("welfare");
  WritePoint(json, report, analysis.welfare);
  json.Key("kalai_smorodinsky");
  if (analysis.kalai_smorodinsky) {
    WritePoint(json, report, *analysis.kalai_smorodinsky);
  } else {
    json.Null();
  }
  json.Key("parties").Array();
  for (const negotiation::Profile& profile : report.domain->profiles) {
    json.Object().Key("profile").Value(profile.name);
    json.Key("reservation").Value(profile.reservation);
    json.Key("discount").Value(profile.discount).EndObject();
  }
  json.EndArray();
  json.Key("pareto_frontier").Array();
  for (const ParetoPoint& each : analysis.frontier) WriteNumbers(json, each.utilities);
  json.EndArray().EndObject();
  return json.text() + "\n";
}

std::string AnalysisCsv(const NegotiationReport& report) {
  const Analysis& analysis = *report.analysis;
  std::string text =
      "outcomes,pareto_outcomes,nash_product,social_welfare,opposition,balance,"
      "greatest_distance_to_pareto\n";
  absl::StrAppend(&text, analysis.outcomes, ",", analysis.frontier.size());
  for (const double value :
       {analysis.nash_product,
        negotiation::Judge(analysis, analysis.welfare.utilities).social_welfare,
        analysis.opposition, analysis.balance.value_or(math::kNaN),
        report.greatest_distance.value_or(math::kNaN)}) {
    absl::StrAppend(&text, ",", CsvNumber(value));
  }
  return text + "\n";
}

}  // namespace oneup::cli
