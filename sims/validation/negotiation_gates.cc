#include "sims/validation/negotiation_gates.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "agents/negotiation/analysis.h"
#include "agents/negotiation/full_negotiator.h"
#include "agents/negotiation/play.h"
#include "agents/negotiation/time_dependent.h"
#include "market/kernel/random.h"
#include "sims/stats/descriptive.h"
#include "sims/validation/random_domain.h"

namespace oneup::sims {
namespace {

using negotiation::Mind;
using negotiation::Played;
using negotiation::Preferences;
using negotiation::TacticMaker;

constexpr char kGate[] = "gate";
constexpr uint32_t kFuzzPurpose = 1104;
constexpr uint32_t kRolesPurpose = 1105;

int Domains(const ValidationOptions& options) { return std::max(50, options.episodes / 100); }

TacticMaker Full(const Mind& mind) {
  return [mind](const Preferences& own, const negotiation::Seat& seat) {
    return std::make_unique<negotiation::FullNegotiator>(own, seat.party, seat.parties, mind);
  };
}

TacticMaker Named(const std::string& name) { return *negotiation::FindTactic(name); }

// A domain with what all its sessions share.
class Arena {
 public:
  Arena(const DomainRecipe& recipe, uint64_t seed)
      : domain_(MakeRandomDomain(recipe, seed)),
        first_(domain_.space, domain_.profiles[0]),
        second_(domain_.space, domain_.profiles[1]) {}

  const RandomDomain& domain() const { return domain_; }
  Played Play(const TacticMaker& first, const TacticMaker& second, int rounds) const {
    return negotiation::Play({&first_, &second_}, {first, second}, rounds, 1);
  }

