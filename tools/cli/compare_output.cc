#include "tools/cli/compare_output.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "sims/report/json.h"
#include "tools/cli/compare_words.h"
#include "tools/cli/fitted_table.h"
#include "tools/cli/format.h"

namespace oneup::cli {
namespace {

using sims::Align;

std::string EffectsTable(const sims::Comparison& comparison, const sims::TerminalStyle& style) {
  const std::string level = absl::StrFormat("%.4g %% interval", 100 * comparison.level);
  const std::vector<sims::TableColumn> columns = {{"outcome"},
                                                  {"unit"},
                                                  {"baseline", Align::kRight, "mean"},
                                                  {"what if", Align::kRight, "mean"},
                                                  {"difference", Align::kRight, ""},
                                                  {"Student", Align::kRight, level},
                                                  {"bootstrap", Align::kRight, level},
                                                  {"p", Align::kRight, "sign-flip test"},
                                                  {"Holm", Align::kRight, "sign-flip test"},
                                                  {"pairing", Align::kRight, ""},
                                                  {"pairs", Align::kRight, ""}};
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> same;
  for (const sims::Effect& effect : comparison.effects) {
    if (effect.same) {
      AddSame(effect.metric, &same);
      continue;
    }
    const std::string& unit = effect.unit;
    rows.push_back({effect.metric, UnitOf(unit), Figure(effect.paired.baseline, unit, false),
                    Figure(effect.paired.changed, unit, false),
                    Figure(effect.paired.difference, unit, true),
                    Range(effect.paired.low, effect.paired.high, unit),
                    Range(effect.bootstrap.low, effect.bootstrap.high, unit), Probability(effect.p),
                    Probability(effect.p_holm), Pairing(effect), absl::StrCat(effect.pairs)});
  }
  std::string text;
  if (!rows.empty()) text = RenderFitted(columns, rows, style);
  if (!same.empty()) {
    absl::StrAppend(&text, rows.empty() ? "" : "\n",
                    "The same in every pair: ", absl::StrJoin(same, ", "), ".\n");
  }
  return text;
}

std::string ExplanationText(const sims::Explanation& explanation,
                            const sims::TerminalStyle& style) {
  const auto title = [&](const std::string& text) {
    return sims::Paint(style, sims::Color::kBold, text) + "\n";
  };
  std::string text = title(absl::StrCat("Seed ", explanation.seed, ", record by record"));
  if (explanation.same) return text + "  Both worlds are the same to the end.\n";
  absl::StrAppend(&text, "  ", explanation.equal_records,
                  " records are the same; then\n    baseline  ",
                  RecordLine(explanation.first_baseline), "\n    what if   ",
                  RecordLine(explanation.first_changed), "\n");
  if (explanation.deals.empty()) absl::StrAppend(&text, "  No deal came out otherwise.\n");
  for (const sims::ChangedDeal& deal : explanation.deals) {
    absl::StrAppend(&text, "\n", title(HeadingOf(deal)), "  How it came to that:\n");
    for (const std::string& line : ChainLines(deal)) absl::StrAppend(&text, "    ", line, "\n");
    const bool both = deal.both[0].has_happening() && deal.both[1].has_happening();
    if (both) absl::StrAppend(&text, "  Before:\n       ", RecordLine(deal.both[0]), "\n");
  }
  absl::StrAppend(&text,
                  "\n-> caused, as recorded;  ~> inferred: the last thing that made this principal "
                  "differ\n   between the two worlds, the last news before an unusual day of a "
                  "stock, or else\n   what an intervention did last.\n");
  return text;
}

std::string CarriersText(const std::vector<sims::Carriers>& all, const sims::TerminalStyle& style) {
  std::string text;
  for (const sims::Carriers& carriers : all) {
    absl::StrAppend(
        &text, "\n",
        sims::Paint(style, sims::Color::kBold,
                    absl::StrCat("What carried the effect on ", carriers.metric, " (",
                                 WithoutSignOfZero(absl::StrFormat("%+.3g", carriers.effect)),
                                 " over ", carriers.seeds, " seeds): Shapley values")),
        "\n");
    std::vector<std::vector<std::string>> rows = CarrierRows(carriers);
    for (std::vector<std::string>& row : rows) row.erase(row.begin());
    absl::StrAppend(
        &text,
        RenderFitted({{"rules"}, {"carried", Align::kRight}, {"standard error", Align::kRight}},
                     rows, style));
  }
  return text;
}

}  // namespace

std::string CompareText(const sims::CompareResult& result, const sims::TerminalStyle& style) {
  const sims::Comparison& comparison = result.comparison;
  std::string text =
      sims::Paint(style, sims::Color::kBold,
                  absl::StrCat(result.scenario_title, ". What if: ", result.what_if.title)) +
      "\n";
  for (const std::string& line : LinesOf(result.what_if)) absl::StrAppend(&text, "  ", line, "\n");
  absl::StrAppend(&text, comparison.seeds, " pairs of runs from seed ", comparison.first_seed,
                  "\n\n", EffectsTable(comparison, style));
  absl::StrAppend(&text,
                  "\nA pair runs the same seed with and without; the difference is what-if less "
                  "baseline.\npairing: how many times more runs independent seeds would need. "
                  "Holm: p adjusted over\nall outcomes asked for.\n");
  if (!comparison.precise) {
    absl::StrAppend(&text,
                    "The precision that was asked for is not reached; --most-seeds allows "
                    "more.\n");
  }
  if (result.explanation) {
    absl::StrAppend(&text, "\n", ExplanationText(*result.explanation, style));
  }
  return text + CarriersText(result.carriers, style);
}

std::string CompareCsv(const sims::CompareResult& result) {
  std::string csv =
      "outcome,unit,pairs,baseline,changed,difference,student_low,student_high,bootstrap_low,"
      "bootstrap_high,p,p_holm,variance_reduction\n";
  const auto cell = [&](double value) {
    absl::StrAppend(&csv, ",", std::isfinite(value) ? sims::FormatNumber(value) : "");
  };
  for (const sims::Effect& effect : result.comparison.effects) {
    absl::StrAppend(&csv, effect.metric, ",", effect.unit, ",", effect.pairs);
    for (const double value :
         {effect.paired.baseline, effect.paired.changed, effect.paired.difference,
          effect.paired.low, effect.paired.high, effect.bootstrap.low, effect.bootstrap.high,
          effect.p, effect.p_holm, effect.paired.variance_reduction}) {
      cell(value);
    }
    csv += "\n";
  }
  return csv;
}

}  // namespace oneup::cli
