#include "market/exchange/call_side.h"

#include <algorithm>

namespace oneup::exchange {

void CallSide::MakeRoom() {
  capacity_ = std::max(2 * capacity_, 64u);
  ranks_.resize(capacity_);
  lots_.resize(capacity_);
  found_.resize(capacity_);
  places_.resize(capacity_);
  depths_.resize(capacity_);
}

// The loops below run over local views: a compiler must else suppose that what they write is the
// length of the loop.
void CallSide::RemoveAll(Rank rank) {
  const std::span<Rank> ranks(ranks_.data(), size_);
  for (Rank& one : ranks) one = one == rank ? kGone : one;
  knows_best_ = false;
}

void CallSide::FindBest() const {
  const std::span<const Rank> ranks(ranks_.data(), size_);
  Rank best = kGone;
  for (const Rank rank : ranks) best = std::max(best, rank);
  best_ = best;
  knows_best_ = true;
}

void CallSide::Sort(Rank last) {
  const std::span<const Rank> ranks(ranks_.data(), size_);
  uint32_t* const found = found_.data();
  uint32_t count = 0;
  for (uint32_t place = 0; place < ranks.size(); ++place) {
    found[count] = place;
    count += ranks[place] >= last ? 1 : 0;
  }
  count_ = count;
  if (count_ <= kFew) return SortFew();
  const auto end = std::copy_n(found_.begin(), count_, places_.begin());
  std::stable_sort(places_.begin(), end,
                   [&](uint32_t a, uint32_t b) { return ranks_[a] > ranks_[b]; });
  for (uint32_t i = 0; i < count_; ++i) {
    depths_[i] = {{Turn(ranks_[places_[i]])}, lots_[places_[i]].quantity};
  }
}

// Each order's place is the number of those before it. A key is the distance from the best and,
// of equal ones, the time; each is compared with kFew others at once, which compilers turn into
// vectors.
void CallSide::SortFew() {
  static_assert((int64_t{OrderBook::kMaxPrice} + 2) * kFew <= std::numeric_limits<int32_t>::max());
  const Rank best = Best();
  for (uint32_t i = 0; i < count_; ++i) {
    keys_[i] = (best - ranks_[found_[i]]) * static_cast<int32_t>(kFew) + static_cast<int32_t>(i);
  }
  std::array<int32_t, kFew> before;
  for (uint32_t i = 0; i < kFew; ++i) before[i] = keys_[0] < keys_[i] ? 1 : 0;
  for (uint32_t other = 1; other < count_; ++other) {
    const int32_t key = keys_[other];
    for (uint32_t i = 0; i < kFew; ++i) before[i] += key < keys_[i] ? 1 : 0;
  }
  for (uint32_t i = 0; i < count_; ++i) {
    const uint32_t place = found_[i];
    places_[before[i]] = place;
    depths_[before[i]] = {{Turn(ranks_[place])}, lots_[place].quantity};
  }
}

}  // namespace oneup::exchange
