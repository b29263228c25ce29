// The order book and a textbook's (tools/bench/naive_book.h) under the same messages:
// Apply says in words where they first differ. Shared by the tests and the fuzzer.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>
#include <unordered_map>
#include <vector>

#include "market/exchange/auction.h"
#include "market/exchange/order_book.h"
#include "tools/bench/naive_book.h"

namespace oneup::exchange {

struct Deed {
  enum Kind : uint8_t {
    kLimit,
    kImmediateOrCancel,
    kMarket,
    kPostOnly,
    kCancel,
    kModify,
    kUncross,  // ends a call; price is the reference
    kClear,
    kKinds
  };
  Kind kind = kLimit;
  Side side = Side::kBuy;
  OwnerId owner = 0;
  int32_t price = 0;
  Quantity quantity = 0;
  size_t order = 0;   // counted back from the newest: whom a cancel or modify concerns
  bool call = false;  // a limit or market order that gathers: begins a call
};

class BookPair {
 public:
  explicit BookPair(int32_t max_price) : book_(max_price), naive_(max_price) {}

  // Lets both books do it. Empty if they agree, else what differs. While a call is
  // on, orders gather, and what a call does not know is left out.
  std::string Apply(const Deed& deed) {
    ours_.fills.clear();
    theirs_.fills.clear();
    const std::string difference = Do(deed);
    if (!difference.empty()) return difference;
    return CompareState();
  }

  const OrderBook& book() const { return book_; }
  const std::vector<Fill>& fills() const { return ours_.fills; }
  const AddResult& result() const { return result_; }
  bool in_call() const { return in_call_; }

 private:
  struct Sink {
    void OnFill(const Fill& fill) { fills.push_back(fill); }
    std::vector<Fill> fills;
  };
  struct Ids {
    OrderId ours;
    OrderId theirs;
  };

  std::string Do(const Deed& deed) {
    const Ticks price{deed.price};
    if (deed.call && (deed.kind == Deed::kLimit || deed.kind == Deed::kMarket)) in_call_ = true;
    switch (deed.kind) {
      case Deed::kLimit:
        return in_call_ ? Added(book_.Gather(deed.owner, deed.side, price, deed.quantity),
                                naive_.Gather(deed.owner, deed.side, price, deed.quantity))
                        : Added(book_.Limit(deed.owner, deed.side, price, deed.quantity, ours_),
                                naive_.Limit(deed.owner, deed.side, price, deed.quantity, theirs_));
      case Deed::kMarket:
        return in_call_ ? Added(book_.GatherMarket(deed.owner, deed.side, deed.quantity),
                                naive_.GatherMarket(deed.owner, deed.side, deed.quantity))
                        : Added(book_.Market(deed.owner, deed.side, deed.quantity, ours_),
                                naive_.Market(deed.owner, deed.side, deed.quantity, theirs_));
      case Deed::kImmediateOrCancel:
        if (in_call_) return "";
        return Added(
            book_.ImmediateOrCancel(deed.owner, deed.side, price, deed.quantity, ours_),
            naive_.ImmediateOrCancel(deed.owner, deed.side, price, deed.quantity, theirs_));
      case Deed::kPostOnly:
        if (in_call_) return "";
        return Added(book_.PostOnly(deed.owner, deed.side, price, deed.quantity),
                     naive_.PostOnly(deed.owner, deed.side, price, deed.quantity));
      case Deed::kCancel: {
        const Ids ids = IdsOf(deed.order);
        return book_.Cancel(ids.ours) == naive_.Cancel(ids.theirs) ? "" : "cancel";
      }
      case Deed::kModify: {
        if (in_call_) return "";
        const Ids ids = IdsOf(deed.order);
        result_ = book_.Modify(ids.ours, price, deed.quantity, ours_);
        const AddResult theirs = naive_.Modify(ids.theirs, price, deed.quantity, theirs_);
        if (result_.id != 0 && result_.id != ids.ours) return "a modified order changed its id";
        return Same(result_, theirs);
      }
      case Deed::kUncross: {
        const Ticks reference{std::clamp(deed.price, 1, book_.max_price())};
        const auto clearing = ClearingPrice(book_, reference);
        const Ticks at = clearing ? clearing->price : reference;
        const int64_t volume = clearing ? clearing->volume : 0;
        book_.Uncross(at, volume, ours_);
        naive_.Uncross(at, volume, theirs_);
        in_call_ = false;
        return "";
      }
      case Deed::kClear:
        book_.Clear();
        naive_.Clear();
        in_call_ = false;
        return "";
      case Deed::kKinds:
        break;
    }
    return "no such deed";
  }

  Ids IdsOf(size_t order) const {
    return order < ids_.size() ? ids_[ids_.size() - 1 - order] : Ids{};
  }

  static std::string Same(const AddResult& ours, const AddResult& theirs) {
    if (ours.reject != theirs.reject) return "reject";
    if (ours.filled != theirs.filled) return "filled";
    if ((ours.id == 0) != (theirs.id == 0)) return "whether it rests";
    return "";
  }

  std::string Added(const AddResult& ours, const AddResult& theirs) {
    result_ = ours;
    if (ours.id != 0) {
      if (!their_id_.emplace(ours.id, theirs.id).second) return "an id was given twice";
      ids_.push_back({ours.id, theirs.id});
    }
    return Same(ours, theirs);
  }

  std::string CompareState() const {
    if (ours_.fills.size() != theirs_.fills.size()) return "number of fills";
    for (size_t i = 0; i < ours_.fills.size(); ++i) {
      const Fill& ours = ours_.fills[i];
      const Fill& theirs = theirs_.fills[i];
      const auto id = their_id_.find(ours.maker_order);
      if (id == their_id_.end() || id->second != theirs.maker_order) return "who was the maker";
      if (ours.maker != theirs.maker || ours.taker != theirs.taker) return "owners of a fill";
      if (ours.price != theirs.price) return "price of a fill";
      if (ours.quantity != theirs.quantity) return "quantity of a fill";
      if (ours.taker_side != theirs.taker_side || ours.auction != theirs.auction) return "flags";
      if (book_.Remaining(ours.maker_order) != naive_.Remaining(theirs.maker_order)) {
        return "what is left of a maker";
      }
    }
    if (book_.order_count() != naive_.order_count()) return "number of orders";
    for (const Side side : {Side::kBuy, Side::kSell}) {
      if (DepthOf(book_, side) != DepthOf(naive_, side)) return "depth";
      if (book_.Empty(side) != naive_.Empty(side)) return "emptiness";
      if (!book_.Empty(side) && book_.Best(side) != naive_.Best(side)) return "best price";
    }
    if (!in_call_ && !book_.Empty(Side::kBuy) && !book_.Empty(Side::kSell) &&
        book_.Best(Side::kBuy) >= book_.Best(Side::kSell)) {
      return "the book is crossed";
    }
    return book_.CheckInvariants() ? "" : "links or totals of the book";
  }

  // Prices and quantities, one after the other.
  template <typename Book>
  static std::vector<int64_t> DepthOf(const Book& book, Side side) {
    std::vector<int64_t> depth;
    book.VisitLevels(side, [&](const OrderBook::Depth& level) {
      depth.push_back(level.price.value);
      depth.push_back(level.quantity);
      return true;
    });
    return depth;
  }

  OrderBook book_;
  NaiveBook naive_;
  Sink ours_;
  Sink theirs_;
  AddResult result_;
  bool in_call_ = false;
  std::vector<Ids> ids_;  // of all that ever rested
  std::unordered_map<OrderId, OrderId> their_id_;
};

}  // namespace oneup::exchange
