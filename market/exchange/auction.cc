#include "market/exchange/auction.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace oneup::exchange {
namespace {

// Demand and supply as functions of the price.
class Curves {
 public:
  explicit Curves(const OrderBook& book) {
    book.VisitLevels(Side::kBuy, [&](const OrderBook::Depth& depth) {
      demand_.push_back(depth);
      return true;
    });
    book.VisitLevels(Side::kSell, [&](const OrderBook::Depth& depth) {
      supply_.push_back(depth);
      return true;
    });
    for (size_t i = 1; i < demand_.size(); ++i) demand_[i].quantity += demand_[i - 1].quantity;
    for (size_t i = 1; i < supply_.size(); ++i) supply_[i].quantity += supply_[i - 1].quantity;
  }

  // Shares bid at this price or a higher one.
  int64_t Demand(Ticks price) const {
    const auto end = std::partition_point(demand_.begin(), demand_.end(),
                                          [&](const auto& d) { return d.price >= price; });
    return end == demand_.begin() ? 0 : std::prev(end)->quantity;
  }
  // Shares offered at this price or a lower one.
  int64_t Supply(Ticks price) const {
    const auto end = std::partition_point(supply_.begin(), supply_.end(),
                                          [&](const auto& d) { return d.price <= price; });
    return end == supply_.begin() ? 0 : std::prev(end)->quantity;
  }

  const std::vector<OrderBook::Depth>& demand() const { return demand_; }
  const std::vector<OrderBook::Depth>& supply() const { return supply_; }

 private:
  std::vector<OrderBook::Depth> demand_;  // best first, quantities cumulated
  std::vector<OrderBook::Depth> supply_;
};

}  // namespace

std::optional<Clearing> ClearingPrice(const OrderBook& book, Ticks reference) {
  const Curves curves(book);
  // Volume and surplus change only at the orders' prices; between them the reference
  // is the one price that the rules could choose.
  std::vector<Ticks> candidates = {reference};
  for (const auto* side : {&curves.demand(), &curves.supply()}) {
    for (const OrderBook::Depth& depth : *side) {
      if (depth.price.value >= 1 && depth.price.value <= book.max_price()) {
        candidates.push_back(depth.price);
      }
    }
  }
  std::vector<Clearing> best;
  for (const Ticks price : candidates) {
    const int64_t demand = curves.Demand(price);
    const int64_t supply = curves.Supply(price);
    const Clearing clearing{price, std::min(demand, supply), demand - supply};
    if (clearing.volume == 0) continue;
    if (!best.empty()) {
      const Clearing& so_far = best.front();
      const bool worse = clearing.volume != so_far.volume
                             ? clearing.volume < so_far.volume
                             : std::abs(clearing.surplus) > std::abs(so_far.surplus);
      if (worse) continue;
      if (clearing.volume > so_far.volume ||
          std::abs(clearing.surplus) < std::abs(so_far.surplus)) {
        best.clear();
      }
    }
    best.push_back(clearing);
  }
  if (best.empty()) return std::nullopt;
  const auto by_price = [](const Clearing& a, const Clearing& b) { return a.price < b.price; };
  if (std::all_of(best.begin(), best.end(), [](const auto& c) { return c.surplus > 0; })) {
    return *std::max_element(best.begin(), best.end(), by_price);
  }
  if (std::all_of(best.begin(), best.end(), [](const auto& c) { return c.surplus < 0; })) {
    return *std::min_element(best.begin(), best.end(), by_price);
  }
  return *std::min_element(best.begin(), best.end(), [&](const Clearing& a, const Clearing& b) {
    const int32_t from_a = std::abs(a.price.value - reference.value);
    const int32_t from_b = std::abs(b.price.value - reference.value);
    return from_a != from_b ? from_a < from_b : a.price < b.price;
  });
}

}  // namespace oneup::exchange
