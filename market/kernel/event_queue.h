// The pending events, the earliest first: a calendar queue (R. Brown 1988,
// "Calendar queues: a fast O(1) priority queue implementation for the simulation
// event set problem", Communications of the ACM 31(10)) with lazily sorted days.
//
//   run      the events of the current day and before, sorted, popped from the
//            front; a small heap takes those that arrive late and out of order
//   days     one list for each of the next 2^k days, in no order, found through a
//            bitmap; a day is sorted when it comes, so that an event is sorted once
//            among the few of its day
//   far      everything beyond the last day, in no order, looked through again only
//            when its earliest day is reached
//
// A day is a power of two of nanoseconds long and follows the measured rate of
// events, so that a few fall on one; the number of days follows the number of
// events. Both only change what a push costs, never the order.
//
// Cost: O(1) amortised under steady flow of any scale. A burst that puts m events
// into one day costs O(log m) each, as a heap would; ties cost O(1), because a
// day's list comes out in order of sequence. Reorganising takes O(n) and is paid
// for by the O(n) pushes and pops since the last one, so there is no width or
// spacing of events at which it loops or turns quadratic.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "market/kernel/event.h"

namespace oneup::kernel {

// Holds up to 2^32 - 2 events. Not thread-safe. The order is exactly Before(), for
// any times whatever, also earlier than one already popped.
class EventQueue {
 public:
  EventQueue();
  EventQueue(const EventQueue&) = delete;
  EventQueue& operator=(const EventQueue&) = delete;

  size_t size() const { return pushes_ - pops_; }
  bool empty() const { return pushes_ == pops_; }

  // Adds an event; `order` must differ from that of every pending event of the
  // same time.
  void Push(const Event& event) {
    ++pushes_;
    const int64_t day = DayOf(event.time);
    const int64_t ahead = day - today_;
    if (ahead <= 0) {
      PushToday(event);
    } else if (ahead < day_count_) [[likely]] {
      AddToDay(day, event);
    } else {
      PushFar(event, day);
    }
  }

  // The earliest event; the queue must not be empty. May sort, hence not const.
  const Event& Top() {
    if (head_ == end_ && late_.empty()) Advance();
    return UseLate() ? late_.front() : run_[head_];
  }

  // Removes and returns the earliest event; the queue must not be empty.
  Event Pop() {
    if (head_ == end_ && late_.empty()) Advance();
    ++pops_;
    if (UseLate()) [[unlikely]]
      return PopLate();
    return run_[head_++];
  }

 private:
  static constexpr uint32_t kNone = ~uint32_t{0};

  // Days are at least 4 ns long, so that differences of days cannot overflow.
  int64_t DayOf(Time t) const { return t.ns >> shift_; }
  size_t SlotOf(int64_t day) const { return static_cast<size_t>(day & (day_count_ - 1)); }

  bool UseLate() const {
    return !late_.empty() && (head_ == end_ || Before(late_.front(), run_[head_]));
  }

  // Puts an event into the list of a day of the calendar.
  void AddToDay(int64_t day, const Event& event) {
    const uint32_t n = free_;
    free_ = next_[n];
    const size_t slot = SlotOf(day);
    events_[n] = event;
    next_[n] = first_[slot];
    first_[slot] = n;
    occupied_[slot / 64] |= uint64_t{1} << (slot % 64);
    ++in_days_;
    if (free_ == kNone) [[unlikely]] {
      GrowStore();  // one is always free
    }
  }

  void PushToday(const Event& event);
  void PushFar(const Event& event, int64_t day);
  Event PopLate();
  void GrowStore();
  void Advance();
  int64_t NextOccupiedDay() const;
  void PrefetchAfter(size_t slot) const;
  void LoadDay(int64_t day);
  void RecentreRun(size_t capacity);
  void BringNear();
  void Retune();
  void Rebuild(const std::vector<Event>& all, int shift);
  std::vector<Event> TakeAll();

  // Sorted events, run_[head_] to run_[end_ - 1]; with room on both sides.
  std::vector<Event> run_;
  size_t head_ = 0;
  size_t end_ = 0;
  std::vector<Event> late_;  // a binary heap

  int shift_;                       // a day is 2^shift_ ns
  int64_t today_ = 0;               // all events of this day and before are in run_ or late_
  int64_t day_count_;               // a power of two
  size_t in_days_ = 0;              // events in the lists of the days after today
  std::vector<uint32_t> first_;     // slot -> first event of its list
  std::vector<uint64_t> occupied_;  // slot -> bit: list not empty
  // The lists: events by index, and the index that follows each. Apart, so that the
  // links, a ninth of the whole, stay in cache and the events can be asked for ahead.
  std::vector<Event> events_;
  std::vector<uint32_t> next_;
  uint32_t free_ = kNone;  // the list of unused ones

  std::vector<Event> far_;
  int64_t far_first_day_ = 0;  // the day of the earliest far event

  uint64_t pushes_ = 0;
  uint64_t pops_ = 0;
  // The rate of events is measured from here on.
  uint64_t measured_from_pops_ = 0;
  int64_t days_passed_ = 0;
  int64_t events_today_ = 1;       // how many the list of today held
  uint64_t far_read_at_pops_ = 0;  // pops_ when far_ was last looked through
};

}  // namespace oneup::kernel
