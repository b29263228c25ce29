// The path of each stock in both arms of a comparison, as bands over the runs.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "market/kernel/civil_time.h"
#include "sims/scenario/scenario.h"
#include "sims/world/world.h"

namespace oneup::sims {

// Quantiles over runs, one for each day.
struct Band {
  std::vector<double> p05;
  std::vector<double> median;
  std::vector<double> p95;
};

// One listing. Prices are relative to the first close of the run: 1.25 is a quarter more.
struct ListingPaths {
  std::string ticker;
  std::vector<kernel::CivilDay> days;
  Band baseline;
  Band changed;
  Band difference;  // changed - baseline, pair by pair
};

struct PairedPaths {
  int pairs = 0;  // that the bands are made of
  std::vector<ListingPaths> listings;
};

// Gathers closes of every fifth session of the first kMostPairs pairs: 8 bytes a close, so memory
// does not grow with the number of runs. Keep may be called from several threads for different
// pairs.
class PathRecorder {
 public:
  static constexpr size_t kMostPairs = 400;

  explicit PathRecorder(const LoadedScenario& scenario);
  // There will be so many pairs.
  void Resize(size_t pairs);
  void Keep(size_t pair, const RunResult& baseline, const RunResult& changed);
  PairedPaths Bands() const;

 private:
  // By pair, then by listing.
  using Closes = std::vector<std::vector<std::vector<double>>>;

  std::vector<std::string> tickers_;
  std::vector<std::vector<kernel::CivilDay>> days_;  // by listing; of the first pair
  Closes baseline_;
  Closes changed_;
};

}  // namespace oneup::sims
