#include "sims/emergent/stories.h"

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <mutex>

namespace oneup::sims {

std::vector<StoryOutcome> RunStories(const LoadedScenario& scenario,
                                     const StoriesOptions& options) {
  std::vector<StoryOutcome> outcomes(static_cast<size_t>(options.seeds));
  std::mutex mutex;
  int done = 0;
  boost::asio::thread_pool pool(static_cast<size_t>(options.threads));
  for (size_t i = 0; i < outcomes.size(); ++i) {
    boost::asio::post(pool, [&, i] {
      RunOptions run = options.run;
      run.seed = options.first_seed + i;
      outcomes[i] = OutcomeOf(scenario, run.seed, World(scenario, run, nullptr).Run());
      const std::lock_guard<std::mutex> lock(mutex);
      ++done;
      if (options.progress) options.progress(done);
    });
  }
  pool.join();
  return outcomes;
}

LoadedScenario Without(const LoadedScenario& scenario, const std::vector<std::string>& off) {
  LoadedScenario without = scenario;
  for (const std::string& name : off) without.proto.mutable_minds()->add_off(name);
  return without;
}

}  // namespace oneup::sims
