#include "market/exchange/level_bitmap.h"

namespace oneup::exchange {

LevelBitmap::LevelBitmap(uint32_t capacity) {
  uint32_t size = capacity;
  for (int depth = 0; depth < kDepth; ++depth) {
    size = (size + 63) / 64;
    sizes_[depth] = size;
    words_.emplace_back(size);
  }
}

}  // namespace oneup::exchange
