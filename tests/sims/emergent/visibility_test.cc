// Nobody acts on what it cannot know: seen in the record of runs, and by changing what only one
// principal knows.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "oneup/v1/trace.pb.h"
#include "sims/scenario/field_path.h"
#include "sims/scenario/scenario.h"
#include "tests/sims/emergent/recorder.h"

namespace oneup::sims {
namespace {

constexpr kernel::CivilDay kUntil(2025, 6, 30);

TEST(Visibility, NobodyHearsWhatItMayNotOrTooEarly) {
  constexpr int64_t kTenMinutes = 600'000'000'000;
  for (const uint64_t seed : {1, 2, 3, 4, 5}) {
    const std::vector<v1::Record> records = RecordsOf(Autonomous(), seed, kUntil);
    int heard = 0;
    for (const v1::Record& record : records) {
      if (!record.has_perception() || record.cause_id() == 0) continue;
      ++heard;
      const v1::Record& cause = records[record.cause_id() - 1];
      ASSERT_LT(cause.id(), record.id());
      const std::string& actor = record.perception().actor();
      if (cause.has_happening()) {
        // What was told to all, ten minutes after it was.
        EXPECT_TRUE(cause.happening().public_()) << actor << ": " << cause.ShortDebugString();
        EXPECT_GE(record.time_ns(), cause.time_ns() + kTenMinutes);
      } else if (cause.has_offer()) {
        EXPECT_EQ(actor, cause.offer().to());
        EXPECT_GT(record.time_ns(), cause.time_ns());
      } else {
        // A message that a rule made somebody send, or an event of the scenario.
        EXPECT_GE(record.time_ns(), cause.time_ns());
      }
    }
    EXPECT_GT(heard, 50);
  }
}

TEST(Visibility, WhoActsHasHeardOfWhatItActsOn) {
  const std::vector<v1::Record> records = RecordsOf(Autonomous(), 1, kUntil);
  int rules = 0;
  int offers = 0;
  for (const v1::Record& record : records) {
    if (record.has_rule_firing()) {
      ++rules;
      const v1::Record& cause = records[record.cause_id() - 1];
      ASSERT_TRUE(cause.has_perception()) << record.ShortDebugString();
      EXPECT_EQ(cause.perception().actor(), record.rule_firing().actor());
      EXPECT_EQ(cause.time_ns(), record.time_ns());
    }
    if (record.has_mind_change()) {
      ASSERT_NE(record.cause_id(), 0);
      const v1::Record& cause = records[record.cause_id() - 1];
      const std::string& whose =
          cause.has_rule_firing() ? cause.rule_firing().actor() : cause.perception().actor();
      EXPECT_EQ(whose, record.mind_change().actor());
    }
    if (record.has_offer() && record.cause_id() != 0) {
      ++offers;
      const v1::Record& cause = records[record.cause_id() - 1];
      const std::string& whose =
          cause.has_rule_firing() ? cause.rule_firing().actor() : cause.perception().actor();
      EXPECT_EQ(whose, record.offer().from());
    }
  }
  EXPECT_GT(rules, 20);
  EXPECT_GT(offers, 20);
}

// What somebody shows to others: who, when, and what.
struct Shown {
  int64_t time_ns;
  std::string who;
  std::string what;
};

std::vector<Shown> ShownIn(const std::vector<v1::Record>& records) {
  std::vector<Shown> shown;
  for (v1::Record record : records) {
    std::string who;
    if (record.has_offer()) who = record.offer().from();
    if (record.has_happening()) who = record.happening().actors(0);
    if (record.has_rule_firing()) who = record.rule_firing().actor();
    if (record.has_mind_change()) who = record.mind_change().actor();
    if (who.empty()) continue;
    const int64_t time = record.time_ns();
    record.clear_id();
    record.clear_cause_id();
    if (record.has_offer()) {
      // What it is worth to the sender is his secret.
      record.mutable_offer()->clear_worth_usd_millions();
      record.mutable_offer()->clear_economic_usd_millions();
      record.mutable_offer()->clear_reservation_usd_millions();
    }
    shown.push_back({time, who, record.ShortDebugString()});
  }
  return shown;
}

TEST(Visibility, AnothersSecretTraitsChangeNothingBeforeTheyShow) {
  int differ = 0;
  for (const uint64_t seed : {1, 2, 3, 4, 5, 6}) {
    LoadedScenario changed = Autonomous();
    ASSERT_TRUE(SetField("principals[huang].supply.disagreement_usd_bn", 3, changed.proto).ok());
    ASSERT_TRUE(SetField("principals[huang].character.fear_usd_bn", 90, changed.proto).ok());
    const std::vector<Shown> a = ShownIn(RecordsOf(Autonomous(), seed, kUntil));
    const std::vector<Shown> b = ShownIn(RecordsOf(changed, seed, kUntil));
    size_t i = 0;
    while (i < a.size() && i < b.size() && a[i].what == b[i].what && a[i].time_ns == b[i].time_ns) {
      ++i;
    }
    if (i == a.size() || i == b.size()) continue;
    ++differ;
    // The first difference is something that he himself does.
    const Shown& first = a[i].time_ns <= b[i].time_ns ? a[i] : b[i];
    EXPECT_TRUE(first.who == "huang" || a[i].who == "huang" || b[i].who == "huang")
        << a[i].who << ": " << a[i].what << "\n"
        << b[i].who << ": " << b[i].what;
  }
  EXPECT_GT(differ, 0);
}

TEST(Visibility, NothingLaterIsRead) {
  const std::vector<Shown> longer = ShownIn(RecordsOf(Autonomous(), 1, kUntil));
  const std::vector<Shown> shorter =
      ShownIn(RecordsOf(Autonomous(), 1, kernel::CivilDay(2025, 3, 31)));
  ASSERT_LT(shorter.size(), longer.size());
  for (size_t i = 0; i < shorter.size(); ++i) EXPECT_EQ(shorter[i].what, longer[i].what);
  // Nor a recorded price beyond the day until which trends are given.
  LoadedScenario cut = Autonomous();
  for (RecordedPrices& prices : cut.prices) {
    if (cut.FindListing(prices.ticker)->is_index()) continue;
    std::erase_if(prices.bars, [](const DailyBar& bar) { return bar.day > kUntil; });
  }
  const std::vector<Shown> without = ShownIn(RecordsOf(cut, 1, kUntil));
  ASSERT_EQ(without.size(), longer.size());
  for (size_t i = 0; i < without.size(); ++i) EXPECT_EQ(without[i].what, longer[i].what);
}

}  // namespace
}  // namespace oneup::sims
