#include "tools/cli/compare_page.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "market/kernel/civil_time.h"
#include "oneup/version.h"
#include "sims/network/drawing.h"
#include "sims/network/obligations.h"
#include "sims/network/systemic.h"
#include "sims/report/compare_report.h"
#include "sims/world/emerged.h"
#include "tools/cli/compare_words.h"

namespace oneup::cli {
namespace {

sims::BandValues BandOf(const sims::Band& band) { return {band.p05, band.median, band.p95}; }

// The network of promises at the end of one run.
absl::StatusOr<sims::CompareReportNetwork> NetworkOf(const std::string& world,
                                                     const sims::LoadedScenario& scenario,
                                                     const sims::RunOptions& run) {
  const sims::LoadedScenario told =
      sims::EmergedScenario(scenario, sims::World(scenario, run, nullptr).Run());
  const auto end = kernel::ParseDay(told.proto.end_date());
  const kernel::CivilDay at = std::min(*end, run.until);
  const sims::ObligationGraph graph = sims::BuildObligations(told, at);
  const sims::SystemicFigures figures = sims::MeasureSystem(told, graph, at, {});
  sims::CompareReportNetwork network;
  network.caption = absl::StrCat(world, ", seed ", run.seed, ", ", kernel::FormatDay(at));
  auto svg = sims::DotToSvg(sims::ToDot({graph, figures, nullptr, network.caption}));
  if (!svg.ok()) return svg.status();
  network.svg = *std::move(svg);
  network.description = absl::StrCat("Who has promised whom how much, ", network.caption, ":");
  for (const sims::Flow& flow : graph.flows) {
    absl::StrAppend(&network.description, " ", graph.companies[flow.from].name, " to ",
                    graph.companies[flow.to].name, " ", std::string(FlowKindText(flow.kind)),
                    absl::StrFormat(" of %.0f billion;", flow.usd_bn));
  }
  return network;
}

void AddRows(const sims::Comparison& comparison, sims::CompareReportData& data) {
  for (const sims::Effect& effect : comparison.effects) {
    if (effect.same) {
      AddSame(effect.metric, &data.same);
      continue;
    }
    const std::string& unit = effect.unit;
    const std::string shown = UnitOf(unit);
    data.rows.push_back(
        {.outcome = shown.empty() ? effect.metric : absl::StrCat(effect.metric, ", ", shown),
         .baseline = Figure(effect.paired.baseline, unit, false),
         .changed = Figure(effect.paired.changed, unit, false),
         .difference = Figure(effect.paired.difference, unit, true),
         .student = Range(effect.paired.low, effect.paired.high, unit),
         .bootstrap = Range(effect.bootstrap.low, effect.bootstrap.high, unit),
         .p = Probability(effect.p),
         .p_holm = Probability(effect.p_holm),
         .pairing = Pairing(effect)});
  }
}

void AddPaths(const sims::PairedPaths& paths, sims::CompareReportData& data) {
  data.path_pairs = paths.pairs;
  for (const sims::ListingPaths& listing : paths.listings) {
    // The index is given: it is the same in both worlds.
    if (listing.difference.p05 == listing.difference.p95) continue;
    sims::CompareReportPath& path = data.paths.emplace_back();
    path.ticker = listing.ticker;
    for (const kernel::CivilDay day : listing.days) path.dates.push_back(kernel::FormatDay(day));
    path.baseline = BandOf(listing.baseline);
    path.changed = BandOf(listing.changed);
    path.difference = BandOf(listing.difference);
  }
}

void AddExplanation(const sims::CompareResult& result, sims::CompareReportData& data) {
  if (!result.explanation) return;
  const sims::Explanation& explanation = *result.explanation;
  data.explained =
      explanation.same
          ? absl::StrCat("Seed ", explanation.seed, ": both worlds are the same to the end.")
          : absl::StrCat("Seed ", explanation.seed, ": ", explanation.equal_records,
                         " records are the same in both worlds; the first that differs is ",
                         RecordLine(explanation.first_changed),
                         ". An arrow -> is a recorded cause; ~> is inferred: the last thing that "
                         "made this principal differ between the worlds.");
  for (const sims::ChangedDeal& deal : explanation.deals) {
    sims::CompareReportDeal& one = data.deals.emplace_back();
    one.heading = HeadingOf(deal);
    for (const v1::Record& record : deal.both) {
      if (record.has_happening()) one.outcomes.push_back(record.happening().headline());
    }
    one.chain = ChainLines(deal);
  }
  for (const sims::Carriers& carriers : result.carriers) {
    for (std::vector<std::string>& row : CarrierRows(carriers)) {
      data.carriers.push_back(std::move(row));
    }
  }
}

}  // namespace

absl::StatusOr<std::string> ComparePage(const sims::CompareResult& result,
                                        const sims::LoadedScenario& baseline,
                                        const sims::LoadedScenario& changed,
                                        const sims::RunOptions& run, const std::string& call) {
  sims::CompareReportData data;
  data.scenario = result.scenario_title;
  data.what_if = result.what_if.title;
  data.description = result.what_if.description;
  data.interventions = LinesOf(result.what_if);
  data.runs = absl::StrCat(
      result.comparison.seeds, " pairs of runs from seed ", result.comparison.first_seed,
      absl::StrFormat("; intervals of %.4g %%", 100 * result.comparison.level));
  AddRows(result.comparison, data);
  AddPaths(result.comparison.paths, data);
  for (const auto& [world, scenario] :
       {std::pair{"baseline", &baseline}, std::pair{"what if", &changed}}) {
    auto network = NetworkOf(world, *scenario, run);
    if (!network.ok()) return network.status();
    data.networks.push_back(*std::move(network));
  }
  AddExplanation(result, data);
  data.command = call;
  data.version = absl::StrCat("oneup ", kVersion);
  return sims::RenderCompareReport(data);
}

}  // namespace oneup::cli
