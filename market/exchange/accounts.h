// Who holds how many shares and how much money, settled at every fill. Money is
// counted in ticks times shares, so that nothing is ever rounded. Everybody starts
// with nothing and may be short of either: what is conserved is the sum.
#pragma once

#include <cstdint>
#include <vector>

#include "market/exchange/types.h"

namespace oneup::exchange {

class Accounts {
 public:
  struct Account {
    int64_t shares = 0;
    int64_t cash = 0;  // ticks x shares
  };

  // Owners are small integers; accounts open as they are needed.
  void Settle(OwnerId buyer, OwnerId seller, Ticks price, Quantity quantity) {
    const OwnerId highest = buyer > seller ? buyer : seller;
    if (highest >= accounts_.size()) [[unlikely]]
      accounts_.resize(highest + 1);
    const int64_t money = int64_t{price.value} * quantity;
    accounts_[buyer].shares += quantity;
    accounts_[buyer].cash -= money;
    accounts_[seller].shares -= quantity;
    accounts_[seller].cash += money;
  }

  // An owner who never traded has an empty account.
  Account Of(OwnerId owner) const {
    return owner < accounts_.size() ? accounts_[owner] : Account{};
  }
  int64_t Shares(OwnerId owner) const {
    return owner < accounts_.size() ? accounts_[owner].shares : 0;
  }

  // True while neither shares nor money have been made or lost. O(owners).
  bool Conserved() const {
    int64_t shares = 0;
    int64_t cash = 0;
    for (const Account& account : accounts_) {
      shares += account.shares;
      cash += account.cash;
    }
    return shares == 0 && cash == 0;
  }

 private:
  std::vector<Account> accounts_;
};

}  // namespace oneup::exchange
