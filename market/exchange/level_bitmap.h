// A set of small integers with "next above" and "next below" in a few
// instructions: a 64-ary tree of bitmaps, one word a node. With depth d it holds
// 0 .. 64^d - 1; every query reads at most 2 d words.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "market/exchange/zero_pages.h"

namespace oneup::exchange {

class LevelBitmap {
 public:
  static constexpr int kDepth = 4;
  static constexpr uint32_t kCapacity = 1u << (6 * kDepth);
  static constexpr uint32_t kNone = ~uint32_t{0};

  // For members below `capacity` (at most kCapacity). All zero, in memory that the
  // system hands out page by page as it is touched.
  explicit LevelBitmap(uint32_t capacity);

  void Set(uint32_t i) {
    for (int depth = 0; depth < kDepth; ++depth, i >>= 6) {
      uint64_t& word = words_[depth][i >> 6];
      const bool had_members = word != 0;
      word |= uint64_t{1} << (i & 63);
      if (had_members) return;  // the parents know already
    }
  }

  void Clear(uint32_t i) {
    for (int depth = 0; depth < kDepth; ++depth, i >>= 6) {
      uint64_t& word = words_[depth][i >> 6];
      word &= ~(uint64_t{1} << (i & 63));
      if (word != 0) return;
    }
  }

  // The least member >= i, or kNone.
  uint32_t AtOrAbove(uint32_t i) const {
    for (int depth = 0; depth < kDepth; ++depth) {
      const uint32_t at = i >> 6;
      if (at >= sizes_[depth]) return kNone;
      const uint64_t rest = words_[depth][at] & (~uint64_t{0} << (i & 63));
      if (rest != 0) return Descend(depth, at << 6 | std::countr_zero(rest), true);
      i = at + 1;
    }
    return kNone;
  }

  // The greatest member <= i, or kNone.
  uint32_t AtOrBelow(uint32_t i) const {
    for (int depth = 0; depth < kDepth; ++depth) {
      const uint32_t at = i >> 6;
      const uint64_t rest = words_[depth][at] & (~uint64_t{0} >> (63 - (i & 63)));
      if (rest != 0) return Descend(depth, at << 6 | (63 - std::countl_zero(rest)), false);
      if (at == 0) return kNone;
      i = at - 1;
    }
    return kNone;
  }

 private:
  // From a node of a depth down to its least or greatest leaf.
  uint32_t Descend(int depth, uint32_t node, bool least) const {
    while (depth-- > 0) {
      const uint64_t word = words_[depth][node];
      const int bit = least ? std::countr_zero(word) : 63 - std::countl_zero(word);
      node = node << 6 | static_cast<uint32_t>(bit);
    }
    return node;
  }

  std::vector<ZeroPages<uint64_t>> words_;  // by depth
  uint32_t sizes_[kDepth];                  // in words
};

}  // namespace oneup::exchange
