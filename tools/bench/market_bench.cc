// One listing as it trades in a run: kernel, all trader populations with the parameters
// as shipped, venue, book, accounts and tape. An iteration is a session: its opening
// call, continuous trading, closing call. Market/<orders a day>: the resolution.
//
//   orders/s     new orders that the venue took
//   messages/s   these and the cancels of live orders
//   events/s     events that the kernel handed out
//   fills/s      trades
//
// The common factor stands still. Every tenth session there is news of 5 %, up and down
// in turn, so that revisions of beliefs and retail have their part.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>

#include "market/kernel/kernel.h"
#include "market/kernel/trading_calendar.h"
#include "market/traders/listing_market.h"
#include "sims/scenario/scenario.h"

namespace oneup::sims {
namespace {

constexpr uint64_t kSessionsPerNews = 10;

traders::ListingSetup Share(const kernel::TradingCalendar& calendar) {
  traders::ListingSetup setup;
  setup.listing.ticker = "SHARE";
  setup.entity = 1u << 12;
  setup.initial_price = 200;
  setup.daily_volatility = 0.02;
  setup.daily_volume = 2e7;
  setup.calendar = &calendar;
  return setup;
}

// The market and what it stands on.
class OneListing {
 public:
  OneListing(const LoadedScenario& scenario, double orders_per_day, uint64_t seed)
      : calendar_(*scenario.FindCalendar("XNYS")),
        kernel_(calendar_.sessions().front().open - Duration::Hours(24)),
        market_(Share(calendar_), scenario.proto.traders(), traders::Continuous(orders_per_day),
                seed, factor_, kernel_) {
    market_.Start(calendar_.sessions().front().day, calendar_.sessions().back().day);
  }

  bool Done() const { return session_ == calendar_.sessions().size(); }
  void RunSession() {
    if (session_ % kSessionsPerNews == 0) {
      const double move = session_ % (2 * kSessionsPerNews) == 0 ? 0.05 : -0.05;
      market_.Hear({.key = session_, .log_return = move, .attention = 0.05, .cause = 0});
    }
    kernel_.RunUntil(calendar_.sessions()[session_++].close);
  }

  const exchange::MessageCounts& counts() const { return market_.venue().counts(); }
  uint64_t events() const { return kernel_.processed(); }

 private:
  const kernel::TradingCalendar& calendar_;
  kernel::Kernel kernel_;
  traders::Factor factor_;
  traders::ListingMarket market_;
  uint64_t session_ = 0;
};

void BM_Market(benchmark::State& state) {
  const absl::StatusOr<LoadedScenario> scenario = LoadScenario("2025");
  if (!scenario.ok()) return state.SkipWithError("the scenario does not load");
  exchange::MessageCounts total;
  uint64_t events = 0;
  uint64_t seed = 0;
  std::unique_ptr<OneListing> market;
  const auto add_up = [&] {
    if (market == nullptr) return;
    total.orders += market->counts().orders;
    total.cancels += market->counts().cancels;
    total.fills += market->counts().fills;
    events += market->events();
  };
  for (auto _ : state) {
    if (market == nullptr || market->Done()) {
      state.PauseTiming();
      add_up();
      market = std::make_unique<OneListing>(*scenario, static_cast<double>(state.range(0)), ++seed);
      state.ResumeTiming();
    }
    market->RunSession();
  }
  add_up();
  using benchmark::Counter;
  const auto rate = [&](const char* name, uint64_t count) {
    state.counters[name] = Counter(static_cast<double>(count), Counter::kIsRate);
  };
  rate("orders/s", total.orders);
  rate("messages/s", total.orders + total.cancels);
  rate("events/s", events);
  rate("fills/s", total.fills);
}

BENCHMARK(BM_Market)
    ->Name("Market")
    ->RangeMultiplier(10)
    ->Range(100, 100'000)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace oneup::sims
