#include "agents/negotiation/analysis.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "agents/negotiation/ranking.h"
#include "market/kernel/math.h"

namespace oneup::negotiation {
namespace {

using Utilities = std::vector<double>;
using Parties = std::vector<const Profile*>;

double Distance(const Utilities& a, const Utilities& b) {
  double squares = 0;
  for (size_t k = 0; k < a.size(); ++k) squares += (a[k] - b[k]) * (a[k] - b[k]);
  return std::sqrt(squares);
}

double Sum(const Utilities& utilities) {
  return std::accumulate(utilities.begin(), utilities.end(), 0.0);
}

double Product(const Utilities& utilities, const Parties& parties, bool above_reservation) {
  double product = 1;
  for (size_t k = 0; k < utilities.size(); ++k) {
    product *= utilities[k] - (above_reservation ? parties[k]->reservation : 0);
  }
  return product;
}

bool Acceptable(const Utilities& utilities, const Parties& parties) {
  for (size_t k = 0; k < utilities.size(); ++k) {
    if (utilities[k] < parties[k]->reservation) return false;
  }
  return true;
}

double DistanceTo(const std::vector<ParetoPoint>& frontier, const Utilities& utilities) {
  double least = math::kInfinity;
  for (const ParetoPoint& point : frontier) {
    least = std::min(least, Distance(utilities, point.utilities));
  }
  return least;
}

// The greatest utility of one party among acceptable points; below 0 if there is none.
double BestAcceptable(const std::vector<ParetoPoint>& frontier, const Parties& parties, size_t k) {
  double best = -1;
  for (const ParetoPoint& point : frontier) {
    if (Acceptable(point.utilities, parties)) best = std::max(best, point.utilities[k]);
  }
  return best;
}

const ParetoPoint* KalaiSmorodinsky(const std::vector<ParetoPoint>& frontier,
                                    const Parties& parties) {
  Utilities ranges;
  for (size_t k = 0; k < parties.size(); ++k) {
    ranges.push_back(BestAcceptable(frontier, parties, k) - parties[k]->reservation);
  }
  const ParetoPoint* found = nullptr;
  double greatest = -1;
  for (const ParetoPoint& point : frontier) {
    if (!Acceptable(point.utilities, parties)) continue;
    double worst = 1;
    for (size_t k = 0; k < parties.size(); ++k) {
      const double gain = point.utilities[k] - parties[k]->reservation;
      if (ranges[k] > 0) worst = std::min(worst, gain / ranges[k]);
    }
    if (worst > greatest) {
      found = &point;
      greatest = worst;
    }
  }
  return found;
}

double MeanUtility(const OutcomeSpace& space, const Profile& profile) {
  if (space.size() <= kMaxRanked) {
    return Sum(AllUtilities(space, profile)) / static_cast<double>(space.size());
  }
  double mean = 0;
  for (const std::vector<double>& values : profile.worth) {
    mean += Sum(values) / static_cast<double>(values.size());
  }
  return std::min(mean, 1.0);
}

}  // namespace

absl::StatusOr<Analysis> Analyse(const OutcomeSpace& space, const Parties& parties) {
  absl::StatusOr<std::vector<ParetoPoint>> frontier = ParetoFrontier(space, parties);
  if (!frontier.ok()) return frontier.status();
  Analysis analysis;
  analysis.outcomes = space.size();
  analysis.frontier = *std::move(frontier);
  analysis.nash_product = -math::kInfinity;
  analysis.opposition = math::kInfinity;
  const Utilities ideal(parties.size(), 1.0);
  double welfare = -1;
  for (const ParetoPoint& point : analysis.frontier) {
    const double product = Product(point.utilities, parties, true);
    if (product > analysis.nash_product) {
      analysis.nash_product = product;
      analysis.nash = point;
    }
    if (Sum(point.utilities) > welfare) {
      welfare = Sum(point.utilities);
      analysis.welfare = point;
    }
    analysis.opposition = std::min(analysis.opposition, Distance(point.utilities, ideal));
    analysis.negolog_nash_product =
        std::max(analysis.negolog_nash_product, Product(point.utilities, parties, false));
  }
  analysis.negolog_opposition = Distance(analysis.welfare.utilities, ideal);
  if (const ParetoPoint* point = KalaiSmorodinsky(analysis.frontier, parties)) {
    analysis.kalai_smorodinsky = *point;
  }
  if (parties.size() == 2) {
    analysis.balance = MeanUtility(space, *parties[0]) - MeanUtility(space, *parties[1]);
  }
  return analysis;
}

Quality Judge(const Analysis& analysis, const Utilities& utilities) {
  return {DistanceTo(analysis.frontier, utilities), Distance(utilities, analysis.nash.utilities),
          Sum(utilities)};
}

std::optional<double> GreatestDistance(const OutcomeSpace& space, const Parties& parties,
                                       const std::vector<ParetoPoint>& frontier) {
  constexpr uint64_t kMostComparisons = 200'000'000;  // of numbers
  if (space.size() > kMostComparisons / parties.size() / frontier.size()) return std::nullopt;
  std::vector<Utilities> all;
  for (const Profile* profile : parties) all.push_back(AllUtilities(space, *profile));
  double greatest = 0;
  Utilities utilities(parties.size());
  for (size_t i = 0; i < space.size(); ++i) {
    for (size_t k = 0; k < all.size(); ++k) utilities[k] = all[k][i];
    // Most outcomes have a point of the frontier nearer than that soon.
    double least = math::kInfinity;
    for (size_t p = 0; p < frontier.size() && least > greatest; ++p) {
      least = std::min(least, Distance(utilities, frontier[p].utilities));
    }
    greatest = std::max(greatest, least);
  }
  return greatest;
}

bool HasZone(const Parties& parties, const std::vector<ParetoPoint>& frontier) {
  return std::ranges::any_of(
      frontier, [&](const ParetoPoint& point) { return Acceptable(point.utilities, parties); });
}

}  // namespace oneup::negotiation