 private:
  RandomDomain domain_;
  Preferences first_;
  Preferences second_;
};

Mind RandomMind(kernel::Stream& stream) {
  Mind mind;
  mind.concession = stream.Uniform(0.05, 4);
  mind.patience = stream.Uniform(0.1, 1);
  mind.aspiration = stream.Uniform(0, 0.3);
  mind.imitation = stream.Uniform();
  mind.fomo = stream.Uniform(0, 3);
  mind.face = stream.Uniform(0, 1.5);
  mind.pain = stream.Uniform(0, 0.5);
  return mind;
}

void AddReservation(const ValidationOptions& options, std::vector<Check>* checks) {
  const std::vector<TacticMaker> others = {Named("boulware"), Named("linear"), Named("conceder"),
                                           Named("tit-for-tat"), Named("micro")};
  constexpr int kSessionsADomain = 100;
  int sessions = 0;
  int below_felt = 0;
  int below_economic = 0;
  for (int i = 0; sessions < 5 * options.episodes; ++i) {
    const Arena arena({.most_issues = 3, .most_values = 5, .reservation = 0.9},
                      options.seed * 100'000 + static_cast<uint64_t>(i));
    kernel::Stream stream(options.seed, static_cast<uint32_t>(i), kFuzzPurpose);
    for (int k = 0; k < kSessionsADomain; ++k, ++sessions) {
      const Mind mind = RandomMind(stream);
      const TacticMaker other = stream.Bernoulli(0.3)
                                    ? Full(RandomMind(stream))
                                    : others[stream.Index(static_cast<uint32_t>(others.size()))];
      const int rounds = static_cast<int>(stream.UniformInt(1, 25));
      const size_t place = stream.Index(2);
      const Played played = place == 0 ? arena.Play(Full(mind), other, rounds)
                                       : arena.Play(other, Full(mind), rounds);
      if (!played.agreement) continue;
      const double reservation = arena.domain().profiles[place].reservation;
      const double felt = reservation - mind.pain * mind.fomo / (1 + mind.fomo);
      below_felt += played.utilities[place] < felt ? 1 : 0;
      below_economic += played.utilities[place] < reservation ? 1 : 0;
    }
  }
  checks->push_back(WithinRange(
      "T2 agreements below the felt reservation, " + std::to_string(sessions) + " sessions", kGate,
      below_felt, 0, 0));
  checks->push_back(WithinRange("T2 below the economic one: regret, counted, not forbidden",
                                "count", below_economic, 0, sessions));
}

// What pairs of one tactic reach on the same domains.
struct Reached {
  int agreements = 0;
  std::vector<double> to_pareto;
  std::vector<double> to_nash;
  double on_frontier = 0;  // the part of agreements
};

Reached Reach(const ValidationOptions& options, const TacticMaker& tactic) {
  Reached reached;
  for (int i = 0; i < Domains(options); ++i) {
    const Arena arena({.reservation = 0.25}, options.seed * 100'000 + static_cast<uint64_t>(i));
    const Played played = arena.Play(tactic, tactic, 100);
    const auto analysis = negotiation::Analyse(arena.domain().space, arena.domain().Parties());
    // A zone of agreement is all but certain with reservation values up to .25.
    if (!analysis.ok() || !negotiation::HasZone(arena.domain().Parties(), analysis->frontier)) {
      continue;
    }
    const negotiation::Quality quality = negotiation::Judge(*analysis, played.utilities);
    reached.to_nash.push_back(quality.distance_to_nash);
    if (!played.agreement) continue;
    ++reached.agreements;
    reached.to_pareto.push_back(quality.distance_to_pareto);
    reached.on_frontier += quality.distance_to_pareto < 1e-9 ? 1 : 0;
  }
  reached.on_frontier /= std::max(1, reached.agreements);
  return reached;
}

void AddOutcomes(const ValidationOptions& options, std::vector<Check>* checks) {
  const Reached full = Reach(options, Full({}));
  const Reached time_only = Reach(options, Named("boulware:0.5"));
  checks->push_back(WithinRange("T3 mean distance to Pareto, full negotiator", kGate,
                                Mean(full.to_pareto), 0, .03));
  checks->push_back(
      WithinRange("T3 part on the frontier, full negotiator", kGate, full.on_frontier, .77, 1));
  checks->push_back(WithinRange("T3 beside it: mean distance, time alone (e = .5)", "comparison",
                                Mean(time_only.to_pareto), 0, 1));
  checks->push_back(WithinRange("T3 beside it: part on the frontier, time alone", "comparison",
                                time_only.on_frontier, 0, 1));
  checks->push_back(WithinRange("T4 agreement where there is a zone, d up to .25", kGate,
                                full.agreements / static_cast<double>(full.to_nash.size()), .97,
                                1));

  int agreements = 0;
  int empty = 0;
  for (int i = 0; empty < Domains(options) && i < 20 * Domains(options); ++i) {
    const Arena arena({.reservation = 1.2, .least_conflict = 0.8},
                      options.seed * 100'000 + 50'000 + static_cast<uint64_t>(i));
    const auto frontier =
        negotiation::ParetoFrontier(arena.domain().space, arena.domain().Parties());
    if (!frontier.ok() || negotiation::HasZone(arena.domain().Parties(), *frontier)) continue;
    ++empty;
    agreements += arena.Play(Full({}), Full({}), 100).agreement ? 1 : 0;
  }
  checks->push_back(
      WithinRange("T4 agreements where there is none, of " + std::to_string(empty) + " domains",
                  kGate, empty > 0 ? agreements : 1, 0, 0));

  checks->push_back(WithinRange("T5 mean distance to Nash, full negotiators", kGate,
                                Mean(full.to_nash), 0, .126));
  for (const char* name : {"boulware", "linear", "conceder"}) {
    checks->push_back(WithinRange(std::string("T5 mean distance to Nash, ") + name, kGate,
                                  Mean(Reach(options, Named(name)).to_nash), 0, .126));
  }
}

// The second party wants the mirror image of what the first wants: roles are then alike, and a
// tactic must get the same in either.
void AddRoles(const ValidationOptions& options, std::vector<Check>* checks) {
  int different = 0;
  for (int i = 0; i < Domains(options); ++i) {
    RandomDomain domain =
        MakeRandomDomain({.most_issues = 4}, options.seed * 1000 + 7 + static_cast<uint64_t>(i));
    // No two values alike: ties are broken by names, and those have no mirror image.
    kernel::Stream stream(options.seed, static_cast<uint32_t>(i), kRolesPurpose);
    for (std::vector<double>& values : domain.profiles[0].worth) {
      for (double& worth : values) worth *= stream.Uniform(0.99, 1.0);
    }
    domain.profiles[1] = domain.profiles[0];
    for (std::vector<double>& values : domain.profiles[1].worth) std::ranges::reverse(values);
    const Preferences one(domain.space, domain.profiles[0]);
    const Preferences other(domain.space, domain.profiles[1]);
    for (const auto& [a, b] : {std::pair{"boulware", "conceder"}, std::pair{"linear", "oneup"},
                               std::pair{"oneup:fomo=1", "tit-for-tat"}}) {
      const auto there = negotiation::Play({&one, &other}, {Named(a), Named(b)}, 50, 1);
      const auto back = negotiation::Play({&other, &one}, {Named(a), Named(b)}, 50, 1);
      for (size_t k = 0; k < 2; ++k) {
        different += std::abs(there.utilities[k] - back.utilities[k]) > 1e-9 ? 1 : 0;
      }
      different += there.round == back.round ? 0 : 1;
    }
  }
  checks->push_back(
      WithinRange("T6 results that do not swap with the roles", kGate, different, 0, 0));
}

// Means over the same domains, as the first party's fear grows.
void AddFear(const ValidationOptions& options, std::vector<Check>* checks) {
  std::vector<double> shares;  // the first's utility where all levels of fear agree
  std::vector<double> rates;
  std::vector<double> rounds;
  std::vector<std::vector<Played>> played;  // by level, then domain
  for (const double fomo : {0.0, 0.5, 1.0, 2.0}) {
    played.emplace_back();
    for (int i = 0; i < 2 * Domains(options); ++i) {
      const Arena arena({.reservation = 0.9, .least_conflict = 0.6},
                        options.seed * 100'000 + static_cast<uint64_t>(i));
      Mind afraid;
      afraid.fomo = fomo;
      played.back().push_back(arena.Play(Full(afraid), Full({}), 60));
    }
  }
  for (const std::vector<Played>& level : played) {
    std::vector<double> share;
    std::vector<double> closing;
    double agreements = 0;
    for (size_t i = 0; i < level.size(); ++i) {
      agreements += level[i].agreement ? 1 : 0;
      const bool always = std::ranges::all_of(
          played, [i](const std::vector<Played>& each) { return each[i].agreement.has_value(); });
      if (!always) continue;
      share.push_back(level[i].utilities[0]);
      closing.push_back(level[i].round);
    }
    shares.push_back(Mean(share));
    rounds.push_back(Mean(closing));
    rates.push_back(agreements / static_cast<double>(level.size()));
  }
  double least_fall = 1;
  double least_rise = 1;
  double least_haste = 1e9;
  for (size_t i = 1; i < shares.size(); ++i) {
    least_fall = std::min(least_fall, shares[i - 1] - shares[i]);
    least_rise = std::min(least_rise, rates[i] - rates[i - 1]);
    least_haste = std::min(least_haste, rounds[i - 1] - rounds[i]);
  }
  checks->push_back(WithinRange("T7 own share lost a step of F = 0, .5, 1, 2, least", kGate,
                                least_fall, 1e-6, 1));
  checks->push_back(WithinRange("T7 agreement gained a step, least", kGate, least_rise, 0, 1));
  checks->push_back(WithinRange("T7 agreement gained from F = 0 to 2", kGate,
                                rates.back() - rates.front(), 1e-6, 1));
  checks->push_back(WithinRange("T7 rounds saved a step, least", kGate, least_haste, 1e-6, 60));
}

// Ours against MiCRO, each meeting all others and itself from both sides.
void AddComparison(const ValidationOptions& options, std::vector<Check>* checks) {
  const std::vector<const char*> field = {"boulware",    "linear", "conceder",
                                          "tit-for-tat", "micro",  "oneup"};
  const auto mean_utility = [&](const char* name) {
    double sum = 0;
    int sessions = 0;
    for (int i = 0; i < Domains(options) / 2; ++i) {
      const Arena arena({.most_issues = 3, .most_values = 6, .reservation = 0.25},
                        options.seed * 100'000 + static_cast<uint64_t>(i));
      for (const char* other : field) {
        sum += arena.Play(Named(name), Named(other), 200).utilities[0];
        sum += arena.Play(Named(other), Named(name), 200).utilities[1];
        sessions += 2;
      }
    }
    return sum / sessions;
  };
  const double ours = mean_utility("oneup");
  const double micro = mean_utility("micro");
  checks->push_back(
      WithinRange("MiCRO's mean utility against the field", "comparison", micro, 0, 1));
  checks->push_back(WithinRange("ours less MiCRO's: match or beat", kGate, ours - micro, 0, 1));
}

}  // namespace

std::vector<Check> CheckNegotiators(const ValidationOptions& options) {
  std::vector<Check> checks;
  AddReservation(options, &checks);
  AddOutcomes(options, &checks);
  AddRoles(options, &checks);
  AddFear(options, &checks);
  AddComparison(options, &checks);
  return checks;
}

}  // namespace oneup::sims
