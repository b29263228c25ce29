#include "market/exchange/level_bitmap.h"

#include <cstdlib>
#include <new>

namespace oneup::exchange {

void LevelBitmap::Free::operator()(uint64_t* words) const { std::free(words); }

LevelBitmap::LevelBitmap(uint32_t capacity) {
  uint32_t size = capacity;
  for (int depth = 0; depth < kDepth; ++depth) {
    size = (size + 63) / 64;
    sizes_[depth] = size;
    words_[depth].reset(static_cast<uint64_t*>(std::calloc(size, sizeof(uint64_t))));
    if (!words_[depth]) throw std::bad_alloc();
  }
}

}  // namespace oneup::exchange
