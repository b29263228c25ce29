// Experiments are read with their mistakes told, and resolved into plans.
#include "sims/batch/experiment.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <set>

#include "oneup/v1/experiment.pb.h"
#include "oneup/v1/rules.pb.h"
#include "sims/batch/plan.h"
#include "sims/batch/variant.h"
#include "tests/sims/batch/small_experiment.h"

namespace oneup::sims {
namespace {

using ::testing::HasSubstr;

TEST(Experiments, ShippedOnesAreWithoutProblems) {
  EXPECT_THAT(BuiltinExperiments(), ::testing::Contains("fomo_trust"));
  for (const std::string& name : BuiltinExperiments()) {
    EXPECT_TRUE(LoadExperiment(name).ok()) << LoadExperiment(name).status();
  }
  EXPECT_THAT(std::string(LoadExperiment("fomo_trist").status().message()),
              HasSubstr("did you mean 'fomo_trust'?"));
}

TEST(Experiments, EveryDoubleHasARange) {
  const google::protobuf::FileDescriptor& file = *v1::Experiment::descriptor()->file();
  for (int m = 0; m < file.message_type_count(); ++m) {
    for (int f = 0; f < file.message_type(m)->field_count(); ++f) {
      const auto& field = *file.message_type(m)->field(f);
      if (field.cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_DOUBLE) continue;
      const v1::Rule& rule = field.options().GetExtension(v1::rule);
      EXPECT_TRUE(rule.has_min() && rule.has_max()) << field.full_name();
    }
  }
}

TEST(Experiments, MistakesAreToldWithTheirPlace) {
  const struct {
    const char* what;
    const char* by;
    const char* message;
  } cases[] = {
      {"replicates: 4", "replicates: 0", "small.textproto:8:1: replicates: is 0; it must be"},
      {"replicates: 4", "replicate: 4", "did you mean 'replicates'?"},
      {"replicates: 4", "", "replicates: is missing"},
      {"\"deals\"", "\"dael\"", "small.textproto:9:1: metrics[0]: 'dael' is no metric"},
      {"\"autonomous\"", "\"autonomus\"", "did you mean 'autonomous'?"},
      {"\"autonomous\"", "\"none.textproto\"", "none.textproto: no such file"},
      {"2023-02-01", "2023-02-31", "until: is '2023-02-31'"},
      {"max: 60", "max: -60", "factors[0]: needs min below max"},
      {"min: 0 max: 60", "", "factors[0]: needs one of: min and max, values, alternatives"},
      {"max: 60", "max: 60 log: true", "needs min above 0"},
      {"path: \"huang.fear_usd_bn\"", "", "factors[0]: needs path or do"},
      {"path: \"huang.fear_usd_bn\"", "do: \"pin huang.fomo\"", "needs {}"},
      {"huang.fear_usd_bn", "huang.feer_usd_bn", "small.textproto:5:1: factors[0]: "},
      {"max: 60", "max: 6000", "factors[0]: "},
      {"rule off R01;", "rule of R01;", "small.textproto:6:1: factors[1]: "},
      {"\"rules\"", "\"fear\"", "'fear' is already used"},
      {"design { grid { levels: 3 } }", "", "design: is missing"},
      {"levels: 3", "levels: 1", "design"},
      {"grid { levels: 3 }", "list { rows { values: 1 } }", "row 0 has 1 values for 2 factors"},
      {"grid { levels: 3 }", "list { file: \"none.csv\" }", "none.csv: no such file"},
      {"runs_per_shard: 5", "traces { every: 2 }", "traces: needs both"},
      {"runs_per_shard: 5", "resolution: \"lowest\"", "resolution"},
      {"2023-02-01", "2026-02-01",
       "small.textproto:4:1: until: is 2026-02-01; the scenario goes from 2023-01-01 to "
       "2025-12-31"},
      {"2023-02-01", "2022-12-31", "until: is 2022-12-31; the scenario"},
      {"runs_per_shard: 5", "first_seed: 18446744073709551615",
       "first_seed: is 18446744073709551615; with 4 seeds from it on, at most 9223372036854775804"},
      {"runs_per_shard: 5", "first_seed: 9223372036854775800 common_random_numbers: false",
       "with 24 seeds from it on, at most 9223372036854775784"},
      {"design",
       "factors { name: \"again\" path: \"principals[huang].character.fear_usd_bn\" min: 1 max: 2 "
       "}\n"
       "design",
       "factors[2]: varies principals[huang].character.fear_usd_bn, as factor 'fear' does"},
      {"design",
       "factors { name: \"again\" do: \"set huang.fear_usd_bn {}\" min: 1 max: 2 }\ndesign",
       "as factor 'fear' does"},
  };
  for (const auto& [what, by, message] : cases) {
    const auto experiment = ReadExperiment({"small.textproto", Changed(what, by)});
    ASSERT_FALSE(experiment.ok()) << by;
    EXPECT_THAT(std::string(experiment.status().message()), HasSubstr(message)) << by;
  }
}

TEST(Experiments, DesignsChooseAsManyPointsAsTheySay) {
  const struct {
    const char* design;
    int points;
  } cases[] = {{"grid { levels: 3 }", 6},
               {"grid { levels: 7 }", 14},
               {"list { rows { values: [1, 0] } rows { values: [2, 1] } }", 2},
               {"latin_hypercube { points: 9 seed: 3 }", 9},
               {"sobol { points: 15 }", 15},
               {"morris { trajectories: 5 levels: 4 seed: 1 }", 15},
               {"sobol_indices { base_points: 4 }", 16}};
  for (const auto& [design, points] : cases) {
    const Experiment experiment = Small(Changed("grid { levels: 3 }", design));
    EXPECT_EQ(experiment.plan.points_size(), points) << design;
    for (const v1::PlannedPoint& point : experiment.plan.points()) {
      ASSERT_EQ(point.values_size(), 2) << design;
      EXPECT_TRUE(point.values(0) >= 0 && point.values(0) <= 60) << design;
      EXPECT_TRUE(point.values(1) == 0 || point.values(1) == 1) << design;
    }
  }
}

TEST(Experiments, GridsVaryTheLastFactorFastest) {
  const Experiment experiment = Small();
  const double expected[][2] = {{0, 0}, {0, 1}, {30, 0}, {30, 1}, {60, 0}, {60, 1}};
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(experiment.plan.points(i).values(0), expected[i][0]);
    EXPECT_EQ(experiment.plan.points(i).values(1), expected[i][1]);
  }
}

TEST(Experiments, TakeTheirPointsFromATable) {
  const Folder folder("table");
  std::filesystem::create_directories(folder.path());
  std::ofstream(folder.File("points.csv")) << "rules,fear\n1,5\n0,12.5\n";
  std::ofstream(folder.File("e.textproto"))
      << Changed("grid { levels: 3 }", "list { file: \"points.csv\" }");
  const auto experiment = LoadExperiment(folder.File("e.textproto"));
  ASSERT_TRUE(experiment.ok()) << experiment.status();
  ASSERT_EQ(experiment->plan.points_size(), 2);
  EXPECT_EQ(experiment->plan.points(1).values(0), 12.5);
  EXPECT_EQ(experiment->plan.points(0).values(1), 1);
  std::ofstream(folder.File("points.csv")) << "rules,fear\n1,5\n0,12\n";
  EXPECT_NE(LoadExperiment(folder.File("e.textproto"))->plan.experiment_digest(),
            experiment->plan.experiment_digest());
}

TEST(Experiments, FactorsChangeTheScenario) {
  const Experiment experiment = Small();
  const auto variant = VariantOf(experiment.scenario, experiment.plan, experiment.plan.points(5));
  ASSERT_TRUE(variant.ok()) << variant.status();
  EXPECT_NE(variant->digest, experiment.scenario.digest);
  const auto lines = LinesOf(experiment.plan.factors(1), 1);
  EXPECT_THAT(*lines, ::testing::ElementsAre("rule off R01", "rule off R02"));
  EXPECT_TRUE(LinesOf(experiment.plan.factors(1), 0)->empty());
  EXPECT_FALSE(LinesOf(experiment.plan.factors(1), 2).ok());
  EXPECT_FALSE(LinesOf(experiment.plan.factors(1), 0.5).ok());
}

TEST(Experiments, WithoutFactorsAreOneCombination) {
  std::string text = kSmallExperiment;
  const size_t from = text.find("factors");
  text.erase(from, text.find("replicates") - from);
  EXPECT_EQ(RunsOf(Small(text).plan), 4u);
}

TEST(Experiments, KeepTheLastSeedsThatTablesCanHold) {
  const Experiment experiment =
      Small(Changed("runs_per_shard: 5", "first_seed: 9223372036854775804"));
  EXPECT_EQ(RunAt(experiment.plan, 3).seed, kMaxSeed);
}

TEST(Experiments, MayVaryOneNumberFromDifferentDaysOn) {
  EXPECT_EQ(
      Small(Changed("design",
                    "factors { name: \"later\" do: \"set huang.fear_usd_bn {} from 2023-01-20\" "
                    "min: 1 max: 2 }\ndesign"))
          .plan.factors_size(),
      3);
}

// Fenced blocks of a page of docs/ that begin as an experiment does.
std::vector<std::string> ExperimentsIn(const char* page) {
  const std::string text = TextOf(std::string(ONEUP_SOURCE_DIR) + "/docs/" + page);
  std::vector<std::string> found;
  const std::string fence = "\n```\n";
  for (size_t at = text.find(fence); at != std::string::npos; at = text.find(fence, at)) {
    at += fence.size();
    const size_t end = text.find("```", at);
    if (text.compare(at, 5, "name:") == 0) found.push_back(text.substr(at, end - at));
  }
  return found;
}

TEST(Experiments, OfThePagesWorkAsPrinted) {
  const std::vector<std::string> guide = ExperimentsIn("batch.md"),
                                 scale = ExperimentsIn("scale.md");
  ASSERT_EQ(guide.size(), 1u);
  ASSERT_EQ(scale.size(), 1u);
  EXPECT_EQ(RunsOf(Small(guide[0]).plan), 3600u);
  const v1::BatchPlan billion = Small(scale[0]).plan;
  EXPECT_EQ(RunsOf(billion), kMaxRuns);
  EXPECT_EQ(billion.metrics_size(), 11) << "as the page counts them";
}

TEST(Plans, CutEveryRunIntoOneShard) {
  v1::BatchPlan plan;
  for (int i = 0; i < 7; ++i) plan.add_points();
  plan.set_replicates(9);
  for (const uint64_t size : {1, 4, 5, 62, 63, 64}) {
    plan.set_runs_per_shard(size);
    uint64_t next = 0;
    for (uint64_t shard = 0; shard < ShardsOf(plan); ++shard) {
      const RunRange range = RangeOf(plan, shard);
      EXPECT_EQ(range.first, next);
      EXPECT_TRUE(range.count > 0 && range.count <= size);
      next += range.count;
    }
    EXPECT_EQ(next, 63u);
  }
}

TEST(Plans, GiveEqualReplicatesEqualSeeds) {
  v1::BatchPlan plan;
  for (int i = 0; i < 3; ++i) plan.add_points();
  plan.set_replicates(5);
  plan.set_first_seed(100);
  plan.set_common_random_numbers(true);
  EXPECT_EQ(RunAt(plan, 7).seed, 102u);
  EXPECT_EQ(RunAt(plan, 2).seed, 102u);
  EXPECT_EQ(RunAt(plan, 7).scenario_id, 1u);
  plan.set_common_random_numbers(false);
  std::set<uint64_t> seeds;
  for (uint64_t run = 0; run < 15; ++run) seeds.insert(RunAt(plan, run).seed);
  EXPECT_EQ(seeds.size(), 15u);
}

}  // namespace
}  // namespace oneup::sims
