// Records a run in a trace: each event of the scenario, the news that it became, how that
// became belief and attention, what the market did, and at the end how each listing reacted;
// each with what caused it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sims/replay/flow_meter.h"
#include "sims/replay/reaction.h"
#include "sims/scenario/scenario.h"
#include "sims/trace/writer.h"
#include "sims/world/world.h"

namespace oneup::sims {

class TraceRecorder final : public RunListener {
 public:
  // Both must outlive the recorder. Errors of writing are kept by the writer.
  TraceRecorder(const LoadedScenario& scenario, trace::TraceWriter& writer);

  uint64_t OnEvent(const ScheduledEvent& event) override;
  uint64_t OnEmerged(Time at, const v1::Event& event, uint64_t cause) override;
  uint64_t OnStory(Time at, v1::Record& record) override;
  bool WantsStory() const override;
  uint64_t OnImpact(Time at, const v1::Event& event, const Impact& impact, uint64_t cause) override;
  void OnAttention(Time at, const v1::Event& event, const AttentionChange& change,
                   uint64_t cause) override;
  void OnOpen(Time at, int listing, const traders::ListingMarket& market) override;
  void OnAuction(Time at, int listing, const exchange::AuctionResult& result) override;
  void OnHalt(Time at, int listing, const exchange::HaltNotice& notice) override;
  void OnClose(Time at, int listing, const traders::ListingMarket& market) override;
  void OnFill(Time at, int listing, const exchange::Fill& fill) override;
  void OnOrder(int listing, exchange::OwnerId owner) override;
  bool WantsFills() const override;
  bool WantsOrders() const override;

  // After the run: how each listing reacted, beside what was recorded. The three vectors
  // are in step; told is the scenario with what emerged (EmergedScenario).
  void RecordReactions(Time end, const LoadedScenario& told, const std::vector<ReactionKey>& keys,
                       const std::vector<Reaction>& simulated,
                       const std::vector<Reaction>& recorded);

 private:
  // A piece of news on its way into beliefs.
  struct Hearing {
    uint32_t number = 0;  // among what the listing's traders have heard
    uint64_t news = 0;    // the record
    std::string event;
  };
  // What is kept of a listing.
  struct Place {
    std::string ticker;
    uint64_t fresh_news = 0;  // the last news since the listing's last bar
    uint64_t halt = 0;        // the halt under way
    uint32_t heard = 0;       // pieces of news so far
    std::vector<Hearing> hearings;
    FlowMeter flow;
  };

  uint64_t RecordHappening(Time at, const v1::Event& event, uint64_t cause);
  void RecordBeliefs(Time at, Place& place, const traders::ValueTraders& traders);
  void RecordFlows(Time at, Place& place);
  void RecordBar(Time at, const Place& place, const exchange::Bar& day);

  const LoadedScenario& scenario_;
  trace::TraceWriter& writer_;
  std::vector<Place> places_;                               // by listing
  std::map<std::pair<int, std::string>, uint64_t> causes_;  // listing and event: the news
  std::map<std::string, uint64_t> happenings_;
  v1::Record bar_;  // reused, as are
  v1::Record flow_;
  v1::Record fill_;
};

}  // namespace oneup::sims
