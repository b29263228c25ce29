#include "sims/inference/abc_smc.h"

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

#include "market/kernel/math.h"

namespace oneup::sims {
namespace {

enum Purpose : uint32_t { kProposal, kSimulation, kPurposes };

// The random numbers of one attempt. Streams of different seeds share no block, and multiples of an
// odd number are distinct: so are the attempts'.
kernel::Stream StreamOf(uint64_t seed, int generation, size_t particle, int attempt,
                        Purpose purpose) {
  return {seed + static_cast<uint64_t>(attempt) * 0x9e3779b97f4a7c15,
          static_cast<uint32_t>(particle), static_cast<uint32_t>(generation) * kPurposes + purpose};
}

bool AllFinite(std::span<const double> values) {
  return std::ranges::all_of(values, [](double x) { return std::isfinite(x); });
}

struct Candidate {
  std::vector<double> theta;
  std::vector<double> summaries;
  double distance = 0;
  int64_t simulations = 0;
};

// The generation that proposes, in the priors' coordinates.
struct Proposer {
  std::vector<std::vector<double>> at;
  std::vector<double> weights;
  std::vector<double> deviations;  // of the kernel
};

Proposer ProposerOf(std::span<const Prior> priors, std::span<const AbcParticle> particles) {
  Proposer proposer;
  for (const AbcParticle& particle : particles) {
    std::vector<double>& at = proposer.at.emplace_back();
    for (size_t k = 0; k < priors.size(); ++k) {
      at.push_back(ToCoordinate(priors[k], particle.theta[k]));
    }
    proposer.weights.push_back(particle.weight);
  }
  for (size_t k = 0; k < priors.size(); ++k) {
    double mean = 0;
    for (size_t i = 0; i < particles.size(); ++i) mean += proposer.weights[i] * proposer.at[i][k];
    double variance = 0;
    for (size_t i = 0; i < particles.size(); ++i) {
      const double off = proposer.at[i][k] - mean;
      variance += proposer.weights[i] * off * off;
    }
    proposer.deviations.push_back(std::sqrt(2 * variance));
  }
  return proposer;
}

class Runner {
 public:
  Runner(std::span<const Prior> priors, const AbcSimulation& simulation,
         std::span<const double> observed, const AbcOptions& options)
      : priors_(priors), simulation_(simulation), observed_(observed), options_(options) {}

  absl::StatusOr<AbcResult> Run() {
    AbcResult result;
    const absl::Status begun = Begin(result);
    if (!begun.ok()) return begun;
    while (true) {
      const AbcGeneration& last = result.generations.back();
      if (last.tolerance <= options_.target_tolerance) return Ended(result, AbcStop::kTolerance);
      if (std::ssize(result.generations) >= options_.max_generations) {
        return Ended(result, AbcStop::kGenerations);
      }
      if (simulations_ >= options_.max_simulations) return Ended(result, AbcStop::kSimulations);
      std::vector<double> distances;
      for (const AbcParticle& each : result.particles) distances.push_back(each.distance);
      const double tolerance =
          std::max(Quantile(distances, options_.quantile), options_.target_tolerance);
      if (!(tolerance < last.tolerance)) return Ended(result, AbcStop::kNoProgress);
      if (!Next(tolerance, result)) {
        if (wrong_count_) return WrongCount();
        if (Asked()) return Ended(result, AbcStop::kAsked);
        return Ended(result, AbcStop::kAttempts);
      }
    }
  }

 private:
  bool Asked() const { return options_.stop != nullptr && *options_.stop; }

  static AbcResult Ended(AbcResult& result, AbcStop stop) {
    result.stop = stop;
    return std::move(result);
  }

  absl::Status WrongCount() const {
    return absl::FailedPreconditionError(absl::StrCat(
        "a simulation gives another number of summaries than the ", observed_.size(), " observed"));
  }

  // Generation 0; its tolerance is infinite, so that any simulation that does not fail is kept.
  absl::Status Begin(AbcResult& result) {
    result.scales = options_.scales;
    if (result.scales.empty()) result.scales.assign(observed_.size(), 1);
    std::optional<std::vector<Candidate>> kept = KeptOf(0, nullptr, math::kInfinity, result.scales);
    if (!kept && !wrong_count_ && Asked()) return absl::CancelledError("stopped");
    if (!kept) {
      return wrong_count_ ? WrongCount()
                          : absl::FailedPreconditionError(
                                absl::StrCat("simulations from the priors failed ",
                                             options_.max_attempts, " times in a row"));
    }
    if (options_.scales.empty()) {
      for (size_t s = 0; s < observed_.size(); ++s) {
        std::vector<double> values;
        for (const Candidate& each : *kept) values.push_back(each.summaries[s]);
        const double deviation = StandardDeviation(values);
        // A summary that does not vary tells nothing apart: any scale does.
        if (deviation > 0) result.scales[s] = deviation;
      }
      for (Candidate& each : *kept) each.distance = Distance(each.summaries, result.scales);
    }
    Keep(std::move(*kept), std::vector<double>(static_cast<size_t>(options_.particles), 1),
         math::kInfinity, result);
    return absl::OkStatus();
  }

