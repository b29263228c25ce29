#include "tools/server/comparison_job.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "sims/compare/comparison.h"
#include "sims/compare/result.h"
#include "tools/server/prepare.h"
#include "tools/server/wire.h"

namespace oneup::server {
namespace {

// What the lanes of one comparison share; ends when the last of them is gone, and leaves its place.
class Shared {
 public:
  Shared(Workshop& in, v1::CompareWorlds what, int lanes, Places::Ticket place)
      : workshop(in), asked(std::move(what)), running_(lanes), ticket_(place) {}
  Shared(const Shared&) = delete;
  Shared& operator=(const Shared&) = delete;
  ~Shared() { workshop.comparisons.Leave(ticket_); }

  // The lanes, before any of them runs.
  void SetLanes(const std::vector<std::shared_ptr<StreamJob>>& lanes) {
    lanes_.assign(lanes.begin(), lanes.end());
  }

  enum class Ready { kYes, kSoon, kNo };
  // The first lane that calls prepares it, without a lock; the others are told kSoon until then,
  // and woken. kNo: it cannot be run, and *why says why.
  Ready Begin(absl::Status* why) {
    {
      const std::lock_guard lock(mutex_);
      if (state_ != State::kNew) return state_ == State::kReady ? Ready::kYes : Ready::kSoon;
      state_ = State::kPreparing;
    }
    auto comparison = Prepare(workshop.library, workshop.limits, asked);
    if (comparison.ok()) {
      prepared = *std::move(comparison);
      // A page is sent no paths.
      runs.emplace(*prepared.worlds.baseline, *prepared.worlds.changed, prepared.metrics,
                   prepared.worlds.run.seed, kLevel, /*keep_paths=*/false);
      runs->Resize(static_cast<size_t>(prepared.pairs));
      {
        const std::lock_guard lock(mutex_);
        state_ = State::kReady;
      }
      WakeAll();
      return Ready::kYes;
    }
    *why = comparison.status();
    Fail();
    return Ready::kNo;
  }

  // It cannot go on: every lane ends with its next slice.
  void Fail() {
    failed_ = true;
    WakeAll();
  }
  bool failed() const { return failed_; }

  // The next pair to run; nothing: all are taken.
  std::optional<size_t> NextPair() {
    const std::lock_guard lock(mutex_);
    if (next_ == static_cast<size_t>(prepared.pairs)) return std::nullopt;
    return next_++;
  }
  // A pair is done; the page is told, in order.
  void Done(Outbox& outbox, uint32_t stream) {
    const std::lock_guard lock(mutex_);
    v1::Advance advance;
    advance.set_pairs(++done_);
    advance.set_of(static_cast<uint32_t>(prepared.pairs));
    outbox.GiveAdvance(stream, advance);
  }
  // A lane finds no more pairs. True: it is the last.
  bool IsLast() {
    const std::lock_guard lock(mutex_);
    return --running_ == 0;
  }

  Workshop& workshop;
  const v1::CompareWorlds asked;
  PreparedComparison prepared;
  std::optional<sims::PairedRuns> runs;

 private:
  // Of the intervals: what `oneup compare` has if it is asked for no other.
  static constexpr double kLevel = 0.95;

  enum class State { kNew, kPreparing, kReady };

  void WakeAll() {
    for (const std::weak_ptr<StreamJob>& lane : lanes_) {
      if (const auto there = lane.lock()) workshop.scheduler.Wake(there);
    }
  }

  std::vector<std::weak_ptr<StreamJob>> lanes_;
  std::atomic<bool> failed_ = false;
  std::mutex mutex_;
  State state_ = State::kNew;
  size_t next_ = 0;
  uint32_t done_ = 0;
  int running_;
  Places::Ticket ticket_;
};

class Lane : public StreamJob {
 public:
  Lane(std::shared_ptr<Shared> shared, std::shared_ptr<Outbox> outbox, uint32_t stream)
      : StreamJob(std::move(outbox), stream, nullptr, 0), shared_(std::move(shared)) {}

  void Failed(const std::string& why) override {
    if (shared_ != nullptr) shared_->Fail();
    StreamJob::Failed(why);
  }

 protected:
  Then Go() override {
    if (shared_->failed()) return Then::kDone;
    absl::Status why;
    switch (shared_->Begin(&why)) {
      case Shared::Ready::kYes:
        break;
      case Shared::Ready::kSoon:
        return Then::kParked;
      case Shared::Ready::kNo:
        return Refuse(std::string(why.message()));
    }
    if (finishing_) return Finish();
    if (!pair_) {
      pair_ = shared_->NextPair();
      if (!pair_) {
        if (!shared_->IsLast()) return Then::kDone;
        finishing_ = true;
        return Then::kAgain;
      }
      MakeWorld(*shared_->prepared.worlds.baseline);
      baseline_.reset();
    }
    const Clock::time_point until = Clock::now() + kSlice;
    while (at_ < world_->end()) {
      if (Clock::now() >= until || cancelled() || shared_->failed()) return Then::kAgain;
      at_ = at_ + kStep;
      world_->RunUntil(std::min(at_, world_->end()));
    }
    sims::RunResult result = world_->Run();
    if (!baseline_) {
      baseline_ = std::move(result);
      MakeWorld(*shared_->prepared.worlds.changed);
      return Then::kAgain;
    }
    shared_->runs->Keep(*pair_, *baseline_, result);
    world_ = nullptr;
    pair_.reset();
    shared_->Done(outbox(), stream());
    return Then::kAgain;
  }

  void Release() override {
    world_ = nullptr;
    baseline_.reset();
    shared_ = nullptr;
  }

 private:
  void MakeWorld(const sims::LoadedScenario& scenario) {
    sims::RunOptions run = shared_->prepared.worlds.run;
    run.seed += *pair_;
    world_ = std::make_unique<sims::World>(scenario, run, nullptr);
    at_ = kernel::ToTime(*kernel::ParseDay(scenario.proto.start_date()), {}, absl::UTCTimeZone());
  }

  Then Finish() {
    const Clock::time_point until = Clock::now() + kSlice;
    do {
      if (!shared_->runs->FindNextEffect()) {
        sims::CompareResult result;
        result.scenario_title = shared_->prepared.worlds.baseline->proto.title();
        result.what_if = shared_->prepared.worlds.what_if;
        result.comparison = shared_->runs->Finish();
        outbox().Give(stream(), ComparisonMessage(stream(), sims::CompareJson(result)));
        return Complete();
      }
    } while (Clock::now() < until);
    return Then::kAgain;
  }

  std::shared_ptr<Shared> shared_;
  std::optional<size_t> pair_;
  std::unique_ptr<sims::World> world_;
  Time at_;
  std::optional<sims::RunResult> baseline_;
  bool finishing_ = false;
};

}  // namespace

std::vector<std::shared_ptr<StreamJob>> MakeComparison(Workshop& workshop,
                                                       std::shared_ptr<Outbox> outbox,
                                                       uint32_t stream,
                                                       const v1::CompareWorlds& asked, int lanes,
                                                       Places::Ticket ticket) {
  const auto shared = std::make_shared<Shared>(workshop, asked, lanes, ticket);
  std::vector<std::shared_ptr<StreamJob>> jobs;
  for (int i = 0; i < lanes; ++i) jobs.push_back(std::make_shared<Lane>(shared, outbox, stream));
  shared->SetLanes(jobs);
  return jobs;
}

}  // namespace oneup::server
