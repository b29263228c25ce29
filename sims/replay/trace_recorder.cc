#include "sims/replay/trace_recorder.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "sims/replay/replay.h"
#include "sims/trace/story.h"

namespace oneup::sims {
namespace {

v1::ReactionFigures Figures(const LoadedScenario& scenario, const ReactionKey& key,
                            const Reaction& reaction) {
  v1::ReactionFigures figures;
  const auto known = [](double value) { return std::isfinite(value); };
  if (known(reaction.gap)) figures.set_gap_ppm(trace::Ppm(reaction.gap));
  if (known(reaction.first_day)) {
    figures.set_first_day_ppm(trace::Ppm(reaction.first_day));
    const double millions = 1000 * ValueAdded(scenario, key, reaction.first_day);
    figures.set_added_value_usd_millions(std::llround(millions));
  }
  if (known(reaction.abnormal)) figures.set_abnormal_ppm(trace::Ppm(reaction.abnormal));
  if (known(reaction.car_1_1)) figures.set_car_1_1_ppm(trace::Ppm(reaction.car_1_1));
  if (known(reaction.car_0_20)) figures.set_car_0_20_ppm(trace::Ppm(reaction.car_0_20));
  if (known(reaction.volume_ratio)) {
    figures.set_volume_ratio_ppm(static_cast<uint64_t>(trace::Ppm(reaction.volume_ratio)));
  }
  return figures;
}

v1::Population PopulationOf(traders::Population population) {
  switch (population) {
    case traders::Population::kValue:
      return v1::POPULATION_VALUE;
    case traders::Population::kMaker:
      return v1::POPULATION_MARKET_MAKER;
    case traders::Population::kInstitution:
      return v1::POPULATION_INSTITUTION;
    case traders::Population::kMomentum:
      return v1::POPULATION_MOMENTUM;
    case traders::Population::kNoise:
      return v1::POPULATION_NOISE;
    case traders::Population::kRetail:
      return v1::POPULATION_RETAIL;
  }
  return v1::POPULATION_UNSPECIFIED;
}

v1::AuctionKind KindOf(exchange::AuctionKind kind) {
  switch (kind) {
    case exchange::AuctionKind::kOpening:
      return v1::AUCTION_KIND_OPENING;
    case exchange::AuctionKind::kClosing:
      return v1::AUCTION_KIND_CLOSING;
    case exchange::AuctionKind::kReopening:
      return v1::AUCTION_KIND_REOPENING;
  }
  return v1::AUCTION_KIND_UNSPECIFIED;
}

}  // namespace

TraceRecorder::TraceRecorder(const LoadedScenario& scenario, trace::TraceWriter& writer)
    : scenario_(scenario), writer_(writer) {
  const FlowMeter flow(scenario.proto.traders().maker().count());
  for (const v1::Listing& listing : scenario.proto.listings()) {
    places_.push_back({.ticker = listing.ticker(), .hearings = {}, .flow = flow});
  }
}

uint64_t TraceRecorder::OnEvent(const ScheduledEvent& scheduled) {
  const v1::Event& event = scenario_.proto.events(scheduled.index);
  uint64_t cause = 0;
  // An event answers the last of those that it names.
  for (const std::string& earlier : event.after()) {
    if (const auto it = happenings_.find(earlier); it != happenings_.end()) {
      cause = std::max(cause, it->second);
    }
  }
  return RecordHappening(scheduled.at, event, cause);
}

uint64_t TraceRecorder::OnEmerged(Time at, const v1::Event& event, uint64_t cause) {
  return RecordHappening(at, event, cause);
}

uint64_t TraceRecorder::RecordHappening(Time at, const v1::Event& event, uint64_t cause) {
  v1::Record record;
  record.set_time_ns(at.ns);
  record.set_cause_id(cause);
  *record.mutable_happening() = trace::HappeningOf(event);
  record.mutable_happening()->set_public_(!event.visibility().public_from().empty());
  const uint64_t id = writer_.Append(record);
  happenings_[event.id()] = id;
  return id;
}

uint64_t TraceRecorder::OnStory(Time at, v1::Record& record) {
  record.set_time_ns(at.ns);
  return writer_.Append(record);
}

bool TraceRecorder::WantsStory() const { return writer_.Wants(v1::Record::kPerception); }

uint64_t TraceRecorder::OnImpact(Time at, const v1::Event& event, const Impact& impact,
                                 uint64_t cause) {
  v1::Record record;
  record.set_time_ns(at.ns);
  record.set_cause_id(cause);
  v1::News& news = *record.mutable_news();
  news.set_event_id(event.id());
  Place& place = places_[impact.listing];
  news.set_ticker(place.ticker);
  news.set_log_value_ppm(trace::Ppm(impact.log_return));
  news.set_headline_ppm(static_cast<uint64_t>(trace::Ppm(impact.headline)));
  const uint64_t id = writer_.Append(record);
  causes_[{impact.listing, event.id()}] = id;
  place.fresh_news = id;
  place.hearings.push_back({place.heard++, id, event.id()});
  return id;
}

void TraceRecorder::OnAttention(Time at, const v1::Event& event, const AttentionChange& change,
                                uint64_t cause) {
  v1::Record record;
  record.set_time_ns(at.ns);
  record.set_cause_id(cause);
  v1::Attention& attention = *record.mutable_attention();
  attention.set_ticker(places_[change.listing].ticker);
  attention.set_level_ppm(static_cast<uint64_t>(trace::Ppm(change.level)));
  attention.set_change_ppm(trace::Ppm(change.change));
  attention.set_event_id(event.id());
  writer_.Append(record);
}

void TraceRecorder::OnOpen(Time at, int listing, const traders::ListingMarket& market) {
  RecordBeliefs(at, places_[listing], market.value_traders());
}

void TraceRecorder::RecordBeliefs(Time at, Place& place, const traders::ValueTraders& traders) {
  v1::Record record;
  record.set_time_ns(at.ns);
  v1::BeliefRevision& belief = *record.mutable_belief_revision();
  belief.set_ticker(place.ticker);
  for (const Hearing& hearing : place.hearings) {
    const traders::ValueTraders::Reception reception = traders.ReceptionOf(hearing.number);
    record.set_cause_id(hearing.news);
    belief.set_event_id(hearing.event);
    belief.set_revised(reception.revised);
    belief.set_waiting(reception.waiting);
    belief.set_mean_log_value_ppm(trace::Ppm(reception.mean_log_value));
    writer_.Append(record);
  }
  std::erase_if(place.hearings, [&](const Hearing& hearing) {
    return traders.ReceptionOf(hearing.number).waiting == 0;
  });
}

void TraceRecorder::OnAuction(Time at, int listing, const exchange::AuctionResult& result) {
  const Place& place = places_[listing];
  v1::Record record;
  record.set_time_ns(at.ns);
  record.set_cause_id(result.kind == exchange::AuctionKind::kReopening ? place.halt
                                                                       : place.fresh_news);
  v1::Auction& auction = *record.mutable_auction();
  auction.set_ticker(place.ticker);
  auction.set_kind(KindOf(result.kind));
  auction.set_price_ticks(result.price.value);
  auction.set_volume(result.volume);
  writer_.Append(record);
}

void TraceRecorder::OnHalt(Time at, int listing, const exchange::HaltNotice& notice) {
  Place& place = places_[listing];
  v1::Record record;
  record.set_time_ns(at.ns);
  record.set_cause_id(notice.begins ? place.fresh_news : place.halt);
  v1::Halt& halt = *record.mutable_halt();
  halt.set_ticker(place.ticker);
  halt.set_begins(notice.begins);
  halt.set_price_ticks(notice.last.value);
  halt.set_reference_ticks(notice.reference.value);
  place.halt = writer_.Append(record);
}

void TraceRecorder::OnClose(Time at, int listing, const traders::ListingMarket& market) {
  Place& place = places_[listing];
  RecordBeliefs(at, place, market.value_traders());
  RecordFlows(at, place);
  RecordBar(at, place, market.venue().tape().day());
  place.fresh_news = 0;
}

void TraceRecorder::RecordFlows(Time at, Place& place) {
  const FlowMeter::Flows flows = place.flow.Take();
  flow_.set_time_ns(at.ns);
  flow_.set_cause_id(place.fresh_news);
  v1::Flow& record = *flow_.mutable_flow();
  record.set_ticker(place.ticker);
  for (size_t i = 0; i < flows.size(); ++i) {
    const FlowMeter::Flow& flow = flows[i];
    if (flow.orders == 0 && flow.bought == 0 && flow.sold == 0) continue;
    record.set_population(PopulationOf(static_cast<traders::Population>(i)));
    record.set_orders(flow.orders);
    record.set_bought(flow.bought);
    record.set_sold(flow.sold);
    writer_.Append(flow_);
  }
}

void TraceRecorder::RecordBar(Time at, const Place& place, const exchange::Bar& day) {
  bar_.set_time_ns(at.ns);
  // The session is the first that has traded on it.
  bar_.set_cause_id(place.fresh_news);
  v1::Bar& bar = *bar_.mutable_bar();
  bar.set_ticker(place.ticker);
  bar.set_open_ticks(day.open.value);
  bar.set_high_ticks(day.high.value);
  bar.set_low_ticks(day.low.value);
  bar.set_close_ticks(day.close.value);
  bar.set_volume(day.volume);
  bar.set_auction_volume(day.auction_volume);
  bar.set_trades(day.trades);
  writer_.Append(bar_);
}

bool TraceRecorder::WantsFills() const { return writer_.Wants(v1::Record::kFlow); }
bool TraceRecorder::WantsOrders() const { return writer_.Wants(v1::Record::kFlow); }

void TraceRecorder::OnOrder(int listing, exchange::OwnerId owner) {
  places_[listing].flow.AddOrder(owner);
}

void TraceRecorder::OnFill(Time at, int listing, const exchange::Fill& fill) {
  Place& place = places_[listing];
  place.flow.AddFill(fill);
  if (!writer_.Wants(v1::Record::kFill)) return;
  fill_.set_time_ns(at.ns);
  v1::Fill& record = *fill_.mutable_fill();
  record.set_ticker(place.ticker);
  record.set_price_ticks(fill.price.value);
  record.set_quantity(fill.quantity);
  record.set_maker(fill.maker);
  record.set_taker(fill.taker);
  record.set_taker_side(fill.taker_side == exchange::Side::kBuy ? v1::TRADE_SIDE_BUY
                                                                : v1::TRADE_SIDE_SELL);
  record.set_auction(fill.auction);
  writer_.Append(fill_);
}

void TraceRecorder::RecordReactions(Time end, const LoadedScenario& told,
                                    const std::vector<ReactionKey>& keys,
                                    const std::vector<Reaction>& simulated,
                                    const std::vector<Reaction>& recorded) {
  for (size_t k = 0; k < keys.size(); ++k) {
    const std::string& event = told.proto.events(keys[k].event).id();
    if (!happenings_.contains(event)) continue;  // the run ended before it
    v1::Record record;
    record.set_time_ns(end.ns);
    const auto news = causes_.find({keys[k].listing, event});
    record.set_cause_id(news != causes_.end() ? news->second : happenings_[event]);
    v1::Reaction& reaction = *record.mutable_reaction();
    reaction.set_event_id(event);
    reaction.set_ticker(places_[keys[k].listing].ticker);
    *reaction.mutable_simulated() = Figures(told, keys[k], simulated[k]);
    *reaction.mutable_recorded() = Figures(told, keys[k], recorded[k]);
    writer_.Append(record);
  }
}

}  // namespace oneup::sims
