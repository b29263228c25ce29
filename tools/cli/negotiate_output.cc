#include "tools/cli/negotiate_output.h"

#include <absl/strings/str_cat.h>
#include <absl/strings/str_format.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "market/kernel/math.h"
#include "sims/report/json.h"
#include "sims/report/terminal_table.h"
#include "tools/cli/negotiate_words.h"

namespace oneup::cli {
namespace {

using negotiation::Action;
using negotiation::Move;
using negotiation::Outcome;
using negotiation::Played;
using sims::Align;
using sims::JsonWriter;

std::string CsvField(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

const char* ActionName(Action::Kind kind) {
  switch (kind) {
    case Action::Kind::kOffer:
      return "offer";
    case Action::Kind::kAccept:
      return "accept";
    case Action::Kind::kEnd:
      return "end";
  }
  return "";
}

// How good a session's agreement is; NaN where the frontier is not known.
struct Measured {
  negotiation::Quality quality;
  double optimality = math::kNaN;  // 1 - distance to Pareto / greatest distance of any outcome
};

Measured Measure(const NegotiationReport& report, const Played& played) {
  Measured measured;
  if (!report.analysis) {
    measured.quality = {math::kNaN, math::kNaN, 0};
    for (const double utility : played.utilities) measured.quality.social_welfare += utility;
    return measured;
  }
  measured.quality = negotiation::Judge(*report.analysis, played.utilities);
  if (played.agreement && report.greatest_distance) {
    measured.optimality = *report.greatest_distance > 0
                              ? 1 - measured.quality.distance_to_pareto / *report.greatest_distance
                              : 1;
  }
  return measured;
}

// The outcome that was on the table when each move was made: an acceptance is of it.
std::vector<std::optional<Outcome>> Tabled(const Played& played) {
  std::vector<std::optional<Outcome>> tabled;
  std::optional<Outcome> offer;
  for (const Move& move : played.moves) {
    if (move.action.kind == Action::Kind::kOffer) offer = move.action.outcome;
    tabled.push_back(move.action.kind == Action::Kind::kEnd ? std::nullopt : offer);
  }
  return tabled;
}

std::vector<double> UtilitiesOf(const NegotiationReport& report, Outcome outcome) {
  std::vector<double> utilities;
  for (const negotiation::Profile& profile : report.domain->profiles) {
    utilities.push_back(profile.Utility(report.domain->space, outcome));
  }
  return utilities;
}

void WriteMoves(JsonWriter& json, const NegotiationReport& report, const Played& played) {
  const auto tabled = Tabled(played);
  json.Key("offers").Array();
  for (size_t i = 0; i < played.moves.size(); ++i) {
    const Move& move = played.moves[i];
    json.Object().Key("round").Value(move.round).Key("party").Value(move.party + 1);
    json.Key("action").Value(ActionName(move.action.kind));
    if (tabled[i]) {
      json.Key("outcome");
      WriteOutcome(json, report.domain->space, *tabled[i]);
      json.Key("utilities");
      WriteNumbers(json, UtilitiesOf(report, *tabled[i]));
    }
    json.EndObject();
  }
  json.EndArray();
}

// The members of one session, into an open object.
void WriteSession(JsonWriter& json, const NegotiationReport& report, size_t index) {
  const Played& played = report.sessions[index];
  const Measured measured = Measure(report, played);
  json.Key("seed").Value(report.seed + index);
  json.Key("agreement").Value(played.agreement.has_value());
  json.Key("round").Value(played.round);
  json.Key("outcome");
  if (played.agreement) {
    WriteOutcome(json, report.domain->space, *played.agreement);
  } else {
    json.Null();
  }
  json.Key("utilities");
  WriteNumbers(json, played.utilities);
  json.Key("discounted_utilities");
  WriteNumbers(json, played.discounted);
  json.Key("distance_to_pareto").Value(measured.quality.distance_to_pareto);
  json.Key("distance_to_nash").Value(measured.quality.distance_to_nash);
  json.Key("social_welfare").Value(measured.quality.social_welfare);
  json.Key("optimality").Value(measured.optimality);
  if (report.offers) WriteMoves(json, report, played);
}

}  // namespace

std::string SessionsText(const NegotiationReport& report) {
  const sims::TerminalStyle style = sims::TerminalStyle::Detect(stdout);
  std::string text;
  for (size_t s = 0; s < report.sessions.size(); ++s) {
    const Played& played = report.sessions[s];
    const Measured measured = Measure(report, played);
    if (report.sessions.size() > 1) absl::StrAppend(&text, "seed ", report.seed + s, "\n");
    if (report.offers) {
      std::vector<sims::TableRow> moves;
      const auto tabled = Tabled(played);
      for (size_t i = 0; i < played.moves.size(); ++i) {
        const Move& move = played.moves[i];
        moves.push_back(
            {{absl::StrCat(move.round), absl::StrCat(move.party + 1), ActionName(move.action.kind),
              tabled[i] ? Figures(UtilitiesOf(report, *tabled[i])) : "",
              tabled[i] ? Spell(report.domain->space, *tabled[i]) : ""}});
      }
      absl::StrAppend(&text,
                      sims::RenderTable({{"round", Align::kRight},
                                         {"party", Align::kRight},
                                         {"move"},
                                         {"utilities"},
                                         {"outcome"}},
                                        moves, style),
                      "\n");
    }
    if (played.agreement) {
      absl::StrAppend(&text, "agreement in round ", played.round - 1, " of ", report.rounds,
                      " (logged ", played.round,
                      "): ", Spell(report.domain->space, *played.agreement), "\n\n");
    } else {
      absl::StrAppend(&text, "no agreement after round ", played.round - 1, " of ", report.rounds,
                      " (logged ", played.round, ")\n\n");
    }
    std::vector<sims::TableRow> rows;
    for (size_t k = 0; k < report.tactics.size(); ++k) {
      rows.push_back({{absl::StrCat(k + 1), report.domain->profiles[k].name, report.tactics[k],
                       Figure(played.utilities[k]), Figure(played.discounted[k]),
                       Figure(report.domain->profiles[k].reservation)}});
    }
    absl::StrAppend(&text,
                    sims::RenderTable({{"party", Align::kRight},
                                       {"profile"},
                                       {"tactic"},
                                       {"utility", Align::kRight},
                                       {"discounted", Align::kRight},
                                       {"reservation", Align::kRight}},
                                      rows, style),
                    "\ndistance to Pareto ", Figure(measured.quality.distance_to_pareto),
                    ", to Nash ", Figure(measured.quality.distance_to_nash), "; social welfare ",
                    Figure(measured.quality.social_welfare), "; optimality ",
                    Figure(measured.optimality), "\n", s + 1 < report.sessions.size() ? "\n" : "");
  }
  absl::StrAppend(&text, "domain: ", report.domain->space.size(), " outcomes, opposition ",
                  Figure(report.analysis ? report.analysis->opposition : math::kNaN), "\n");
  return text;
}

std::string SessionsJson(const NegotiationReport& report) {
  JsonWriter json(2);
  json.Object();
  json.Key("domain").Value(report.domain->name);
  json.Key("outcomes").Value(report.domain->space.size());
  json.Key("rounds").Value(report.rounds);
  json.Key("tactics").Array();
  for (const std::string& tactic : report.tactics) json.Value(tactic);
  json.EndArray();
  WriteSession(json, report, 0);
  json.Key("opposition").Value(report.analysis ? report.analysis->opposition : math::kNaN);
  json.Key("nash_product").Value(report.analysis ? report.analysis->nash_product : math::kNaN);
  json.Key("nash_utilities");
  WriteNumbers(json, report.analysis ? report.analysis->nash.utilities : std::vector<double>());
  if (report.sessions.size() > 1) {
    double agreements = 0;
    for (const Played& played : report.sessions) agreements += played.agreement ? 1 : 0;
    json.Key("repetitions").Value(report.sessions.size());
    json.Key("agreement_rate").Value(agreements / static_cast<double>(report.sessions.size()));
    json.Key("sessions").Array();
    for (size_t s = 0; s < report.sessions.size(); ++s) {
      json.Object();
      WriteSession(json, report, s);
      json.EndObject();
    }
    json.EndArray();
  }
  json.EndObject();
  return json.text() + "\n";
}

std::string SessionsCsv(const NegotiationReport& report) {
  const size_t parties = report.tactics.size();
  std::string text = report.offers ? "seed,round,party,action" : "seed,agreement,round";
  for (size_t k = 0; k < parties; ++k) absl::StrAppend(&text, ",utility_", k + 1);
  if (!report.offers) {
    for (size_t k = 0; k < parties; ++k) absl::StrAppend(&text, ",discounted_utility_", k + 1);
    absl::StrAppend(&text, ",distance_to_pareto,distance_to_nash,social_welfare,optimality,",
                    "opposition,outcomes");
  }
  absl::StrAppend(&text, ",outcome\n");
  for (size_t s = 0; s < report.sessions.size(); ++s) {
    const Played& played = report.sessions[s];
    if (report.offers) {
      const auto tabled = Tabled(played);
      for (size_t i = 0; i < played.moves.size(); ++i) {
        const Move& move = played.moves[i];
        absl::StrAppend(&text, report.seed + s, ",", move.round, ",", move.party + 1, ",",
                        ActionName(move.action.kind));
        const std::vector<double> utilities =
            tabled[i] ? UtilitiesOf(report, *tabled[i]) : std::vector<double>(parties, math::kNaN);
        for (const double utility : utilities) absl::StrAppend(&text, ",", CsvNumber(utility));
        absl::StrAppend(&text, ",",
                        tabled[i] ? CsvField(Spell(report.domain->space, *tabled[i])) : "", "\n");
      }
      continue;
    }
    const Measured measured = Measure(report, played);
    absl::StrAppend(&text, report.seed + s, ",", played.agreement ? "true" : "false", ",",
                    played.round);
    for (const double utility : played.utilities) absl::StrAppend(&text, ",", CsvNumber(utility));
    for (const double utility : played.discounted) absl::StrAppend(&text, ",", CsvNumber(utility));
    for (const double value :
         {measured.quality.distance_to_pareto, measured.quality.distance_to_nash,
          measured.quality.social_welfare, measured.optimality,
          report.analysis ? report.analysis->opposition : math::kNaN}) {
      absl::StrAppend(&text, ",", CsvNumber(value));
    }
    absl::StrAppend(
        &text, ",", report.domain->space.size(), ",",
        played.agreement ? CsvField(Spell(report.domain->space, *played.agreement)) : "", "\n");
  }
  return text;
}

}  // namespace oneup::cli
