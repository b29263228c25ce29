// Whole runs of the shipped market: calendars, news, seeds, and counterfactuals that share
// all their chance up to their cause.
#include "sims/world/world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>
#include <vector>

#include "sims/scenario/checks.h"

namespace oneup::sims {
namespace {

kernel::CivilDay Day(const char* text) { return *kernel::ParseDay(text); }

// The shipped scenario, from a later day on: a test needs no long run.
LoadedScenario From(const char* start) {
  static const LoadedScenario shipped = *LoadScenario("2025");
  LoadedScenario scenario = shipped;
  scenario.proto.set_start_date(start);
  return scenario;
}

RunOptions Until(const char* last, uint64_t seed = 1) {
  RunOptions options;
  options.seed = seed;
  options.resolution = traders::Continuous(60);
  options.until = Day(last);
  return options;
}

// As if the event had never been told.
LoadedScenario Without(LoadedScenario scenario, const std::string& id) {
  for (int i = 0; i < scenario.proto.events_size(); ++i) {
    if (scenario.proto.events(i).id() != id) continue;
    scenario.proto.mutable_events()->DeleteSubrange(i, 1);
    scenario.schedule = MakeSchedule(scenario.proto);
    return scenario;
  }
  ADD_FAILURE() << "no event " << id;
  return scenario;
}

int Listing(const LoadedScenario& scenario, const std::string& ticker) {
  for (int i = 0; i < scenario.proto.listings_size(); ++i) {
    if (scenario.proto.listings(i).ticker() == ticker) return i;
  }
  return -1;
}

// Every trade of a run.
class Tape : public RunListener {
 public:
  using Trade = std::tuple<int64_t, int, uint32_t, uint32_t, int32_t, int32_t>;

  uint64_t OnEvent(const ScheduledEvent&) override { return ++records_; }
  uint64_t OnImpact(Time, const v1::Event& event, const Impact& impact, uint64_t cause) override {
    impacts.push_back({event.id(), impact.listing, cause});
    return ++records_;
  }
  void OnClose(Time, int, const traders::ListingMarket&) override {}
  void OnFill(Time at, int listing, const exchange::Fill& fill) override {
    trades.push_back({at.ns, listing, fill.maker, fill.taker, fill.price.value, fill.quantity});
  }
  bool WantsFills() const override { return true; }

  struct ImpactSeen {
    std::string event;
    int listing;
    uint64_t cause;
  };
  std::vector<Trade> trades;
  std::vector<ImpactSeen> impacts;

