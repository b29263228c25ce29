// One listing's market place: a book, its phases, the accounts and the tape. It has
// no clock: whoever owns time calls the phases in the order of the session,
//
//   closed -> BeginCall -> opening call -> Uncross -> continuous -> BeginCall ->
//   closing call -> Uncross -> Close -> closed,
//
// and, where the listing has bands, brings a halt to its end with Uncross as well.
// A listing with calls only has nothing between the two: from the opening uncrossing to the
// closing call it takes no orders, and what is left of the opening call waits.
// Orders live for a day. Takes what it is given: an order that cannot be taken comes
// back with the reason, a phase out of order ends the program with a message.
#pragma once

#include <cstdint>
#include <vector>

#include "market/exchange/accounts.h"
#include "market/exchange/call_book.h"
#include "market/exchange/listing.h"
#include "market/exchange/order_book.h"
#include "market/exchange/tape.h"
#include "market/exchange/types.h"

namespace oneup::exchange {

enum class Phase : uint8_t {
  kClosed,
  kOpeningCall,
  kContinuous,
  kHalted,
  kClosingCall,
  kBetweenCalls  // of a listing with calls only
};

// Which call an auction ended.
enum class AuctionKind : uint8_t { kOpening, kClosing, kReopening };

// What a call auction came to.
struct AuctionResult {
  AuctionKind kind = AuctionKind::kOpening;
  Ticks price;         // 0 if nothing traded
  int64_t volume = 0;  // shares
};

// Trading stops because a price left its band, or goes on: continuously after an auction, or
// with the closing call.
struct HaltNotice {
  bool begins = false;
  Ticks last;       // the last trade
  Ticks reference;  // the middle of the band: of the one left, or of the one to come
};

// Sees everything that is published, in order, and who sends orders. Set once; what is null
// costs nothing. Called for each fill and order, so keep it short; `self` is passed back.
struct Observer {
  void* self = nullptr;
  void (*on_fill)(void* self, const Fill& fill) = nullptr;
  // An order was taken, after its fills.
  void (*on_order)(void* self, OwnerId owner) = nullptr;
  // After the auction's fills.
  void (*on_auction)(void* self, const AuctionResult& result) = nullptr;
  void (*on_halt)(void* self, const HaltNotice& notice) = nullptr;
};

// How many messages of each kind a venue has taken.
struct MessageCounts {
  uint64_t orders = 0;
  uint64_t cancels = 0;
  uint64_t rejects = 0;
  uint64_t fills = 0;
};

class Venue {
 public:
  explicit Venue(Listing listing, Observer observer = {});

  // --- The session.
  // A call begins: from closed the opening one, else the closing one.
  void BeginCall();
  // Ends a call or a halt: what can trade does, at one price. After the opening call
  // or a halt trading goes on continuously, if it does; after the closing call only Close is
  // left.
  // Returns the shares traded.
  int64_t Uncross();
  // Removes all orders.
  void Close();

  // --- Orders. In a call or a halt they gather; when closed they are rejected. Inline,
  // so that each kind of order is one function from its sender to its place in the book.
  AddResult Limit(OwnerId owner, Side side, Ticks price, Quantity quantity);
  // In continuous trading what cannot trade at once is dropped; in a call it waits for
  // the uncrossing.
  AddResult Market(OwnerId owner, Side side, Quantity quantity);
  // Only in continuous trading.
  AddResult ImmediateOrCancel(OwnerId owner, Side side, Ticks price, Quantity quantity);
  AddResult PostOnly(OwnerId owner, Side side, Ticks price, Quantity quantity);
  Reject Cancel(OrderId id);

  const Listing& listing() const { return listing_; }
  Phase phase() const { return phase_; }
  // Empty for a listing with calls only.
  const OrderBook& book() const { return book_; }
  bool Empty(Side side) const {
    return listing_.calls_only ? calls_.Empty(side) : book_.Empty(side);
  }
  // Of a side that is not empty. In a call, market orders show as prices 0 and max + 1.
  Ticks Best(Side side) const { return listing_.calls_only ? calls_.Best(side) : book_.Best(side); }
  const Tape& tape() const { return tape_; }
  Tape& tape() { return tape_; }
  const Accounts& accounts() const { return accounts_; }
  const MessageCounts& counts() const { return counts_; }

