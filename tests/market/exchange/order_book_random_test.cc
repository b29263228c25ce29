// The order book under random messages: equal to a textbook's after each of them, and
// the properties that any book must have.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "market/exchange/order_book.h"
#include "market/kernel/random.h"
#include "tests/market/exchange/book_pair.h"
#include "tests/market/exchange/random_flow.h"

namespace oneup::exchange {
namespace {

class RandomFlow : public testing::TestWithParam<FlowShape> {};

const auto kContinuous = testing::Values(
    FlowShape{"Thin", 100, 5, 3, 0.5, 0}, FlowShape{"NarrowAndDeep", 1'000, 8, 50, 0.1, 0},
    FlowShape{"Wide", 1 << 14, 4'000, 1'000, 0.3, 0}, FlowShape{"WholeRange", 60, 31, 10, 0.3, 0},
    FlowShape{"OneTick", 1, 1, 5, 0.3, 0},
    FlowShape{"HugeShares", 1'000, 20, 2'000'000'000, 0.3, 0});
const auto kWithCalls = testing::Values(FlowShape{"WithCalls", 1'000, 20, 100, 0.2, 0.01});
const auto kName = [](const auto& shape) { return std::string(shape.param.name); };

INSTANTIATE_TEST_SUITE_P(Continuous, RandomFlow, kContinuous, kName);
INSTANTIATE_TEST_SUITE_P(Calls, RandomFlow, kWithCalls, kName);

TEST_P(RandomFlow, EqualsTheTextbookAfterEachMessage) {
  constexpr int kMessages = 30'000;
  kernel::Stream random(7, 0, 0);
  BookPair pair(GetParam().max_price);
  std::array<int, Deed::kKinds> done{};
  size_t fills = 0;
  for (int i = 0; i < kMessages; ++i) {
    const Deed deed = RandomDeed(GetParam(), pair.in_call(), random);
    ++done[deed.kind];
    ASSERT_EQ(pair.Apply(deed), "") << "at message " << i << ", kind " << int{deed.kind};
    fills += pair.fills().size();
  }
  // The flow was one that says something.
  EXPECT_GT(fills, 500u);
  for (int kind = 0; kind < Deed::kKinds; ++kind) {
    if (kind == Deed::kUncross || kind == Deed::kClear) continue;
    EXPECT_GT(done[static_cast<size_t>(kind)], 100) << kind;
  }
}

class ContinuousFlow : public RandomFlow {};
INSTANTIATE_TEST_SUITE_P(Shapes, ContinuousFlow, kContinuous, kName);

// Every share that came in was traded, withdrawn, dropped, or still rests.
TEST_P(ContinuousFlow, SharesAreNeitherMadeNorLost) {
  struct Sink {
    void OnFill(const Fill& fill) {
      traded[static_cast<size_t>(fill.taker_side)] += fill.quantity;
      traded[static_cast<size_t>(Opposite(fill.taker_side))] += fill.quantity;
    }
    std::array<int64_t, 2> traded{};
  } sink;
  kernel::Stream random(8, 0, 0);
  OrderBook book(GetParam().max_price);
  std::array<int64_t, 2> came{};
  std::array<int64_t, 2> left{};
  std::vector<std::pair<OrderId, Side>> orders;
  for (int i = 0; i < 10'000; ++i) {
    const Deed deed = RandomDeed(GetParam(), false, random);
    const size_t side = static_cast<size_t>(deed.side);
    if (deed.kind == Deed::kCancel && deed.order < orders.size()) {
      const auto [id, of] = orders[orders.size() - 1 - deed.order];
      left[static_cast<size_t>(of)] += book.Remaining(id);
      book.Cancel(id);
    } else if (deed.kind == Deed::kModify && deed.order < orders.size()) {
      const auto [id, of] = orders[orders.size() - 1 - deed.order];
      const Quantity before = book.Remaining(id);
      const AddResult result = book.Modify(id, {deed.price}, deed.quantity, sink);
      if (result.reject == Reject::kNone) {
        left[static_cast<size_t>(of)] += before;
        came[static_cast<size_t>(of)] += deed.quantity;
      }
    } else if (deed.kind == Deed::kImmediateOrCancel || deed.kind == Deed::kMarket) {
      const AddResult result =
          deed.kind == Deed::kMarket
              ? book.Market(deed.owner, deed.side, deed.quantity, sink)
              : book.ImmediateOrCancel(deed.owner, deed.side, {deed.price}, deed.quantity, sink);
      came[side] += result.filled;
    } else if (deed.kind == Deed::kLimit) {
      const AddResult result = book.Limit(deed.owner, deed.side, {deed.price}, deed.quantity, sink);
      if (result.reject == Reject::kNone) came[side] += deed.quantity;
      if (result.id != 0) orders.emplace_back(result.id, deed.side);
    }
    if (i % 100 != 0) continue;
    for (const Side of : {Side::kBuy, Side::kSell}) {
      const size_t s = static_cast<size_t>(of);
      int64_t resting = 0;
      book.VisitLevels(of, [&](const OrderBook::Depth& level) {
        resting += level.quantity;
        return true;
      });
      ASSERT_EQ(came[s], sink.traded[s] + left[s] + resting) << "side " << s << ", message " << i;
    }
  }
}

// Nobody is passed over: whoever trades had the best price, and of those came first.
TEST(PriceTimePriority, HoldsForEveryFill) {
  struct Resting {
    OrderId id;
    Side side;
    int32_t price;
    Quantity quantity;
  };
  struct Sink {
    void OnFill(const Fill& fill) {
      // In order of arrival, so the first of the best is who must trade.
      auto best = queue.end();
      for (auto at = queue.begin(); at != queue.end(); ++at) {
        if (at->side == fill.taker_side) continue;
        const bool better =
            best == queue.end() ||
            (at->side == Side::kBuy ? at->price > best->price : at->price < best->price);
        if (better) best = at;
      }
      ASSERT_NE(best, queue.end());
      EXPECT_EQ(best->id, fill.maker_order);
      EXPECT_EQ(best->price, fill.price.value);
      EXPECT_GE(best->quantity, fill.quantity);
      best->quantity -= fill.quantity;
      if (best->quantity == 0) queue.erase(best);
      ++fills;
    }
    std::vector<Resting> queue;
    int fills = 0;
  } sink;
  const FlowShape shape{"", 200, 10, 20, 0.25, 0, /*nonsense=*/0};
  kernel::Stream random(9, 0, 0);
  OrderBook book(shape.max_price);
  for (int i = 0; i < 20'000; ++i) {
    const Deed deed = RandomDeed(shape, false, random);
    const auto at =
        sink.queue.empty()
            ? sink.queue.end()
            : sink.queue.begin() + static_cast<std::ptrdiff_t>(deed.order % sink.queue.size());
    if (deed.kind == Deed::kCancel && at != sink.queue.end()) {
      ASSERT_EQ(book.Cancel(at->id), Reject::kNone);
      sink.queue.erase(at);
    } else if (deed.kind == Deed::kModify && at != sink.queue.end() && deed.quantity > 0) {
      const Resting order = *at;
      if (order.price != deed.price || deed.quantity > order.quantity) {
        // A new place at the end.
        sink.queue.erase(at);
        const AddResult result = book.Modify(order.id, {deed.price}, deed.quantity, sink);
        ASSERT_EQ(result.reject, Reject::kNone);
        if (result.id != 0) {
          sink.queue.push_back({order.id, order.side, deed.price,
                                deed.quantity - static_cast<Quantity>(result.filled)});
        }
      } else {
        at->quantity = deed.quantity;
        EXPECT_EQ(book.Modify(order.id, {deed.price}, deed.quantity, sink).filled, 0);
      }
    } else if (deed.kind == Deed::kLimit) {
      const AddResult result = book.Limit(deed.owner, deed.side, {deed.price}, deed.quantity, sink);
      if (result.id != 0) {
        sink.queue.push_back({result.id, deed.side, deed.price,
                              deed.quantity - static_cast<Quantity>(result.filled)});
      }
    }
    ASSERT_FALSE(testing::Test::HasFailure()) << "at message " << i;
  }
  EXPECT_GT(sink.fills, 2'000);
  EXPECT_EQ(sink.queue.size(), book.order_count());
}

}  // namespace
}  // namespace oneup::exchange
