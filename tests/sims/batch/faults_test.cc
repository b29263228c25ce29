// What can go wrong with files: one line each, nothing that was finished is lost, and nothing wrong
// is taken for right.
#include <gmock/gmock.h>
#include <google/protobuf/stubs/logging.h>
#include <gtest/gtest.h>
#include <sys/fsuid.h>
#include <sys/resource.h>

#include <csignal>
#include <functional>

#include "sims/batch/merge.h"
#include "sims/batch/shard.h"
#include "tests/sims/batch/small_experiment.h"

namespace oneup::sims {
namespace {

using ::testing::HasSubstr;

// Lowers a limit of this process for as long as it lives.
class Limit {
 public:
  Limit(__rlimit_resource what, rlim_t value) : what_(what) {
    getrlimit(what, &before_);
    const rlimit now{value, before_.rlim_max};
    setrlimit(what, &now);
  }
  Limit(const Limit&) = delete;
  Limit& operator=(const Limit&) = delete;
  ~Limit() { setrlimit(what_, &before_); }

 private:
  __rlimit_resource what_;
  rlimit before_{};
};

// Access to files as nobody has it, of this thread and of those that it starts; where this process
// is not root's, as it was.
class Nobody {
 public:
  Nobody() : before_(setfsuid(65534)) {}
  Nobody(const Nobody&) = delete;
  Nobody& operator=(const Nobody&) = delete;
  ~Nobody() { setfsuid(static_cast<uid_t>(before_)); }

  // access() asks for the process, not for the thread.
  static bool may_write(const std::string& folder) {
    const std::string path = folder + "/probe";
    const bool may = std::ofstream(path).is_open();
    if (may) std::filesystem::remove(path);
    return may;
  }

