#include "sims/report/progress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

namespace oneup::sims {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

// What a progress wrote, with a clock that advances by `step` a look.
class Written {
 public:
  explicit Written(milliseconds step) : step_(step), file_(std::tmpfile()) {}
  ~Written() { std::fclose(file_); }
  FILE* file() { return file_; }
  Progress::Clock clock() {
    return [this] { return now_ += step_; };
  }
  std::string text() {
    std::string text(static_cast<size_t>(std::ftell(file_)), '\0');
    std::rewind(file_);
    EXPECT_EQ(std::fread(text.data(), 1, text.size(), file_), text.size());
    return text;
  }

 private:
  milliseconds step_;
  milliseconds now_{0};
  FILE* file_;
};

TEST(Progress, ALogHasALineEveryTenPercent) {
  Written written(milliseconds(10));
  {
    Progress progress("seeds", 200, ProgressMode::kPlain, written.file(), written.clock());
    for (int i = 0; i < 200; ++i) progress.Advance();
  }
  const std::string text = written.text();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 10);
  EXPECT_THAT(text, testing::StartsWith(" 10 %  20 of 200 seeds, 100/s, 2 s left\n"));
  EXPECT_THAT(text, HasSubstr("100 %  200 of 200 seeds, 100/s, in 2 s\n"));
  EXPECT_EQ(text.find('\r'), std::string::npos);
}

TEST(Progress, ABarIsRepaintedAtMostTenTimesASecond) {
  Written written(milliseconds(1));  // 1000 pieces in about a second
  {
    Progress progress("runs", 1000, ProgressMode::kBar, written.file(), written.clock());
    for (int i = 0; i < 1000; ++i) progress.Advance();
  }
  const std::string text = written.text();
  const auto paints = std::count(text.begin(), text.end(), '\r');
  EXPECT_GE(paints, 10);
  EXPECT_LE(paints, 12);
  EXPECT_THAT(text, HasSubstr("100 %  1000 of 1000 runs"));
  EXPECT_EQ(text.back(), '\n');
}

TEST(Progress, NeverGoesBackNorBeyondItsTotal) {
  Written written(milliseconds(200));
  {
    Progress progress("x", 10, ProgressMode::kBar, written.file(), written.clock());
    for (const int pieces : {5, -3, 0, 100, 1}) progress.Advance(pieces);
    progress.Finish();
    progress.Advance();
    progress.Finish();
  }
  const std::string text = written.text();
  EXPECT_LT(text.find(" 50 %"), text.find("100 %"));
  EXPECT_EQ(text.find("20 %"), std::string::npos);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
}

TEST(Progress, StandsAClockThatJumps) {
  Written written(milliseconds(0));
  milliseconds now(5'000'000);
  {
    Progress progress("runs", 40, ProgressMode::kBar, written.file(), [&now] { return now; });
    for (int i = 0; i < 40; ++i) {
      // An hour back, then a year ahead, then back again.
      now += i == 10   ? milliseconds(-3'600'000)
             : i == 20 ? milliseconds(31'536'000'000)
             : i == 30 ? milliseconds(-31'536'000'000)
                       : milliseconds(200);
      progress.Advance();
    }
  }
  const std::string text = written.text();
  EXPECT_EQ(text.find(", -"), std::string::npos) << "a rate or time below 0";
  EXPECT_THAT(text, HasSubstr("11 of 40")) << "goes on after the clock was set back";
  EXPECT_THAT(text, HasSubstr("40 of 40"));
}

TEST(Progress, AFileIsNoTerminal) {
  Written written(milliseconds(200));
  {
    Progress progress("x", 2, ProgressMode::kAuto, written.file(), written.clock());
    progress.Advance(2);
  }
  EXPECT_EQ(written.text().find('\r'), std::string::npos);
}

TEST(Progress, CanBeSilent) {
  Written written(milliseconds(200));
  {
    Progress progress("x", 2, ProgressMode::kNone, written.file(), written.clock());
    progress.Advance(2);
  }
  Progress nothing("x", 0, ProgressMode::kPlain, written.file(), written.clock());
  nothing.Finish();
  EXPECT_EQ(written.text(), "");
}

TEST(Progress, CountsFromManyThreads) {
  Written written(milliseconds(0));
  {
    Progress progress("x", 4000, ProgressMode::kPlain, written.file(), written.clock());
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < 1000; ++i) progress.Advance();
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  EXPECT_THAT(written.text(), HasSubstr("100 %  4000 of 4000 x\n"));
}

TEST(Progress, NamesItsModes) {
  ProgressMode mode = ProgressMode::kNone;
  EXPECT_TRUE(ParseProgressMode("plain", &mode));
  EXPECT_EQ(mode, ProgressMode::kPlain);
  EXPECT_FALSE(ParseProgressMode("fancy", &mode));
  EXPECT_EQ(mode, ProgressMode::kPlain);
}

}  // namespace
}  // namespace oneup::sims
