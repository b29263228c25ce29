#include "sims/validation/avellaneda_stoikov.h"

#include <algorithm>
#include <cmath>

#include "market/exchange/order_book.h"
#include "market/kernel/math.h"
#include "market/kernel/random.h"

namespace oneup::sims {
namespace {

using exchange::Side;

constexpr double kStart = 100;
constexpr double kSigma = 2;
constexpr double kGamma = 0.1;
constexpr double kK = 1.5;
constexpr double kArrivals = 140;
constexpr int kSteps = 200;
constexpr double kDt = 1.0 / kSteps;
constexpr double kTick = 0.001;

constexpr exchange::OwnerId kMaker = 1;

int32_t ToTicks(double price) { return static_cast<int32_t>(std::floor(price / kTick + 0.5)); }

// gamma sigma^2 tau + (2/gamma) ln(1 + gamma/k): the optimal spread, tau before the end.
double OptimalSpread(double tau) {
  return kGamma * kSigma * kSigma * tau + 2 / kGamma * math::Log1p(kGamma / kK);
}

struct Ledger {
  double cash = 0;
  int inventory = 0;
  void OnFill(const exchange::Fill& fill) {
    const bool maker_buys = fill.taker_side == Side::kSell;
    inventory += maker_buys ? 1 : -1;
    cash += (maker_buys ? -1 : 1) * fill.price.value * kTick;
  }
};

// Mean and standard deviation of what sessions end with.
struct Moments {
  double mean = 0;
  double sd = 0;
};
Moments MomentsOf(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  const double mean = sum / static_cast<double>(values.size());
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, std::sqrt(squares / static_cast<double>(values.size() - 1))};
}

}  // namespace

MakerResult RunMakerSession(bool inventory_control, uint64_t seed) {
  kernel::Stream stream(seed, 0, 4);
  exchange::OrderBook book(1 << 18);
  Ledger ledger;
  double mid = kStart;
  double spreads = 0;
  // Over the session the optimal spread averages to this.
  const double mean_spread = OptimalSpread(0.5);
  for (int step = 0; step < kSteps; ++step) {
    const double tau = 1 - step * kDt;
    const double reservation =
        inventory_control ? mid - ledger.inventory * kGamma * kSigma * kSigma * tau : mid;
    const double spread = inventory_control ? OptimalSpread(tau) : mean_spread;
    spreads += spread;
    // A quote that the inventory pushes beyond the mid-price would be a market order
    // there: it stays at the mid-price, where every arriving order reaches it.
    const double bid = std::min(reservation - spread / 2, mid);
    const double ask = std::max(reservation + spread / 2, mid);
    book.Clear();
    book.Limit(kMaker, Side::kBuy, {ToTicks(bid)}, 1, ledger);
    book.Limit(kMaker, Side::kSell, {ToTicks(ask) + 1}, 1, ledger);
    for (const Side side : {Side::kBuy, Side::kSell}) {
      const double arrives = stream.Uniform();
      const double reach = stream.Exponential(1 / kK);
      if (arrives >= kArrivals * kDt) continue;
      const double limit = side == Side::kBuy ? mid + reach : mid - reach;
      book.ImmediateOrCancel(kMaker + 1, side, {ToTicks(limit)}, 1, ledger);
    }
    mid += (stream.NextU32() >> 31 ? 1 : -1) * kSigma * std::sqrt(kDt);
  }
  return {ledger.cash + ledger.inventory * mid, ledger.inventory, spreads / kSteps};
}

std::vector<Check> CheckAvellanedaStoikov(const ValidationOptions& options) {
  struct Published {
    bool inventory_control;
    const char* name;
    double profit;
    double profit_sd;
    double inventory_sd;
  };
  constexpr Published kPublished[] = {{true, "inventory strategy", 64.9, 6.6, 2.9},
                                      {false, "symmetric strategy", 68.0, 13.2, 8.4}};
  constexpr double kPaperSessions = 1000;
  const char* source = "Avellaneda and Stoikov (2008)";
  const int sessions = std::max(100, options.episodes / 10);
  std::vector<Check> checks;
  for (const Published& published : kPublished) {
    std::vector<double> profits;
    std::vector<double> inventories;
    for (int i = 0; i < sessions; ++i) {
      const MakerResult result =
          RunMakerSession(published.inventory_control, options.seed + static_cast<uint64_t>(i));
      profits.push_back(result.profit);
      inventories.push_back(result.inventory);
    }
    // Both the paper and we simulate: the errors of both count. A standard deviation's
    // own error is sd / sqrt(2 n).
    const double per_root = std::sqrt(1 / kPaperSessions + 1.0 / sessions);
    const Moments profit = MomentsOf(profits);
    const Moments inventory = MomentsOf(inventories);
    const std::string name = published.name;
    checks.push_back(AgainstPublished("mean profit, " + name, source, profit.mean,
                                      published.profit_sd * per_root, published.profit));
    checks.push_back(AgainstPublished("sd of profit, " + name, source, profit.sd,
                                      published.profit_sd * per_root / std::sqrt(2.0),
                                      published.profit_sd));
    checks.push_back(AgainstPublished("sd of inventory, " + name, source, inventory.sd,
                                      published.inventory_sd * per_root / std::sqrt(2.0),
                                      published.inventory_sd));
  }
  checks.push_back(WithinRange("mean optimal spread", source,
                               RunMakerSession(true, options.seed).mean_spread, 1.48, 1.50));
  return checks;
}

}  // namespace oneup::sims
