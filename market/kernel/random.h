// Random numbers from counters: Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011,
// "Parallel random numbers: as easy as 1, 2, 3"; Random123).
//
// A block of four 32-bit words is a pure function of (seed, entity, purpose, n),
// so a stream needs no seeding, no shared state and no order of creation: two
// streams with different keys never share a block, and a draw more or less in
// one stream never shifts another. That is what keeps a counterfactual paired
// with its baseline. Give every decision its own purpose.
//
// Every distribution here is a fixed algorithm over math.h, so that draws are
// equal on all compilers and machines. Where it can be, a variate is the inverse
// of one uniform: it then moves monotonically with it and costs a fixed number
// of words, which keeps common random numbers in step.
//
// Never write two draws in one expression: C++ leaves their order open.
#pragma once

#include <Random123/philox.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>

#include "market/kernel/math.h"

namespace oneup::kernel {

// Block n of the stream (seed, entity, purpose): four independent words. Without
// state; Stream with the same key yields the same words in the same order.
inline std::array<uint32_t, 4> DrawAt(uint64_t seed, uint32_t entity, uint32_t purpose,
                                      uint64_t n) {
  const r123::Philox4x32::key_type key = {
      {static_cast<uint32_t>(seed), static_cast<uint32_t>(seed >> 32)}};
  const r123::Philox4x32::ctr_type counter = {
      {static_cast<uint32_t>(n), static_cast<uint32_t>(n >> 32), entity, purpose}};
  const r123::Philox4x32::ctr_type words = r123::Philox4x32()(counter, key);
  return {words[0], words[1], words[2], words[3]};
}

// Blocks n to n + 3 of the stream: where there is SSE2, in half the instructions of four calls of
// DrawAt.
void DrawFourAt(uint64_t seed, uint32_t entity, uint32_t purpose, uint64_t n,
                std::span<uint32_t, 16> words);

// A sequence of 2^66 random words. 96 bytes, trivially copyable: a copy continues
// as the original would. Not thread-safe; make one a thread.
class Stream {
 public:
  Stream(uint64_t seed, uint32_t entity, uint32_t purpose)
      : seed_(seed), entity_(entity), purpose_(purpose) {}

  // 32 uniform bits.
  uint32_t NextU32() {
    if (used_ == words_.size()) Refill();
    return words_[used_++];
  }

  // The next words, as many calls of NextU32 would give them.
  void Fill(std::span<uint32_t> words) {
    if (words.size() <= words_.size() - used_) {
      std::copy_n(words_.begin() + used_, words.size(), words.begin());
      used_ += static_cast<uint32_t>(words.size());
    } else {
      for (uint32_t& word : words) word = NextU32();
    }
  }

  // 64 uniform bits: two words, the first one low.
  uint64_t NextU64() {
    const uint64_t low = NextU32();
    const uint64_t high = NextU32();
    return high << 32 | low;
  }

  // Uniform in (0, 1), never 0 nor 1: the middles of 2^52 equal cells.
  double Uniform() { return (static_cast<double>(NextU64() >> 12) + 0.5) * 0x1p-52; }

  // Uniform in (low, high); low < high, both finite.
  double Uniform(double low, double high) { return low + (high - low) * Uniform(); }

  // Uniform index in [0, n), n >= 1, unbiased. D. Lemire (2019), "Fast random
  // integer generation in an interval": one multiplication, seldom a retry.
  uint32_t Index(uint32_t n) {
    assert(n >= 1);
    uint64_t product = uint64_t{NextU32()} * n;
    if (static_cast<uint32_t>(product) < n) [[unlikely]] {
      const uint32_t reject = -n % n;
      while (static_cast<uint32_t>(product) < reject) product = uint64_t{NextU32()} * n;
    }
    return static_cast<uint32_t>(product >> 32);
  }

