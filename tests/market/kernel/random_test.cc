// Streams and distributions: published vectors, exact identities, and moments
// within five standard errors under several fixed seeds.
#include "market/kernel/random.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

namespace oneup::kernel {
namespace {

constexpr uint64_t kSeeds[] = {1, 2, 3, 42, 2025, 0xdeadbeefcafef00d};

// Random123's known-answer file, kat_vectors, philox4x32 with 10 rounds.
TEST(Philox, ReproducesThePublishedVectors) {
  EXPECT_EQ(DrawAt(0, 0, 0, 0),
            (std::array<uint32_t, 4>{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(DrawAt(~0ULL, ~0U, ~0U, ~0ULL),
            (std::array<uint32_t, 4>{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
}

TEST(Philox, FourBlocksAreTheSameAsOneAtATime) {
  std::array<uint32_t, 16> published;
  DrawFourAt(~0ULL, ~0U, ~0U, ~0ULL, published);
  EXPECT_THAT(std::span(published).first<4>(),
              testing::ElementsAre(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd));
  const uint64_t carry = uint64_t{1} << 32;
  for (const uint64_t seed : kSeeds) {
    for (const uint64_t n : {uint64_t{0}, uint64_t{1}, carry - 4, carry - 3, carry - 2, carry - 1,
                             carry, ~uint64_t{0} - 3, ~uint64_t{0} - 1}) {
      std::array<uint32_t, 16> four;
      DrawFourAt(seed, 0xfedcba98, 0x87654321, n, four);
      for (uint64_t i = 0; i < 4; ++i) {
        const std::array<uint32_t, 4> one = DrawAt(seed, 0xfedcba98, 0x87654321, n + i);
        EXPECT_TRUE(std::equal(one.begin(), one.end(), four.begin() + 4 * i)) << n << " " << i;
      }
    }
  }
}

TEST(Stream, IsTheSequenceOfBlocks) {
  Stream stream(7, 11, 13);
  for (uint64_t n = 0; n < 100; ++n) {
    for (const uint32_t word : DrawAt(7, 11, 13, n)) EXPECT_EQ(stream.NextU32(), word);
  }
}

TEST(Stream, FillGivesTheNextWordsFromAnyPosition) {
  for (int before = 0; before < 24; ++before) {
    for (size_t count = 0; count < 40; ++count) {
      Stream filling(1, 2, 3);
      Stream stepping(1, 2, 3);
      for (int i = 0; i < before; ++i) EXPECT_EQ(filling.NextU32(), stepping.NextU32());
      std::vector<uint32_t> words(count);
      filling.Fill(words);
      for (const uint32_t word : words) EXPECT_EQ(word, stepping.NextU32());
      EXPECT_EQ(filling.NextU32(), stepping.NextU32()) << before << " " << count;
    }
  }
}

TEST(Stream, ACopyContinuesAsTheOriginal) {
  for (int before = 0; before < 24; ++before) {
    Stream original(1, 2, 3);
    for (int i = 0; i < before; ++i) original.NextU32();
    Stream copy = original;
    for (int i = 0; i < 50; ++i) EXPECT_EQ(copy.NextU32(), original.NextU32()) << before;
  }
}

TEST(Stream, KeysThatDifferInAnyPartGiveUnrelatedWords) {
  const std::vector<Stream> streams = {
      Stream(1, 2, 3), Stream(2, 2, 3), Stream(1 | 1ULL << 32, 2, 3),
      Stream(1, 3, 3), Stream(1, 2, 4), Stream(1, 3, 2)};
  for (size_t i = 0; i < streams.size(); ++i) {
    for (size_t j = i + 1; j < streams.size(); ++j) {
      Stream a = streams[i];
      Stream b = streams[j];
      int equal_bits = 0;
      constexpr int kWords = 2000;
      for (int k = 0; k < kWords; ++k) equal_bits += 32 - std::popcount(a.NextU32() ^ b.NextU32());
      // Binomial(64000, 1/2): standard deviation 126.
      EXPECT_NEAR(equal_bits, kWords * 16, 5 * 127) << i << " " << j;
    }
  }
}

// Mean and variance of n draws against theory; the standard error of the
// variance needs the fourth central moment.
void ExpectMoments(const std::vector<double>& x, double mean, double variance,
                   double fourth_central) {
  const double n = static_cast<double>(x.size());
  const double m = std::accumulate(x.begin(), x.end(), 0.0) / n;
  double v = 0.0;
  for (const double value : x) v += (value - mean) * (value - mean);
  v /= n;
  EXPECT_NEAR(m, mean, 5 * std::sqrt(variance / n));
  EXPECT_NEAR(v, variance, 5 * std::sqrt((fourth_central - variance * variance) / n));
}

template <typename Draw>
std::vector<double> Sample(uint64_t seed, int n, Draw draw) {
  Stream stream(seed, 5, 6);
  std::vector<double> x(static_cast<size_t>(n));
  for (double& value : x) value = static_cast<double>(draw(stream));
  return x;
}

// Kolmogorov and Smirnov's distance to a continuous distribution function; the
// bound 2.2 / sqrt(n) is passed by chance with probability 1 - 1.3e-4.
template <typename Cdf>
void ExpectDistribution(std::vector<double> x, Cdf cdf) {
  std::sort(x.begin(), x.end());
  const double n = static_cast<double>(x.size());
  double distance = 0.0;
  for (size_t i = 0; i < x.size(); ++i) {
    const double f = cdf(x[i]);
    distance = std::max({distance, std::fabs(f - static_cast<double>(i) / n),
                         std::fabs(f - static_cast<double>(i + 1) / n)});
  }
  EXPECT_LE(distance, 2.2 / std::sqrt(n));
}

class Distributions : public ::testing::TestWithParam<uint64_t> {};
INSTANTIATE_TEST_SUITE_P(Seeds, Distributions, ::testing::ValuesIn(kSeeds));

TEST_P(Distributions, Uniform) {
  const auto x = Sample(GetParam(), 100'000, [](Stream& s) { return s.Uniform(); });
  ExpectMoments(x, 0.5, 1.0 / 12, 1.0 / 80);
  ExpectDistribution(x, [](double v) { return v; });
  EXPECT_GT(*std::min_element(x.begin(), x.end()), 0.0);
  EXPECT_LT(*std::max_element(x.begin(), x.end()), 1.0);
}

TEST_P(Distributions, Normal) {
  const auto x = Sample(GetParam(), 100'000, [](Stream& s) { return s.Normal(); });
  ExpectMoments(x, 0.0, 1.0, 3.0);
  ExpectDistribution(x, [](double v) { return 0.5 * std::erfc(-v / std::sqrt(2.0)); });
}

TEST_P(Distributions, Exponential) {
  const auto x = Sample(GetParam(), 100'000, [](Stream& s) { return s.Exponential(3.0); });
  ExpectMoments(x, 3.0, 9.0, 9 * 81.0);
  ExpectDistribution(x, [](double v) { return 1.0 - std::exp(-v / 3.0); });
}

TEST_P(Distributions, Pareto) {
  const auto x = Sample(GetParam(), 100'000, [](Stream& s) { return s.Pareto(2.0, 1.5); });
  ExpectDistribution(x, [](double v) { return v < 2.0 ? 0.0 : 1.0 - std::pow(2.0 / v, 1.5); });
}

TEST_P(Distributions, Poisson) {
  for (const double mean : {0.0, 0.01, 0.7, 3.0, 9.99, 10.0, 35.0, 1000.0, 1e7}) {
    const auto x = Sample(GetParam(), 50'000, [&](Stream& s) { return s.Poisson(mean); });
    ExpectMoments(x, mean, mean, mean + 3 * mean * mean);
    EXPECT_GE(*std::min_element(x.begin(), x.end()), 0.0);
  }
}

TEST_P(Distributions, PoissonFrequenciesBothSidesOfTheChangeOfMethod) {
  for (const double mean : {4.0, 12.0}) {
    constexpr int kDraws = 100'000;
    std::vector<double> count(80);
    for (const double k : Sample(GetParam(), kDraws, [&](Stream& s) { return s.Poisson(mean); })) {
      count[static_cast<size_t>(std::min(k, 79.0))] += 1;
    }
    double chi_square = 0.0;
    int cells = 0;
    for (size_t k = 0; k < count.size(); ++k) {
      const double kd = static_cast<double>(k);
      const double expected = kDraws * std::exp(kd * std::log(mean) - mean - std::lgamma(kd + 1));
      if (expected < 10) continue;
      chi_square += (count[k] - expected) * (count[k] - expected) / expected;
      ++cells;
    }
    EXPECT_LT(chi_square, cells + 5 * std::sqrt(2.0 * cells)) << mean;
  }
}

TEST_P(Distributions, UniformIntIsEvenAndIncludesBothEnds) {
  constexpr int kDraws = 70'000;
  std::vector<int> count(7);
  Stream stream(GetParam(), 1, 1);
  for (int i = 0; i < kDraws; ++i) ++count[static_cast<size_t>(stream.UniformInt(-3, 3) + 3)];
  double chi_square = 0.0;
  for (const int c : count) chi_square += (c - 10'000.0) * (c - 10'000.0) / 10'000.0;
  EXPECT_LT(chi_square, 30.0);  // 6 degrees of freedom: p = 4e-5
}

TEST_P(Distributions, BernoulliAndChoose) {
  Stream stream(GetParam(), 1, 2);
  constexpr int kDraws = 100'000;
  int heads = 0;
  for (int i = 0; i < kDraws; ++i) heads += stream.Bernoulli(0.3);
  EXPECT_NEAR(heads, 0.3 * kDraws, 5 * std::sqrt(0.21 * kDraws));
  const std::vector<double> weights = {1.0, 0.0, 3.0, 6.0, 0.0};
  std::vector<int> count(weights.size());
  for (int i = 0; i < kDraws; ++i) ++count[stream.Choose(weights)];
  EXPECT_EQ(count[1] + count[4], 0);
  EXPECT_NEAR(count[0], 0.1 * kDraws, 5 * std::sqrt(0.09 * kDraws));
  EXPECT_NEAR(count[3], 0.6 * kDraws, 5 * std::sqrt(0.24 * kDraws));
}

TEST_P(Distributions, ShuffleGivesEveryOrderEquallyOften) {
  Stream stream(GetParam(), 1, 3);
  std::vector<int> count(27);
  constexpr int kDraws = 60'000;
  for (int i = 0; i < kDraws; ++i) {
    std::array<int, 3> x = {0, 1, 2};
    stream.Shuffle(std::span<int>(x));
    ++count[static_cast<size_t>(x[0] * 9 + x[1] * 3 + x[2])];
  }
  for (const int c : count) {
    if (c != 0) {
      EXPECT_NEAR(c, kDraws / 6, 5 * std::sqrt(kDraws * 5 / 36.0));
    }
  }
  EXPECT_EQ(std::count(count.begin(), count.end(), 0), 27 - 6);
}

TEST(UniformInt, CoversEveryWidth) {
  Stream stream(9, 9, 9);
  constexpr int64_t kMin = std::numeric_limits<int64_t>::min();
  constexpr int64_t kMax = std::numeric_limits<int64_t>::max();
  EXPECT_EQ(stream.UniformInt(5, 5), 5);
  EXPECT_EQ(stream.UniformInt(kMin, kMin), kMin);
  for (const int64_t high : {int64_t{1}, int64_t{0xfffffffe}, int64_t{0xffffffff},
                             int64_t{0x100000000}, int64_t{1} << 40, kMax}) {
    bool upper_half = false;
    for (int i = 0; i < 200; ++i) {
      const int64_t x = stream.UniformInt(0, high);
      EXPECT_GE(x, 0);
      EXPECT_LE(x, high);
      upper_half |= x > high / 2;
    }
    EXPECT_TRUE(upper_half) << high;
  }
  bool negative = false;
  bool positive = false;
  for (int i = 0; i < 100; ++i) {
    const int64_t x = stream.UniformInt(kMin, kMax);
    negative |= x < 0;
    positive |= x > 0;
  }
  EXPECT_TRUE(negative && positive);
}

// Golden values: equal on every compiler and machine, for ever.
TEST(Stream, DrawsAreTheSameInEveryBuild) {
  uint64_t hash = 1469598103934665603ULL;
  const auto mix = [&hash](uint64_t x) { hash = (hash ^ x) * 1099511628211ULL; };
  Stream stream(2025, 1, 2);
  for (int i = 0; i < 1000; ++i) {
    mix(stream.NextU32());
    mix(std::bit_cast<uint64_t>(stream.Uniform()));
    mix(std::bit_cast<uint64_t>(stream.Normal()));
    mix(std::bit_cast<uint64_t>(stream.Exponential(2.0)));
    mix(std::bit_cast<uint64_t>(stream.Pareto(1.0, 1.5)));
    mix(static_cast<uint64_t>(stream.Poisson(3.0)));
    mix(static_cast<uint64_t>(stream.Poisson(50.0)));
    mix(static_cast<uint64_t>(stream.UniformInt(-1000, 1000)));
  }
  EXPECT_EQ(hash, 7553761316735258884u);
}

}  // namespace
}  // namespace oneup::kernel
