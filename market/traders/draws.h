// The randomness of one order arrival: always the same number of words, whatever
// the trader does with them. So the n-th arrival of a listing means the same in a
// run and in its counterfactual, and paired runs differ by cause alone.
#pragma once

#include <array>
#include <cstdint>

#include "market/kernel/random.h"

namespace oneup::traders {

class Draws {
 public:
  static constexpr int kWords = 8;

  explicit Draws(kernel::Stream& stream) { stream.Fill(words_); }

  // Uniform in (0, 1), from word i.
  double Uniform(int i) const { return (static_cast<double>(words_[i]) + 0.5) * 0x1p-32; }
  // Uniform in [0, n), from word i; the bias is below n / 2^32.
  uint32_t Index(int i, uint32_t n) const {
    return static_cast<uint32_t>((static_cast<uint64_t>(words_[i]) * n) >> 32);
  }
  // Fair coin, from word i.
  bool Coin(int i) const { return (words_[i] >> 31) != 0; }

 private:
  std::array<uint32_t, kWords> words_;
};

}  // namespace oneup::traders
