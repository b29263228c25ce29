#include "sims/replay/ensemble.h"

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cmath>
#include <mutex>

#include "sims/stats/descriptive.h"

namespace oneup::sims {
namespace {

RunSummary Summarise(const LoadedScenario& scenario, const std::vector<ReactionKey>& keys,
                     const RunOptions& options, bool keep_closes) {
  const RunResult result = World(scenario, options, nullptr).Run();
  RunSummary summary{.seed = options.seed, .reactions = {}, .closes = {}};
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

}  // namespace

std::vector<RunSummary> RunEnsemble(const LoadedScenario& scenario,
                                    const std::vector<ReactionKey>& keys,
                                    const EnsembleOptions& options, int keep_closes) {
  std::vector<RunSummary> runs(static_cast<size_t>(options.seeds));
  std::mutex mutex;
  int done = 0;
  boost::asio::thread_pool pool(static_cast<size_t>(options.threads));
  for (size_t i = 0; i < runs.size(); ++i) {
    boost::asio::post(pool, [&, i] {
      RunOptions run = options.run;
      run.seed = options.first_seed + i;
      runs[i] = Summarise(scenario, keys, run, i < static_cast<size_t>(keep_closes));
      const std::lock_guard<std::mutex> lock(mutex);
      ++done;
      if (options.progress) options.progress(done);
    });
  }
  pool.join();
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
