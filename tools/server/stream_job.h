// What streams have in common: they write to a page's outbox, hold a place while they run, and can
// be cancelled between two slices.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "market/kernel/time.h"
#include "tools/server/outbox.h"
#include "tools/server/places.h"
#include "tools/server/scheduler.h"

namespace oneup::server {

class StreamJob : public Job {
 public:
  using Clock = std::chrono::steady_clock;
  // How long a slice takes, if what it does can be cut so finely.
  static constexpr std::chrono::milliseconds kSlice{4};
  // Time that is simulated without looking at the clock.
  static constexpr Duration kStep = Duration::Hours(1);

  // places: where it holds `ticket` while it runs; null if it needs none.
  StreamJob(std::shared_ptr<Outbox> outbox, uint32_t stream, Places* places, Places::Ticket ticket)
      : outbox_(std::move(outbox)), stream_(stream), places_(places), ticket_(ticket) {}
  ~StreamJob() override { LeavePlace(); }

  // The next slice ends it without a word: whoever cancels it tells the page.
  void Cancel() { cancelled_ = true; }
  // Since when it has waited for credit; nothing if it does not.
  Clock::time_point parked_since() const { return parked_since_; }
  const Places* places() const { return places_; }
  // Leaves its place and cancels it; its memory follows with the next slice.
  void GiveWay() {
    Cancel();
    LeavePlace();
  }

  Then RunSlice() final {
    parked_since_ = Clock::time_point();
    const Then then = cancelled_ ? Then::kDone : Go();
    if (then == Then::kParked) parked_since_ = Clock::now();
    if (then == Then::kDone) {
      Release();
      LeavePlace();
    }
    return then;
  }
  void Failed(const std::string& why) override;

 protected:
  virtual Then Go() = 0;
  // Gives back the memory that it runs in.
  virtual void Release() = 0;

  // What a last slice returns: the page has all of it, or is told why not. busy: it may ask again.
  Then Complete();
  Then Refuse(std::string_view why, bool busy = false);

  Outbox& outbox() { return *outbox_; }
  uint32_t stream() const { return stream_; }
  bool cancelled() const { return cancelled_; }

 private:
  // Once or several times.
  void LeavePlace() {
    if (places_ != nullptr) places_->Leave(ticket_);
  }

  std::shared_ptr<Outbox> outbox_;
  uint32_t stream_;
  Places* const places_;
  const Places::Ticket ticket_;
  std::atomic<bool> cancelled_ = false;
  std::atomic<Clock::time_point> parked_since_ = Clock::time_point();
};

}  // namespace oneup::server
