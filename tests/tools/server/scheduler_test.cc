// Turns, parking, and places, on threads of their own (run under the thread sanitizer too).
#include "tools/server/scheduler.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "tools/server/limits.h"
#include "tools/server/places.h"

namespace oneup::server {
namespace {

// Does what it is told, slice by slice.
class Told : public Job {
 public:
  explicit Told(std::function<Then()> slice) : slice_(std::move(slice)) {}
  Then RunSlice() override { return slice_(); }
  void Failed(const std::string& why) override { failed.set_value(why); }
  std::promise<std::string> failed;

 private:
  std::function<Then()> slice_;
};

TEST(Scheduler, OwnersTakeTurnsHoweverManyJobsTheyHave) {
  std::promise<void> begin;
  std::promise<void> done;
  std::vector<int> order;
  int left = 0;
  {
    Scheduler scheduler(1);
    // Until all are there.
    scheduler.Post([&] { begin.get_future().wait(); }, 1);
    const auto add = [&](int owner, int slices) {
      left += slices;
      scheduler.Add(static_cast<uint64_t>(owner),
                    std::make_shared<Told>([&, owner, slices]() mutable {
                      order.push_back(owner);
                      if (--left == 0) done.set_value();
                      return --slices == 0 ? Job::Then::kDone : Job::Then::kAgain;
                    }));
    };
    for (int i = 0; i < 4; ++i) add(1, 5);
    add(2, 3);
    add(3, 3);
    begin.set_value();
    done.get_future().wait();
  }
  ASSERT_EQ(order.size(), 26u);
  EXPECT_EQ(std::vector<int>(order.begin(), order.begin() + 9),
            (std::vector<int>{1, 2, 3, 1, 2, 3, 1, 2, 3}));
}

TEST(Scheduler, AParkedJobRunsWhenItIsWokenAndNotBefore) {
  Scheduler scheduler(2);
  std::atomic<int> slices = 0;
  std::promise<void> done;
  const auto job = std::make_shared<Told>([&] {
    if (++slices < 100) return Job::Then::kParked;
    done.set_value();
    return Job::Then::kDone;
  });
  scheduler.Add(1, job);
  // A wake during a slice is not lost, so as many wakes as it takes end it.
  const auto ended = done.get_future();
  while (ended.wait_for(std::chrono::microseconds(50)) != std::future_status::ready) {
    scheduler.Wake(job);
  }
  EXPECT_EQ(slices, 100);
  scheduler.Wake(job);
}

TEST(Scheduler, AWakeInTheMiddleOfASliceIsNotLost) {
  Scheduler scheduler(1);
  std::promise<void> running, woken, again;
  int slice = 0;
  const auto job = std::make_shared<Told>([&] {
    if (++slice == 2) {
      again.set_value();
      return Job::Then::kDone;
    }
    running.set_value();
    woken.get_future().wait();
    return Job::Then::kParked;
  });
  scheduler.Add(1, job);
  running.get_future().wait();
  scheduler.Wake(job);
  woken.set_value();
  again.get_future().wait();
}

TEST(Scheduler, WhatThrowsEndsByItselfAlone) {
  Scheduler scheduler(1);
  const auto bad =
      std::make_shared<Told>([]() -> Job::Then { throw std::runtime_error("no memory"); });
  std::promise<void> done;
  scheduler.Add(1, bad);
  EXPECT_EQ(bad->failed.get_future().get(), "no memory");
  scheduler.Add(1, std::make_shared<Told>([&] {
                  done.set_value();
                  return Job::Then::kDone;
                }));
  done.get_future().wait();
}

// A clock that stands still unless it is told.
class Hands {
 public:
  void Move(int ms) { ms_ += ms; }
  std::function<Scheduler::Clock::time_point()> Face() {
    return [this] { return Scheduler::Clock::time_point(std::chrono::milliseconds(ms_)); };
  }

