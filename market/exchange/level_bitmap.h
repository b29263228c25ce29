// A set of small integers with "next above" and "next below" in a few
// instructions: a 64-ary tree of bitmaps, one word a node. With depth d it holds
// 0 .. 64^d - 1; every query reads at most 2 d words.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

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

  // Returns whether it was no member before.
  bool Add(uint32_t i) {
    if (Contains(i)) return false;
    for (int depth = 0; depth < kDepth; ++depth, i >>= 6) {
      uint64_t& word = Word(depth, i >> 6);
      const bool had_members = word != 0;
      word |= uint64_t{1} << (i & 63);
      if (had_members) break;  // the parents know already
    }
    return true;
  }

  void Remove(uint32_t i) {
    for (int depth = 0; depth < kDepth; ++depth, i >>= 6) {
      uint64_t& word = Word(depth, i >> 6);
      word &= ~(uint64_t{1} << (i & 63));
      if (word != 0) return;
    }
  }

  bool Contains(uint32_t i) const { return (Word(0, i >> 6) >> (i & 63) & 1) != 0; }

  // The least member >= i, or kNone.
  uint32_t AtOrAbove(uint32_t i) const {
    for (int depth = 0; depth < kDepth; ++depth) {
      const uint32_t at = i >> 6;
      if (at >= layout_.depths[depth].size) return kNone;
      const uint64_t rest = Word(depth, at) & (~uint64_t{0} << (i & 63));
      if (rest != 0) return Descend(depth, at << 6 | std::countr_zero(rest), true);
      i = at + 1;
    }
    return kNone;
  }

  // The greatest member <= i, or kNone.
  uint32_t AtOrBelow(uint32_t i) const {
    for (int depth = 0; depth < kDepth; ++depth) {
      const uint32_t at = i >> 6;
      const uint64_t rest = Word(depth, at) & (~uint64_t{0} >> (63 - (i & 63)));
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
      const uint64_t word = Word(depth, node);
      const int bit = least ? std::countr_zero(word) : 63 - std::countl_zero(word);
      node = node << 6 | static_cast<uint32_t>(bit);
    }
    return node;
  }

  // All depths lie in one array, one after the other.
  struct Depth {
    uint32_t first = 0;  // word
    uint32_t size = 0;   // in words
  };
  struct Layout {
    std::array<Depth, kDepth> depths;
    uint32_t words = 0;
  };
  static Layout LayoutFor(uint32_t capacity);

  uint64_t& Word(int depth, uint32_t i) { return words_[layout_.depths[depth].first + i]; }
  uint64_t Word(int depth, uint32_t i) const { return words_[layout_.depths[depth].first + i]; }

  Layout layout_;
  ZeroPages<uint64_t> words_;
};

}  // namespace oneup::exchange
