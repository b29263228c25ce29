#include "market/kernel/event_queue.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

namespace oneup::kernel {
namespace {

// Chosen with tools/bench/kernel_bench.cc; they change speed only.
constexpr int64_t kMinDays = 64;  // one word of the bitmap
constexpr int64_t kMaxDays = int64_t{1} << 26;
constexpr uint64_t kDaysPerEvent = 2;
constexpr double kEventsPerDay = 4.0;
constexpr uint64_t kMinPopsToMeasure = 256;
// A pause in the flow counts as at most this many days for each event of the day
// before it, so that a night between two sessions does not look like a slow
// market, while a thousand ties may well be followed by a long wait.
constexpr int64_t kMaxDaysOfPause = 16;
// Up to this many events are sorted by insertion, or shifted for a late one.
constexpr size_t kFewEvents = 16;
constexpr size_t kInitialRun = 256;  // room for few events on both sides of the middle

// How far ahead events are asked for: so many of that day, and along a long list.
constexpr size_t kDaysAhead = 6;
constexpr int kEventsOfADayAhead = 3;
constexpr int kEventsAhead = 8;

constexpr int kMinShift = 2;
constexpr int kMaxShift = 62;

bool After(const Event& a, const Event& b) { return Before(b, a); }

int64_t DaysFor(size_t events) {
  const uint64_t days = std::bit_ceil(std::max<uint64_t>(events, 1) * kDaysPerEvent);
  return std::clamp(static_cast<int64_t>(days), kMinDays, kMaxDays);
}

// The base-2 logarithm of x > 0 to the nearest integer.
int RoundLog2(double x) {
  const int floor = static_cast<int>(std::bit_cast<uint64_t>(x) >> 52) - 1023;
  const double mantissa = std::bit_cast<double>(
      (std::bit_cast<uint64_t>(x) & ((uint64_t{1} << 52) - 1)) | 1023ULL << 52);
  return mantissa > 1.4142135623730951 ? floor + 1 : floor;
}

// A day's length at which the calendar reaches past the earliest quarter of all
// events (or half, or more, where that many share one instant): so looking through
// the rest is always paid for by a fixed share of pops. Needs at least one event.
int ShiftFor(const std::vector<Event>& events) {
  std::vector<int64_t> times(events.size());
  std::transform(events.begin(), events.end(), times.begin(),
                 [](const Event& event) { return event.time.ns; });
  const int64_t first = *std::min_element(times.begin(), times.end());
  for (const size_t quarters : {1, 2, 3, 4}) {
    const size_t rank = (events.size() - 1) * quarters / 4;
    const auto quantile = times.begin() + static_cast<std::ptrdiff_t>(rank);
    std::nth_element(times.begin(), quantile, times.end());
    // Unsigned, because the difference of two times may exceed an int64.
    const uint64_t span = static_cast<uint64_t>(*quantile) - static_cast<uint64_t>(first);
    if (span == 0) continue;
    const double day = static_cast<double>(span) * kEventsPerDay / static_cast<double>(rank);
    return std::clamp(RoundLog2(day), kMinShift, kMaxShift);
  }
  return kMinShift;
}

}  // namespace

EventQueue::EventQueue() : shift_(20), day_count_(kMinDays) {
  first_.assign(static_cast<size_t>(day_count_), kNone);
  occupied_.assign(static_cast<size_t>(day_count_) / 64, 0);
  RecentreRun(kInitialRun);
  GrowStore();
}

void EventQueue::GrowStore() {
  const size_t old_size = events_.size();
  events_.resize(std::max<size_t>(64, old_size * 2));
  next_.resize(events_.size());
  for (size_t i = events_.size(); i > old_size; --i) {
    next_[i - 1] = free_;
    free_ = static_cast<uint32_t>(i - 1);
  }
}

// Gives the run a buffer of at least `capacity` and moves it to the middle.
void EventQueue::RecentreRun(size_t capacity) {
  const size_t count = end_ - head_;
  std::vector<Event> larger(std::max(capacity, 2 * count));
  const size_t start = (larger.size() - count) / 2;
  std::copy(run_.begin() + static_cast<std::ptrdiff_t>(head_),
            run_.begin() + static_cast<std::ptrdiff_t>(end_),
            larger.begin() + static_cast<std::ptrdiff_t>(start));
  run_ = std::move(larger);
  head_ = start;
  end_ = start + count;
}

void EventQueue::PushToday(const Event& event) {
  if (end_ == run_.size()) {
    // Mostly popped: the same buffer will do. Else the room doubles.
    RecentreRun(end_ - head_ < run_.size() / 4 ? run_.size() : 2 * run_.size());
  }
  if (head_ == end_ || Before(run_[end_ - 1], event)) {
    run_[end_++] = event;
    return;
  }
  const size_t lowest = end_ - head_ > kFewEvents ? end_ - kFewEvents : head_;
  if (lowest == head_ || Before(run_[lowest], event)) {
    size_t i = end_++;
    for (; i > lowest && Before(event, run_[i - 1]); --i) run_[i] = run_[i - 1];
    run_[i] = event;
    return;
  }
  late_.push_back(event);
  std::push_heap(late_.begin(), late_.end(), After);
  // Too many events in one day would make this heap the queue.
  if (late_.size() > kFewEvents && late_.size() > size() / 8) Retune();
}

Event EventQueue::PopLate() {
  std::pop_heap(late_.begin(), late_.end(), After);
  const Event event = late_.back();
  late_.pop_back();
  return event;
}

void EventQueue::PushFar(const Event& event, int64_t day) {
  far_first_day_ = far_.empty() ? day : std::min(far_first_day_, day);
  far_.push_back(event);
}

// Brings the next day into the empty run.
void EventQueue::Advance() {
  Retune();
  while (head_ == end_) {
    if (in_days_ == 0) {
      BringNear();
      continue;
    }
    const int64_t day = NextOccupiedDay();
    if (!far_.empty() && far_first_day_ <= day) {
      BringNear();
    } else {
      LoadDay(day);
    }
  }
}

// The first day after today whose list is not empty; there must be one.
int64_t EventQueue::NextOccupiedDay() const {
  const size_t slot = SlotOf(today_ + 1);
  const size_t mask = occupied_.size() - 1;
  size_t word = slot / 64;
  uint64_t bits = occupied_[word] >> (slot % 64);
  int64_t distance = 0;
  if (bits == 0) {
    distance = 64 - static_cast<int64_t>(slot % 64);
    word = (word + 1) & mask;
    for (; occupied_[word] == 0; word = (word + 1) & mask) distance += 64;
    bits = occupied_[word];
  }
  return today_ + 1 + distance + std::countr_zero(bits);
}

// Asks for the first events of a day soon to come. With a million pending they lie
// outside the caches, and waiting for each in turn would take half of the time.
void EventQueue::PrefetchAfter(size_t slot) const {
  uint32_t n = first_[(slot + kDaysAhead) & (first_.size() - 1)];
  for (int i = 0; i < kEventsOfADayAhead && n != kNone; ++i, n = next_[n]) {
    __builtin_prefetch(&events_[n]);
  }
}

// Makes `day` today and sorts its list into the run. A list is walked from its
// newest event back, so ties, the newest being the last, go straight to the front.
void EventQueue::LoadDay(int64_t day) {
  days_passed_ += std::min(day - today_, kMaxDaysOfPause * events_today_);
  today_ = day;
  const size_t slot = SlotOf(day);
  PrefetchAfter(slot);
  occupied_[slot / 64] &= ~(uint64_t{1} << (slot % 64));
  uint32_t n = first_[slot];
  first_[slot] = kNone;
  head_ = end_ = run_.size() / 2;
  const auto take = [this](uint32_t taken) {
    const uint32_t following = next_[taken];
    next_[taken] = free_;
    free_ = taken;
    return following;
  };
  while (n != kNone && end_ - head_ < kFewEvents) {
    const Event& event = events_[n];
    size_t i = head_--;
    for (; i < end_ && Before(run_[i], event); ++i) run_[i - 1] = run_[i];
    run_[i - 1] = event;
    n = take(n);
  }
  bool sorted = true;
  uint32_t ahead = n;
  for (int i = 0; i < kEventsAhead && ahead != kNone; ++i) ahead = next_[ahead];
  while (n != kNone) {
    if (ahead != kNone) {
      __builtin_prefetch(&events_[ahead]);
      ahead = next_[ahead];
    }
    if (head_ == 0) RecentreRun(2 * run_.size());
    sorted &= Before(events_[n], run_[head_]);
    run_[--head_] = events_[n];
    n = take(n);
  }
  in_days_ -= end_ - head_;
  events_today_ = static_cast<int64_t>(end_ - head_);
  if (!sorted) {
    std::sort(run_.begin() + static_cast<std::ptrdiff_t>(head_),
              run_.begin() + static_cast<std::ptrdiff_t>(end_), Before);
  }
}

// Moves the calendar on to the first far day and fills it from the far events.
// Nothing may be pending before that day.
void EventQueue::BringNear() {
  const bool too_often = pops_ - far_read_at_pops_ < far_.size() / 4;
  far_read_at_pops_ = pops_;
  if (too_often) {  // the days are too short for these events
    const std::vector<Event> all = TakeAll();
    Rebuild(all, ShiftFor(all));
    return;
  }
  today_ = far_first_day_ - 1;
  far_first_day_ = std::numeric_limits<int64_t>::max();
  size_t kept = 0;
  for (const Event& event : far_) {
    const int64_t day = DayOf(event.time);
    if (day - today_ < day_count_) {
      AddToDay(day, event);
    } else {
      far_first_day_ = std::min(far_first_day_, day);
      far_[kept++] = event;
    }
  }
  far_.resize(kept);
}

// Adapts the length of a day to the rate of events, and the number of days to the
// number of events, if either is off by more than a factor of two. The rate is
// judged after as many pops as there are events, which pay for the rebuilding.
void EventQueue::Retune() {
  int shift = shift_;
  const uint64_t pops = pops_ - measured_from_pops_;
  if (pops >= std::max<uint64_t>(size(), kMinPopsToMeasure)) {
    const double per_day =
        static_cast<double>(pops) / static_cast<double>(std::max<int64_t>(days_passed_, 1));
    if (per_day > 2 * kEventsPerDay || per_day < kEventsPerDay / 2) {
      shift = std::clamp(shift_ + RoundLog2(kEventsPerDay / per_day), kMinShift, kMaxShift);
    }
    measured_from_pops_ = pops_;
    days_passed_ = 0;
  }
  const int64_t days = DaysFor(size());
  if (shift != shift_ || days > 2 * day_count_ || days < day_count_ / 8) Rebuild(TakeAll(), shift);
}

// Empties the queue into a vector, in which ties keep their order where they can.
std::vector<Event> EventQueue::TakeAll() {
  std::vector<Event> all;
  all.reserve(size());
  all.insert(all.end(), run_.begin() + static_cast<std::ptrdiff_t>(head_),
             run_.begin() + static_cast<std::ptrdiff_t>(end_));
  all.insert(all.end(), late_.begin(), late_.end());
  all.insert(all.end(), far_.begin(), far_.end());
  head_ = end_ = run_.size() / 2;
  late_.clear();
  far_.clear();
  while (in_days_ > 0) {
    LoadDay(NextOccupiedDay());
    all.insert(all.end(), run_.begin() + static_cast<std::ptrdiff_t>(head_),
               run_.begin() + static_cast<std::ptrdiff_t>(end_));
  }
  head_ = end_ = run_.size() / 2;
  return all;
}

// Sets up the calendar anew for `all`, the events of an emptied queue.
void EventQueue::Rebuild(const std::vector<Event>& all, int shift) {
  shift_ = shift;
  day_count_ = DaysFor(all.size());
  first_.assign(static_cast<size_t>(day_count_), kNone);
  occupied_.assign(static_cast<size_t>(day_count_) / 64, 0);
  measured_from_pops_ = pops_;
  days_passed_ = 0;
  events_today_ = 1;
  far_read_at_pops_ = pops_;
  if (all.empty()) return;
  const auto earlier = [](const Event& a, const Event& b) { return a.time < b.time; };
  today_ = DayOf(std::min_element(all.begin(), all.end(), earlier)->time) - 1;
  for (const Event& event : all) {
    const int64_t day = DayOf(event.time);
    if (day - today_ < day_count_) {
      AddToDay(day, event);
    } else {
      PushFar(event, day);
    }
  }
}

}  // namespace oneup::kernel
