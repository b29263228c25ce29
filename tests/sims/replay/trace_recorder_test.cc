// What a run's trace says of news on its way into beliefs and attention, and of the market:
// every record has its cause, and the figures add up.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sims/replay/recording.h"
#include "sims/trace/reader.h"
#include "sims/trace/story.h"

namespace oneup::sims {
namespace {

using v1::Record;

// Three weeks with Oracle's and Nvidia's deals; Nvidia has a band, which the shipped scenario
// gives to nobody.
LoadedScenario Banded() {
  LoadedScenario scenario = *LoadScenario("2025");
  scenario.proto.set_start_date("2025-09-02");
  for (v1::Listing& listing : *scenario.proto.mutable_listings()) {
    if (listing.ticker() == "NVDA") listing.set_halt_band(0.01);
  }
  return scenario;
}

RunOptions Options() {
  RunOptions options;
  options.resolution = traders::Continuous(60);
  options.until = *kernel::ParseDay("2025-09-24");
  return options;
}

std::vector<Record> Traced(v1::Detail detail) {
  const LoadedScenario scenario = Banded();
  const std::string path = testing::TempDir() + "/trace_recorder_test.binpb";
  EXPECT_TRUE(TraceRun(scenario, Options(), detail, path).ok());
  std::vector<Record> records;
  auto reader = trace::TraceReader::Open(path);
  EXPECT_TRUE(reader.ok()) << reader.status();
  for (;;) {
    const auto record = (*reader)->Next();
    EXPECT_TRUE(record.ok()) << record.status();
    if (!record.ok() || *record == nullptr) return records;
    records.push_back(**record);
  }
}

const std::vector<Record>& Market() {
  static const auto* const records = new std::vector<Record>(Traced(v1::DETAIL_MARKET));
  return *records;
}

// Records of a kind; ids count from 1.
std::vector<Record> Of(Record::BodyCase kind) {
  std::vector<Record> found;
  std::ranges::copy_if(Market(), std::back_inserter(found),
                       [&](const Record& record) { return record.body_case() == kind; });
  EXPECT_FALSE(found.empty()) << kind;
  return found;
}

const Record& CauseOf(const Record& record) { return Market().at(record.cause_id() - 1); }

using Session = std::pair<std::string, int64_t>;  // ticker, close

TEST(TraceRecorder, WhatIsBoughtIsSoldAndIsTheBarsVolume) {
  std::map<Session, FlowMeter::Flow> sums;
  std::map<Session, uint64_t> causes;
  for (const Record& record : Of(Record::kFlow)) {
    const v1::Flow& flow = record.flow();
    EXPECT_NE(flow.population(), v1::POPULATION_UNSPECIFIED);
    EXPECT_EQ(flow.interval_s(), 0u);
    EXPECT_GT(flow.orders() + static_cast<uint64_t>(flow.bought() + flow.sold()), 0u);
    FlowMeter::Flow& sum = sums[{flow.ticker(), record.time_ns()}];
    sum.orders += flow.orders();
    sum.bought += flow.bought();
    sum.sold += flow.sold();
    causes[{flow.ticker(), record.time_ns()}] = record.cause_id();
  }
  for (const Record& record : Of(Record::kBar)) {
    const Session session = {record.bar().ticker(), record.time_ns()};
    EXPECT_EQ(sums[session].bought, record.bar().volume());
    EXPECT_EQ(sums[session].sold, record.bar().volume());
    EXPECT_GT(sums[session].orders, 0u);
    EXPECT_EQ(causes[session], record.cause_id());
  }
  EXPECT_EQ(sums.size(), Of(Record::kBar).size());
}

TEST(TraceRecorder, OrdersOfThePopulationsAreThoseOfTheVenues) {
  uint64_t orders = 0;
  for (const Record& record : Of(Record::kFlow)) orders += record.flow().orders();
  EXPECT_EQ(orders, World(Banded(), Options(), nullptr).Run().orders);
}

TEST(TraceRecorder, EverySessionHasItsAuctions) {
  struct Auctions {
    int opening = 0;
    int closing = 0;
    int64_t volume = 0;
  };
  std::map<std::string, Auctions> open;  // the sessions under way
  for (const Record& record : Market()) {
    if (record.has_auction()) {
      const v1::Auction& auction = record.auction();
      Auctions& session = open[auction.ticker()];
      session.opening += auction.kind() == v1::AUCTION_KIND_OPENING;
      session.closing += auction.kind() == v1::AUCTION_KIND_CLOSING;
      session.volume += auction.volume();
      EXPECT_EQ(auction.price_ticks() > 0, auction.volume() > 0);
    } else if (record.has_bar()) {
      const Auctions session = open[record.bar().ticker()];
      EXPECT_EQ(session.opening, 1);
      EXPECT_EQ(session.closing, 1);
      EXPECT_EQ(session.volume, record.bar().auction_volume());
      open.erase(record.bar().ticker());
    }
  }
  EXPECT_TRUE(open.empty());
}

TEST(TraceRecorder, AHaltEndsWithTheAuctionThatItCaused) {
  const Record* halt = nullptr;  // under way
  int halts = 0;
  int of_news = 0;
  for (const Record& record : Market()) {
    if (record.has_halt()) {
      const v1::Halt& body = record.halt();
      EXPECT_EQ(body.ticker(), "NVDA");
      EXPECT_EQ(body.begins(), halt == nullptr);
      if (body.begins()) {
        const int64_t distance = std::abs(body.price_ticks() - body.reference_ticks());
        EXPECT_GT(distance, 0.01 * static_cast<double>(body.reference_ticks()));
        of_news += record.cause_id() > 0 && CauseOf(record).has_news();
        ++halts;
        halt = &record;
      } else {
        ASSERT_NE(halt, nullptr);
        EXPECT_EQ(record.cause_id(), halt->id());
        halt = nullptr;
      }
    } else if (record.has_auction() && record.auction().kind() == v1::AUCTION_KIND_REOPENING) {
      ASSERT_NE(halt, nullptr);
      EXPECT_EQ(record.cause_id(), halt->id());
    }
  }
  EXPECT_EQ(halt, nullptr);
  EXPECT_GT(halts, 0);
  EXPECT_GT(of_news, 0) << "Nvidia's hundred billion came out in the session";
}

TEST(TraceRecorder, BeliefsGoFromTheNewsToWhereAllHaveRevised) {
  std::map<uint64_t, std::vector<v1::BeliefRevision>> by_news;
  for (const Record& record : Of(Record::kBeliefRevision)) {
    ASSERT_TRUE(CauseOf(record).has_news());
    const v1::News& news = CauseOf(record).news();
    EXPECT_EQ(record.belief_revision().event_id(), news.event_id());
    EXPECT_EQ(record.belief_revision().ticker(), news.ticker());
    by_news[record.cause_id()].push_back(record.belief_revision());
  }
  for (const auto& [news, beliefs] : by_news) {
    const v1::News& body = Market().at(news - 1).news();
    for (size_t i = 0; i < beliefs.size(); ++i) {
      const v1::BeliefRevision& belief = beliefs[i];
      EXPECT_EQ(belief.revised() + belief.waiting(), beliefs[0].revised() + beliefs[0].waiting());
      EXPECT_GE(belief.mean_log_value_ppm() * (body.log_value_ppm() < 0 ? -1 : 1), 0);
      if (i > 0) {
        EXPECT_GE(belief.revised(), beliefs[i - 1].revised());
      }
      if (i + 1 < beliefs.size()) {
        EXPECT_GT(belief.waiting(), 0u) << "nothing more to say";
      }
    }
    if (beliefs.back().waiting() > 0 || std::abs(body.log_value_ppm()) < 100) continue;
    EXPECT_NE(beliefs.back().mean_log_value_ppm(), 0) << "all have taken it in";
  }
  EXPECT_EQ(by_news.size(), Of(Record::kNews).size());
}

TEST(TraceRecorder, AttentionComesOfTheHeadlineOrOfTheLoudestNearby) {
  const v1::RetailParameters retail = Banded().proto.traders().retail();
  int spilt = 0;
  for (const Record& record : Of(Record::kAttention)) {
    const v1::Attention& attention = record.attention();
    ASSERT_TRUE(CauseOf(record).has_news());
    const v1::News& news = CauseOf(record).news();
    EXPECT_EQ(attention.event_id(), news.event_id());
    const bool own = attention.ticker() == news.ticker();
    spilt += !own;
    EXPECT_NEAR(static_cast<double>(attention.change_ppm()),
                retail.attention_per_return() * (own ? 1 : retail.contagion()) *
                    static_cast<double>(news.headline_ppm()),
                retail.attention_per_return());
    EXPECT_GE(attention.level_ppm() + 1, static_cast<uint64_t>(attention.change_ppm()));
    if (own) continue;
    for (const Record& other : Of(Record::kNews)) {
      if (other.news().event_id() != news.event_id()) continue;
      EXPECT_LE(other.news().headline_ppm(), news.headline_ppm());
    }
  }
  EXPECT_GT(spilt, 0);
}

TEST(TraceRecorder, EachDetailHoldsWhatTheOneBeforeHolds) {
  std::map<v1::Detail, std::map<int, int>> counts;
  for (const v1::Detail detail :
       {v1::DETAIL_SUMMARY, v1::DETAIL_DEALS, v1::DETAIL_MARKET, v1::DETAIL_FULL}) {
    for (const Record& record : Traced(detail)) {
      EXPECT_LE(trace::DetailOf(record.body_case()), detail);
      ++counts[detail][record.body_case()];
    }
  }
  EXPECT_EQ(counts[v1::DETAIL_SUMMARY].size(), 2u);
  EXPECT_EQ(counts[v1::DETAIL_DEALS].size(), 5u);
  EXPECT_EQ(counts[v1::DETAIL_MARKET].size(), 9u);
  EXPECT_EQ(counts[v1::DETAIL_FULL].size(), 10u);
  for (const auto& [kind, count] : counts[v1::DETAIL_MARKET]) {
    EXPECT_EQ(counts[v1::DETAIL_FULL][kind], count);
  }
}

TEST(TraceRecorder, BeingRecordedChangesNothing) {
  const LoadedScenario scenario = Banded();
  auto writer = trace::TraceWriter::Create(trace::MakeNullSink(),
                                           trace::HeaderFor(scenario, 1, v1::DETAIL_FULL));
  ASSERT_TRUE(writer.ok());
  TraceRecorder recorder(scenario, **writer);
  const RunResult recorded = World(scenario, Options(), &recorder).Run();
  const RunResult alone = World(scenario, Options(), nullptr).Run();
  EXPECT_EQ(recorded.events, alone.events);
  EXPECT_EQ(recorded.orders, alone.orders);
  EXPECT_EQ(recorded.fills, alone.fills);
  for (size_t i = 0; i < alone.prices.size(); ++i) {
    ASSERT_EQ(recorded.prices[i].bars.size(), alone.prices[i].bars.size());
    for (size_t k = 0; k < alone.prices[i].bars.size(); ++k) {
      EXPECT_EQ(recorded.prices[i].bars[k].close, alone.prices[i].bars[k].close);
    }
  }
}

}  // namespace
}  // namespace oneup::sims
