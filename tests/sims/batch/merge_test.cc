// Parts make a whole, and nothing else does.
#include "sims/batch/merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sims/batch/shard.h"
#include "tests/sims/batch/small_experiment.h"

namespace oneup::sims {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> ProblemsOf(const std::vector<std::string>& folders,
                                    const std::string& out) {
  const absl::StatusOr<MergeOutcome> outcome = MergeBatch(folders, out);
  EXPECT_TRUE(outcome.ok()) << outcome.status();
  return outcome->problems;
}

TEST(Merges, GiveTheBytesOfABatchRunAtOnce) {
  const Experiment experiment = Small();
  const Folder whole("m_whole"), a("m_a"), b("m_b"), c("m_c"), out("m_out"), shared("m_shared");
  RunWhole(experiment, whole.path());
  ASSERT_TRUE(RunPart(experiment, a.path(), {0, 3}).ok());
  ASSERT_TRUE(RunPart(experiment, b.path(), {1, 3}, 2).ok());
  ASSERT_TRUE(RunPart(experiment, c.path(), {2, 3}).ok());
  EXPECT_TRUE(ProblemsOf({a.path(), b.path(), c.path(), b.path()}, out.path()).empty());
  EXPECT_EQ(FilesOf(whole.path()), FilesOf(out.path()));

  for (uint64_t i = 0; i < 3; ++i) {
    ASSERT_TRUE(RunPart(experiment, shared.path(), {i, 3}).ok());
  }
  EXPECT_TRUE(ProblemsOf({shared.path()}, shared.path()).empty());
  EXPECT_EQ(FilesOf(whole.path()), FilesOf(shared.path()));
}

TEST(Merges, NameWhatIsMissingDamagedForeignOrTwofold) {
  const Experiment experiment = Small();
  const Folder a("p_a"), b("p_b"), out("p_out");
  RunWhole(experiment, a.path());
  RunWhole(experiment, b.path());
  const BatchFolder in_a(a.path()), in_b(b.path());
  std::filesystem::remove(in_a.ShardPath(1));
  std::filesystem::remove(in_a.ShardPath(2));
  EXPECT_THAT(ProblemsOf({a.path()}, out.path()), ElementsAre("missing: shards 1-2 of 0-4"));
  EXPECT_FALSE(std::filesystem::exists(out.path()));

  std::string bytes = TextOf(in_b.ShardPath(0));
  bytes[bytes.size() / 2] ^= 1;
  std::ofstream(in_b.ShardPath(0)) << bytes;
  EXPECT_THAT(ProblemsOf({b.path()}, out.path()),
              ElementsAre(HasSubstr("00000.binpb: is damaged")));
  std::filesystem::remove(in_b.ShardPath(0));

  // The same runs with other values, signed: what only another machine could have done.
  v1::Shard shard = *ReadShard(experiment.plan, 3, in_b.ShardPath(3));
  shard.mutable_records()->RemoveLast();
  shard.mutable_records(1)->mutable_run()->set_values(0, 77);
  ASSERT_TRUE(WriteBytes(in_b.ShardPath(3), ShardBytes(shard)).ok());
  EXPECT_THAT(ProblemsOf({a.path(), b.path()}, out.path()),
              ElementsAre(HasSubstr("00003.binpb: differs from")));

  std::filesystem::copy(in_a.ShardPath(0), in_a.ShardPath(9));
  EXPECT_THAT(
      ProblemsOf({a.path()}, out.path()),
      ElementsAre(HasSubstr("00009.binpb: is no shard of this batch"), HasSubstr("missing")));
  std::filesystem::remove(in_a.ShardPath(9));

  std::filesystem::copy(in_a.ShardPath(0), in_a.ShardPath(1));
  EXPECT_THAT(ProblemsOf({a.path()}, out.path()),
              ElementsAre(HasSubstr("00001.binpb: holds other runs"), HasSubstr("missing")));
}

TEST(Merges, NameTracesThatAreMissingOrDamaged) {
  const Experiment experiment = Small(kTracedExperiment);
  const Folder whole("t_whole"), out("t_out");
  RunWhole(experiment, whole.path());
  const BatchFolder in(whole.path());
  const std::string bytes = TextOf(in.TracePath(10)), other = TextOf(in.TracePath(20));
  std::ofstream(in.TracePath(10), std::ios::binary) << "junk";
  EXPECT_THAT(ProblemsOf({whole.path()}, out.path()),
              ElementsAre(HasSubstr("00000010.binpb.zst: ")));
  std::ofstream(in.TracePath(10), std::ios::binary) << other;
  EXPECT_THAT(ProblemsOf({whole.path()}, out.path()),
              ElementsAre(HasSubstr("00000010.binpb.zst: is another trace than its shard says")));
  for (const uint64_t run : {0, 10, 20}) std::filesystem::remove(in.TracePath(run));
  EXPECT_THAT(ProblemsOf({whole.path()}, out.path()),
              ElementsAre(HasSubstr("t_whole: missing: traces of runs 0, 10, 20")));
  EXPECT_FALSE(std::filesystem::exists(out.path()));
  RunWhole(experiment, whole.path(), 1, true);
  EXPECT_TRUE(ProblemsOf({whole.path()}, out.path()).empty());
  EXPECT_EQ(TextOf(BatchFolder(out.path()).TracePath(10)), bytes);
  EXPECT_EQ(FilesOf(out.path()), FilesOf(whole.path()));
}

TEST(Merges, RefuseAnotherBatch) {
  const Folder a("r_a"), b("r_b"), out("r_out"), empty("r_empty");
  RunWhole(Small(), a.path());
  RunWhole(Small(Changed("replicates: 4", "replicates: 3")), b.path());
  EXPECT_THAT(ProblemsOf({a.path(), b.path()}, out.path()),
              ElementsAre(HasSubstr("holds another batch")));
  std::filesystem::copy_file(BatchFolder(b.path()).ShardPath(0), BatchFolder(a.path()).ShardPath(0),
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_THAT(ProblemsOf({a.path()}, out.path()), ElementsAre(HasSubstr("of another experiment")));
  EXPECT_TRUE(absl::IsNotFound(MergeBatch({empty.path()}, out.path()).status()));
}

}  // namespace
}  // namespace oneup::sims
