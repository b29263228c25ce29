#include "market/exchange/accounts.h"

#include <gtest/gtest.h>

#include "market/kernel/random.h"

namespace oneup::exchange {
namespace {

TEST(AccountsTest, SettlesSharesAgainstMoney) {
  Accounts accounts;
  accounts.Settle(3, 7, Ticks{250}, 4);
  EXPECT_EQ(accounts.Of(3).shares, 4);
  EXPECT_EQ(accounts.Of(3).cash, -1'000);
  EXPECT_EQ(accounts.Shares(7), -4);
  EXPECT_EQ(accounts.Of(7).cash, 1'000);
  EXPECT_EQ(accounts.Of(1'000'000).shares, 0);
  EXPECT_EQ(accounts.Shares(1'000'000), 0);
}

TEST(AccountsTest, TradingWithOneselfChangesNothing) {
  Accounts accounts;
  accounts.Settle(5, 5, Ticks{250}, 4);
  EXPECT_EQ(accounts.Shares(5), 0);
  EXPECT_EQ(accounts.Of(5).cash, 0);
}

TEST(AccountsTest, TheLargestTradeDoesNotOverflow) {
  Accounts accounts;
  accounts.Settle(0, 1, Ticks{1 << 24}, INT32_MAX);
  EXPECT_EQ(accounts.Of(1).cash, (int64_t{1} << 24) * INT32_MAX);
}

TEST(AccountsTest, AnythingSettledIsConserved) {
  Accounts accounts;
  EXPECT_TRUE(accounts.Conserved());
  kernel::Stream random(4, 0, 0);
  for (int i = 0; i < 10'000; ++i) {
    const OwnerId buyer = random.Index(50);
    const OwnerId seller = random.Index(50);
    const Ticks price{1 + static_cast<int32_t>(random.Index(1 << 20))};
    accounts.Settle(buyer, seller, price, 1 + static_cast<Quantity>(random.Index(1'000'000)));
  }
  EXPECT_TRUE(accounts.Conserved());
  int64_t gross = 0;
  for (OwnerId owner = 0; owner < 50; ++owner) gross += std::abs(accounts.Shares(owner));
  EXPECT_GT(gross, 0);
}

}  // namespace
}  // namespace oneup::exchange
