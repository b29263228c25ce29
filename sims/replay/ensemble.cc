#include "sims/replay/ensemble.h"

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cmath>
#include <mutex>

#include "sims/stats/descriptive.h"

namespace oneup::sims {
RunSummary SummaryOf(const LoadedScenario& scenario, const std::vector<ReactionKey>& keys,
                     uint64_t seed, const RunResult& result, bool keep_closes) {
  RunSummary summary{.seed = seed, .reactions = {}, .closes = {}};
  for (const ReactionKey& key : keys) {
    summary.reactions.push_back(MeasureReaction(scenario, result.prices, key));
  }
  if (keep_closes) {
    for (const RecordedPrices& prices : result.prices) {
      std::vector<double>& closes = summary.closes.emplace_back();
      for (const DailyBar& bar : prices.bars) closes.push_back(bar.close);
    }
  }
  return summary;
}

void ForEachSeed(const EnsembleOptions& options,
                 const std::function<void(size_t place, const RunOptions& options)>& run) {
  std::mutex mutex;
  int done = 0;
  boost::asio::thread_pool pool(static_cast<size_t>(options.threads));
  for (size_t i = 0; i < static_cast<size_t>(options.seeds); ++i) {
    boost::asio::post(pool, [&, i] {
      if (options.stop != nullptr && *options.stop) return;
      RunOptions one = options.run;
      one.seed = options.first_seed + i;
      run(i, one);
      const std::lock_guard<std::mutex> lock(mutex);
      ++done;
      if (options.progress) options.progress(done);
    });
  }
  pool.join();
}

std::vector<RunSummary> RunEnsemble(const LoadedScenario& scenario,
                                    const std::vector<ReactionKey>& keys,
                                    const EnsembleOptions& options, int keep_closes) {
  std::vector<RunSummary> runs(static_cast<size_t>(options.seeds));
  ForEachSeed(options, [&](size_t i, const RunOptions& run) {
    runs[i] = SummaryOf(scenario, keys, run.seed, World(scenario, run, nullptr).Run(),
                        i < static_cast<size_t>(keep_closes));
  });
  return runs;
}

Spread SpreadOf(const std::vector<RunSummary>& runs, size_t key, double Reaction::*metric) {
  std::vector<double> values;
  for (const RunSummary& run : runs) {
    const double value = run.reactions[key].*metric;
    if (!std::isnan(value)) values.push_back(value);
  }
  const std::vector<double> quantiles = Quantiles(values, std::vector<double>{0.5, 0.05, 0.95});
  return {quantiles[0], quantiles[1], quantiles[2]};
}

}  // namespace oneup::sims
