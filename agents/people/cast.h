// The principals of a scenario on a kernel: makes them, carries their messages with their latency,
// makes public what is public, and tells the host what happens. It is the only one who knows them
// all, and decides nothing.
//
// Nobody hears of anything before it may: a message reaches its receiver after its latency, a
// public event everybody ten minutes after it became public, never the other way round.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agents/people/altman.h"
#include "agents/people/host.h"
#include "agents/people/outside.h"
#include "agents/people/press_release.h"
#include "agents/people/principal.h"
#include "market/kernel/kernel.h"
#include "market/kernel/trading_calendar.h"

namespace oneup::people {

struct CastSetup {
  const v1::Scenario* scenario = nullptr;
  // Of the hub's country: which days it announces on.
  const kernel::TradingCalendar* calendar = nullptr;
  kernel::Kernel* kernel = nullptr;
  Host* host = nullptr;
  uint64_t seed = 1;
  Time start;
  Time end;
};

class Cast final : public Outside {
 public:
  // All that the setup points to outlives it. The scenario has a hub and minds.
  explicit Cast(const CastSetup& setup);
  ~Cast() override;

  // An event that the scenario made happen.
  void Witness(const v1::Event& event, uint64_t record);
  // A session of a listing has closed with this return beyond what the index explains; sd: of a
  // usual day.
  void OnClose(const std::string& ticker, double abnormal_return, double sd);

  // ---- Interventions, each with its line of the grammar and the record of its beginning. ----
  void Pin(const v1::Pin& pin, const std::string& line, uint64_t record);
  void Compel(const v1::Force& force, const std::string& line, uint64_t record);
  // What becomes public under such an id (mind::Matches) does not.
  void KeepBack(const std::string& pattern, const std::string& line);
  // The scenario's numbers or switches have changed.
  void Refresh();

  // Principals by place, the hub first.
  size_t size() const { return people_.size(); }
  const Principal& At(mind::Who who) const { return *people_[static_cast<size_t>(who)]; }
  const Names& names() const { return names_; }

  void OnEvent(const kernel::Event& event);  // called by the kernel

  // Outside:
  Time now() const override { return kernel_.now(); }
  void Send(mind::Who to, const mind::Signal& signal, double delay_days, uint64_t cause) override;
  void Publish(const mind::Signal& signal, double delay_days, uint64_t cause) override;
  void Whisper(v1::Part to, const mind::Signal& signal, double delay_days, uint64_t cause) override;
  void Wake(mind::Who who, mind::Who other, double delay_days) override;
  void Tell(const mind::Signal& signal, uint64_t cause) override;
  deal::Company BooksOf(mind::Who supplier) const override;
  const talks::AnnuityTable& annuities() const override { return annuities_; }
  const v1::ValuationParameters& valuation() const override { return scenario_.valuation(); }
  Outlook OutlookIn(double years) const override { return outlook_.At(now(), years); }
  bool TradingDay() const override;
  int64_t TradingDaysSince(Time earlier) const override;
  uint64_t OnPerception(mind::Who who, const mind::Signal& signal) override;
  uint64_t OnRule(const mind::Rule& rule, mind::Who who, mind::Who about, uint64_t cause) override;
  void OnMind(mind::Who who, v1::MindState state, double before, double after,
              uint64_t cause) override;
  uint64_t OnOffer(mind::Who to, v1::OfferKind kind, const mind::Signal& signal,
                   const talks::Worth& worth, double reservation, uint64_t cause) override;
  void OnThread(mind::Who supplier, mind::Stage stage, uint64_t cause) override;
  uint64_t OnIntervened(mind::Who who, const std::string& intervention, const std::string& effect,
                        uint64_t cause) override;

 private:
  enum EventKind : uint32_t { kDay, kDeliver, kPublic, kBroadcast, kWake };
  struct Listed {
    int listing = -1;           // place in the scenario; -1: not listed
    double revenue_usd_bn = 1;  // where it is not listed
  };

  // A signal on its way: its place in the pool, which it leaves when it has arrived.
  size_t Keep(const mind::Signal& signal);
  mind::Signal Fetch(size_t place);
  void Schedule(double delay_days, EventKind kind, uint64_t payload);
  // Its record; nothing if an intervention keeps it back.
  std::optional<uint64_t> Happen(const mind::Signal& signal, bool is_public, uint64_t cause);
  // Compels those who wait for this event.
  void CompelAfter(const std::string& event, uint64_t record);
  // The line of the intervention that keeps it back; null for none.
  const std::string* KeptBack(const std::string& id) const;
  void Broadcast(const mind::Signal& signal);
  kernel::CivilDay Today() const;

  const v1::Scenario& scenario_;
  const kernel::TradingCalendar& calendar_;
  kernel::Kernel& kernel_;
  Host& host_;
  Time end_;
  kernel::HandlerId handler_;
  talks::AnnuityTable annuities_;
  std::vector<const v1::Principal*> roll_;  // by place, the hub first
  OutlookTable outlook_;
  Names names_;
  std::vector<Listed> listed_;  // by place
  std::vector<mind::Signal> pool_;
  std::vector<size_t> free_;
  std::map<std::string, int> told_;  // how often an id was used
  std::vector<int> rumours_;         // by place: public reports of talks
  std::vector<std::unique_ptr<Principal>> people_;
  struct Kept {
    std::string pattern;
    std::string line;
  };
  std::vector<Kept> kept_back_;
  struct Waiting {  // until an event of its id happens
    v1::Force force;
    std::string line;
  };
  std::vector<Waiting> waiting_;
};

}  // namespace oneup::people
