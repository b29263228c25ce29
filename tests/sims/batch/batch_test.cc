// The same experiment gives the same bytes, however it is run.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "sims/batch/summary.h"
#include "sims/stats/csv.h"
#include "sims/stats/descriptive.h"
#include "sims/trace/reader.h"
#include "tests/sims/batch/small_experiment.h"

namespace oneup::sims {
namespace {

TEST(Batches, DoNotDependOnTheNumberOfThreads) {
  const Experiment experiment = Small();
  const Folder one("one"), many("many");
  RunWhole(experiment, one.path(), 1);
  RunWhole(experiment, many.path(), 4);
  const auto files = FilesOf(one.path());
  EXPECT_EQ(files, FilesOf(many.path()));
  EXPECT_TRUE(files.contains("runs.csv") && files.contains("shards/00004.binpb"));
}

// All threads then read one and the same scenario.
TEST(Batches, WithoutFactorsDoNotEither) {
  std::string text = kSmallExperiment;
  const size_t factors = text.find("factors");
  const size_t replicates = text.find("replicates");
  text.erase(factors, replicates - factors);
  const Experiment experiment = Small(text.replace(text.find(": 4"), 3, ": 24"));
  const Folder one("plain_one"), many("plain_many");
  RunWhole(experiment, one.path(), 1);
  RunWhole(experiment, many.path(), 4);
  const auto files = FilesOf(one.path());
  EXPECT_EQ(files, FilesOf(many.path()));
  EXPECT_TRUE(files.contains("shards/00004.binpb"));
}

TEST(Batches, HaveARowForEveryRun) {
  const Experiment experiment = Small();
  const Folder folder("rows");
  RunWhole(experiment, folder.path(), 2);
  const auto runs = CsvTable::Read(folder.File("runs.csv"));
  ASSERT_TRUE(runs.ok()) << runs.status();
  EXPECT_THAT(runs->columns(),
              ::testing::ElementsAre("run_id", "scenario_id", "replicate", "seed", "status",
                                     "deals", "return.NVDA", "deal.huang.day", "error"));
  ASSERT_EQ(runs->rows().size(), 24u);
  for (size_t i = 0; i < 24; ++i) {
    EXPECT_EQ(runs->rows()[i].fields[0], std::to_string(i));
    EXPECT_EQ(runs->rows()[i].fields[4], "ok");
    EXPECT_EQ(runs->rows()[i].fields[7], "") << "no deal, no day";
  }
  EXPECT_EQ(CsvTable::Read(folder.File("scenarios.csv"))->rows().size(), 6u);
  EXPECT_EQ(CsvTable::Read(folder.File("summary.csv"))->rows().size(), 18u);
  EXPECT_GT(std::filesystem::file_size(folder.File("results.sqlite")), 1000u);
}

TEST(Batches, HaveRunsThatCanBeMadeAgainAlone) {
  const Experiment experiment = Small();
  const Folder folder("again");
  RunWhole(experiment, folder.path());
  const auto runs = CsvTable::Read(folder.File("runs.csv"));
  const auto run = RunOne(experiment, RunAt(experiment.plan, 17), "");
  ASSERT_TRUE(run.ok());
  EXPECT_EQ(std::stod(runs->rows()[17].fields[6]), run->values(1));
}

TEST(Batches, RecordTheRunsThatAreAskedFor) {
  const Experiment experiment = Small(kTracedExperiment);
  const Folder folder("traces"), other("other_traces");
  RunWhole(experiment, folder.path(), 2);
  RunWhole(experiment, other.path(), 1);
  const auto files = FilesOf(folder.path());
  EXPECT_EQ(files, FilesOf(other.path()));
  EXPECT_EQ(std::ranges::count_if(
                files, [](const auto& file) { return file.first.starts_with("traces/"); }),
            3);
  EXPECT_TRUE(files.contains("traces/00000020.binpb.zst"));
  EXPECT_TRUE(trace::TraceReader::Open(folder.File("traces/00000020.binpb.zst")).ok());
}

TEST(Batches, StopBetweenRunsAndGoOn) {
  const Experiment experiment = Small();
  const Folder whole("whole"), cut("cut");
  RunWhole(experiment, whole.path());
  std::atomic<bool> stop = false;
  std::atomic<int> done = 0;
  EngineOptions options;
  options.threads = 2;
  options.stop = &stop;
  options.progress = [&] { stop = ++done >= 12; };
  {
    const auto folder = BatchFolder::Open(cut.path(), experiment.plan, {}, false);
    EXPECT_TRUE(absl::IsCancelled(RunShards(experiment, *folder, options)));
  }
  EXPECT_FALSE(BatchFolder(cut.path()).HasAllShards(experiment.plan));
  RunWhole(experiment, cut.path(), 2, true);
  EXPECT_EQ(FilesOf(whole.path()), FilesOf(cut.path()));
}

TEST(Batches, KeepFailedRunsAsRows) {
  // Out of range only between the extremes that are looked at beforehand: nothing fits that, so the
  // plan is changed under the hand.
  Experiment experiment = Small();
  experiment.plan.mutable_points(1)->set_values(0, -5);
  const Folder folder("failed");
  RunWhole(experiment, folder.path(), 2);
  const auto runs = CsvTable::Read(folder.File("runs.csv"));
  for (size_t i = 0; i < 24; ++i) {
    const bool bad = i >= 4 && i < 8;
    EXPECT_EQ(runs->rows()[i].fields[4], bad ? "failed" : "ok") << i;
    EXPECT_EQ(runs->rows()[i].fields[8].empty(), !bad) << i;
  }
  EXPECT_THAT(TextOf(folder.File("manifest.json")), ::testing::HasSubstr("\"failed\": 4"));
}

MetricSummary SummaryOf(std::vector<double> values) {
  Summarizer summary;
  for (const double value : values) summary.Add(value);
  std::erase_if(values, [](double value) { return std::isnan(value); });
  std::ranges::sort(values);
  for (const double value : values) summary.AddAscending(value);
  return summary.Result();
}

TEST(Summaries, AreThoseOfAllFiniteValues) {
  const std::vector<double> values = {3, 1, 4, 1, 5, std::nan(""), 9, 2, 6};
  std::vector<double> finite;
  std::ranges::copy_if(values, std::back_inserter(finite), [](double v) { return !std::isnan(v); });
  const MetricSummary of = SummaryOf(values);
  EXPECT_EQ(of.n, 8u);
  EXPECT_NEAR(of.mean, Mean(finite), 1e-12);
  EXPECT_NEAR(of.sd, StandardDeviation(finite), 1e-12);
  EXPECT_EQ(of.min, 1);
  EXPECT_EQ(of.max, 9);
  EXPECT_EQ(SummaryOf({7}).quantiles, (std::array<double, 5>{7, 7, 7, 7, 7}));
  // R: quantile(c(3, 1, 4, 1, 5, 9, 2, 6), c(.05, .25, .5, .75, .95))
  const double expected[] = {1, 1.75, 3.5, 5.25, 7.95};
  for (size_t i = 0; i < 5; ++i) EXPECT_NEAR(of.quantiles[i], expected[i], 1e-12);
  EXPECT_TRUE(std::isnan(SummaryOf({}).mean) && std::isnan(SummaryOf({}).quantiles[2]));
}

TEST(Summaries, AreOfTheRunsOfTheirCombination) {
  const Experiment experiment = Small();
  const Folder folder("summaries");
  RunWhole(experiment, folder.path());
  const auto runs = CsvTable::Read(folder.File("runs.csv"));
  const auto summary = CsvTable::Read(folder.File("summary.csv"));
  ASSERT_TRUE(runs.ok() && summary.ok());
  ASSERT_EQ(summary->rows().size(), 18u);
  for (size_t row = 0; row < 18; ++row) {
    std::vector<double> values;
    for (size_t run = row / 3 * 4; run < row / 3 * 4 + 4; ++run) {
      const std::string& field = runs->rows()[run].fields[5 + row % 3];
      if (!field.empty()) values.push_back(std::stod(field));
    }
    const CsvRow& of = summary->rows()[row];
    EXPECT_EQ(of.fields[*summary->Column("n")], std::to_string(values.size())) << row;
    const std::string& median = of.fields[*summary->Column("median")];
    ASSERT_EQ(median.empty(), values.empty()) << row;
    if (values.empty()) continue;
    EXPECT_EQ(std::stod(median), Median(values)) << row;
  }
}

}  // namespace
}  // namespace oneup::sims
