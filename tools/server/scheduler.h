// Work in slices on a few threads: owners take turns, whatever each has to do, so that one who
// asks for much does not hold up the others. What waits for somebody is parked and costs no thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace oneup::server {

// One thing to do. Slices of one job never overlap.
class Job {
 public:
  enum class Then { kAgain, kParked, kDone };

  Job() = default;
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;
  virtual ~Job() = default;

  // Some milliseconds of it. Parked: until Wake. An exception ends the job; then Failed is called.
  virtual Then RunSlice() = 0;
  virtual void Failed(const std::string& /*why*/) {}

 private:
  friend class Scheduler;
  // Of the scheduler, under its lock.
  enum class State { kNew, kQueued, kRunning, kRunningAndWoken, kParked, kDone };
  State state_ = State::kNew;
  uint64_t owner_ = 0;
};

class Scheduler {
 public:
  using Clock = std::chrono::steady_clock;

  // now: what time it is; any thread may ask.
  explicit Scheduler(int threads, std::function<Clock::time_point()> now = Clock::now);
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;
  // Ends after the slices under way.
  ~Scheduler();

  void Add(uint64_t owner, std::shared_ptr<Job> job);
  // Goes on with a parked job. One under way that parks afterwards goes on as well.
  void Wake(const std::shared_ptr<Job>& job);
  // Does something short soon. One task runs at a time, and then slices have the threads for as
  // long as it took, so that tasks take half of one thread at most while there are slices. False:
  // more than `most` wait already; it is not done.
  bool Post(std::function<void()> task, size_t most);
  // No slice and no task begins after this; those under way have ended when it returns.
  void Stop();

  int threads() const { return static_cast<int>(threads_.size()); }

 private:
  void Work();
  // Locked.
  void Queue(std::shared_ptr<Job> job);
  std::shared_ptr<Job> NextJob();

  const std::function<Clock::time_point()> now_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<uint64_t, std::deque<std::shared_ptr<Job>>> ready_;  // by owner; none is empty
  std::deque<uint64_t> turns_;                                  // the owners of these
  std::deque<std::function<void()>> tasks_;
  bool task_runs_ = false;
  Clock::time_point tasks_from_;  // slices come first until then
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace oneup::server