  // Uniform integer in [low, high], both included, low <= high, unbiased.
  int64_t UniformInt(int64_t low, int64_t high) {
    assert(low <= high);
    const uint64_t range = static_cast<uint64_t>(high) - static_cast<uint64_t>(low);
    if (range < 0xffffffff) {
      return static_cast<int64_t>(static_cast<uint64_t>(low) +
                                  Index(static_cast<uint32_t>(range) + 1));
    }
    if (range == ~uint64_t{0}) return static_cast<int64_t>(NextU64());
    // Few ranges are this wide: keep the needed bits and retry beyond the range.
    const uint64_t mask = ~uint64_t{0} >> std::countl_zero(range);
    uint64_t draw = NextU64() & mask;
    while (draw > range) draw = NextU64() & mask;
    return static_cast<int64_t>(static_cast<uint64_t>(low) + draw);
  }

  // True with probability p; never for p <= 0, always for p >= 1. One uniform.
  bool Bernoulli(double p) { return Uniform() < p; }

  // Standard normal, by inversion of one uniform.
  double Normal() { return math::NormalQuantile(Uniform()); }
  double Normal(double mean, double standard_deviation) {
    return mean + standard_deviation * Normal();
  }

  // Exponential with the given mean > 0, by inversion of one uniform.
  double Exponential(double mean) { return -mean * math::Log(Uniform()); }

  // Pareto: P(X > x) = (minimum / x)^alpha for x >= minimum > 0, alpha > 0.
  double Pareto(double minimum, double alpha) {
    return minimum * math::Exp(-math::Log(Uniform()) / alpha);
  }

  // Poisson with mean in [0, 1e15]. Below 10 by inversion of one uniform; above,
  // W. Hoermann (1993), "The transformed rejection method for generating Poisson
  // random variables" (PTRS): about 2.3 uniforms at any mean.
  int64_t Poisson(double mean) { return mean < 10.0 ? PoissonSmall(mean) : PoissonLarge(mean); }

  // Index i with probability weights[i] / sum; weights finite, none negative, not
  // all zero. O(n), one uniform.
  size_t Choose(std::span<const double> weights) {
    double total = 0.0;
    for (const double w : weights) total += w;
    double left = Uniform() * total;
    size_t last = 0;  // the last one that can be drawn, should rounding run past it
    for (size_t i = 0; i < weights.size(); ++i) {
      if (!(weights[i] > 0.0)) continue;
      last = i;
      if (left < weights[i]) break;
      left -= weights[i];
    }
    return last;
  }

  // Every order equally likely (Fisher and Yates).
  template <typename T>
  void Shuffle(std::span<T> items) {
    for (size_t i = items.size(); i > 1; --i) {
      std::swap(items[i - 1], items[Index(static_cast<uint32_t>(i))]);
    }
  }

 private:
  // Many streams are asked for a single number: the first block comes alone.
  void Refill();

  int64_t PoissonSmall(double mean) {
    if (!(mean > 0.0)) return 0;
    double left = Uniform();
    double p = math::Exp(-mean);
    int64_t k = 0;
    // P(X > 200) is below 1e-180 at a mean of 10: the bound only guards rounding.
    while (left > p && k < 200) {
      left -= p;
      ++k;
      p *= mean / static_cast<double>(k);
    }
    return k;
  }

  int64_t PoissonLarge(double mean) {
    const double b = 0.931 + 2.53 * std::sqrt(mean);
    const double a = -0.059 + 0.02483 * b;
    const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    const double v_r = 0.9277 - 3.6224 / (b - 2.0);
    const double log_mean = math::Log(mean);
    while (true) {
      const double u = Uniform() - 0.5;
      const double v = Uniform();
      const double u_s = 0.5 - (u < 0 ? -u : u);
      const double x = (2.0 * a / u_s + b) * u + mean + 0.43;
      if (x < 0.0 || x > 0x1p62) continue;
      const int64_t k = static_cast<int64_t>(x);
      if (u_s >= 0.07 && v <= v_r) return k;
      if (u_s < 0.013 && v > u_s) continue;
      const double kd = static_cast<double>(k);
      if (math::Log(v * inverse_alpha / (a / (u_s * u_s) + b)) <=
          kd * log_mean - mean - math::LogGamma(kd + 1.0)) {
        return k;
      }
    }
  }

  uint64_t seed_;
  uint64_t next_block_ = 0;
  uint32_t entity_;
  uint32_t purpose_;
  uint32_t used_ = 16;
  std::array<uint32_t, 16> words_{};
};

static_assert(std::is_trivially_copyable_v<Stream> && sizeof(Stream) == 96);

}  // namespace oneup::kernel
