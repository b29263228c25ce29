// A run's story as a scenario's text: what goes in comes out.
#include "sims/emergent/story_file.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <map>

#include "sims/scenario/files.h"
#include "sims/scenario/intervene.h"
#include "sims/scenario/intervention_text.h"
#include "sims/world/emerged.h"
#include "sims/world/resolution.h"

namespace oneup::sims {
namespace {

using google::protobuf::util::MessageDifferencer;
using ::testing::HasSubstr;
using ::testing::Not;

const LoadedScenario& Autonomous() {
  static const LoadedScenario* const scenario = new LoadedScenario(*LoadScenario("autonomous"));
  return *scenario;
}

RunResult RunOf(uint64_t seed) {
  const RunOptions options{.seed = seed, .resolution = kLowResolution};
  return World(Autonomous(), options, nullptr).Run();
}

StoryOrigin Origin(uint64_t seed) {
  return {.seed = seed, .until = kernel::CivilDay::max(), .command = "oneup run"};
}

std::string Written(const LoadedScenario& told, uint64_t seed) {
  const auto text = StoryText(told, Origin(seed), "story.textproto");
  EXPECT_TRUE(text.ok()) << text.status();
  return text.ok() ? *text : "";
}

LoadedScenario Read(const std::string& text) {
  const auto loaded = LoadScenarioFrom({"story.textproto", text}, FindOnDiskOrBuiltin);
  EXPECT_TRUE(loaded.ok()) << loaded.status();
  return loaded.ok() ? *loaded : LoadedScenario{};
}

TEST(StoryFile, HoldsEveryEventFieldForField) {
  int deals = 0;
  for (uint64_t seed = 1; seed <= 12; ++seed) {
    const RunResult result = RunOf(seed);
    const LoadedScenario story = Read(Written(EmergedScenario(Autonomous(), result), seed));
    EXPECT_EQ(story.proto.events_size(),
              Autonomous().proto.events_size() + static_cast<int>(result.emerged.size()));
    for (const EmergedEvent& emerged : result.emerged) {
      const v1::Event* kept = story.FindEvent(emerged.event.id());
      ASSERT_NE(kept, nullptr) << emerged.event.id();
      EXPECT_TRUE(MessageDifferencer::Equals(*kept, emerged.event)) << emerged.event.id();
      deals += emerged.event.committed_by().empty() ? 0 : 1;
    }
  }
  EXPECT_GT(deals, 3);
}

TEST(StoryFile, ReachesTheMarketAtTheSameInstants) {
  const RunResult result = RunOf(7);
  const LoadedScenario story = Read(Written(EmergedScenario(Autonomous(), result), 7));
  std::map<std::string, Time> at;
  for (const ScheduledEvent& scheduled : story.schedule) {
    at[story.proto.events(scheduled.index).id()] = scheduled.at;
  }
  for (const EmergedEvent& emerged : result.emerged) {
    if (!emerged.event.has_announcement()) continue;
    EXPECT_EQ(at[emerged.event.id()], emerged.at) << emerged.event.id();
  }
}

TEST(StoryFile, LetsNobodyActAgainInTheSameMarket) {
  const LoadedScenario story = Read(Written(EmergedScenario(Autonomous(), RunOf(7)), 7));
  EXPECT_EQ(story.proto.principals_size(), 0);
  EXPECT_TRUE(MessageDifferencer::Equals(story.proto.traders(), Autonomous().proto.traders()));
  EXPECT_TRUE(MessageDifferencer::Equals(story.proto.valuation(), Autonomous().proto.valuation()));
  EXPECT_EQ(story.proto.actors_size(), Autonomous().proto.actors_size());
  EXPECT_EQ(story.proto.listings_size(), Autonomous().proto.listings_size());
  EXPECT_EQ(story.prices.size(), Autonomous().prices.size());
  EXPECT_EQ(story.proto.default_seed(), 7u);
  EXPECT_TRUE(
      World(story, {.seed = 7, .resolution = kLowResolution}, nullptr).Run().emerged.empty());
}

TEST(StoryFile, HoldsWhatInterventionsHaveMadeNotThem) {
  const LoadedScenario changed =
      *Intervene(Autonomous(), {*ParseIntervention("pin huang.fomo 0"),
                                *ParseIntervention("scale listings[*].daily_turnover 0.5")});
  const RunOptions options{.seed = 1, .resolution = kLowResolution};
  const RunResult result = World(changed, options, nullptr).Run();
  const LoadedScenario story = Read(Written(EmergedScenario(changed, result), 1));
  EXPECT_EQ(story.proto.interventions_size(), 0);
  ASSERT_GT(story.proto.listings_size(), 1);
  EXPECT_EQ(story.proto.listings(1).daily_turnover(), changed.proto.listings(1).daily_turnover());
}

TEST(StoryFile, ImportsWhatIsAsShippedAndWritesOutWhatDiffers) {
  EXPECT_THAT(Written(Autonomous(), 1), HasSubstr("imports: \"traders.textproto\""));
  LoadedScenario mine = Autonomous();
  mine.proto.mutable_traders()->mutable_value()->set_count(100);
  const std::string text = Written(mine, 1);
  EXPECT_THAT(text, Not(HasSubstr("imports")));
  EXPECT_EQ(Read(text).proto.traders().value().count(), 100u);
}

TEST(StoryFile, SaysInOneLineThatPricesLieElsewhere) {
  LoadedScenario mine = Autonomous();
  mine.proto.mutable_histories(0)->set_file("mine.csv");
  const absl::Status status = StoryText(mine, Origin(1), "story.textproto").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("mine.csv"));
  EXPECT_THAT(std::string(status.message()), Not(HasSubstr("\n")));
}

}  // namespace
}  // namespace oneup::sims