 private:
  int before_;
};

void ExpectOneLine(const absl::Status& status, const char* part) {
  ASSERT_FALSE(status.ok());
  const std::string message(status.message());
  EXPECT_THAT(message, HasSubstr(part));
  EXPECT_EQ(message.find('\n'), std::string::npos) << message;
}

// A shard whose header is another, signed.
void ChangeHeader(const v1::BatchPlan& plan, const std::string& folder, uint64_t number,
                  const std::function<void(v1::ShardHeader&)>& change) {
  const std::string path = BatchFolder(folder).ShardPath(number);
  v1::Shard shard = *ReadShard(plan, number, path);
  shard.mutable_records()->RemoveLast();
  change(*shard.mutable_records(0)->mutable_header());
  ASSERT_TRUE(WriteBytes(path, ShardBytes(shard)).ok());
}

// --resume would run this shard again, and no other, and says why.
void ExpectRunAgain(const Experiment& experiment, const std::string& folder, uint64_t shard,
                    const char* why) {
  const auto open = BatchFolder::Open(folder, experiment.plan, {}, true);
  ASSERT_TRUE(open.ok()) << open.status();
  EXPECT_THAT(open->missing(), ::testing::ElementsAre(shard));
  EXPECT_THAT(open->damaged(), ::testing::ElementsAre(HasSubstr(why)));
}

TEST(Faults, AFullDiskEndsABatchThatCanGoOn) {
  const Experiment experiment = Small();
  const Folder whole("f_device_whole"), full("f_device");
  RunWhole(experiment, whole.path());
  const BatchFolder in(full.path());
  {
    const auto open = BatchFolder::Open(full.path(), experiment.plan, {}, false);
    ASSERT_TRUE(open.ok()) << open.status();
    // A disk on which nothing has room, for one shard.
    std::filesystem::create_symlink("/dev/full", in.ShardPath(3));
    ExpectOneLine(RunShards(experiment, *open, {}), "No space left on device");
  }
  std::filesystem::remove(in.ShardPath(3));
  EXPECT_EQ(in.Shards().size(), 3u);
  RunWhole(experiment, full.path(), 1, true);
  EXPECT_EQ(FilesOf(whole.path()), FilesOf(full.path()));
}

TEST(Faults, ALimitOnTheSizeOfFilesEndsABatchThatCanGoOn) {
  std::signal(SIGXFSZ, SIG_IGN);
  const Experiment experiment = Small();
  const Folder whole("f_whole"), full("f_full");
  RunWhole(experiment, whole.path());
  ASSERT_TRUE(RunPart(experiment, full.path(), {0, 2}).ok());
  {
    const Limit limit(RLIMIT_FSIZE, 100);
    ExpectOneLine(RunPart(experiment, full.path(), {1, 2}), "cannot write to");
  }
  EXPECT_EQ(BatchFolder(full.path()).Shards().size(), 3u);
  RunWhole(experiment, full.path(), 1, true);
  EXPECT_EQ(FilesOf(whole.path()), FilesOf(full.path()));
}

TEST(Faults, TablesThatCannotBeWrittenLeaveTheShards) {
  std::signal(SIGXFSZ, SIG_IGN);
  const Experiment experiment = Small();
  const Folder folder("f_tables");
  ASSERT_TRUE(RunPart(experiment, folder.path(), {}).ok());
  {
    const Limit limit(RLIMIT_FSIZE, 100);
    ExpectOneLine(WriteTables(experiment.plan, BatchFolder(folder.path())).status(), "cannot");
  }
  EXPECT_FALSE(std::filesystem::exists(folder.File("manifest.json")));
  EXPECT_FALSE(std::filesystem::exists(folder.File("runs.csv")));
  RunWhole(experiment, folder.path(), 1, true);
}

TEST(Faults, TooFewFileHandlesAreTold) {
  const Experiment experiment = Small();
  const Folder folder("f_handles");
  {
    const auto open = BatchFolder::Open(folder.path(), experiment.plan, {}, false);
    ASSERT_TRUE(open.ok());
    const Limit limit(RLIMIT_NOFILE, 0);
    ExpectOneLine(RunShards(experiment, *open, {}), "Too many open files");
  }
  RunWhole(experiment, folder.path(), 1, true);
}

TEST(Faults, AFolderThatCannotBeWrittenIsTold) {
  const Experiment experiment = Small();
  const Folder folder("f_folder");
  std::filesystem::create_directories(folder.path());
  std::ofstream(folder.File("file")) << "x";
  ExpectOneLine(RunPart(experiment, folder.File("file"), {}), "file");
  ExpectOneLine(RunPart(experiment, folder.File("file/below"), {}), "cannot create");
}

TEST(Faults, AFolderThatMayNotBeWrittenIsTold) {
  const Experiment experiment = Small();
  const Folder folder("f_readonly"), out("f_readonly_out");
  ASSERT_TRUE(RunPart(experiment, folder.path(), {0, 2}).ok());
  const auto before = FilesOf(folder.path());
  const auto allow = [&](std::filesystem::perms permissions) {
    std::filesystem::permissions(folder.path(), permissions);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
      std::filesystem::permissions(entry.path(), permissions);
    }
  };
  using std::filesystem::perms;
  allow(perms::all & ~(perms::owner_write | perms::group_write | perms::others_write));
  {
    const Nobody nobody;
    if (nobody.may_write(folder.path())) {
      allow(perms::owner_all);
      GTEST_SKIP() << "this user may write everywhere, and cannot become another";
    }
    ExpectOneLine(RunPart(experiment, folder.File("new"), {}), "Permission denied");
    ExpectOneLine(RunPart(experiment, folder.path(), {1, 2}), "Permission denied");
    // What is only read need not be writable.
    EXPECT_THAT(MergeBatch({folder.path()}, out.path())->problems,
                ::testing::ElementsAre("missing: shards 1, 3 of 0-4"));
  }
  allow(perms::owner_all);
  EXPECT_EQ(FilesOf(folder.path()), before);
  EXPECT_TRUE(RunPart(experiment, folder.path(), {1, 2}).ok());
}

TEST(Faults, AFolderOfSomethingElseIsLeftAlone) {
  const Experiment experiment = Small();
  const Folder foreign("f_foreign"), other("f_other"), same("f_same");
  std::filesystem::create_directories(foreign.path());
  std::ofstream(foreign.File("thesis.tex")) << "x";
  for (const bool resume : {false, true}) {
    ExpectOneLine(RunPart(experiment, foreign.path(), {}, 1, resume), "holds no batch");
  }
  RunWhole(Small(Changed("replicates: 4", "replicates: 1")), other.path());
  const auto before = FilesOf(other.path());
  for (const bool resume : {false, true}) {
    ExpectOneLine(RunPart(experiment, other.path(), {}, 1, resume), "another experiment");
  }
  EXPECT_EQ(FilesOf(other.path()), before);
  RunWhole(experiment, same.path());
  ExpectOneLine(RunPart(experiment, same.path(), {}), "--resume");
}

TEST(Faults, AnotherVersionIsRefused) {
  const Experiment experiment = Small();
  const Folder plan("f_plan"), shard("f_shard");
  Experiment old = experiment;
  old.plan.set_program_version("0.0.1");
  ASSERT_TRUE(BatchFolder::Open(plan.path(), old.plan, {}, false).ok());
  ExpectOneLine(RunPart(experiment, plan.path(), {}, 1, true), "holds a batch of oneup 0.0.1");

  RunWhole(experiment, shard.path());
  ChangeHeader(experiment.plan, shard.path(), 2,
               [](v1::ShardHeader& header) { header.set_program_version("0.0.1"); });
  ExpectOneLine(RunPart(experiment, shard.path(), {}, 1, true), "is of oneup 0.0.1");
}

// The version stays what it is while the program is worked on.
TEST(Faults, AnotherBuildOfTheSameVersionIsRefused) {
  const Experiment experiment = Small();
  const Folder plan("f_build"), shards("f_builds");
  Experiment other = experiment;
  other.plan.set_source_digest("0123456789abcdef");
  ASSERT_TRUE(BatchFolder::Open(plan.path(), other.plan, {}, false).ok());
  const char* const told = "(sources 0123456789ab), format 1; this is oneup";
  ExpectOneLine(RunPart(experiment, plan.path(), {}, 1, true), told);
  ExpectOneLine(MergeBatch({plan.path()}, plan.path()).status(), told);

  RunWhole(experiment, shards.path());
  for (const uint64_t shard : {0, 1, 2, 4}) {
    ChangeHeader(experiment.plan, shards.path(), shard,
                 [](v1::ShardHeader& header) { header.set_source_digest("0123456789abcdef"); });
  }
  ExpectOneLine(RunPart(experiment, shards.path(), {}, 1, true), told);
  const auto merged = MergeBatch({shards.path()}, shards.path());
  ASSERT_TRUE(merged.ok());
  EXPECT_THAT(merged->problems, ::testing::ElementsAre(::testing::AllOf(
                                    HasSubstr("f_builds: shards 0-2, 4: is of"), HasSubstr(told))));
}

TEST(Faults, DamagedShardsAreRunAgain) {
  const Experiment experiment = Small();
  const Folder folder("f_damaged");
  RunWhole(experiment, folder.path());
  const auto files = FilesOf(folder.path());
  const BatchFolder in(folder.path());
  const std::string bytes = TextOf(in.ShardPath(1));
  const std::function<std::string()> damages[] = {[] { return std::string(); },
                                                  [&] { return bytes.substr(0, 1); },
                                                  [&] { return bytes.substr(0, bytes.size() / 2); },
                                                  [&] { return bytes.substr(0, bytes.size() - 1); },
                                                  [&] { return bytes + '\0'; },
                                                  [] { return std::string("no shard at all"); }};
  for (const auto& damage : damages) {
    std::ofstream(in.ShardPath(1), std::ios::binary) << damage();
    ExpectRunAgain(experiment, folder.path(), 1, "is damaged");
    EXPECT_FALSE(WriteTables(experiment.plan, in).ok());
    RunWhole(experiment, folder.path(), 1, true);
    EXPECT_EQ(FilesOf(folder.path()), files);
  }
}

TEST(Faults, TracesThatAreMissingOrDamagedAreMadeAgain) {
  const Experiment experiment = Small(kTracedExperiment);
  const Folder folder("f_traces");
  RunWhole(experiment, folder.path());
  const auto files = FilesOf(folder.path());
  const BatchFolder in(folder.path());
  const std::string path = in.TracePath(10);
  const std::string bytes = TextOf(path);
  const std::function<void()> damages[] = {
      [&] { std::filesystem::remove(path); },
      [&] { std::ofstream(path, std::ios::binary) << "junk"; },
      [&] { std::ofstream(path, std::ios::binary) << bytes.substr(0, bytes.size() / 2); },
      [&] { std::ofstream(path, std::ios::binary) << TextOf(in.TracePath(20)); }};
  for (const auto& damage : damages) {
    damage();
    ExpectRunAgain(experiment, folder.path(), 2, "00000010.binpb.zst: ");  // runs 10 to 14
    RunWhole(experiment, folder.path(), 1, true);
    EXPECT_EQ(FilesOf(folder.path()), files);
  }
}

TEST(Faults, AFlippedBitOfAShardIsNoticed) {
  google::protobuf::SetLogHandler(nullptr);  // bytes that are no text are told of by the status
  const Experiment experiment = Small();
  const Folder folder("f_bits");
  RunWhole(experiment, folder.path());
  const std::string path = BatchFolder(folder.path()).ShardPath(4);
  const std::string bytes = TextOf(path);
  for (size_t bit = 0; bit < 8 * bytes.size(); bit += 7) {
    std::string flipped = bytes;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    std::ofstream(path, std::ios::binary) << flipped;
    EXPECT_FALSE(ReadShard(experiment.plan, 4, path).ok()) << bit;
  }
}

TEST(Faults, TwoDoNotWorkOnOnePart) {
  const Experiment experiment = Small();
  const Folder folder("f_lock");
  const auto open = [&](BatchPart part) {
    return BatchFolder::Open(folder.path(), experiment.plan, part, true);
  };
  {
    const auto first = open({1, 3});
    ASSERT_TRUE(first.ok()) << first.status();
    const std::string half = folder.File("shards/00001.binpb.partial-7-0");
    std::ofstream(half) << "half";
    ExpectOneLine(open({1, 3}).status(), "another oneup is at work on part 1/3 of it");
    ExpectOneLine(open({}).status(), "another oneup is at work on it");
    EXPECT_TRUE(std::filesystem::exists(half)) << "the first is writing it";
    EXPECT_TRUE(open({0, 3}).ok() && open({2, 3}).ok());
    const BatchFolder copy = *first;
    EXPECT_EQ(copy.warning(), "");
  }
  const auto whole = open({});
  ASSERT_TRUE(whole.ok()) << whole.status();
  ExpectOneLine(open({2, 3}).status(), "at work");
}

TEST(Faults, AFileSystemWithoutLocksDoesNotStopABatch) {
  const Experiment experiment = Small();
  const Folder folder("f_no_lock");
  // What cannot be opened cannot be locked.
  std::filesystem::create_directories(folder.File(kLockName));
  const auto open = BatchFolder::Open(folder.path(), experiment.plan, {}, false);
  ASSERT_TRUE(open.ok()) << open.status();
  EXPECT_THAT(open->warning(), HasSubstr("cannot lock"));
  EXPECT_TRUE(RunShards(experiment, *open, {}).ok());
}

TEST(Faults, LeftoversOfAnInterruptionGo) {
  const Experiment experiment = Small();
  const Folder folder("f_leftovers");
  RunWhole(experiment, folder.path());
  const auto files = FilesOf(folder.path());
  for (const char* name : {"shards/00001.binpb.partial-7-0", "runs.csv.partial-7-0"}) {
    std::ofstream(folder.File(name)) << "half";
  }
  RunWhole(experiment, folder.path(), 1, true);
  EXPECT_EQ(FilesOf(folder.path()), files);
}

}  // namespace
}  // namespace oneup::sims
