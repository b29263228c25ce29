#include "tools/cli/replay_text.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sims/report/terminal_plot.h"
#include "sims/scenario/describe.h"
#include "tools/cli/format.h"
#include "tools/cli/terms_text.h"

namespace oneup::cli {
namespace {

using sims::Color;
using sims::LoadedScenario;
using sims::ReactionRow;
using sims::Replay;

constexpr int kLabel = 8;  // columns of "  ORCL  " after the indent
constexpr int kPercent = 9;
constexpr int kWidestBar = 24;
// What stands beside a bar: "simulated [+27.0 %, +51.5 %], open +37.3 %, volume 10.5 x".
constexpr int kBesideBar = 58;

std::string Join(const std::vector<std::string>& parts, const char* separator) {
  std::string joined;
  for (const std::string& part : parts) {
    if (!joined.empty()) joined += separator;
    joined += part;
  }
  return joined;
}

}  // namespace

std::string ActorsLine(const LoadedScenario& scenario, const v1::Event& event) {
  std::vector<std::string> names;
  for (const std::string& id : event.actors()) names.push_back(scenario.FindActor(id)->name());
  return Join(names, ", ");
}

std::string CommitmentsLine(const sims::Commitments& commitments) {
  std::string text =
      Dollars(commitments.usd_bn) + " and " + Plain(commitments.capacity_gw) + " GW committed";
  if (!std::isnan(commitments.over_revenue)) {
    text += ", " + Plain(std::round(commitments.over_revenue)) + " times a year's revenue";
  }
  return text;
}

Narrator::Narrator(const LoadedScenario& scenario, const Replay& replay,
                   const sims::TerminalStyle& style)
    : scenario_(scenario), replay_(replay), style_(style) {
  for (const ReactionRow& row : replay.rows) {
    if (!row.key.exposed) continue;
    for (const double first_day : {row.first_day.median, row.recorded.first_day}) {
      if (std::isfinite(first_day)) scale_ = std::max(scale_, std::abs(first_day));
    }
  }
}

std::string Narrator::Label(const std::string& text, Color color) const {
  return "  " + sims::Paint(style_, color, sims::Pad(text, kLabel));
}

// The text wrapped beside its label.
std::string Narrator::Labelled(const std::string& label, const std::string& text) const {
  const std::string indent(2 + kLabel, ' ');
  return Label(label) + sims::Wrap(text, style_.width, indent).substr(indent.size());
}

std::string SecretLine(const LoadedScenario& scenario, const v1::Event& event,
                       kernel::CivilDay day) {
  const v1::Visibility& visibility = event.visibility();
  kernel::CivilDay known;
  const bool ever = absl::ParseCivilTime(visibility.public_from(), &known);
  if (ever && known <= day) return "";
  std::vector<std::string> names;
  for (const v1::Witness& witness : visibility.witnesses()) {
    names.push_back(scenario.FindActor(witness.actor())->name());
  }
  std::string text = ever ? "until " + visibility.public_from() : "to the end";
  if (!names.empty()) text += "; known to " + Join(names, ", ");
  return text;
}

// One line: the return, its bar, and the text beside it.
std::string Narrator::ReactionLine(double first_day, const std::string& what) const {
  const Color color = first_day < 0 ? Color::kRed : Color::kGreen;
  std::string line =
      sims::Paint(style_, color, sims::Pad(Percent(first_day), kPercent, sims::Align::kRight));
  const int width =
      std::clamp(style_.width - 2 - kLabel - kPercent - 2 - kBesideBar, 0, kWidestBar);
  const std::string bar = sims::Bar(first_day, scale_, width, style_);
  line += " " + sims::Paint(style_, color, bar);
  line += std::string(static_cast<size_t>(width - sims::DisplayWidth(bar)), ' ');
  return line + " " + what + "\n";
}

std::string Narrator::Reactions(const sims::ScheduledEvent& scheduled) const {
  const bool many = replay_.runs.size() > 1;
  std::string text;
  kernel::CivilDay told = scheduled.day;
  for (const ReactionRow& row : replay_.rows) {
    if (row.key.event != scheduled.index || !row.key.exposed) continue;
    if (row.key.first_session != told) {
      told = row.key.first_session;
      text += Labelled("traded", "first on " + kernel::FormatDay(told));
    }
    std::string what = "simulated";
    if (many) {
      what += " [" + Percent(row.first_day.p05) + ", " + Percent(row.first_day.p95) + "]";
    }
    what += ", open " + Percent(row.gap.median);
    if (std::isfinite(row.volume_ratio.median)) {
      what += ", volume " + Times(row.volume_ratio.median);
    }
    text += Label(scenario_.proto.listings(row.key.listing).ticker(), Color::kBold) +
            ReactionLine(row.first_day.median, what);
    if (!std::isfinite(row.recorded.first_day)) continue;
    what = "recorded, open " + Percent(row.recorded.gap);
    if (std::isfinite(row.recorded.volume_ratio)) {
      what += ", volume " + Times(row.recorded.volume_ratio);
    }
    text += Label("") + ReactionLine(row.recorded.first_day, what);
  }
  return text;
}

std::string Narrator::Others(const sims::ScheduledEvent& scheduled) const {
  std::string text;
  bool recorded = false;
  for (const ReactionRow& row : replay_.rows) {
    if (row.key.event != scheduled.index || row.key.exposed) continue;
    if (!std::isfinite(row.first_day.median)) continue;
    if (!text.empty()) text += "; ";
    text +=
        scenario_.proto.listings(row.key.listing).ticker() + " " + Percent(row.first_day.median);
    if (!std::isfinite(row.recorded.first_day)) continue;
    recorded = true;
    text += " (" + Percent(row.recorded.first_day) + ")";
  }
  if (recorded) text += "; recorded in brackets";
  return text.empty() ? "" : Labelled("others", text);
}

std::string Narrator::Totals(size_t position) const {
  double simulated = 0;
  double recorded = 0;
  for (const ReactionRow& row : replay_.rows) {
    const auto end = scenario_.schedule.begin() + static_cast<std::ptrdiff_t>(position) + 1;
    const bool told = std::any_of(
        scenario_.schedule.begin(), end,
        [&](const sims::ScheduledEvent& event) { return event.index == row.key.event; });
    if (!told || !sims::CountsAsAddedValue(scenario_, row.key)) continue;
    simulated += sims::ValueAdded(scenario_, row.key, row.first_day.median);
    if (std::isfinite(row.recorded.first_day)) {
      recorded += sims::ValueAdded(scenario_, row.key, row.recorded.first_day);
    }
  }
  std::string added = Dollars(simulated) + " of market value added on first days";
  if (recorded != 0) added += "; recorded " + Dollars(recorded);
  return Labelled("so far", CommitmentsLine(sims::CommitmentsUpTo(scenario_, position))) +
         Labelled("", added);
}

std::string Narrator::Tell(size_t position) {
  const sims::ScheduledEvent& scheduled = scenario_.schedule[position];
  const v1::Event& event = scenario_.proto.events(scheduled.index);
  std::string text;
  if (scheduled.day.year() != year_) {
    year_ = scheduled.day.year();
    const std::string rule = style_.unicode ? "──" : "--";
    text +=
        sims::Paint(style_, Color::kDim, rule + " " + std::to_string(year_) + " " + rule) + "\n\n";
  }
  text += sims::Paint(style_, Color::kBold, sims::DateText(event)) + "  " +
          sims::Paint(style_, Color::kCyan, ActorsLine(scenario_, event)) + "\n";
  text += sims::Wrap(event.headline(), style_.width, "  ");
  if (!scenario_.proto.principals().empty() && !event.emerged()) {
    text += Labelled("given", "the scenario made it happen; all else here emerged");
  }
  if (!event.detail().empty()) text += sims::Wrap(event.detail(), style_.width, "  ");
  if (const std::string terms = TermsLine(event.terms()); !terms.empty()) {
    text += Labelled(TermsLabel(event.kind()), terms);
  }
  if (const std::string secret = SecretLine(scenario_, event, scheduled.day); !secret.empty()) {
    text += Labelled("secret", secret);
  }
  text += Reactions(scheduled);
  if (event.terms().has_value_usd_bn()) text += Others(scheduled);
  if (!event.committed_by().empty() && event.committed_by() == scenario_.proto.hub()) {
    text += Totals(position);
  }
  return text + "\n";
}

}  // namespace oneup::cli
