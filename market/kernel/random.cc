#include "market/kernel/random.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace oneup::kernel {

#ifdef __SSE2__
namespace {

// Two blocks side by side, a word of each in the low half of a 64-bit lane. The high halves hold
// what a product left there, which the next multiplication does not look at.
struct TwoBlocks {
  __m128i word[4];

  TwoBlocks(uint32_t entity, uint32_t purpose, uint64_t n) {
    const auto lanes = [](uint64_t first, uint64_t second) {
      return _mm_set_epi64x(static_cast<int64_t>(second), static_cast<int64_t>(first));
    };
    word[0] = lanes(n, n + 1);
    word[1] = lanes(n >> 32, (n + 1) >> 32);
    word[2] = lanes(entity, entity);
    word[3] = lanes(purpose, purpose);
  }

  // Salmon et al. (2011), section 3.3; the multipliers are Random123's.
  void Round(__m128i key0, __m128i key1) {
    const __m128i product0 = _mm_mul_epu32(word[0], _mm_set1_epi64x(PHILOX_M4x32_0));
    const __m128i product1 = _mm_mul_epu32(word[2], _mm_set1_epi64x(PHILOX_M4x32_1));
    word[0] = _mm_xor_si128(_mm_xor_si128(_mm_srli_epi64(product1, 32), word[1]), key0);
    word[1] = product1;
    word[2] = _mm_xor_si128(_mm_xor_si128(_mm_srli_epi64(product0, 32), word[3]), key1);
    word[3] = product0;
  }

  void Store(uint32_t* to) const {
    auto* const blocks = reinterpret_cast<__m128i*>(to);
    _mm_storeu_si128(blocks, _mm_unpacklo_epi64(_mm_unpacklo_epi32(word[0], word[1]),
                                                _mm_unpacklo_epi32(word[2], word[3])));
    _mm_storeu_si128(blocks + 1, _mm_unpacklo_epi64(_mm_unpackhi_epi32(word[0], word[1]),
                                                    _mm_unpackhi_epi32(word[2], word[3])));
  }
};

}  // namespace

void DrawFourAt(uint64_t seed, uint32_t entity, uint32_t purpose, uint64_t n,
                std::span<uint32_t, 16> words) {
  TwoBlocks first(entity, purpose, n);
  TwoBlocks second(entity, purpose, n + 2);
  uint32_t key0 = static_cast<uint32_t>(seed);
  uint32_t key1 = static_cast<uint32_t>(seed >> 32);
  for (int round = 0; round < PHILOX4x32_DEFAULT_ROUNDS; ++round) {
    first.Round(_mm_set1_epi64x(key0), _mm_set1_epi64x(key1));
    second.Round(_mm_set1_epi64x(key0), _mm_set1_epi64x(key1));
    key0 += PHILOX_W32_0;
    key1 += PHILOX_W32_1;
  }
  first.Store(words.data());
  second.Store(words.data() + 8);
}

#else

void DrawFourAt(uint64_t seed, uint32_t entity, uint32_t purpose, uint64_t n,
                std::span<uint32_t, 16> words) {
  for (uint32_t i = 0; i < 4; ++i) {
    const std::array<uint32_t, 4> block = DrawAt(seed, entity, purpose, n + i);
    std::copy(block.begin(), block.end(), words.begin() + 4 * i);
  }
}

#endif

void Stream::Refill() {
  if (next_block_ == 0) {
    const std::array<uint32_t, 4> block = DrawAt(seed_, entity_, purpose_, next_block_++);
    used_ = static_cast<uint32_t>(words_.size() - block.size());
    std::copy(block.begin(), block.end(), words_.begin() + used_);
    return;
  }
  DrawFourAt(seed_, entity_, purpose_, next_block_, words_);
  next_block_ += 4;
  used_ = 0;
}

}  // namespace oneup::kernel
