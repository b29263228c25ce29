#include "tools/server/scheduler.h"

#include <exception>
#include <utility>

namespace oneup::server {

Scheduler::Scheduler(int threads, std::function<Clock::time_point()> now) : now_(std::move(now)) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Work(); });
}

Scheduler::~Scheduler() { Stop(); }

void Scheduler::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
  // What ends with its jobs may want to add others, in vain.
  std::map<uint64_t, std::deque<std::shared_ptr<Job>>> left;
  std::deque<std::function<void()>> tasks;
  {
    const std::lock_guard lock(mutex_);
    left.swap(ready_);
    tasks.swap(tasks_);
    turns_.clear();
  }
}

void Scheduler::Add(uint64_t owner, std::shared_ptr<Job> job) {
  {
    const std::lock_guard lock(mutex_);
    if (stop_) return;
    job->owner_ = owner;
    Queue(std::move(job));
  }
  changed_.notify_one();
}

void Scheduler::Wake(const std::shared_ptr<Job>& job) {
  {
    const std::lock_guard lock(mutex_);
    if (job->state_ == Job::State::kRunning) job->state_ = Job::State::kRunningAndWoken;
    if (stop_ || job->state_ != Job::State::kParked) return;
    Queue(job);
  }
  changed_.notify_one();
}

bool Scheduler::Post(std::function<void()> task, size_t most) {
  {
    const std::lock_guard lock(mutex_);
    if (stop_ || tasks_.size() >= most) return false;
    tasks_.push_back(std::move(task));
  }
  changed_.notify_one();
  return true;
}

void Scheduler::Queue(std::shared_ptr<Job> job) {
  job->state_ = Job::State::kQueued;
  std::deque<std::shared_ptr<Job>>& jobs = ready_[job->owner_];
  if (jobs.empty()) turns_.push_back(job->owner_);
  jobs.push_back(std::move(job));
}

std::shared_ptr<Job> Scheduler::NextJob() {
  const uint64_t owner = turns_.front();
  turns_.pop_front();
  const auto jobs = ready_.find(owner);
  std::shared_ptr<Job> job = std::move(jobs->second.front());
  jobs->second.pop_front();
  if (jobs->second.empty()) {
    ready_.erase(jobs);
  } else {
    turns_.push_back(owner);
  }
  return job;
}

void Scheduler::Work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock,
                  [&] { return stop_ || (!tasks_.empty() && !task_runs_) || !turns_.empty(); });
    if (stop_) return;
    // Slices are not kept waiting by tasks without end, however long each of them takes.
    if (!tasks_.empty() && !task_runs_ && (turns_.empty() || now_() >= tasks_from_)) {
      task_runs_ = true;
      std::function<void()> task = std::move(tasks_.front());
      tasks_.pop_front();
      lock.unlock();
      const Clock::time_point begin = now_();
      try {
        task();
      } catch (const std::exception&) {
        // Whoever waits for it is dropped with it.
      }
      task = nullptr;
      const Clock::time_point end = now_();
      lock.lock();
      task_runs_ = false;
      tasks_from_ = end + (end - begin);
      // This thread may go on with a slice.
      if (!tasks_.empty()) changed_.notify_one();
      continue;
    }
    std::shared_ptr<Job> job = NextJob();
    job->state_ = Job::State::kRunning;
    lock.unlock();
    Job::Then then = Job::Then::kDone;
    try {
      then = job->RunSlice();
    } catch (const std::exception& error) {
      try {
        job->Failed(error.what());
      } catch (const std::exception&) {
        // No memory even to say so: the others go on.
      }
    }
    lock.lock();
    if (then == Job::Then::kDone) {
      job->state_ = Job::State::kDone;
    } else if (then == Job::Then::kAgain || job->state_ == Job::State::kRunningAndWoken) {
      Queue(std::move(job));
    } else {
      job->state_ = Job::State::kParked;
    }
    // What a job holds may take long to end.
    lock.unlock();
    job.reset();
    lock.lock();
  }
}

}  // namespace oneup::server