  // Called by the book for each fill.
  void OnFill(const Fill& fill) {
    const bool buying = fill.taker_side == Side::kBuy;
    accounts_.Settle(buying ? fill.taker : fill.maker, buying ? fill.maker : fill.taker, fill.price,
                     fill.quantity);
    tape_.Print(fill);
    ++counts_.fills;
    if (observer_.on_fill != nullptr) observer_.on_fill(observer_.self, fill);
  }

 private:
  // Orders gather in a call, until it is uncrossed, and in a halt.
  bool Gathers() const {
    return phase_ != Phase::kContinuous && phase_ != Phase::kClosed &&
           phase_ != Phase::kBetweenCalls && !closing_done_;
  }
  // Not inline: in a call a sender needs none of what continuous trading is made of.
  AddResult Gather(OwnerId owner, Side side, Ticks price, Quantity quantity);
  AddResult GatherMarket(OwnerId owner, Side side, Quantity quantity);
  AddResult Count(OwnerId owner, AddResult result);
  void HaltIfOutsideBand();
  void TellHalt(bool begins);
  [[noreturn, gnu::cold]] void FailPhase(const char* call) const;

  Listing listing_;
  Observer observer_;
  Phase phase_ = Phase::kClosed;
  OrderBook book_;
  CallBook calls_;                  // takes its place in a listing with calls only
  CallBook* open_calls_ = nullptr;  // the same while orders gather in it
  Tape tape_;
  Accounts accounts_;
  MessageCounts counts_;
  Ticks band_reference_;  // the last auction's price
  bool closing_done_ = false;
};

inline AddResult Venue::Count(OwnerId owner, AddResult result) {
  if (result.reject == Reject::kNone) {
    ++counts_.orders;
    if (observer_.on_order != nullptr) observer_.on_order(observer_.self, owner);
  } else {
    ++counts_.rejects;
  }
  if (result.filled > 0 && listing_.halt_band > 0) HaltIfOutsideBand();
  return result;
}

inline AddResult Venue::Limit(OwnerId owner, Side side, Ticks price, Quantity quantity) {
  if (open_calls_ != nullptr)
    return Count(owner, open_calls_->Gather(owner, side, price, quantity));
  if (phase_ == Phase::kContinuous)
    return Count(owner, book_.Limit(owner, side, price, quantity, *this));
  return Gather(owner, side, price, quantity);
}

inline AddResult Venue::Market(OwnerId owner, Side side, Quantity quantity) {
  if (open_calls_ != nullptr) return Count(owner, open_calls_->GatherMarket(owner, side, quantity));
  if (phase_ == Phase::kContinuous) return Count(owner, book_.Market(owner, side, quantity, *this));
  return GatherMarket(owner, side, quantity);
}

inline AddResult Venue::ImmediateOrCancel(OwnerId owner, Side side, Ticks price,
                                          Quantity quantity) {
  if (phase_ != Phase::kContinuous) return Count(owner, {.reject = Reject::kClosed});
  return Count(owner, book_.ImmediateOrCancel(owner, side, price, quantity, *this));
}

inline AddResult Venue::PostOnly(OwnerId owner, Side side, Ticks price, Quantity quantity) {
  if (phase_ != Phase::kContinuous) return Count(owner, {.reject = Reject::kClosed});
  return Count(owner, book_.PostOnly(owner, side, price, quantity));
}

inline Reject Venue::Cancel(OrderId id) {
  const Reject reject = listing_.calls_only ? calls_.Cancel(id) : book_.Cancel(id);
  counts_.cancels += reject == Reject::kNone ? 1 : 0;
  return reject;
}

}  // namespace oneup::exchange
