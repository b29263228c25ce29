#include "tools/bench/order_streams.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "market/exchange/order_book.h"
#include "market/kernel/random.h"

namespace oneup::exchange {
namespace {

using Kind = Message::Kind;

struct Ignore {
  void OnFill(const Fill&) {}
};

// Writes messages down while a book takes them, so that it knows what rests.
class Recorder {
 public:
  Recorder(int32_t max_price, kernel::Stream& random) : book_(max_price), random_(random) {
    stream_.max_price = max_price;
  }

  const OrderBook& book() const { return book_; }
  size_t message_count() const { return stream_.messages.size(); }
  uint32_t order_count() const { return stream_.orders; }
  // All messages so far were only there to fill the book.
  void EndSetup() { stream_.setup.swap(stream_.messages); }
  OrderStream Finish() && { return std::move(stream_); }

  // The price, or the best one behind it that does not trade.
  int32_t Passive(Side side, int32_t price) const {
    if (book_.Empty(Opposite(side))) return price;
    const int32_t touch = book_.Best(Opposite(side)).value;
    return side == Side::kBuy ? std::min(price, touch - 1) : std::max(price, touch + 1);
  }

  void Limit(Side side, int32_t price, Quantity quantity) {
    price = std::clamp(price, 1, stream_.max_price);
    const OrderId id = book_.Limit(0, side, {price}, quantity, Ignore{}).id;
    if (id != 0) live_.push_back(stream_.orders);
    Write(Kind::kLimit, NewOrder({id, side, price}), price, quantity);
  }

  void ImmediateOrCancel(Side side, int32_t price, Quantity quantity) {
    book_.ImmediateOrCancel(0, side, {price}, quantity, Ignore{});
    Write(Kind::kImmediateOrCancel, NewOrder({0, side, price}), price, quantity);
  }

  void Market(Side side, Quantity quantity) {
    book_.Market(0, side, quantity, Ignore{});
    Write(Kind::kMarket, NewOrder({0, side, 0}), 0, quantity);
  }

  // Of a random live order; nothing if there is none.
  void Cancel() {
    if (!Pick()) return;
    const uint32_t order = live_.back();
    live_.pop_back();
    book_.Cancel(orders_[order].id);
    Write(Kind::kCancel, order, 0, 0);
  }

  // Of a random live order: half its shares, or its price on that side of the market.
  void Modify(int32_t bid, int32_t ask) {
    if (!Pick()) return;
    const uint32_t number = live_.back();
    Placed& order = orders_[number];
    Quantity quantity = book_.Remaining(order.id);
    if (random_.Bernoulli(0.5) && quantity > 1) {
      quantity /= 2;
    } else {
      order.price = order.side == Side::kBuy ? bid : ask;
    }
    if (book_.Modify(order.id, {order.price}, quantity, Ignore{}).id == 0) live_.pop_back();
    Write(Kind::kModify, number, order.price, quantity);
  }

 private:
  struct Placed {
    OrderId id;
    Side side;
    int32_t price;
  };

  uint32_t NewOrder(const Placed& placed) {
    orders_.push_back(placed);
    return stream_.orders++;
  }

  void Write(Kind kind, uint32_t order, int32_t price, Quantity quantity) {
    stream_.messages.push_back({kind, orders_[order].side, order, price, quantity});
  }

  // Brings a random order that is still in the book to the back of live_.
  bool Pick() {
    while (!live_.empty()) {
      std::swap(live_[random_.Index(static_cast<uint32_t>(live_.size()))], live_.back());
      if (book_.Contains(orders_[live_.back()].id)) return true;
      live_.pop_back();  // traded
    }
    return false;
  }

  OrderBook book_;
  kernel::Stream& random_;
  OrderStream stream_;
  std::vector<Placed> orders_;  // by number
  std::vector<uint32_t> live_;  // numbers; those that traded leave when they are picked
};

// Shares in round lots, small ones more often.
Quantity Size(kernel::Stream& random) {
  return 100 * (1 + static_cast<Quantity>(std::min(random.Exponential(4.0), 50.0)));
}

}  // namespace

OrderStream MakeBrownianStream() {
  constexpr uint32_t kResting = 20'000;
  constexpr uint32_t kOrders = 1'000'000;
  constexpr double kMiddle = 10'000;      // ticks
  constexpr double kVolatility = 1.4e-5;  // a message: 2 % in all
  constexpr double kDepthExponent = 0.6;
  constexpr double kDeepest = 2'000;  // ticks
  kernel::Stream random(1, 0, 0);
  Recorder recorder(1 << 16, random);
  double middle = kMiddle;
  while (recorder.order_count() < kResting + kOrders) {
    const bool setup = recorder.order_count() < kResting;
    middle *= 1 + random.Normal(0, setup ? 0 : kVolatility);
    const double kind = random.Uniform();
    const bool buy = random.Bernoulli(0.5);
    const Side side = buy ? Side::kBuy : Side::kSell;
    const double depth = std::min(random.Pareto(1, kDepthExponent), kDeepest);
    const int32_t bid = recorder.Passive(Side::kBuy, static_cast<int32_t>(middle - depth));
    const int32_t ask = recorder.Passive(Side::kSell, static_cast<int32_t>(middle + depth) + 1);
    const Quantity quantity = Size(random);
    if (setup || kind < 0.425) {
      recorder.Limit(side, buy ? bid : ask, quantity);
    } else if (kind < 0.5) {
      // Small beside a mean order, and priced a little through the touch.
      recorder.ImmediateOrCancel(side, static_cast<int32_t>(middle) + (buy ? 5 : -5), 100);
    } else if (kind < 0.91) {
      recorder.Cancel();
    } else {
      recorder.Modify(bid, ask);
    }
    if (setup && recorder.order_count() == kResting) recorder.EndSetup();
  }
  return std::move(recorder).Finish();
}

OrderStream MakeZeroIntelligenceStream(size_t resting) {
  constexpr size_t kMessages = 1'000'000;
  constexpr int32_t kMiddle = 1 << 17;
  const int64_t band = std::clamp<int64_t>(static_cast<int64_t>(resting) / 10, 50, 5'000);
  kernel::Stream random(2, static_cast<uint32_t>(resting), 0);
  Recorder recorder(1 << 18, random);
  while (recorder.book().order_count() < resting) {
    const int32_t depth = static_cast<int32_t>(random.UniformInt(1, band));
    const Quantity quantity = Size(random);
    const bool buy = recorder.order_count() % 2 == 0;
    recorder.Limit(buy ? Side::kBuy : Side::kSell, kMiddle + (buy ? -depth : depth), quantity);
  }
  recorder.EndSetup();
  while (recorder.message_count() < kMessages) {
    const double count = static_cast<double>(recorder.book().order_count());
    const double target = static_cast<double>(resting);
    // More limit orders when there are few, fewer when there are many.
    const bool limit = random.Bernoulli(0.5 + 5 * (1 - count / target));
    const bool market = random.Bernoulli(0.3);
    const Side side = random.Bernoulli(0.5) ? Side::kBuy : Side::kSell;
    const int32_t depth = static_cast<int32_t>(random.UniformInt(1, band));
    const Quantity quantity = Size(random);
    if (limit) {
      const Side other = Opposite(side);
      const int32_t from =
          recorder.book().Empty(other) ? kMiddle : recorder.book().Best(other).value;
      recorder.Limit(side, side == Side::kBuy ? from - depth : from + depth, quantity);
    } else if (market) {
      recorder.Market(side, quantity);
    } else {
      recorder.Cancel();
    }
  }
  return std::move(recorder).Finish();
}

}  // namespace oneup::exchange
