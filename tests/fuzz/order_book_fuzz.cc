// Any sequence of messages leaves the order book equal to a textbook's, every fill and
// level of it. The first byte chooses the range of prices; six bytes make a message:
// kind and flags, owner, price (two), shares, which order.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/market/exchange/book_pair.h"

namespace {

using oneup::exchange::Deed;
using oneup::exchange::Side;

constexpr size_t kBytes = 6;
// Enough for any bug to show, few enough that a run stays short.
constexpr size_t kMostDeeds = 4'000;

Deed DeedFrom(const uint8_t* bytes, int32_t max_price) {
  Deed deed;
  deed.kind = static_cast<Deed::Kind>((bytes[0] & 15) % Deed::kKinds);
  deed.side = (bytes[0] & 16) != 0 ? Side::kSell : Side::kBuy;
  deed.call = (bytes[0] & 0xe0) == 0xe0;
  deed.owner = bytes[1];
  // Around the range, a little beyond both of its ends.
  deed.price = (bytes[2] | bytes[3] << 8) % (max_price + 3) - 1;
  // Few shares mostly, sometimes as many as there can be, or none, or fewer.
  const int32_t shares = static_cast<int8_t>(bytes[4]);
  deed.quantity = shares > 120 ? INT32_MAX - (127 - shares) : shares < 0 ? -shares & 63 : shares;
  if (bytes[4] == 0x80) deed.quantity = INT32_MIN;
  deed.order = bytes[5];
  return deed;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  constexpr int32_t kRanges[] = {1, 3, 20, 64, 5'000, 60'000};
  const int32_t max_price = kRanges[data[0] % 6];
  oneup::exchange::BookPair pair(max_price);
  for (size_t i = 0; i < kMostDeeds && 1 + (i + 1) * kBytes <= size; ++i) {
    const Deed deed = DeedFrom(data + 1 + i * kBytes, max_price);
    const std::string difference = pair.Apply(deed);
    if (!difference.empty()) {
      std::fprintf(stderr, "message %zu, kind %d: %s\n", i, int{deed.kind}, difference.c_str());
      std::abort();
    }
  }
  return 0;
}