  // False, and nothing changed, if a particle finds nothing or `stop` is raised.
  bool Next(double tolerance, AbcResult& result) {
    const Proposer proposer = ProposerOf(priors_, result.particles);
    const int generation = static_cast<int>(result.generations.size());
    std::optional<std::vector<Candidate>> kept =
        KeptOf(generation, &proposer, tolerance, result.scales);
    if (!kept) return false;
    std::vector<double> weights;
    for (const Candidate& each : *kept) weights.push_back(Weight(proposer, each.theta));
    Keep(std::move(*kept), weights, tolerance, result);
    return true;
  }

  void Keep(std::vector<Candidate> kept, const std::vector<double>& weights, double tolerance,
            AbcResult& result) {
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    AbcGeneration generation = {.tolerance = tolerance};
    double squares = 0;
    result.particles.clear();
    for (size_t i = 0; i < kept.size(); ++i) {
      const double weight = weights[i] / total;
      squares += weight * weight;
      generation.simulations += kept[i].simulations;
      result.particles.push_back({std::move(kept[i].theta), weight, kept[i].distance});
    }
    generation.effective_sample_size = 1 / squares;
    simulations_ += generation.simulations;
    result.generations.push_back(generation);
  }

  // A candidate for each particle; none if one of them finds nothing or `stop` is raised.
  std::optional<std::vector<Candidate>> KeptOf(int generation, const Proposer* proposer,
                                               double tolerance, std::span<const double> scales) {
    std::vector<Candidate> kept(static_cast<size_t>(options_.particles));
    std::atomic<bool> in_vain = false;
    boost::asio::thread_pool pool(static_cast<size_t>(options_.threads));
    for (size_t i = 0; i < kept.size(); ++i) {
      boost::asio::post(pool, [&, i] {
        if (!in_vain && !Find(generation, i, proposer, tolerance, scales, kept[i])) in_vain = true;
      });
    }
    pool.join();
    if (in_vain) return std::nullopt;
    return kept;
  }

  bool Find(int generation, size_t particle, const Proposer* proposer, double tolerance,
            std::span<const double> scales, Candidate& found) {
    for (int attempt = 0; attempt < options_.max_attempts && !Asked(); ++attempt) {
      kernel::Stream draws = StreamOf(options_.seed, generation, particle, attempt, kProposal);
      if (!Propose(proposer, draws, found.theta)) continue;
      kernel::Stream stream = StreamOf(options_.seed, generation, particle, attempt, kSimulation);
      found.summaries = simulation_(found.theta, stream);
      ++found.simulations;
      if (found.summaries.size() != observed_.size()) {
        wrong_count_ = true;
        return false;
      }
      found.distance = Distance(found.summaries, scales);
      if (std::isfinite(found.distance) && found.distance <= tolerance) return true;
    }
    return false;
  }

  // False for a proposal outside the priors' ranges.
  bool Propose(const Proposer* proposer, kernel::Stream& stream, std::vector<double>& theta) const {
    theta.clear();
    if (proposer == nullptr) {
      for (const Prior& prior : priors_) theta.push_back(PriorQuantile(prior, stream.Uniform()));
      return true;
    }
    const std::vector<double>& from = proposer->at[stream.Choose(proposer->weights)];
    bool inside = true;
    for (size_t k = 0; k < priors_.size(); ++k) {
      const double to = from[k] + proposer->deviations[k] * stream.Normal();
      inside = inside && CoordinateDensity(priors_[k], to) > 0;
      theta.push_back(FromCoordinate(priors_[k], to));
    }
    return inside;
  }

  double Distance(std::span<const double> summaries, std::span<const double> scales) const {
    double sum = 0;
    for (size_t s = 0; s < observed_.size(); ++s) {
      const double off = (summaries[s] - observed_[s]) / scales[s];
      sum += off * off;
    }
    return std::sqrt(sum);
  }

