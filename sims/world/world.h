// One run: the listings of a scenario with their traders on one kernel, and the
// scenario's events as they reach the market. Single-threaded; owns all its state;
// the scenario is read only, so that many runs can share it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "agents/people/host.h"
#include "market/kernel/kernel.h"
#include "market/traders/listing_market.h"
#include "sims/scenario/scenario.h"
#include "sims/world/news_desk.h"
#include "sims/world/resolution.h"
#include "sims/world/run_listener.h"

namespace oneup::people {
class Cast;
}

namespace oneup::sims {

struct RunOptions {
  uint64_t seed = 1;
  traders::Resolution resolution = kDefaultResolution;
  // Predict every event by what the others teach: value each of the scenario's held-out
  // events with the parameters that were fitted without it.
  bool leave_one_out = false;
  // The last day to simulate; the scenario's own end if it is earlier.
  kernel::CivilDay until = kernel::CivilDay::max();
};

// Something that the agents of a run made happen.
struct EmergedEvent {
  Time at;
  v1::Event event;
  // Market values of all listings at that time, billion USD; of announcements only.
  std::vector<double> usd_bn;
};

// The outcome of a run.
struct RunResult {
  // Simulated bars, in the order of the scenario's listings, as recorded ones are kept.
  std::vector<RecordedPrices> prices;
  uint64_t events = 0;  // of the kernel
  uint64_t orders = 0;
  uint64_t fills = 0;
  // What the scenario's principals made happen, in order of time.
  std::vector<EmergedEvent> emerged;
  kernel::CivilDay last_day;  // that was simulated
};

class World : private people::Host {
 public:
  // The scenario and the listener (may be null) must outlive the world.
  World(const LoadedScenario& scenario, const RunOptions& options, RunListener* listener);
  World(const World&) = delete;
  World& operator=(const World&) = delete;
  ~World() override;

  // Simulates up to and including `time`; a time already passed does nothing.
  void RunUntil(Time time) { kernel_.RunUntil(time); }
  // To the end, and the outcome.
  RunResult Run();

  Time end() const { return end_; }
  const traders::ListingMarket& market(int listing) const { return *places_[listing].market; }
  traders::ListingMarket& market(int listing) { return *places_[listing].market; }

  // The principals; null in a scenario without.
  const people::Cast* cast() const { return cast_.get(); }

  void OnEvent(const kernel::Event& event);  // called by the kernel

 private:
  enum EventKind : uint32_t { kTold, kIntervention };
  struct Place {
    World* world = nullptr;
    int listing = 0;
    RecordedPrices prices;
    std::unique_ptr<traders::ListingMarket> market;
    double usd_bn_per_price = 0;  // market value for a price of 1
    double trend = 0;             // log growth a night that no deal explains, until trend_until
  };

  // Of the principals' world:
  double CapitalisationUsdBn(int listing) const override;
  double ForwardRevenueUsdBn(int listing) const override;
  kernel::CivilDay FirstSession(const std::string& ticker) const override;
  uint64_t Happen(const v1::Event& event, uint64_t cause) override;
  bool Recording() const override;
  uint64_t Record(v1::Record& record) override;

  // Interventions that take effect within the run (interventions.cc).
  void ScheduleInterventions();
  void TakeEffect(const v1::Intervention& intervention);

  const Place& PlaceOf(const v1::Listing& listing) const;
  void StartStory();
  void AfterClose(Place& place);

  traders::ListingSetup SetupOf(const v1::Listing& listing) const;
  exchange::Observer ObserverOf(Place& place) const;
  void AddMarket(int index);
  void Announce(const v1::Event& event, uint64_t cause);
  // The listing's attention was `before` until `cause` changed it.
  void TellAttention(const v1::Event& event, int listing, double before, uint64_t cause);
  const v1::ValuationParameters& ValuationOf(const v1::Event& event) const;

  // A copy where an intervention changes numbers within the run; else null.
  std::unique_ptr<LoadedScenario> changing_;
  const LoadedScenario& scenario_;
  RunOptions options_;
  RunListener* listener_;
  kernel::CivilDay first_day_;
  kernel::CivilDay last_day_;
  Time end_;
  NewsDesk news_desk_;
  kernel::Kernel kernel_;
  traders::Factor factor_;
  std::vector<Place> places_;
  std::vector<EmergedEvent> emerged_;
  kernel::CivilDay trend_until_ = kernel::CivilDay::min();
  std::unique_ptr<people::Cast> cast_;
  kernel::HandlerId handler_;
};

}  // namespace oneup::sims
