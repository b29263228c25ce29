#include "market/exchange/venue.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <utility>

#include "market/exchange/auction.h"

namespace oneup::exchange {
namespace {

// The auction that ends a call or a halt.
AuctionKind KindAfter(Phase phase) {
  switch (phase) {
    case Phase::kOpeningCall:
      return AuctionKind::kOpening;
    case Phase::kHalted:
      return AuctionKind::kReopening;
    default:
      return AuctionKind::kClosing;
  }
}

}  // namespace

Venue::Venue(Listing listing, Observer observer)
    : listing_(std::move(listing)),
      observer_(observer),
      book_(listing_.calls_only ? 1 : listing_.max_price),
      calls_(std::clamp(listing_.max_price, 1, OrderBook::kMaxPrice)) {}

void Venue::FailPhase(const char* call) const {
  std::fprintf(stderr, "oneup: %s: %s called in phase %d\n", listing_.ticker.c_str(), call,
               static_cast<int>(phase_));
  std::abort();
}

void Venue::BeginCall() {
  if (phase_ == Phase::kClosed) {
    tape_.BeginDay();
    phase_ = Phase::kOpeningCall;
  } else if (phase_ == Phase::kContinuous || phase_ == Phase::kHalted ||
             phase_ == Phase::kBetweenCalls) {
    if (phase_ == Phase::kHalted) TellHalt(false);
    phase_ = Phase::kClosingCall;
  } else {
    FailPhase("BeginCall");
  }
  closing_done_ = false;
  if (listing_.calls_only) open_calls_ = &calls_;
}

int64_t Venue::Uncross() {
  if (!Gathers()) FailPhase("Uncross");
  const Ticks reference = {std::max(tape_.last().value, 1)};
  std::optional<Clearing> clearing;
  if (open_calls_ != nullptr) {
    open_calls_ = nullptr;
    clearing = calls_.Uncross(reference, *this);
  } else {
    clearing = ClearingPrice(book_, reference);
    book_.Uncross(clearing ? clearing->price : reference, clearing ? clearing->volume : 0, *this);
  }
  const int64_t volume = clearing ? clearing->volume : 0;
  band_reference_ = clearing ? clearing->price : reference;
  const AuctionKind kind = KindAfter(phase_);
  if (observer_.on_auction != nullptr) {
    observer_.on_auction(observer_.self, {kind, volume > 0 ? band_reference_ : Ticks{}, volume});
  }
  if (phase_ == Phase::kClosingCall) {
    closing_done_ = true;
  } else {
    phase_ = listing_.calls_only ? Phase::kBetweenCalls : Phase::kContinuous;
  }
  if (kind == AuctionKind::kReopening) TellHalt(false);
  return volume;
}

AddResult Venue::Gather(OwnerId owner, Side side, Ticks price, Quantity quantity) {
  if (!Gathers()) return Count(owner, {.reject = Reject::kClosed});
  return Count(owner, book_.Gather(owner, side, price, quantity));
}

AddResult Venue::GatherMarket(OwnerId owner, Side side, Quantity quantity) {
  if (!Gathers()) return Count(owner, {.reject = Reject::kClosed});
  return Count(owner, book_.GatherMarket(owner, side, quantity));
}

void Venue::Close() {
  book_.Clear();
  calls_.Clear();
  phase_ = Phase::kClosed;
}

void Venue::HaltIfOutsideBand() {
  const double reference = band_reference_.value;
  const double distance = tape_.last().value - reference;
  if (distance > listing_.halt_band * reference || distance < -listing_.halt_band * reference) {
    phase_ = Phase::kHalted;
    TellHalt(true);
  }
}

void Venue::TellHalt(bool begins) {
  if (observer_.on_halt == nullptr) return;
  observer_.on_halt(observer_.self, {begins, tape_.last(), band_reference_});
}

}  // namespace oneup::exchange
