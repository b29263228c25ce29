#include "market/exchange/level_bitmap.h"

#include <gtest/gtest.h>

#include <iterator>
#include <set>
#include <utility>

#include "market/kernel/random.h"

namespace oneup::exchange {
namespace {

class LevelBitmapTest : public testing::TestWithParam<uint32_t> {};

// Beside std::set, with members where words and depths of the tree meet.
TEST_P(LevelBitmapTest, AnswersAsASet) {
  const uint32_t capacity = GetParam();
  LevelBitmap bitmap(capacity);
  std::set<uint32_t> set;
  kernel::Stream random(3, capacity, 0);
  for (int i = 0; i < 20'000; ++i) {
    uint32_t at = random.Index(capacity);
    if (random.Bernoulli(0.5)) at = at / 64 * 64 + (at % 2 == 0 ? 0 : 63);
    if (random.Bernoulli(0.2)) at = at % 2 == 0 ? 0 : capacity - 1;
    at = std::min(at, capacity - 1);
    // Mostly sparse, so that the queries climb.
    if (random.Bernoulli(0.4)) {
      ASSERT_EQ(bitmap.Add(at), set.insert(at).second);
    } else {
      bitmap.Remove(at);
      set.erase(at);
      if (random.Bernoulli(0.5) && !set.empty()) {
        bitmap.Remove(*set.begin());
        set.erase(set.begin());
      }
    }
    ASSERT_EQ(bitmap.Contains(at), set.contains(at));
    const uint32_t from = random.Index(capacity);
    const auto above = set.lower_bound(from);
    ASSERT_EQ(bitmap.AtOrAbove(from), above == set.end() ? LevelBitmap::kNone : *above);
    const auto below = set.upper_bound(from);
    ASSERT_EQ(bitmap.AtOrBelow(from),
              below == set.begin() ? LevelBitmap::kNone : *std::prev(below));
  }
}

INSTANTIATE_TEST_SUITE_P(Capacities, LevelBitmapTest,
                         testing::Values(1, 2, 63, 64, 65, 4'095, 4'096, 4'097, 1 << 18,
                                         (1 << 18) + 1, LevelBitmap::kCapacity),
                         testing::PrintToStringParamName());

TEST(LevelBitmapTest, BeyondTheEndIsNothing) {
  LevelBitmap bitmap(100);
  bitmap.Add(99);
  EXPECT_EQ(bitmap.AtOrAbove(99), 99u);
  EXPECT_EQ(bitmap.AtOrAbove(100), LevelBitmap::kNone);
  EXPECT_EQ(bitmap.AtOrAbove(128), LevelBitmap::kNone);
  EXPECT_EQ(bitmap.AtOrBelow(98), LevelBitmap::kNone);
}

TEST(ZeroPages, AreZeroesWhereverTheyComeFrom) {
  for (const size_t count : {size_t{1}, size_t{511}, size_t{512}, size_t{513}, size_t{100'000}}) {
    ZeroPages<uint64_t> first(count);
    for (size_t i = 0; i < count; ++i) ASSERT_EQ(first[i], 0) << count << " " << i;
    first[count - 1] = 7;
    const ZeroPages<uint64_t> moved = std::move(first);
    EXPECT_EQ(moved[count - 1], 7);
  }
}

}  // namespace
}  // namespace oneup::exchange
