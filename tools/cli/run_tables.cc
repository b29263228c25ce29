#include "tools/cli/run_tables.h"

#include <absl/strings/str_cat.h>
#include <absl/strings/str_format.h>
#include <absl/strings/str_join.h>

#include <cmath>
#include <optional>

#include "market/kernel/civil_time.h"
#include "tools/cli/fitted_table.h"
#include "tools/cli/format.h"

namespace oneup::cli {
namespace {

using sims::Align;
using sims::TableColumn;
using sims::TerminalStyle;
using Rows = std::vector<std::vector<std::string>>;

std::string Title(const std::string& text, const TerminalStyle& style) {
  return sims::Paint(style, sims::Color::kBold, text) + "\n";
}

std::string Share(double share) {
  return std::isnan(share) ? "-" : absl::StrFormat("%.0f %%", 100 * share);
}
std::string Shares(const sims::Interval& interval) {
  if (std::isnan(interval.low)) return "";
  return absl::StrFormat("[%.0f, %.0f]", 100 * interval.low, 100 * interval.high);
}

std::string Figures(const sims::Distribution& figures) {
  if (std::isnan(figures.median)) return "-";
  return Rounded(figures.median) + " [" + Rounded(figures.low) + ", " + Rounded(figures.high) + "]";
}
std::string Known(double value) { return std::isnan(value) ? "-" : Rounded(value); }
std::string Rank(double rank) { return std::isnan(rank) ? "-" : Share(rank); }

std::string Day(const std::optional<kernel::CivilDay>& day) {
  return day ? kernel::FormatDay(*day) : "-";
}
// "2025-09-22 [2025-07, 2025-11]"
std::string Days(const sims::DayDistribution& days) {
  if (!days.median) return "-";
  const auto month = [](kernel::CivilDay day) { return kernel::FormatDay(day).substr(0, 7); };
  return Day(days.median) + " [" + month(*days.low) + ", " + month(*days.high) + "]";
}

void AddColumns(const std::string& group, std::vector<TableColumn>& columns) {
  columns.push_back({"sim. [80 %]", Align::kRight, group});
  columns.push_back({"rec.", Align::kRight, group});
  columns.push_back({"rank", Align::kRight, group});
}
void AddCells(const sims::Distribution& figures, std::vector<std::string>& row) {
  row.insert(row.end(), {Figures(figures), Known(figures.recorded), Rank(figures.rank)});
}
void AddCells(const sims::DayDistribution& days, std::vector<std::string>& row) {
  row.insert(row.end(), {Days(days), Day(days.recorded), Rank(days.rank)});
}

std::string SupplierTables(const sims::EnsembleReport& report, const TerminalStyle& style) {
  std::vector<TableColumn> columns = {
      {"first deal"}, {"runs", Align::kRight, "announced"}, {"95 %", Align::kRight, "announced"}};
  for (const char* group : {"day", "contract, $bn", "headline, $bn", "GW", "equity, $bn",
                            "warrants, %", "guarantee, $bn"}) {
    AddColumns(group, columns);
  }
  for (const char* gift : {"equity", "warrants", "guarantee"}) {
    columns.push_back({gift, Align::kRight, "deals that give it"});
  }
  Rows rows;
  for (const sims::SupplierRow& supplier : report.suppliers) {
    std::vector<std::string>& row = rows.emplace_back();
    row = {supplier.supplier.name, Share(supplier.announced.share),
           Shares(supplier.announced.interval)};
    AddCells(supplier.day, row);
    for (const sims::Distribution* figures :
         {&supplier.usd_bn, &supplier.headline_usd_bn, &supplier.capacity_gw,
          &supplier.equity_usd_bn, &supplier.warrants_percent, &supplier.guarantee_usd_bn}) {
      AddCells(*figures, row);
    }
    for (const sims::RunShare* share :
         {&supplier.with_equity, &supplier.with_warrants, &supplier.with_guarantee}) {
      row.push_back(Share(share->share));
    }
  }
  return RenderFitted(columns, rows, style);
}

std::string TotalsTable(const sims::EnsembleReport& report, const TerminalStyle& style) {
  std::vector<TableColumn> columns = {{"a whole run"}};
  AddColumns("", columns);
  Rows rows;
  const auto add = [&](const char* name, const sims::Distribution& figures) {
    AddCells(figures, rows.emplace_back(std::vector<std::string>{name}));
  };
  add("deals", report.deals);
  add("purchases, $bn", report.usd_bn);
  add("purchases, GW", report.capacity_gw);
  add("market value added, $bn", report.added_usd_bn);
  return RenderFitted(columns, rows, style);
}

std::string OrdersTable(const char* heading, const std::vector<sims::OrderRow>& orders,
                        const TerminalStyle& style) {
  constexpr int kBeside = 18;  // the other columns
  Rows rows;
  for (const sims::OrderRow& order : orders) {
    const std::string names =
        order.suppliers.empty() ? "no deal" : absl::StrJoin(order.suppliers, ", ");
    rows.push_back({sims::Truncate(names, style.width - kBeside, style), Share(order.runs.share),
                    Shares(order.runs.interval)});
  }
  return RenderFitted(
      {{heading}, {"runs", Align::kRight, "share"}, {"95 %", Align::kRight, "share"}}, rows, style);
}

std::string FactText(const sims::FactRow& row) {
  const std::string& name = row.supplier.name;
  switch (row.kind) {
    case v1::EVENT_KIND_REFUSAL:
      return name + " refuses";
    case v1::EVENT_KIND_WITHDRAWAL:
      return row.by_hub ? name + " is left" : name + " leaves";
    case v1::EVENT_KIND_WAIVER:
      return name + " waives";
    case v1::EVENT_KIND_STALL:
      return name + ": talks stall";
    case v1::EVENT_KIND_LEAK:
      return name + ": a leak";
    case v1::EVENT_KIND_CALL:
      return row.by_hub ? name + " is called" : name + " calls";
    default:
      return name + " counters";
  }
}

std::string FactsTable(const sims::EnsembleReport& report, const TerminalStyle& style) {
  std::vector<TableColumn> columns = {
      {"what else"}, {"runs", Align::kRight, "share"}, {"95 %", Align::kRight, "share"}};
  AddColumns("first day", columns);
  Rows rows;
  for (const sims::FactRow& fact : report.facts) {
    AddCells(fact.day, rows.emplace_back(std::vector<std::string>{
                           FactText(fact), Share(fact.runs.share), Shares(fact.runs.interval)}));
  }
  return rows.empty() ? "" : RenderFitted(columns, rows, style) + "\n";
}

std::string Paragraph(const std::string& text, const TerminalStyle& style) {
  return sims::Wrap(text, style.width);
}

std::string Scores(const char* who, const sims::LogScores& scores) {
  return absl::StrFormat("%s (%d): runs %.2f, rate %.2f, equal %.2f nats.\n", who, scores.suppliers,
                         scores.runs, scores.rate, scores.equal);
}

}  // namespace

std::string EnsembleTables(const sims::EnsembleReport& report, const TerminalStyle& style) {
  std::string text = Title(absl::StrCat(report.runs.size(), " runs from seed ", report.first_seed,
                                        report.title.empty() ? "" : ": ", report.title),
                           style);
  text += "\n" + SupplierTables(report, style) + "\n" + TotalsTable(report, style) + "\n";
  text += OrdersTable("order of deals", report.orders, style);
  text +=
      Paragraph("Recorded: " +
                    (report.recorded_order.empty() ? std::string("no deal")
                                                   : absl::StrJoin(report.recorded_order, ", ")) +
                    "; so in " + Share(report.as_recorded.share) + " of runs.",
                style) +
      "\n";
  text += OrdersTable("first mega-project", report.leaders, style);
  text += Paragraph("Recorded: " + report.recorded_leader + ".", style) + "\n";
  text += FactsTable(report, style);
  return text +
         Paragraph(
             "sim.: the median of the runs, and the interval of 80 % of them; figures of deals are "
             "those of the runs that have the deal. rec.: what was recorded up to the last day of "
             "the runs. rank: the share of runs below it. Mega-project: a headline of $100 bn or "
             "more. 95 %: Wilson's interval of the share, in percent.",
             style);
}

std::string ForecastTable(const sims::ForecastReport& report, const TerminalStyle& style) {
  std::string text = Title(absl::StrCat("Forecast of deals from ", Day(report.window.from), " to ",
                                        Day(report.window.to), ", ", report.runs, " runs"),
                           style) +
                     "\n";
  const std::vector<TableColumn> columns = {{"supplier"},
                                            {"P", Align::kRight, "runs"},
                                            {"95 %", Align::kRight, "runs"},
                                            {"median day", Align::kRight, "runs"},
                                            {"rate", Align::kRight, "baselines"},
                                            {"equal", Align::kRight, "baselines"},
                                            {"recorded", Align::kRight},
                                            {"score", Align::kRight}};
  Rows rows;
  for (const sims::ForecastRow& row : report.rows) {
    rows.push_back({row.supplier.name + (row.named ? " *" : ""), Share(row.probability),
                    Shares(row.interval), Day(row.median_day), Share(report.rate_probability),
                    Share(report.equal_probability), Day(row.recorded_day),
                    absl::StrFormat("%.2f", row.log_score)});
  }
  text += RenderFitted(columns, rows, style) + "\n";
  text += Paragraph(Scores("Log score, all suppliers", report.all), style);
  text += Paragraph(Scores("Log score, those with *", report.named), style) + "\n";
  return text +
         Paragraph(
             absl::StrFormat(
                 "P: (k + .5) / (n + 1) for k of n runs. rate: as many deals a day as the %d "
                 "recorded in the %d days before, each equally likely anybody's. equal: the "
                 "runs' expected number of suppliers with a deal, %.2f, spread evenly. score: "
                 "ln of the probability given to what happened; 0 is perfect.",
                 report.deals_before, report.days_before, report.expected),
             style);
}

std::string AblationTable(const sims::AblationReport& report, const TerminalStyle& style) {
  std::string text = Title(absl::StrCat("What changes without a mechanism, ", report.runs,
                                        " pairs of runs from seed ", report.first_seed),
                           style);
  const auto value = [](const sims::PairedEffect& effect, double number) {
    if (std::isnan(number)) return std::string("n/a");
    return WithoutSignOfZero(effect.unit == "share of runs"
                                 ? absl::StrFormat("%.1f %%", 100 * number)
                                 : absl::StrFormat("%.1f", number));
  };
  for (const sims::AblationRow& ablation : report.rows) {
    const std::vector<TableColumn> columns = {
        {"without " + ablation.ablation.name},   {"with", Align::kRight, "mean"},
        {"without", Align::kRight, "mean"},      {"mean", Align::kRight, "difference"},
        {"95 %  ", Align::kRight, "difference"}, {"gain", Align::kRight}};
    Rows rows;
    for (const sims::PairedEffect& effect : ablation.effects) {
      const bool sure = effect.low > 0 || effect.high < 0;
      std::string name = effect.metric;
      if (effect.unit == "billion USD") name += ", $bn";
      if (effect.unit == "GW") name += ", GW";
      rows.push_back({name, value(effect, effect.baseline), value(effect, effect.changed),
                      value(effect, effect.difference),
                      "[" + value(effect, effect.low) + ", " + value(effect, effect.high) + "]" +
                          (sure ? " *" : "  "),
                      std::isnan(effect.variance_reduction)
                          ? "-"
                          : absl::StrFormat("%.1f x", effect.variance_reduction)});
    }
    text += "\n" + RenderFitted(columns, rows, style);
  }
  return text + "\n" +
         Paragraph(
             "Both arms run the same seeds; difference: without less with, pair by pair, with "
             "Student's interval; * if it excludes 0. gain: how many times more runs unpaired arms "
             "would need for the same interval.",
             style);
}

std::string GatesTable(const std::vector<sims::Gate>& gates, const TerminalStyle& style) {
  std::string text = Title("Gates", style) + "\n";
  for (const sims::Gate& gate : gates) {
    const char* word = !gate.passed ? "report" : *gate.passed ? "passed" : "FAILED";
    const sims::Color color = !gate.passed   ? sims::Color::kDim
                              : *gate.passed ? sims::Color::kGreen
                                             : sims::Color::kRed;
    const bool share = gate.unit == "share of runs";
    std::string line = gate.name + ": " +
                       (share ? Share(gate.value) : Rounded(gate.value) + " " + gate.unit) + " (" +
                       gate.note + ")";
    if (!gate.required.empty()) line += "; asked: " + gate.required;
    const std::string indent(8, ' ');
    text += sims::Paint(style, color, word) + "  " +
            sims::Wrap(line, style.width, indent).substr(indent.size());
  }
  return text;
}

}  // namespace oneup::cli
