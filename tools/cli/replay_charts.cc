#include "tools/cli/replay_charts.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "oneup/version.h"
#include "sims/replay/price_paths.h"
#include "sims/report/terminal_plot.h"
#include "sims/scenario/describe.h"
#include "tools/cli/format.h"
#include "tools/cli/replay_text.h"
#include "tools/cli/terms_text.h"

namespace oneup::cli {
namespace {

using sims::Estimate;
using sims::LoadedScenario;
using sims::Replay;
using sims::Spread;

constexpr int kDaysBefore = 28;
constexpr int kPanelLines = 12;

bool NamesStocks(const v1::Event& event) { return !event.announcement().exposures().empty(); }

// What the page gives a letter: a sum of money, made public.
bool IsDeal(const v1::Event& event) {
  return NamesStocks(event) && event.terms().has_value_usd_bn();
}

// Charts begin here: some days before what is told, so that a first jump is seen.
kernel::CivilDay FirstDay(const LoadedScenario& scenario, kernel::CivilDay from) {
  if (from != kernel::CivilDay::min()) return from - kDaysBefore / 4;
  for (const sims::ScheduledEvent& scheduled : scenario.schedule) {
    if (NamesStocks(scenario.proto.events(scheduled.index))) return scheduled.day - kDaysBefore;
  }
  return from;
}

// The interval of a single run is none.
Estimate EstimateOf(const Replay& replay, double recorded, const Spread& simulated,
                    double factor = 1) {
  Estimate estimate;
  estimate.recorded = factor * recorded;
  estimate.median = factor * simulated.median;
  if (replay.runs.size() > 1) {
    estimate.p05 = factor * simulated.p05;
    estimate.p95 = factor * simulated.p95;
  }
  return estimate;
}

std::string EvidenceOf(const v1::Event& event) {
  std::string text;
  for (const v1::Evidence& evidence : event.evidence()) {
    if (!text.empty()) text += "; ";
    text += evidence.source();
    if (!evidence.note().empty()) text += " (" + evidence.note() + ")";
  }
  return text;
}

sims::ReportEvent EventOf(const LoadedScenario& scenario, const Replay& replay,
                          const sims::ScheduledEvent& scheduled) {
  const v1::Event& event = scenario.proto.events(scheduled.index);
  sims::ReportEvent told;
  told.id = event.id();
  told.date = sims::DateText(event);
  told.headline = event.headline();
  told.actors = ActorsLine(scenario, event);
  told.terms = TermsLine(event.terms());
  if (const std::string label = TermsLabel(event.kind()); !told.terms.empty() && label != "terms") {
    told.terms = label + ": " + told.terms;
  }
  told.secret = SecretLine(scenario, event, scheduled.day);
  told.narrative = event.detail();
  told.evidence = EvidenceOf(event);
  told.deal = IsDeal(event);
  for (const sims::ReactionRow& row : replay.rows) {
    if (row.key.event != scheduled.index || !row.key.exposed) continue;
    told.tickers.push_back(scenario.proto.listings(row.key.listing).ticker());
    told.marked_on = kernel::FormatDay(row.key.first_session);
    if (!std::isfinite(row.first_day.median)) continue;
    if (!told.reaction.empty()) told.reaction += "; ";
    told.reaction += told.tickers.back() + " " + Percent(row.first_day.median);
    if (std::isfinite(row.recorded.first_day)) {
      told.reaction += ", recorded " + Percent(row.recorded.first_day);
    }
  }
  return told;
}

sims::ReportReaction ReactionOf(const LoadedScenario& scenario, const Replay& replay,
                                const sims::ReactionRow& row) {
  sims::ReportReaction reaction;
  reaction.event = scenario.proto.events(row.key.event).id();
  reaction.ticker = scenario.proto.listings(row.key.listing).ticker();
  reaction.gap = EstimateOf(replay, row.recorded.gap, row.gap);
  reaction.first_day = EstimateOf(replay, row.recorded.first_day, row.first_day);
  reaction.abnormal = EstimateOf(replay, row.recorded.abnormal, row.abnormal);
  reaction.car_1_1 = EstimateOf(replay, row.recorded.car_1_1, row.car_1_1);
  reaction.car_0_20 = EstimateOf(replay, row.recorded.car_0_20, row.car_0_20);
  reaction.volume_ratio = EstimateOf(replay, row.recorded.volume_ratio, row.volume_ratio);
  if (IsDeal(scenario.proto.events(row.key.event))) {
    reaction.added_value_usd_bn = EstimateOf(replay, row.recorded.first_day, row.first_day,
                                             sims::ValueAdded(scenario, row.key, 1));
  }
  reaction.leave_one_out = row.leave_one_out;
  return reaction;
}

sims::ReportSeries SeriesOf(const LoadedScenario& scenario, const Replay& replay,
                            const sims::PricePath& path) {
  const v1::Listing& listing = scenario.proto.listings(path.listing);
  sims::ReportSeries series;
  series.ticker = listing.ticker();
  series.name = listing.name();
  series.recorded = path.recorded;
  for (size_t i = 0; i < path.days.size(); ++i) {
    const Estimate price = EstimateOf(replay, path.recorded[i], path.simulated[i]);
    series.dates.push_back(kernel::FormatDay(path.days[i]));
    series.median.push_back(price.median);
    series.p05.push_back(price.p05);
    series.p95.push_back(price.p95);
  }
  return series;
}

std::vector<sims::ReportTotal> TotalsOf(const Replay& replay) {
  const sims::Commitments& commitments = replay.commitments;
  const auto exactly = [](double value) {
    Estimate estimate;
    estimate.median = value;
    return estimate;
  };
  return {{"market value added on first days", "bn USD",
           EstimateOf(replay, replay.added_value.recorded, replay.added_value.simulated)},
          {"compute committed", "GW", exactly(commitments.capacity_gw)},
          {"money committed", "bn USD", exactly(commitments.usd_bn)},
          {"commitments over a year's revenue", "times", exactly(commitments.over_revenue)}};
}

std::vector<std::string> NotesOf(const LoadedScenario& scenario, const Replay& replay) {
  const std::string& index = scenario.index().ticker();
  std::vector<std::string> notes = {
      "Every price comes from orders that met on a simulated exchange. The one input of a day is "
      "the index's own move (" +
          index + "), as it was recorded; the people act as recorded too.",
      "Charts: each run is scaled to the recorded close of their first day, as runs that part "
      "early stand at different levels later. Where a record ends, its line does.",
      "The interval is the range from the 5th to the 95th percentile of the runs. It holds the "
      "chance of the traders only, no doubt about the parameters.",
      "Recorded prices are adjusted for dividends and splits; first-day returns agree with "
      "unadjusted ones but for dividends on the day.",
      "Abnormal returns: market model on up to 250 sessions that end 30 before the event. A dash "
      "means that the prices do not reach that far."};
  if (replay.runs.size() == 1) {
    notes.insert(notes.begin(),
                 "This is a single run. Another seed can lie far from it: --seeds shows how far.");
  }
  return notes;
}

}  // namespace

std::string PlotPrices(const LoadedScenario& scenario, const Replay& replay, kernel::CivilDay from,
                       const sims::TerminalStyle& style) {
  std::string text;
  for (const sims::PricePath& path :
       sims::PricePaths(scenario, replay.runs, FirstDay(scenario, from))) {
    const v1::Listing& listing = scenario.proto.listings(path.listing);
    sims::Plot plot;
    plot.title = listing.ticker() + "  " + listing.name() + ", daily close, " + listing.currency();
    plot.height = kPanelLines;
    sims::PlotSeries simulated{"simulated", {}, /*faint=*/false};
    sims::PlotSeries p05{"between these 90 % of runs", {}, /*faint=*/true};
    sims::PlotSeries p95{"", {}, /*faint=*/true};
    for (const Spread& spread : path.simulated) {
      simulated.y.push_back(spread.median);
      p05.y.push_back(spread.p05);
      p95.y.push_back(spread.p95);
    }
    for (const kernel::CivilDay day : path.days) plot.x_labels.push_back(kernel::FormatDay(day));
    const bool many = replay.runs.size() > 1;
    if (many) simulated.label = "simulated, median";
    const bool recorded = std::ranges::any_of(path.recorded, [](double y) { return y > 0; });
    plot.series.push_back(std::move(simulated));
    if (recorded) {
      plot.series.push_back({"recorded", path.recorded, /*faint=*/false});
    } else {
      plot.title += " (nothing recorded in these days)";
    }
    if (many) {
      plot.series.push_back(std::move(p05));
      plot.series.push_back(std::move(p95));
    }
    for (const sims::ReactionRow& row : replay.rows) {
      if (row.key.listing != path.listing || !row.key.exposed) continue;
      const auto at = std::ranges::find(path.days, row.key.first_session);
      if (at == path.days.end()) continue;
      plot.markers.push_back({static_cast<size_t>(at - path.days.begin()),
                              scenario.proto.events(row.key.event).headline()});
    }
    text += sims::RenderPlot(plot, style) + "\n";
  }
  return text;
}

sims::ReportData ReportOf(const LoadedScenario& scenario, const Replay& replay,
                          kernel::CivilDay from, kernel::CivilDay until,
                          const std::string& command) {
  sims::ReportData data;
  data.title = scenario.proto.title();
  data.description = scenario.proto.description();
  data.command = command;
  data.scenario = scenario.proto.name() + " (" + scenario.digest.substr(0, 12) + ")";
  data.version = std::string("oneup ") + kVersion;
  data.seeds = static_cast<int>(replay.runs.size());
  for (const sims::PricePath& path :
       sims::PricePaths(scenario, replay.runs, FirstDay(scenario, from))) {
    data.series.push_back(SeriesOf(scenario, replay, path));
  }
  for (const sims::ScheduledEvent& scheduled : scenario.schedule) {
    if (scheduled.day < from || scheduled.day > until) continue;
    data.events.push_back(EventOf(scenario, replay, scheduled));
    for (const sims::ReactionRow& row : replay.rows) {
      if (row.key.event == scheduled.index && row.key.exposed) {
        data.reactions.push_back(ReactionOf(scenario, replay, row));
      }
    }
  }
  data.totals = TotalsOf(replay);
  data.notes = NotesOf(scenario, replay);
  return data;
}

}  // namespace oneup::cli
