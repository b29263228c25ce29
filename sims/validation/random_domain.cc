#include "sims/validation/random_domain.h"

#include <algorithm>
#include <string>
#include <utility>

#include "market/kernel/random.h"

namespace oneup::sims {
namespace {

using negotiation::Issue;
using negotiation::Profile;

// Of random streams; other purposes of seeds are the market's.
constexpr uint32_t kDomainPurpose = 1101;

std::vector<double> Normalised(std::vector<double> values, double sum_or_greatest) {
  for (double& value : values) value /= sum_or_greatest;
  return values;
}

std::vector<double> RandomWeights(kernel::Stream& stream, size_t issues) {
  std::vector<double> weights;
  double sum = 0;
  for (size_t i = 0; i < issues; ++i) {
    weights.push_back(stream.Uniform(0.1, 1.1));
    sum += weights.back();
  }
  return Normalised(std::move(weights), sum);
}

// Evaluations of the values of each issue, the greatest 1. Opposed to `first` to the part
// `conflict`, if there is a first.
std::vector<std::vector<double>> RandomEvaluations(kernel::Stream& stream,
                                                   const std::vector<Issue>& issues,
                                                   const std::vector<std::vector<double>>* first,
                                                   double conflict) {
  std::vector<std::vector<double>> evaluations;
  for (size_t i = 0; i < issues.size(); ++i) {
    std::vector<double> values;
    for (size_t v = 0; v < issues[i].values.size(); ++v) {
      const double own = static_cast<double>(stream.UniformInt(1, 100)) / 100;
      const double opposed = first == nullptr ? own : 1.01 - (*first)[i][v];
      values.push_back((1 - conflict) * own + conflict * opposed);
    }
    const double greatest = *std::ranges::max_element(values);
    evaluations.push_back(Normalised(std::move(values), greatest));
  }
  return evaluations;
}

}  // namespace

std::vector<const Profile*> RandomDomain::Parties() const {
  std::vector<const Profile*> parties;
  for (const Profile& profile : profiles) parties.push_back(&profile);
  return parties;
}

RandomDomain MakeRandomDomain(const DomainRecipe& recipe, uint64_t seed) {
  kernel::Stream stream(seed, 0, kDomainPurpose);
  std::vector<Issue> issues;
  const int64_t count = stream.UniformInt(2, recipe.most_issues);
  for (int64_t i = 0; i < count; ++i) {
    Issue issue = {.name = "issue " + std::to_string(i + 1)};
    const int64_t values = stream.UniformInt(2, recipe.most_values);
    for (int64_t v = 0; v < values; ++v) issue.values.push_back(std::to_string(v + 1));
    issues.push_back(std::move(issue));
  }
  const double conflict = stream.Uniform(recipe.least_conflict, 1.0 + 1e-9);
  RandomDomain domain = {negotiation::OutcomeSpace(issues), {}};
  std::vector<std::vector<double>> first;
  for (int k = 0; k < recipe.parties; ++k) {
    const std::vector<double> weights = RandomWeights(stream, issues.size());
    const auto evaluations =
        RandomEvaluations(stream, issues, k == 0 ? nullptr : &first, k == 0 ? 0 : conflict);
    if (k == 0) first = evaluations;
    Profile profile = {.name = "party " + std::to_string(k + 1), .worth = evaluations};
    for (size_t i = 0; i < issues.size(); ++i) {
      for (double& worth : profile.worth[i]) worth *= weights[i];
    }
    profile.reservation = recipe.reservation * stream.Uniform();
    domain.profiles.push_back(std::move(profile));
  }
  return domain;
}

RandomDomain MakePie(int pieces, double first_reservation, double second_reservation) {
  Issue issue = {.name = "share"};
  std::vector<double> shares;
  std::vector<double> rests;
  for (int v = 0; v <= pieces; ++v) {
    issue.values.push_back(std::to_string(v));
    shares.push_back(static_cast<double>(v) / pieces);
    rests.push_back(static_cast<double>(pieces - v) / pieces);
  }
  RandomDomain domain = {negotiation::OutcomeSpace({issue}), {}};
  domain.profiles = {{.name = "first", .worth = {shares}, .reservation = first_reservation},
                     {.name = "second", .worth = {rests}, .reservation = second_reservation}};
  return domain;
}

}  // namespace oneup::sims
