// The call auction's price over random books, beside a search of every limit.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <vector>

#include "market/exchange/auction.h"
#include "market/exchange/order_book.h"
#include "market/kernel/random.h"

namespace oneup::exchange {
namespace {

constexpr int32_t kMaxPrice = 40;

struct Entry {
  Side side;
  int32_t limit;  // 0: at the market
  Quantity quantity;
};

std::vector<Entry> RandomEntries(kernel::Stream& random) {
  std::vector<Entry> entries(random.Index(12));
  for (Entry& entry : entries) {
    entry.side = random.Bernoulli(0.5) ? Side::kBuy : Side::kSell;
    entry.limit =
        random.Bernoulli(0.15) ? 0 : static_cast<int32_t>(random.UniformInt(1, kMaxPrice));
    entry.quantity = 1 + static_cast<Quantity>(random.Index(5));
  }
  return entries;
}

bool Willing(const Entry& entry, int32_t price) {
  if (entry.limit == 0) return true;
  return entry.side == Side::kBuy ? entry.limit >= price : entry.limit <= price;
}

int64_t Wanted(const std::vector<Entry>& entries, Side side, int32_t price) {
  int64_t shares = 0;
  for (const Entry& entry : entries) {
    if (entry.side == side && Willing(entry, price)) shares += entry.quantity;
  }
  return shares;
}

// The published rules, price by price; those that nobody named are left out.
std::optional<Clearing> Search(const std::vector<Entry>& entries, int32_t reference) {
  std::vector<Clearing> all;
  for (int32_t price = 1; price <= kMaxPrice; ++price) {
    const bool named = std::any_of(entries.begin(), entries.end(),
                                   [&](const Entry& entry) { return entry.limit == price; });
    if (!named && price != reference) continue;
    const int64_t demand = Wanted(entries, Side::kBuy, price);
    const int64_t supply = Wanted(entries, Side::kSell, price);
    all.push_back({Ticks{price}, std::min(demand, supply), demand - supply});
  }
  const auto keep_least = [&](auto measure) {
    int64_t least = INT64_MAX;
    for (const Clearing& c : all) least = std::min(least, measure(c));
    std::erase_if(all, [&](const Clearing& c) { return measure(c) != least; });
  };
  keep_least([](const Clearing& c) { return -c.volume; });
  if (all.front().volume == 0) return std::nullopt;
  keep_least([](const Clearing& c) { return std::abs(c.surplus); });
  if (std::all_of(all.begin(), all.end(), [](const auto& c) { return c.surplus > 0; })) {
    return all.back();
  }
  if (std::all_of(all.begin(), all.end(), [](const auto& c) { return c.surplus < 0; })) {
    return all.front();
  }
  keep_least([&](const Clearing& c) { return int64_t{std::abs(c.price.value - reference)}; });
  return all.front();
}

TEST(AuctionProperty, TheClearingPriceIsTheOneThatASearchFinds) {
  kernel::Stream random(5, 0, 0);
  int cleared = 0;
  for (int trial = 0; trial < 20'000; ++trial) {
    const std::vector<Entry> entries = RandomEntries(random);
    const int32_t reference = static_cast<int32_t>(random.UniformInt(1, kMaxPrice));
    OrderBook book(kMaxPrice);
    for (const Entry& entry : entries) {
      if (entry.limit == 0) {
        book.GatherMarket(0, entry.side, entry.quantity);
      } else {
        book.Gather(0, entry.side, Ticks{entry.limit}, entry.quantity);
      }
    }
    const auto found = ClearingPrice(book, Ticks{reference});
    const auto expected = Search(entries, reference);
    ASSERT_EQ(found.has_value(), expected.has_value()) << "trial " << trial;
    if (!found) continue;
    ++cleared;
    ASSERT_EQ(found->volume, expected->volume) << "trial " << trial;
    ASSERT_EQ(found->surplus, expected->surplus) << "trial " << trial;
    ASSERT_EQ(found->price, expected->price) << "trial " << trial;
  }
  EXPECT_GT(cleared, 5'000);
}

// Nobody trades at a price that he did not want, and nobody who wanted a better one
// waits while another of his side trades.
TEST(AuctionProperty, UncrossingRespectsLimitsAndPriority) {
  struct Sink {
    void OnFill(const Fill& fill) {
      EXPECT_TRUE(fill.auction);
      EXPECT_EQ(fill.price, price);
      traded += fill.quantity;
      bought[fill.maker] += fill.quantity;
      sold[fill.taker] += fill.quantity;
    }
    Ticks price;
    int64_t traded = 0;
    std::vector<int64_t> bought;  // by entry
    std::vector<int64_t> sold;
  };
  kernel::Stream random(6, 0, 0);
  for (int trial = 0; trial < 5'000; ++trial) {
    const std::vector<Entry> entries = RandomEntries(random);
    OrderBook book(kMaxPrice);
    for (size_t i = 0; i < entries.size(); ++i) {
      const OwnerId owner = static_cast<OwnerId>(i);
      if (entries[i].limit == 0) {
        book.GatherMarket(owner, entries[i].side, entries[i].quantity);
      } else {
        book.Gather(owner, entries[i].side, Ticks{entries[i].limit}, entries[i].quantity);
      }
    }
    const auto clearing = ClearingPrice(book, Ticks{kMaxPrice / 2});
    if (!clearing) continue;
    Sink sink;
    sink.price = clearing->price;
    sink.bought.resize(entries.size());
    sink.sold.resize(entries.size());
    book.Uncross(clearing->price, clearing->volume, sink);
    EXPECT_EQ(sink.traded, clearing->volume);
    EXPECT_TRUE(book.CheckInvariants());
    EXPECT_TRUE(book.Empty(Side::kBuy) || book.Empty(Side::kSell) ||
                book.Best(Side::kBuy) < book.Best(Side::kSell));
    for (const Side side : {Side::kBuy, Side::kSell}) {
      const auto& done = side == Side::kBuy ? sink.bought : sink.sold;
      const auto keenness = [&](const Entry& entry) {
        if (entry.limit == 0) return kMaxPrice + 1;
        return side == Side::kBuy ? entry.limit : kMaxPrice - entry.limit;
      };
      for (size_t i = 0; i < entries.size(); ++i) {
        if (entries[i].side != side) {
          EXPECT_EQ(done[i], 0);
          continue;
        }
        EXPECT_TRUE(done[i] == 0 || Willing(entries[i], clearing->price.value));
        EXPECT_LE(done[i], entries[i].quantity);
        // Whoever comes later at the same price, or is less keen, trades only after him.
        if (done[i] == entries[i].quantity) continue;
        for (size_t j = 0; j < entries.size(); ++j) {
          const bool behind =
              entries[j].side == side && (keenness(entries[j]) < keenness(entries[i]) ||
                                          (keenness(entries[j]) == keenness(entries[i]) && j > i));
          EXPECT_TRUE(!behind || done[j] == 0) << "trial " << trial;
        }
      }
    }
    ASSERT_FALSE(testing::Test::HasFailure()) << "trial " << trial;
  }
}

}  // namespace
}  // namespace oneup::exchange
