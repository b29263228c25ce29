#include "tools/cli/replay_tables.h"

#include <absl/strings/str_format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "tools/cli/fitted_table.h"
#include "tools/cli/format.h"
#include "tools/cli/replay_text.h"

namespace oneup::cli {
namespace {

using sims::Align;
using sims::LoadedScenario;
using sims::ReactionRow;
using sims::Replay;
using sims::Spread;
using sims::TableColumn;
using sims::TerminalStyle;

constexpr int kEventWidth = 16;

std::string Signed(double percent) { return WithoutSignOfZero(absl::StrFormat("%+.1f", percent)); }
std::string Whole(double usd_bn) { return WithoutSignOfZero(absl::StrFormat("%+.0f", usd_bn)); }
std::string Ratio(double ratio) { return absl::StrFormat("%.1f", ratio); }

// One metric of the table. Figures are in the unit of the heading.
struct Metric {
  const char* heading;
  std::string (*format)(double);
  double recorded;
  Spread simulated;
};

Spread Scaled(const Spread& spread, double factor) {
  return {spread.median * factor, spread.p05 * factor, spread.p95 * factor};
}

std::vector<Metric> MetricsOf(const LoadedScenario& scenario, const ReactionRow& row) {
  const sims::Reaction& recorded = row.recorded;
  const double usd_bn = sims::ValueAdded(scenario, row.key, 1);
  return {{"opening gap, %", Signed, 100 * recorded.gap, Scaled(row.gap, 100)},
          {"first day, %", Signed, 100 * recorded.first_day, Scaled(row.first_day, 100)},
          {"abnormal, %", Signed, 100 * recorded.abnormal, Scaled(row.abnormal, 100)},
          {"CAR[-1,+1], %", Signed, 100 * recorded.car_1_1, Scaled(row.car_1_1, 100)},
          {"CAR[0,+20], %", Signed, 100 * recorded.car_0_20, Scaled(row.car_0_20, 100)},
          {"volume, x", Ratio, recorded.volume_ratio, row.volume_ratio},
          {"added, $bn", Whole, usd_bn * recorded.first_day, Scaled(row.first_day, usd_bn)}};
}

// The metric that the other events predict.
constexpr size_t kPredicted = 2;

// Does what it can to print a figure; what is not known is said as such.
std::string Cell(double value, std::string (*format)(double)) {
  return std::isfinite(value) ? format(value) : "n/a";
}

std::string RecordedCell(const Metric& metric, bool many) {
  const bool outside =
      many && (metric.recorded < metric.simulated.p05 || metric.recorded > metric.simulated.p95);
  return Cell(metric.recorded, metric.format) + (outside ? "*" : " ");
}

std::string SimulatedCell(const Metric& metric, bool many) {
  std::string cell = Cell(metric.simulated.median, metric.format);
  if (many && std::isfinite(metric.simulated.median)) {
    cell += " [" + metric.format(metric.simulated.p05) + ", " +
            metric.format(metric.simulated.p95) + "]";
  }
  return cell;
}

class Tables {
 public:
  Tables(const LoadedScenario& scenario, const Replay& replay, kernel::CivilDay from,
         const TerminalStyle& style)
      : scenario_(scenario), many_(replay.runs.size() > 1), style_(style) {
    for (const ReactionRow& row : replay.rows) {
      if (!row.key.exposed || row.key.told_on < from) continue;
      rows_.push_back(&row);
      metrics_.push_back(MetricsOf(scenario, row));
      predicted_ = predicted_ || std::isfinite(row.leave_one_out);
    }
  }

  bool empty() const { return rows_.empty(); }
  bool predicted() const { return predicted_; }

