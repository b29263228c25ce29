#include "sims/metrics/run_view.h"

#include <limits>

#include "sims/emergent/recorded_outcome.h"
#include "sims/network/contagion.h"
#include "sims/world/emerged.h"
#include "sims/world/news_desk.h"

namespace oneup::sims {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// In place of the recorded reaction to a deal, that of the run.
void Simulate(const LoadedScenario& scenario, const RunResult& result, const NewsDesk& desk,
              DealOutcome& deal) {
  deal.first_day = deal.added_usd_bn = kNaN;
  const v1::Event* event = scenario.FindEvent(deal.event);
  if (event == nullptr || event->announcement().exposures().empty()) return;
  const v1::Announcement& announcement = event->announcement();
  deal.first_day = FirstDayReturn(scenario, result, announcement);
  const v1::Listing* listing = scenario.FindListing(announcement.exposures(0).company());
  if (listing == nullptr) return;
  deal.added_usd_bn = deal.first_day * desk.Capitalisation(*listing, announcement.first_session());
}

}  // namespace

StoryOutcome StoryOf(const LoadedScenario& scenario, const RunResult& result) {
  if (!scenario.proto.principals().empty()) return OutcomeOf(scenario, 0, result);
  StoryOutcome story = RecordedOutcome(scenario);
  const auto later = [&](const auto& it) { return it.day > result.last_day; };
  std::erase_if(story.deals, later);
  std::erase_if(story.facts, later);
  const NewsDesk desk(scenario);
  for (DealOutcome& deal : story.deals) Simulate(scenario, result, desk, deal);
  return story;
}

RunView::RunView(const LoadedScenario& scenario, const RunResult& result)
    : scenario_(scenario), result_(result) {}

const StoryOutcome& RunView::story() {
  if (!story_) story_ = StoryOf(scenario_, result_);
  return *story_;
}

const RecordedPrices* RunView::prices(const std::string& ticker) const {
  for (const RecordedPrices& prices : result_.prices) {
    if (prices.ticker == ticker) return &prices;
  }
  return nullptr;
}

const LoadedScenario& RunView::told() {
  if (!told_) told_ = EmergedScenario(scenario_, result_);
  return *told_;
}

const ObligationGraph& RunView::graph() {
  if (!graph_) graph_ = BuildObligations(told(), result_.last_day);
  return *graph_;
}

const SystemView& RunView::system() {
  if (system_) return *system_;
  system_ = SystemView{};
  if (scenario_.proto.hub().empty()) {
    system_ = SystemView{kNaN, kNaN, kNaN};
  } else if (!graph().flows.empty()) {
    const SystemicFigures figures = MeasureSystem(told(), graph(), result_.last_day, {});
    system_->circularity = figures.circulation.Circularity();
    if (figures.obligations_usd_bn > 0) system_->over_revenue = figures.over_revenue;
    system_->hhi = figures.hhi;
  }
  return *system_;
}

double RunView::ContagionUsdBn() {
  if (scenario_.proto.hub().empty()) return kNaN;
  if (graph().hub < 0) return 0;
  DefaultOptions options;
  options.failing = graph().hub;
  const absl::StatusOr<DefaultOutcome> outcome =
      SimulateDefault(told(), graph(), result_.last_day, options);
  return outcome.ok() ? outcome->unpaid_usd_bn : kNaN;
}

}  // namespace oneup::sims
