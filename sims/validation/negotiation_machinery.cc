#include <algorithm>
#include <cmath>
#include <ctime>

#include "agents/negotiation/coordinator.h"
#include "agents/negotiation/one_to_many.h"
#include "agents/negotiation/pareto.h"
#include "agents/negotiation/play.h"
#include "market/kernel/random.h"
#include "sims/validation/negotiation_gates.h"
#include "sims/validation/random_domain.h"

namespace oneup::sims {
namespace {

using negotiation::Outcome;
using negotiation::Preferences;
using negotiation::Profile;

constexpr char kGate[] = "gate";
constexpr uint32_t kSellersPurpose = 1102;
constexpr uint32_t kCommitmentsPurpose = 1103;

constexpr int kTicks = 1000;  // prices are 0 to 1

// How many ticks above the second-lowest of these reservation prices the buyer pays.
double Premium(const std::vector<int>& reservations) {
  RandomDomain pie = MakePie(kTicks, 0, 0);  // the first party's share is the price
  const Preferences buyer(pie.space, pie.profiles[1]);
  std::vector<Profile> profiles(reservations.size(), pie.profiles[0]);
  std::vector<Preferences> sellers;
  sellers.reserve(profiles.size());
  std::vector<const Preferences*> line;
  for (size_t k = 0; k < profiles.size(); ++k) {
    profiles[k].reservation = static_cast<double>(reservations[k]) / kTicks;
    sellers.emplace_back(pie.space, profiles[k]);
    line.push_back(&sellers.back());
  }
  const auto deal = negotiation::ShopAround(buyer, line);
  std::vector<int> sorted = reservations;
  std::ranges::sort(sorted);
  return deal ? static_cast<double>(deal->outcome) - sorted[1] : kTicks;
}

void AddOneToMany(const ValidationOptions& options, std::vector<Check>* checks) {
  kernel::Stream stream(options.seed, 0, kSellersPurpose);
  double identical_least = kTicks;
  double identical_most = -kTicks;
  double least = kTicks;
  double most = -kTicks;
  for (int i = 0; i < 50; ++i) {
    const size_t count = static_cast<size_t>(stream.UniformInt(2, 6));
    const std::vector<int> same(count, static_cast<int>(stream.UniformInt(0, kTicks / 2)));
    identical_least = std::min(identical_least, Premium(same));
    identical_most = std::max(identical_most, Premium(same));
    std::vector<int> different;
    for (size_t k = 0; k < count; ++k) {
      different.push_back(static_cast<int>(stream.UniformInt(0, kTicks / 2)));
    }
    least = std::min(least, Premium(different));
    most = std::max(most, Premium(different));
  }
  checks->push_back(WithinRange("T8 price over reservation, identical sellers, least, ticks", kGate,
                                identical_least, 1, 1));
  checks->push_back(WithinRange("T8 price over reservation, identical sellers, greatest", kGate,
                                identical_most, 1, 1));
  checks->push_back(
      WithinRange("T8 price over second-lowest reservation, least, ticks", kGate, least, 0, 1));
  checks->push_back(
      WithinRange("T8 price over second-lowest reservation, greatest", kGate, most, 0, 1));
}

void AddCommitments(const ValidationOptions& options, std::vector<Check>* checks) {
  int wrongly_left = 0;
  int wrongly_kept = 0;
  int losses = 0;
  for (int i = 0; i < options.episodes; ++i) {
    kernel::Stream stream(options.seed, static_cast<uint32_t>(i), kCommitmentsPurpose);
    negotiation::Coordinator coordinator(0, 4);
    double first = 0;
    for (int k = 0; k < 10; ++k) {
      const auto before = coordinator.held();
      negotiation::Commitment next;
      next.thread = stream.Index(4);
      next.utility = stream.Uniform();
      next.penalty = stream.Uniform(0, 0.3);
      const bool took = coordinator.Commit(next);
      if (!before) {
        first = next.utility;
        continue;
      }
      const bool gains = next.utility - before->utility > before->penalty;
      wrongly_left += took && !gains ? 1 : 0;
      wrongly_kept += !took && gains ? 1 : 0;
    }
    losses += coordinator.held()->utility - coordinator.paid() < first ? 1 : 0;
  }
  checks->push_back(
      WithinRange("T9 commitments left for less than their penalty", kGate, wrongly_left, 0, 0));
  checks->push_back(WithinRange("T9 commitments kept for less than leaving would gain", kGate,
                                wrongly_kept, 0, 0));
  checks->push_back(
      WithinRange("T9 sequences that end worse than they began", kGate, losses, 0, 0));
}

// The frontier's utilities by comparing every outcome with every other.
std::vector<std::vector<double>> BruteForce(const RandomDomain& domain) {
  std::vector<std::vector<double>> points;
  for (Outcome outcome = 0; outcome < domain.space.size(); ++outcome) {
    std::vector<double> utilities;
    for (const Profile& profile : domain.profiles) {
      utilities.push_back(profile.Utility(domain.space, outcome));
    }
    points.push_back(std::move(utilities));
  }
  std::ranges::sort(points);
  points.erase(std::unique(points.begin(), points.end()), points.end());
  std::vector<std::vector<double>> frontier;
  for (const auto& point : points) {
    const bool dominated = std::ranges::any_of(points, [&](const auto& other) {
      if (other == point) return false;
      for (size_t k = 0; k < point.size(); ++k) {
        if (other[k] < point[k]) return false;
      }
      return true;
    });
    if (!dominated) frontier.push_back(point);
  }
  return frontier;
}

void AddFrontiers(const ValidationOptions& options, std::vector<Check>* checks) {
  for (const int parties : {2, 3}) {
    int different = 0;
    const int domains = std::max(20, options.episodes / 200);
    for (int i = 0; i < domains; ++i) {
      DomainRecipe recipe = {.parties = parties, .most_issues = 4, .most_values = 5};
      const RandomDomain domain =
          MakeRandomDomain(recipe, options.seed * 1000 + static_cast<uint64_t>(i));
      const auto merged = negotiation::ParetoFrontier(domain.space, domain.Parties());
      std::vector<std::vector<double>> utilities;
      if (merged.ok()) {
        for (const auto& point : *merged) utilities.push_back(point.utilities);
      }
      different += utilities == BruteForce(domain) ? 0 : 1;
    }
    checks->push_back(WithinRange("T10 frontiers unlike brute force, " + std::to_string(parties) +
                                      " parties, of " + std::to_string(domains),
                                  kGate, different, 0, 0));
  }
}

void AddSpeed(const ValidationOptions& options, std::vector<Check>* checks) {
  // Four issues of ten values; from the profiles to the agreement.
  const RandomDomain any = MakeRandomDomain({.least_conflict = 1}, options.seed);
  std::vector<negotiation::Issue> issues(4);
  RandomDomain domain = {any.space, {}};
  kernel::Stream stream(options.seed, 1, kSellersPurpose);
  for (size_t i = 0; i < issues.size(); ++i) {
    issues[i].name = std::to_string(i);
    for (int v = 0; v < 10; ++v) issues[i].values.push_back(std::to_string(v));
  }
  domain.space = negotiation::OutcomeSpace(issues);
  for (int k = 0; k < 2; ++k) {
    Profile profile = {.name = std::to_string(k), .worth = {}};
    for (size_t i = 0; i < issues.size(); ++i) {
      profile.worth.emplace_back();
      for (int v = 0; v < 10; ++v) {
        const double part = (k == 0 ? v : 9 - v) / 9.0;
        profile.worth.back().push_back(0.25 * (0.8 * part + 0.2 * stream.Uniform()));
      }
    }
    domain.profiles.push_back(std::move(profile));
  }
  const auto tactic = negotiation::FindTactic("oneup:concession=0.02");  // talks to the very end
  double fastest = 1e9;
  for (int i = 0; i < 7; ++i) {
    const std::clock_t start = std::clock();
    const Preferences first(domain.space, domain.profiles[0]);
    const Preferences second(domain.space, domain.profiles[1]);
    negotiation::Play({&first, &second}, {*tactic, *tactic}, 100, 1);
    const double taken = 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    fastest = std::min(fastest, taken);
  }
  checks->push_back(WithinRange("T11 10^4 outcomes, 100 rounds, ms of processor, least of 7", kGate,
                                fastest, 0, 5));
}

}  // namespace

std::vector<Check> CheckNegotiationMachinery(const ValidationOptions& options) {
  std::vector<Check> checks;
  AddOneToMany(options, &checks);
  AddCommitments(options, &checks);
  AddFrontiers(options, &checks);
  AddSpeed(options, &checks);
  return checks;
}

}  // namespace oneup::sims
