#include "market/exchange/level_bitmap.h"

namespace oneup::exchange {

LevelBitmap::Layout LevelBitmap::LayoutFor(uint32_t capacity) {
  Layout layout;
  uint32_t size = capacity;
  for (Depth& depth : layout.depths) {
    size = (size + 63) / 64;
    depth = {layout.words, size};
    layout.words += size;
  }
  return layout;
}

LevelBitmap::LevelBitmap(uint32_t capacity) : layout_(LayoutFor(capacity)), words_(layout_.words) {}

}  // namespace oneup::exchange
