#include "sims/validation/smith_farmer.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "market/exchange/order_book.h"
#include "market/kernel/math.h"
#include "market/kernel/random.h"

namespace oneup::sims {
namespace {

using exchange::OrderId;
using exchange::Side;

constexpr int kTicksPerScale = 100;           // p_c in ticks
constexpr int kWindow = 10 * kTicksPerScale;  // limit orders fall this far from the other side
constexpr int kMiddle = 1 << 18;

struct Ignore {
  void OnFill(const exchange::Fill&) {}
};

class Simulation {
 public:
  Simulation(const SmithFarmerRates& rates, uint64_t seed)
      : rates_(rates), stream_(seed, 0, 3), book_(1 << 19) {
    // Some orders on each side, so that both touches exist.
    for (int i = 0; i < kTicksPerScale; ++i) {
      Add(Side::kBuy, kMiddle - 1 - i);
      Add(Side::kSell, kMiddle + 1 + i);
    }
  }

  void Run(int events) {
    spread_time_ = 0;
    time_ = 0;
    for (int i = 0; i < events; ++i) Step();
  }

  double mean_spread() const { return spread_time_ / time_; }
  double time() const { return time_; }

 private:
  int Ask() const {
    return book_.Empty(Side::kSell) ? Bid() + kTicksPerScale : book_.Best(Side::kSell).value;
  }
  int Bid() const {
    return book_.Empty(Side::kBuy) ? kMiddle - kTicksPerScale : book_.Best(Side::kBuy).value;
  }

  void Add(Side side, int price) {
    orders_.push_back(book_.Limit(1, side, {price}, 1, ignore_).id);
  }

  void Step() {
    const double limit = 2 * rates_.alpha * kWindow;
    const double cancel = rates_.delta * static_cast<double>(book_.order_count());
    const double total = limit + rates_.mu + cancel;
    const double dt = stream_.Exponential(1 / total);
    spread_time_ += dt * (Ask() - Bid());
    time_ += dt;
    const double pick = stream_.Uniform() * total;
    const bool buy = stream_.NextU32() >> 31;
    if (pick < limit) {
      const int away = 1 + static_cast<int>(stream_.Index(kWindow));
      Add(buy ? Side::kBuy : Side::kSell, buy ? Ask() - away : Bid() + away);
    } else if (pick < limit + rates_.mu) {
      book_.Market(2, buy ? Side::kBuy : Side::kSell, 1, ignore_);
    } else {
      CancelOne();
    }
  }

  // A uniform choice among live orders; dead ones are forgotten as they are met.
  void CancelOne() {
    while (!orders_.empty()) {
      const uint32_t i = stream_.Index(static_cast<uint32_t>(orders_.size()));
      const OrderId order = orders_[i];
      orders_[i] = orders_.back();
      orders_.pop_back();
      if (book_.Cancel(order) == exchange::Reject::kNone) return;
    }
  }

  SmithFarmerRates rates_;
  kernel::Stream stream_;
  exchange::OrderBook book_;
  std::vector<OrderId> orders_;
  double spread_time_ = 0;
  double time_ = 0;
  Ignore ignore_;
};

}  // namespace

SmithFarmerRates RatesFor(double epsilon, double scale) {
  const double mu = 1;
  return {.alpha = scale * mu / (2.0 * kTicksPerScale),
          .mu = scale * mu,
          .delta = scale * epsilon * mu / 2};
}

SmithFarmerResult MeasureSpread(const SmithFarmerRates& rates, int events, uint64_t seed) {
  Simulation simulation(rates, seed);
  simulation.Run(events / 5);
  simulation.Run(events);
  return {simulation.mean_spread() / kTicksPerScale, simulation.time()};
}

std::vector<Check> CheckSmithFarmer(const ValidationOptions& options) {
  struct Point {
    double epsilon;
    double spread;
  };
  constexpr Point kPublished[] = {{0.02, 0.496}, {0.05, 0.555}, {0.2, 0.760}, {0.5, 1.107}};
  constexpr int kRuns = 8;
  std::vector<Check> checks;
  for (const Point& point : kPublished) {
    // The independent simulation that the values come from is known to 0.7 %.
    double sum = 0;
    double squares = 0;
    for (int run = 0; run < kRuns; ++run) {
      const double spread = MeasureSpread(RatesFor(point.epsilon), 20 * options.episodes,
                                          options.seed + static_cast<uint64_t>(run))
                                .mean_spread;
      sum += spread;
      squares += spread * spread;
    }
    const double mean = sum / kRuns;
    const double variance = (squares / kRuns - mean * mean) / (kRuns - 1);
    const double published_error = 0.007 * point.spread / 2;
    char name[64];
    std::snprintf(name, sizeof name, "mean spread / p_c at epsilon %.2g", point.epsilon);
    checks.push_back(AgainstPublished(
        name, "Smith et al. (2003), independent simulation", mean,
        std::sqrt(std::max(variance, 0.0) + published_error * published_error), point.spread));
  }
  // All rates times c: the same prices, c times faster.
  const SmithFarmerResult slow = MeasureSpread(RatesFor(0.2), options.episodes, options.seed);
  const SmithFarmerResult fast = MeasureSpread(RatesFor(0.2, 4), options.episodes, options.seed);
  checks.push_back(WithinRange("spread at four times the rates / spread",
                               "Smith et al. (2003), exact", fast.mean_spread / slow.mean_spread,
                               1 - 1e-9, 1 + 1e-9));
  checks.push_back(WithinRange("time at the rates / time at four times them",
                               "Smith et al. (2003), exact", slow.end_time / fast.end_time,
                               4 - 1e-9, 4 + 1e-9));
  return checks;
}

}  // namespace oneup::sims