  std::string Render() const {
    std::vector<TableColumn> columns = {{"first day"}, {"event"}, {"stock"}};
    const size_t keys = columns.size();
    for (size_t m = 0; m < metrics_.front().size(); ++m) {
      const std::string group = metrics_.front()[m].heading;
      columns.push_back({"rec. ", Align::kRight, group});
      columns.push_back({many_ ? "sim. [90 %]" : "sim.", Align::kRight, group});
      if (m == kPredicted && predicted_) columns.push_back({"pred.", Align::kRight, group});
    }
    std::vector<std::vector<std::string>> rows;
    for (size_t r = 0; r < rows_.size(); ++r) {
      const sims::ReactionKey& key = rows_[r]->key;
      std::vector<std::string>& row = rows.emplace_back();
      row = {kernel::FormatDay(key.first_session),
             sims::Truncate(scenario_.proto.events(key.event).id(), kEventWidth, style_),
             scenario_.proto.listings(key.listing).ticker()};
      for (size_t m = 0; m < metrics_[r].size(); ++m) {
        row.push_back(RecordedCell(metrics_[r][m], many_));
        row.push_back(SimulatedCell(metrics_[r][m], many_));
        if (m == kPredicted && predicted_) {
          row.push_back(Cell(100 * rows_[r]->leave_one_out, Signed));
        }
      }
    }
    return RenderFitted(columns, rows, style_, keys) + "\n";
  }

 private:
  const LoadedScenario& scenario_;
  const bool many_;
  const TerminalStyle style_;
  bool predicted_ = false;
  std::vector<const ReactionRow*> rows_;
  std::vector<std::vector<Metric>> metrics_;  // of each row
};

std::string Sums(const LoadedScenario& scenario, const Replay& replay) {
  const sims::AddedValue& added = replay.added_value;
  const v1::Actor* hub = scenario.FindActor(scenario.proto.hub());
  std::string text = "Market value added on the first days of " +
                     (hub == nullptr ? "all" : hub->name() + "'s") +
                     " commitments: " + Dollars(added.simulated.median);
  if (replay.runs.size() > 1) {
    text += " [" + Dollars(added.simulated.p05) + ", " + Dollars(added.simulated.p95) + "]";
  }
  // Nothing is recorded of what emerged.
  if (added.recorded != 0) text += "; recorded " + Dollars(added.recorded);
  return text + ".\n" + CommitmentsLine(replay.commitments) + ".\n";
}

std::string Legend(bool many, bool predicted, const TerminalStyle& style) {
  std::string text;
  const auto explain = [&](const char* word, const std::string& meaning) {
    const std::string indent(16, ' ');
    text += "  " + sims::Pad(word, 14) + sims::Wrap(meaning, style.width, indent).substr(16);
  };
  explain("rec.", many ? "what the exchange recorded; * if it lies outside the interval"
                       : "what the exchange recorded");
  explain("sim.", many ? "the median of the runs, and the interval of 90 % of them"
                       : "this run; --seeds N shows how far runs differ");
  if (predicted) {
    explain(
        "pred.",
        "predicted by parameters fitted on the other deals only; n/a if the event is in no fit");
  }
  explain("opening gap", "the first session's open over the close before");
  explain("first day", "its close over the close before");
  explain("abnormal",
          "first day less what the market model expects, fitted on up to 250 sessions that end 30 "
          "before");
  explain("CAR[a,b]", "abnormal returns, summed from session a to session b; the first is 0");
  explain("volume", "the first session's over the mean of the 20 before");
  explain("added", "market value: first day times the company's value on the eve");
  explain("n/a", "the prices end before that session, or begin too late for the market model");
  return text + "Stocks that the news touched without naming them are in --format csv.\n";
}

}  // namespace

std::string ClosingTables(const LoadedScenario& scenario, const Replay& replay,
                          kernel::CivilDay from, const TerminalStyle& style) {
  const bool many = replay.runs.size() > 1;
  std::string title = "Recorded and simulated, ";
  title += many ? std::to_string(replay.runs.size()) + " runs from seed " : "seed ";
  title += std::to_string(replay.runs.front().seed);
  std::string text = sims::Paint(style, sims::Color::kBold, title) + "\n\n";
  const Tables tables(scenario, replay, from, style);
  if (tables.empty()) {
    text += "No stock was exposed to an event of these days.\n\n";
  } else {
    text += tables.Render();
  }
  text += sims::Wrap(Sums(scenario, replay), style.width);
  if (!tables.empty()) text += "\n" + Legend(many, tables.predicted(), style);
  return text;
}

}  // namespace oneup::cli