 private:
  uint64_t records_ = 0;
};

Tape TapeOf(const LoadedScenario& scenario, const RunOptions& options) {
  Tape tape;
  World(scenario, options, &tape).Run();
  return tape;
}

std::vector<Tape::Trade> Before(const Tape& tape, Time time) {
  std::vector<Tape::Trade> trades;
  for (const Tape::Trade& trade : tape.trades) {
    if (std::get<0>(trade) < time.ns) trades.push_back(trade);
  }
  return trades;
}

Time AnnouncedAt(const LoadedScenario& scenario, const std::string& id) {
  return *kernel::ParseInstant(scenario.FindEvent(id)->announcement().at());
}

double CloseOn(const RunResult& result, int listing, const char* day) {
  return result.prices[static_cast<size_t>(listing)].Find(Day(day))->close;
}

TEST(World, EveryListingTradesEverySessionOfItsOwnCalendar) {
  // Over Christmas and New Year, when New York and Tokyo rest on different days, with half
  // days in New York.
  const LoadedScenario scenario = From("2024-12-16");
  const RunResult result = World(scenario, Until("2025-01-17"), nullptr).Run();
  for (int i = 0; i < scenario.proto.listings_size(); ++i) {
    const v1::Listing& listing = scenario.proto.listings(i);
    std::vector<kernel::CivilDay> sessions;
    for (const kernel::Session& session : scenario.FindCalendar(listing.calendar())->sessions()) {
      if (session.day >= Day("2024-12-16") && session.day <= Day("2025-01-17")) {
        sessions.push_back(session.day);
      }
    }
    std::vector<kernel::CivilDay> days;
    for (const DailyBar& bar : result.prices[static_cast<size_t>(i)].bars) {
      days.push_back(bar.day);
      EXPECT_GT(bar.volume, 0) << listing.ticker() << " " << bar.day;
      EXPECT_LE(bar.low, std::min(bar.open, bar.close));
      EXPECT_GE(bar.high, std::max(bar.open, bar.close));
    }
    EXPECT_EQ(days, sessions) << listing.ticker();
  }
}

TEST(World, TheIndexStaysOnItsRecordedCourse) {
  const LoadedScenario scenario = From("2025-03-24");
  const RunResult result = World(scenario, Until("2025-04-30"), nullptr).Run();
  const int index = Listing(scenario, scenario.index().ticker());
  const RecordedPrices& recorded = *scenario.FindPrices(scenario.index().ticker());
  // Days of up to 10 %, and not one of them is missed by one.
  for (const DailyBar& bar : result.prices[static_cast<size_t>(index)].bars) {
    EXPECT_NEAR(bar.close / recorded.Find(bar.day)->close, 1, 0.01) << bar.day;
  }
}

TEST(World, NewsMovesTheAnnouncer) {
  const LoadedScenario with = From("2025-08-25");
  const LoadedScenario without = Without(with, "oracle_300");
  const int oracle = Listing(with, "ORCL");
  for (uint64_t seed = 1; seed <= 3; ++seed) {
    const RunResult news = World(with, Until("2025-09-10", seed), nullptr).Run();
    const RunResult quiet = World(without, Until("2025-09-10", seed), nullptr).Run();
    EXPECT_GT(CloseOn(news, oracle, "2025-09-10"), 1.1 * CloseOn(quiet, oracle, "2025-09-10"));
    EXPECT_EQ(CloseOn(news, oracle, "2025-09-09"), CloseOn(quiet, oracle, "2025-09-09"));
  }
}

TEST(World, EveryImpactKnowsTheEventThatCausedIt) {
  const Tape tape = TapeOf(From("2025-09-01"), Until("2025-09-23"));
  ASSERT_FALSE(tape.impacts.empty());
  for (const Tape::ImpactSeen& impact : tape.impacts) EXPECT_GT(impact.cause, 0u) << impact.event;
}

TEST(World, TheSameSeedWritesTheSameTape) {
  const LoadedScenario scenario = From("2025-09-02");
  const Tape one = TapeOf(scenario, Until("2025-09-12", 7));
  const Tape two = TapeOf(scenario, Until("2025-09-12", 7));
  ASSERT_GT(one.trades.size(), 1000u);
  EXPECT_EQ(one.trades, two.trades);
}

TEST(World, AnotherSeedWritesAnotherTape) {
  const LoadedScenario scenario = From("2025-09-02");
  EXPECT_NE(TapeOf(scenario, Until("2025-09-12", 7)).trades,
            TapeOf(scenario, Until("2025-09-12", 8)).trades);
}

// Common random numbers: a counterfactual differs by its cause, and from its cause on.
TEST(World, WithoutALaterEventEveryEarlierTradeIsTheSame) {
  const LoadedScenario scenario = From("2025-09-02");
  for (const char* id : {"oracle_300", "nvidia_100"}) {
    const Time cause = AnnouncedAt(scenario, id);
    const Tape with = TapeOf(scenario, Until("2025-09-24"));
    const Tape without = TapeOf(Without(scenario, id), Until("2025-09-24"));
    EXPECT_GT(Before(with, cause).size(), 1000u);
    EXPECT_EQ(Before(with, cause), Before(without, cause)) << id;
    EXPECT_NE(with.trades, without.trades) << id;
  }
}

TEST(World, AnEventThatReachesNoTraderChangesNoTrade) {
  const LoadedScenario scenario = From("2025-09-02");
  const v1::Event* secret = nullptr;
  for (const v1::Event& event : scenario.proto.events()) {
    if (!event.has_announcement()) secret = &event;
  }
  ASSERT_NE(secret, nullptr);
  EXPECT_EQ(TapeOf(scenario, Until("2025-09-12")).trades,
            TapeOf(Without(scenario, secret->id()), Until("2025-09-12")).trades);
}

TEST(World, AListingMoreShiftsNobodysDraws) {
  const LoadedScenario scenario = From("2025-09-02");
  LoadedScenario larger = scenario;
  v1::Listing& more = *larger.proto.add_listings();
  more = *scenario.FindListing("GOOGL");
  more.set_ticker("MORE");
  more.set_sector("elsewhere");
  EXPECT_EQ(TapeOf(scenario, Until("2025-09-12")).trades.size(),
            std::ranges::count_if(TapeOf(larger, Until("2025-09-12")).trades,
                                  [&](const Tape::Trade& trade) {
                                    return std::get<1>(trade) != larger.proto.listings_size() - 1;
                                  }));
  const RunResult one = World(scenario, Until("2025-09-12"), nullptr).Run();
  const RunResult two = World(larger, Until("2025-09-12"), nullptr).Run();
  for (size_t i = 0; i < one.prices.size(); ++i) {
    for (size_t k = 0; k < one.prices[i].bars.size(); ++k) {
      EXPECT_EQ(one.prices[i].bars[k].close, two.prices[i].bars[k].close);
    }
  }
}

TEST(World, LeavingAnEventOutOfTheFitChangesThatEventOnly) {
  LoadedScenario scenario = From("2025-09-02");
  scenario.proto.clear_held_out();
  v1::HeldOutValuation& held_out = *scenario.proto.add_held_out();
  held_out.set_event("nvidia_100");
  *held_out.mutable_valuation() = scenario.proto.valuation();
  held_out.mutable_valuation()->set_elasticity(3);
  RunOptions options = Until("2025-09-24");
  const Tape fitted = TapeOf(scenario, options);
  options.leave_one_out = true;
  const Tape predicted = TapeOf(scenario, options);
  const Time cause = AnnouncedAt(scenario, "nvidia_100");
  EXPECT_EQ(Before(fitted, cause), Before(predicted, cause));
  EXPECT_NE(fitted.trades, predicted.trades);
}

TEST(World, ABandHaltsTheListingThatHasOne) {
  LoadedScenario scenario = From("2025-09-15");
  const int nvidia = Listing(scenario, "NVDA");
  scenario.proto.mutable_listings(nvidia)->set_halt_band(0.01);
  World world(scenario, Until("2025-09-23"), nullptr);
  int halted = 0;
  int others = 0;
  // Nvidia's hundred billion came out at noon.
  const kernel::Session& session = *scenario.FindCalendar("XNYS")->SessionOn(Day("2025-09-22"));
  for (Time at = session.open; at < session.close; at = at + Duration::Minutes(1)) {
    world.RunUntil(at);
    for (int i = 0; i < scenario.proto.listings_size(); ++i) {
      const bool stopped = world.market(i).venue().phase() == exchange::Phase::kHalted;
      (i == nvidia ? halted : others) += stopped;
    }
  }
  EXPECT_GE(halted, 4);  // five minutes at least once
  EXPECT_EQ(others, 0);
  const RunResult result = world.Run();  // and the next day it trades again
  EXPECT_GT(result.prices[static_cast<size_t>(nvidia)].Find(Day("2025-09-23"))->volume, 0);
}

TEST(World, RunningInPiecesIsRunningAtOnce) {
  const LoadedScenario scenario = From("2025-09-02");
  Tape pieces;
  World world(scenario, Until("2025-09-12"), &pieces);
  for (Time at = AnnouncedAt(scenario, "oracle_300"); at < world.end();
       at = at + Duration::Hours(5)) {
    world.RunUntil(at);
  }
  world.Run();
  EXPECT_EQ(pieces.trades, TapeOf(scenario, Until("2025-09-12")).trades);
}

TEST(Resolution, IsWrittenAsItIsRead) {
  for (const char* text : {"low", "20", "500"}) EXPECT_EQ(ToString(*ParseResolution(text)), text);
  EXPECT_EQ(ToString(*ParseResolution("default")), "500");
  EXPECT_FALSE(ParseResolution("low")->continuous);
  EXPECT_TRUE(ParseResolution("20")->continuous);
  EXPECT_FALSE(ParseResolution("9").ok());
}

}  // namespace
}  // namespace oneup::sims
