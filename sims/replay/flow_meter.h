// Adds up what each population of a listing's traders does: orders, shares bought and sold.
#pragma once

#include <array>
#include <cstdint>
#include <utility>

#include "market/exchange/types.h"
#include "market/traders/population.h"

namespace oneup::sims {

class FlowMeter {
 public:
  struct Flow {
    uint64_t orders = 0;
    int64_t bought = 0;  // shares
    int64_t sold = 0;    // shares
  };
  using Flows = std::array<Flow, traders::kPopulations>;  // by Population

  // makers: how many market makers the listing has.
  explicit FlowMeter(uint32_t makers) : makers_(makers) {}

  void AddOrder(exchange::OwnerId owner) { ++Of(owner).orders; }
  void AddFill(const exchange::Fill& fill) {
    const bool taker_buys = fill.taker_side == exchange::Side::kBuy;
    Of(taker_buys ? fill.taker : fill.maker).bought += fill.quantity;
    Of(taker_buys ? fill.maker : fill.taker).sold += fill.quantity;
  }
  // What was added since the last call.
  Flows Take() { return std::exchange(flows_, {}); }

 private:
  Flow& Of(exchange::OwnerId owner) {
    return flows_[static_cast<size_t>(traders::PopulationOf(owner, makers_))];
  }

  uint32_t makers_;
  Flows flows_{};
};

}  // namespace oneup::sims