 private:
  std::atomic<int> ms_ = 0;
};

TEST(Scheduler, AfterATaskSlicesHaveAsMuchTimeAsItTookAndTasksAreBounded) {
  Hands hands;
  std::promise<void> hold, held, done;
  std::string order;
  Scheduler scheduler(1, hands.Face());
  ASSERT_TRUE(scheduler.Post(
      [&] {
        held.set_value();
        hold.get_future().wait();
      },
      2));
  held.get_future().wait();
  scheduler.Add(1, std::make_shared<Told>([&] {
                  order += 's';
                  hands.Move(4);
                  if (order.size() < 20) return Job::Then::kAgain;
                  done.set_value();
                  return Job::Then::kDone;
                }));
  const auto task = [&](char name, int ms) {
    return scheduler.Post(
        [&, name, ms] {
          order += name;
          hands.Move(ms);
        },
        4);
  };
  EXPECT_TRUE(task('a', 40));
  EXPECT_TRUE(task('b', 1));
  EXPECT_TRUE(task('c', 9));
  EXPECT_TRUE(task('d', 0));
  EXPECT_FALSE(task('e', 0));
  hold.set_value();
  done.get_future().wait();
  EXPECT_EQ(order, "assssssssssbscsssdss");
}

TEST(Scheduler, OneTaskRunsAtATimeAndSlicesGoOnMeanwhile) {
  std::promise<void> hold, held, second, sliced;
  std::atomic<int> tasks = 0;
  std::atomic<int> most = 0;
  int slices = 0;
  Scheduler scheduler(3);
  scheduler.Post(
      [&] {
        ++tasks;
        held.set_value();
        hold.get_future().wait();
        --tasks;
      },
      10);
  held.get_future().wait();
  scheduler.Post(
      [&] {
        most = ++tasks;
        second.set_value();
      },
      10);
  // A thread that is free takes slices, and no other task.
  scheduler.Add(1, std::make_shared<Told>([&] {
                  if (++slices < 100) return Job::Then::kAgain;
                  sliced.set_value();
                  return Job::Then::kDone;
                }));
  sliced.get_future().wait();
  EXPECT_EQ(tasks, 1);
  hold.set_value();
  second.get_future().wait();
  EXPECT_EQ(most, 1);
}

TEST(Scheduler, StopsWithWorkLeft) {
  const auto endless = std::make_shared<Told>([] { return Job::Then::kAgain; });
  Scheduler scheduler(2);
  scheduler.Add(1, endless);
  scheduler.Add(2, std::make_shared<Told>([] { return Job::Then::kAgain; }));
  scheduler.Stop();
  EXPECT_FALSE(scheduler.Post([] {}, 10));
  scheduler.Add(3, std::make_shared<Told>([] { return Job::Then::kAgain; }));
  scheduler.Wake(endless);
}

class PlacesTest : public ::testing::Test {
 protected:
  explicit PlacesTest(int places = 1, int most_waiting = 2) : places_(places, most_waiting, 1) {}

  // Enters; what it hears is appended to heard_.
  Places::Ticket Enter(uint64_t owner) {
    const Places::Ticket ticket = places_.NewTicket();
    entered_ = places_.Enter(
        ticket, owner, [this, ticket] { heard_.push_back("in " + std::to_string(ticket)); },
        [this, ticket](uint32_t before) {
          heard_.push_back(std::to_string(ticket) + " waits as " + std::to_string(before));
        });
    return ticket;
  }
  std::vector<std::string> Heard() { return std::exchange(heard_, {}); }
  using Words = std::vector<std::string>;

  Places places_;
  bool entered_ = false;
  std::vector<std::string> heard_;
};

TEST_F(PlacesTest, FirstComeFirstServedAndAllHearHowTheQueueMoves) {
  Enter(1);
  const auto second = Enter(2);
  Enter(3);
  EXPECT_EQ(Heard(), (Words{"in 1", "2 waits as 1", "3 waits as 2"}));
  Enter(4);
  EXPECT_FALSE(entered_) << "too many wait";
  EXPECT_EQ(Heard(), Words{});
  places_.Leave(1);
  EXPECT_EQ(Heard(), (Words{"in 2", "3 waits as 1"}));
  places_.Leave(1);
  EXPECT_EQ(Heard(), Words{}) << "nobody leaves twice";
  places_.Leave(second);
  EXPECT_EQ(Heard(), Words{"in 3"});
  EXPECT_EQ(places_.waiting(), 0);
}

TEST_F(PlacesTest, WhoeverWaitsCanGo) {
  Enter(5);
  const auto second = Enter(6);
  Enter(7);
  Heard();
  places_.Leave(second);
  EXPECT_EQ(Heard(), Words{"3 waits as 1"});
  EXPECT_EQ(places_.waiting(), 1);
}

// Two places, one for each owner.
class PlacesOfOwnersTest : public PlacesTest {
 protected:
  PlacesOfOwnersTest() : PlacesTest(2, 10) {}
};

TEST_F(PlacesOfOwnersTest, OneWhoAsksForMuchKeepsNoPlaceFromOthers) {
  Enter(7);
  Enter(7);
  Enter(7);
  EXPECT_EQ(Heard(), (Words{"in 1", "2 waits as 1", "3 waits as 2"}));
  Enter(8);
  EXPECT_EQ(Heard(), Words{"in 4"}) << "past those who wait for their own";
  Enter(9);
  EXPECT_EQ(Heard(), Words{"5 waits as 3"});
  places_.Leave(4);
  EXPECT_EQ(Heard(), Words{"in 5"}) << "the first that may";
  places_.Leave(1);
  EXPECT_EQ(Heard(), (Words{"in 2", "3 waits as 1"}));
  places_.Leave(5);
  EXPECT_EQ(Heard(), Words{}) << "nobody may";
  places_.Leave(2);
  EXPECT_EQ(Heard(), Words{"in 3"});
}

TEST(Rate, AllowsABurstAndThenSoManyASecond) {
  Rate rate(10);
  const Rate::Clock::time_point start = Rate::Clock::now();
  int taken = 0;
  while (rate.Take(start)) ++taken;
  EXPECT_EQ(taken, 40);
  EXPECT_FALSE(rate.Take(start + std::chrono::milliseconds(50)));
  EXPECT_TRUE(rate.Take(start + std::chrono::milliseconds(150)));
  EXPECT_FALSE(rate.Take(start + std::chrono::milliseconds(160)));
  taken = 0;
  while (rate.Take(start + std::chrono::hours(1))) ++taken;
  EXPECT_EQ(taken, 40) << "no more is saved up";
}

}  // namespace
}  // namespace oneup::server