  double Weight(const Proposer& proposer, std::span<const double> theta) const {
    double prior = 1;
    std::vector<double> at;
    for (size_t k = 0; k < priors_.size(); ++k) {
      at.push_back(ToCoordinate(priors_[k], theta[k]));
      prior *= CoordinateDensity(priors_[k], at[k]);
    }
    double density = 0;
    for (size_t j = 0; j < proposer.at.size(); ++j) {
      double squares = 0;
      for (size_t k = 0; k < at.size(); ++k) {
        const double z = (at[k] - proposer.at[j][k]) / proposer.deviations[k];
        squares += z * z;
      }
      density += proposer.weights[j] * math::Exp(-squares / 2);
    }
    return prior / density;
  }

  std::span<const Prior> priors_;
  const AbcSimulation& simulation_;
  std::span<const double> observed_;
  const AbcOptions& options_;
  int64_t simulations_ = 0;
  std::atomic<bool> wrong_count_ = false;
};

absl::Status CheckOptions(const AbcOptions& options, size_t summaries) {
  const auto wrong = [](const auto&... parts) {
    return absl::InvalidArgumentError(absl::StrCat(parts...));
  };
  if (options.particles < 10 || options.particles > 1'000'000) {
    return wrong(options.particles, " particles; must be 10 to 1000000");
  }
  if (!(options.quantile > 0 && options.quantile < 1)) {
    return wrong("quantile ", options.quantile, " must lie between 0 and 1");
  }
  if (!(options.target_tolerance >= 0)) {
    return wrong("target_tolerance ", options.target_tolerance, " must be at least 0");
  }
  if (options.max_generations < 1 || options.max_attempts < 1 || options.threads < 1) {
    return wrong("max_generations, max_attempts and threads must be at least 1");
  }
  if (!options.scales.empty() && options.scales.size() != summaries) {
    return wrong(options.scales.size(), " scales of ", summaries, " summaries");
  }
  if (!AllFinite(options.scales) ||
      !std::ranges::all_of(options.scales, [](double x) { return x > 0; })) {
    return wrong("a scale is not above 0");
  }
  return absl::OkStatus();
}

}  // namespace

std::string_view AbcStopText(AbcStop stop) {
  switch (stop) {
    case AbcStop::kTolerance:
      return "target tolerance reached";
    case AbcStop::kNoProgress:
      return "distances are tied at the tolerance";
    case AbcStop::kAttempts:
      return "a particle found nothing within the tolerance";
    case AbcStop::kGenerations:
      return "all generations made";
    case AbcStop::kSimulations:
      return "all simulations used";
    case AbcStop::kAsked:
      return "stopped";
  }
  return "";
}

absl::StatusOr<AbcResult> RunAbc(std::span<const Prior> priors, const AbcSimulation& simulation,
                                 std::span<const double> observed, const AbcOptions& options) {
  if (const absl::Status status = CheckPriors(priors); !status.ok()) return status;
  if (const absl::Status status = CheckOptions(options, observed.size()); !status.ok()) {
    return status;
  }
  if (observed.empty() || !AllFinite(observed)) {
    return absl::InvalidArgumentError("observed summaries must be finite, at least one");
  }
  return Runner(priors, simulation, observed, options).Run();
}

AbcMarginal MarginalOf(const AbcResult& result, size_t parameter, double level) {
  std::vector<std::pair<double, double>> sorted;  // value, weight
  AbcMarginal marginal;
  for (const AbcParticle& each : result.particles) {
    sorted.emplace_back(each.theta[parameter], each.weight);
    marginal.mean += each.weight * each.theta[parameter];
  }
  std::ranges::sort(sorted);
  double variance = 0;
  for (const auto& [x, weight] : sorted)
    variance += weight * (x - marginal.mean) * (x - marginal.mean);
  marginal.deviation = std::sqrt(variance);
  const auto quantile = [&](double p) {
    double below = 0;
    for (const auto& [x, weight] : sorted) {
      if ((below += weight) >= p) return x;
    }
    return sorted.back().first;
  };
  marginal.interval = {quantile((1 - level) / 2), quantile((1 + level) / 2)};
  return marginal;
}

std::vector<double> PosteriorDraws(const AbcResult& result, size_t parameter, int count,
                                   uint64_t seed) {
  std::vector<double> weights;
  for (const AbcParticle& each : result.particles) weights.push_back(each.weight);
  std::vector<double> draws;
  draws.reserve(static_cast<size_t>(count));
  kernel::Stream stream(seed, static_cast<uint32_t>(parameter), 0);
  for (int i = 0; i < count; ++i) {
    draws.push_back(result.particles[stream.Choose(weights)].theta[parameter]);
  }
  return draws;
}

}  // namespace oneup::sims
