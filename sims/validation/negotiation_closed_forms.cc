#include "sims/validation/negotiation_closed_forms.h"

#include <cstdio>
#include <string>
#include <utility>

#include "agents/negotiation/bargaining.h"
#include "agents/negotiation/equilibrium_player.h"
#include "agents/negotiation/full_negotiator.h"
#include "agents/negotiation/play.h"
#include "agents/negotiation/time_dependent.h"
#include "sims/validation/random_domain.h"

namespace oneup::sims {
namespace {

using negotiation::Preferences;

// As printed: within half a unit of the last digit.
Check AsPrinted(std::string name, const char* source, double measured, double printed,
                double last_digit) {
  return WithinRange(std::move(name), source, measured, printed - last_digit / 2,
                     printed + last_digit / 2);
}

struct Split {
  double first = 0;  // shares of the pie; 0 without agreement
  double second = 0;
  double time = 0;  // of the session: (round - 1) / (rounds - 1)
  int round = 0;    // of the agreement
};

Split PlayOut(const RandomDomain& pie, negotiation::Tactic& first, negotiation::Tactic& second,
              int rounds) {
  negotiation::Session session({&first, &second}, rounds);
  while (session.Step()) {
  }
  Split split;
  split.round = session.LoggedRound() - 1;
  split.time = (split.round - 1.0) / (rounds - 1.0);
  if (session.agreement()) {
    split.first = pie.profiles[0].Utility(pie.space, *session.agreement());
    split.second = pie.profiles[1].Utility(pie.space, *session.agreement());
  }
  return split;
}

// The first mover's share in equilibrium play over so many periods.
Split PlayEquilibrium(double first_discount, double second_discount, int periods) {
  const RandomDomain pie = MakePie(1'000'000, 0, 0);
  const Preferences first(pie.space, pie.profiles[0]);
  const Preferences second(pie.space, pie.profiles[1]);
  negotiation::EquilibriumPlayer mover(first, 0, first_discount, second_discount, periods);
  negotiation::EquilibriumPlayer other(second, 1, second_discount, first_discount, periods);
  return PlayOut(pie, mover, other, periods / 2 + 1);
}

void AddRubinstein(std::vector<Check>* checks) {
  struct Case {
    double first;
    double second;
    double share;
  };
  for (const auto& [first, second, share] : {Case{.9, .9, .526316}, Case{.95, .9, .689655},
                                             Case{.5, .5, .666667}, Case{.99, .99, .502513}}) {
    char name[80];
    std::snprintf(name, sizeof name, "T1 Rubinstein, first mover's share, %.2f and %.2f", first,
                  second);
    checks->push_back(AsPrinted(name, "Rubinstein (1982)",
                                negotiation::RubinsteinShare(first, second), share, 1e-6));
  }
  for (const auto& [periods, share] : {std::pair{51, .695835}, std::pair{200, .689655}}) {
    const std::string name = "T1 Stahl, .95 and .9, " + std::to_string(periods) + " periods";
    checks->push_back(
        AsPrinted(name, "Stahl (1972)", negotiation::StahlShare(.95, .9, periods), share, 1e-6));
    const Split played = PlayEquilibrium(.95, .9, periods);
    // The pie is cut into millionths.
    checks->push_back(AsPrinted(name + ", played", "Stahl (1972)", played.first, share, 3e-6));
    checks->push_back(
        WithinRange(name + ", round of agreement", "Stahl (1972)", played.round, 1, 1));
  }
}

void AddTimeDependent(std::vector<Check>* checks) {
  constexpr int kRounds = 20'000;
  const RandomDomain pie = MakePie(100'000, 0, 0);
  const Preferences first(pie.space, pie.profiles[0]);
  const Preferences second(pie.space, pie.profiles[1]);
  struct Case {
    const char* name;
    double e1;
    double e2;
    double time;
    double share;
  };
  for (const auto& [name, e1, e2, time, share] :
       {Case{"Boulware, Boulware", .2, .2, .8706, .5}, Case{"Boulware, linear", .2, 1, .7549, .755},
        Case{"Boulware, conceder", .2, 2, .6974, .835}, Case{"linear, conceder", 1, 2, .3820, .618},
        Case{"conceder, conceder", 2, 2, .25, .5}}) {
    const std::string prefix = std::string("T1 ") + name;
    checks->push_back(AsPrinted(prefix + ", time", "t^(1/e1) + t^(1/e2) = 1",
                                negotiation::MeetingTime(e1, e2), time, 1e-4));
    negotiation::TimeDependent mover(first, e1);
    negotiation::TimeDependent other(second, e2);
    const Split played = PlayOut(pie, mover, other, kRounds);
    checks->push_back(
        AsPrinted(prefix + ", time, played", "t^(1/e1) + t^(1/e2) = 1", played.time, time, 3e-4));
    checks->push_back(AsPrinted(prefix + ", first's share, played", "t^(1/e1) + t^(1/e2) = 1",
                                played.first, share, 2e-3));
  }
}

// Two linear players who concede to their reservation values meet at 1 / (2 - d1 - d2).
void AddReservations(std::vector<Check>* checks) {
  constexpr int kRounds = 2'000;
  struct Case {
    double d1;
    double share;
    double time;
  };
  for (const auto& [d1, share, time] :
       {Case{.45, .5, .909}, Case{.3, .44, .8}, Case{.2, .407, .741}, Case{.1, .379, .69},
        Case{0, .355, .645}}) {
    const RandomDomain pie = MakePie(10'000, d1, .45);
    const Preferences first(pie.space, pie.profiles[0]);
    const Preferences second(pie.space, pie.profiles[1]);
    const negotiation::Mind linear = {.concession = 1, .imitation = 0};
    negotiation::FullNegotiator mover(first, 0, 2, linear);
    negotiation::FullNegotiator other(second, 1, 2, linear);
    const Split played = PlayOut(pie, mover, other, kRounds);
    char name[80];
    std::snprintf(name, sizeof name, "T1 linear with d = %.2f and .45, first's share", d1);
    checks->push_back(
        AsPrinted(name, "1 - (1 - d1) t, t = 1 / (2 - d1 - d2)", played.first, share, 2e-3));
    std::snprintf(name, sizeof name, "T1 linear with d = %.2f and .45, time", d1);
    checks->push_back(AsPrinted(name, "t = 1 / (2 - d1 - d2)", played.time, time, 2e-3));
  }
}

}  // namespace

std::vector<Check> CheckNegotiationClosedForms() {
  std::vector<Check> checks;
  AddRubinstein(&checks);
  AddTimeDependent(&checks);
  AddReservations(&checks);
  return checks;
}

}  // namespace oneup::sims
