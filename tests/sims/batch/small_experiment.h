// An experiment of two dozen runs of some milliseconds each, and folders for it.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "sims/batch/engine.h"
#include "sims/batch/experiment.h"
#include "sims/batch/folder.h"
#include "sims/batch/tables.h"

namespace oneup::sims {

inline const std::string kSmallExperiment = R"(name: "small"
title: "A small experiment"
scenario: "autonomous"
until: "2023-02-01"
factors { name: "fear" path: "huang.fear_usd_bn" min: 0 max: 60 }
factors { name: "rules" alternatives: "" alternatives: "rule off R01; rule off R02" }
design { grid { levels: 3 } }
replicates: 4
metrics: "deals"
metrics: "return.NVDA"
metrics: "deal.huang.day"
runs_per_shard: 5
)";

// Its text with one part replaced.
inline std::string Changed(const std::string& what, const std::string& by) {
  std::string text = kSmallExperiment;
  return text.replace(text.find(what), what.size(), by);
}

// Every tenth run recorded: 0, 10 and 20.
inline const std::string kTracedExperiment =
    kSmallExperiment + "traces { detail: DETAIL_DEALS every: 10 }\n";

inline Experiment Small(const std::string& text = kSmallExperiment) {
  const absl::StatusOr<Experiment> experiment = ReadExperiment({"small.textproto", text});
  EXPECT_TRUE(experiment.ok()) << experiment.status();
  return *experiment;
}

// A folder of a test's own, empty, and gone afterwards.
class Folder {
 public:
  explicit Folder(const std::string& name)
      : path_(std::filesystem::path(::testing::TempDir()) / ("oneup_batch_" + name)) {
    std::filesystem::remove_all(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }

  std::string path() const { return path_.string(); }
  std::string File(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

// Runs what is missing of a part; no tables.
inline absl::Status RunPart(const Experiment& experiment, const std::string& path, BatchPart part,
                            int threads = 1, bool resume = false) {
  const absl::StatusOr<BatchFolder> folder = BatchFolder::Open(path, experiment.plan, part, resume);
  if (!folder.ok()) return folder.status();
  EngineOptions options;
  options.threads = threads;
  return RunShards(experiment, *folder, options);
}

// All of it, and the tables.
inline void RunWhole(const Experiment& experiment, const std::string& path, int threads = 1,
                     bool resume = false) {
  ASSERT_TRUE(RunPart(experiment, path, {}, threads, resume).ok());
  const auto counts = WriteTables(experiment.plan, BatchFolder(path));
  ASSERT_TRUE(counts.ok()) << counts.status();
  EXPECT_EQ(counts->runs, RunsOf(experiment.plan));
}

inline std::string TextOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// Bytes of every file of a batch by name.
inline std::map<std::string, std::string> FilesOf(const std::string& path) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
    if (!entry.is_regular_file()) continue;
    files[std::filesystem::relative(entry.path(), path).string()] = TextOf(entry.path());
  }
  return files;
}

}  // namespace oneup::sims
