#include "sims/stats/event_study.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "market/kernel/random.h"

namespace oneup::sims {
namespace {

using Values = std::vector<double>;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

struct Pair {
  Values security;
  Values market;
};

// R = .0005 + 1.3 M + e, e normal with standard deviation sigma.
Pair Simulate(uint32_t entity, size_t rows, double sigma) {
  kernel::Stream stream(11, entity, 0);
  Pair pair;
  for (size_t i = 0; i < rows; ++i) {
    pair.market.push_back(stream.Normal(0.0004, 0.01));
    pair.security.push_back(0.0005 + 1.3 * pair.market.back() + stream.Normal(0, sigma));
  }
  return pair;
}

// R: lm(c(.02, -.01, .03, .00, .01) ~ c(.01, -.02, .02, .01, .00)).
TEST(MarketModel, MatchesTextbookFormulas) {
  const Values market = {.01, -.02, .02, .01, .00};
  const Values security = {.02, -.01, .03, .00, .01};
  const auto model = FitMarketModel(security, market);
  ASSERT_TRUE(model.ok());
  // Means .004 and .010; sums of squares and products about them.
  const double xx = .0010 - 5 * .004 * .004;
  const double xy = .0010 - 5 * .004 * .010;
  const double yy = .0015 - 5 * .010 * .010;
  EXPECT_NEAR(model->beta, xy / xx, 1e-12);
  EXPECT_NEAR(model->alpha, 0.01 - xy / xx * 0.004, 1e-12);
  EXPECT_NEAR(model->sum_squares, yy - xy * xy / xx, 1e-12);
  EXPECT_NEAR(model->ResidualVariance(), model->sum_squares / 3, 1e-15);
  EXPECT_EQ(model->observations, 5);
}

TEST(MarketModel, RefusesWhatHasNoAnswer) {
  EXPECT_FALSE(FitMarketModel(Values{1, 2}, Values{1, 2}).ok());
  EXPECT_FALSE(FitMarketModel(Values{1, 2, 3}, Values{.1, .1, .1}).ok());
  EXPECT_FALSE(FitMarketModel(Values{1, 2, 3}, Values{1, 2}).ok());
}

TEST(EventStudy, FindsAnInjectedJump) {
  // A jump of 35.5 % on day 0 and a drift back of 2 % on day 3.
  Pair pair = Simulate(1, 400, 1e-4);
  pair.security[350] += 0.355;
  pair.security[353] -= 0.02;
  const auto event = StudyEvent(pair.security, pair.market, 350, {});
  ASSERT_TRUE(event.ok());
  EXPECT_NEAR(event->Abnormal(0), 0.355, 5e-4);
  EXPECT_NEAR(event->Abnormal(3), -0.02, 5e-4);
  EXPECT_NEAR(event->Car(-1, 1), 0.355, 1e-3);
  EXPECT_NEAR(event->Car(-5, 10), 0.335, 2e-3);
  EXPECT_NEAR(event->model.beta, 1.3, 5e-3);
}

// Exact when there is no noise: the jump comes back to the last digits, whatever
// the market does on the day.
TEST(EventStudy, TakesOutTheMarketsOwnMove) {
  Pair pair = Simulate(2, 300, 0);
  pair.market[290] = 0.05;
  pair.security[290] = 0.0005 + 1.3 * 0.05 + 0.08;
  const auto event = StudyEvent(pair.security, pair.market, 290,
                                {.estimation = 100, .buffer = 10, .first_day = 0, .last_day = 0});
  ASSERT_TRUE(event.ok());
  EXPECT_NEAR(event->Abnormal(0), 0.08, 1e-14);
}

TEST(EventStudy, LeavesBufferAndEventWindowOutOfTheEstimation) {
  const EventStudyOptions options = {
      .estimation = 100, .buffer = 20, .first_day = -5, .last_day = 5};
  // Day 0 is row 250: the last row of the estimation is 250 - 5 - 20 - 1 = 224.
  Pair pair = Simulate(3, 300, 0);
  for (size_t row = 225; row < 250; ++row) pair.security[row] += 0.5;
  for (size_t row = 0; row < 125; ++row) pair.security[row] += 0.5;
  const auto event = StudyEvent(pair.security, pair.market, 250, options);
  ASSERT_TRUE(event.ok());
  EXPECT_NEAR(event->model.alpha, 0.0005, 1e-14);
  EXPECT_NEAR(event->Abnormal(-1), 0.5, 1e-13);
  for (const size_t row : {size_t{224}, size_t{125}}) {
    Pair touched = pair;
    touched.security[row] += 0.5;
    const auto other = StudyEvent(touched.security, touched.market, 250, options);
    ASSERT_TRUE(other.ok());
    EXPECT_GT(other->model.sum_squares, 0.1) << row;
  }
}

TEST(EventStudy, BlanksMoveTheBeginningOfTheEstimation) {
  const EventStudyOptions options = {
      .estimation = 100, .buffer = 20, .first_day = -5, .last_day = 5};
  Pair pair = Simulate(4, 300, 0.01);
  pair.security[200] = kNone;
  pair.market[150] = kNone;
  const auto event = StudyEvent(pair.security, pair.market, 250, options);
  ASSERT_TRUE(event.ok());
  EXPECT_EQ(event->model.observations, 100);
  // The same as if the two rows had never been.
  Pair without = pair;
  for (const ptrdiff_t row : {200, 150}) {
    without.security.erase(without.security.begin() + row);
    without.market.erase(without.market.begin() + row);
  }
  const auto expected = StudyEvent(without.security, without.market, 248, options);
  ASSERT_TRUE(expected.ok());
  EXPECT_EQ(event->model.alpha, expected->model.alpha);
  EXPECT_EQ(event->abnormal, expected->abnormal);
}

TEST(EventStudy, RefusesAnEventWithoutEnoughData) {
  const EventStudyOptions options = {
      .estimation = 100, .buffer = 20, .first_day = -5, .last_day = 5};
  const Pair pair = Simulate(5, 300, 0.01);
  const struct {
    size_t row;
    bool enough;
  } cases[] = {{124, false}, {125, true}, {294, true}, {295, false}, {400, false}};
  for (const auto& each : cases) {
    const auto event = StudyEvent(pair.security, pair.market, each.row, options);
    EXPECT_EQ(event.ok(), each.enough) << each.row;
    EXPECT_EQ(absl::IsOutOfRange(event.status()), !each.enough) << each.row;
  }
  Pair blank = pair;
  blank.market[253] = kNone;
  EXPECT_TRUE(absl::IsOutOfRange(StudyEvent(blank.security, blank.market, 250, options).status()));
  EventStudyOptions partial = options;
  partial.whole_window = false;
  const auto event = StudyEvent(blank.security, blank.market, 250, partial);
  ASSERT_TRUE(event.ok());
  EXPECT_TRUE(std::isnan(event->Car(0, 5)));
  EXPECT_FALSE(std::isnan(event->Car(-5, 2)));
}

TEST(EventStudy, NamesOptionsThatMakeNoSense) {
  const Pair pair = Simulate(6, 300, 0.01);
  for (const EventStudyOptions& options :
       {EventStudyOptions{.estimation = 2}, EventStudyOptions{.buffer = -1},
        EventStudyOptions{.first_day = 3, .last_day = 2}}) {
    EXPECT_TRUE(
        absl::IsInvalidArgument(StudyEvent(pair.security, pair.market, 290, options).status()));
  }
}

TEST(EventStudy, MarketLagPairsWithAnEarlierRow) {
  Pair pair = Simulate(7, 300, 0);
  for (size_t i = 299; i > 0; --i) pair.security[i] = 0.001 + 0.7 * pair.market[i - 1];
  pair.security[280] += 0.1;
  const auto event = StudyEvent(
      pair.security, pair.market, 280,
      {.estimation = 100, .buffer = 10, .first_day = -2, .last_day = 2, .market_lag = 1});
  ASSERT_TRUE(event.ok());
  EXPECT_NEAR(event->model.beta, 0.7, 1e-12);
  EXPECT_NEAR(event->Abnormal(0), 0.1, 1e-12);
}

TEST(EventStudy, VariancesFollowTheirDefinitions) {
  const Pair pair = Simulate(8, 400, 0.02);
  const auto study = [&](VarianceKind kind) {
    EventStudyOptions options;
    options.variance = kind;
    return *StudyEvent(pair.security, pair.market, 350, options);
  };
  const EventResult residual = study(VarianceKind::kResidual);
  const EventResult population = study(VarianceKind::kPopulation);
  const EventResult prediction = study(VarianceKind::kPrediction);
  const double variance = residual.model.sum_squares / 248;
  EXPECT_DOUBLE_EQ(residual.AbnormalVariance(0), variance);
  EXPECT_DOUBLE_EQ(residual.CarVariance(-5, 10), 16 * variance);
  EXPECT_DOUBLE_EQ(population.CarVariance(0, 1), 2 * residual.model.sum_squares / 250);
  const double off = prediction.market[5] - prediction.model.market_mean;
  EXPECT_DOUBLE_EQ(prediction.AbnormalVariance(0),
                   variance * (1 + 1.0 / 250 + off * off / prediction.model.market_squares));
  EXPECT_GT(prediction.CarVariance(-5, 10), 16 * variance * (1 + 16.0 / 250));
}

// With the error of the estimates counted, the spread of CAR over many events is
// what the variance says, also after a short estimation window.
TEST(EventStudy, PredictionVarianceIsTheSpreadOfCar) {
  const EventStudyOptions options = {.estimation = 20,
                                     .buffer = 0,
                                     .first_day = 0,
                                     .last_day = 9,
                                     .variance = VarianceKind::kPrediction};
  constexpr uint32_t kEvents = 4000;
  double squares = 0;
  double expected = 0;
  for (uint32_t i = 0; i < kEvents; ++i) {
    const Pair pair = Simulate(1000 + i, 30, 0.02);
    const auto event = StudyEvent(pair.security, pair.market, 20, options);
    ASSERT_TRUE(event.ok());
    squares += event->Car(0, 9) * event->Car(0, 9);
    expected += event->CarVariance(0, 9);
  }
  // Standard error of a variance: sqrt(2 / 4000) = 2.2 %.
  EXPECT_NEAR(squares / expected, 1, 4 * 0.0224);
}

TEST(EventStudy, AveragesOverEvents) {
  std::vector<EventResult> events;
  for (uint32_t i = 0; i < 3; ++i) {
    const Pair pair = Simulate(20 + i, 320, 0.01 * (i + 1));
    events.push_back(*StudyEvent(pair.security, pair.market, 300, {}));
  }
  const std::vector<AverageRow> rows = AverageEvents(events);
  ASSERT_EQ(rows.size(), 16u);
  EXPECT_EQ(rows.front().day, -5);
  EXPECT_EQ(rows.back().day, 10);
  double caar = 0;
  double var_caar = 0;
  for (const AverageRow& row : rows) {
    double aar = 0;
    double variance = 0;
    for (const EventResult& event : events) {
      aar += event.Abnormal(row.day) / 3;
      variance += event.AbnormalVariance(row.day) / 9;
    }
    caar += aar;
    var_caar += variance;
    EXPECT_NEAR(row.aar, aar, 1e-15);
    EXPECT_NEAR(row.var_aar, variance, 1e-15);
    EXPECT_NEAR(row.caar, caar, 1e-15);
    EXPECT_NEAR(row.var_caar, var_caar, 1e-15);
    EXPECT_NEAR(row.t, caar / std::sqrt(var_caar), 1e-9);
  }
  EXPECT_TRUE(AverageEvents({}).empty());
  // 744 degrees of freedom: the normal's P is a little smaller.
  const double normal = AverageEvents(events, PValueKind::kNormal).back().p;
  EXPECT_LT(normal, rows.back().p);
  EXPECT_NEAR(normal, rows.back().p, 0.002);
}

// MacKinlay (1997), section 8, the power of the two-sided 5 % test: computed, and by
// events simulated and studied with the estimated market model, 4 standard errors.
struct PowerCase {
  double sigma;
  int events;
  double power;
};
class Power : public testing::TestWithParam<PowerCase> {};

TEST_P(Power, IsThePublished) {
  const PowerCase& expected = GetParam();
  EXPECT_NEAR(TestPower(expected.events, 0.01, expected.sigma), expected.power, 6e-4);

  constexpr int kTrials = 500;
  const EventStudyOptions options = {.estimation = 250, .buffer = 0, .first_day = 0, .last_day = 0};
  int rejected = 0;
  uint32_t entity = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    std::vector<EventResult> events;
    for (int i = 0; i < expected.events; ++i) {
      Pair pair = Simulate(100000 + entity++, 251, expected.sigma);
      pair.security.back() += 0.01;
      events.push_back(*StudyEvent(pair.security, pair.market, 250, options));
    }
    if (AverageEvents(events).front().p < 0.05) ++rejected;
  }
  const double error = std::sqrt(expected.power * (1 - expected.power) / kTrials);
  EXPECT_NEAR(static_cast<double>(rejected) / kTrials, expected.power, 4 * error);
}

INSTANTIATE_TEST_SUITE_P(MacKinlay1997, Power,
                         testing::Values(PowerCase{.02, 10, .353}, PowerCase{.02, 20, .609},
                                         PowerCase{.02, 60, .972}, PowerCase{.04, 60, .491}));

// And its size: without an event the test rejects 5 % of the time.
TEST(EventStudy, RejectsAtItsLevelWithoutAnEvent) {
  EXPECT_NEAR(TestPower(10, 0, 0.02), 0.05, 1e-12);
  const EventStudyOptions options = {.estimation = 100,
                                     .buffer = 0,
                                     .first_day = 0,
                                     .last_day = 4,
                                     .variance = VarianceKind::kPrediction};
  constexpr uint32_t kTrials = 4000;
  int rejected = 0;
  for (uint32_t trial = 0; trial < kTrials; ++trial) {
    const Pair pair = Simulate(900000 + trial, 110, 0.02);
    const std::vector<EventResult> events = {*StudyEvent(pair.security, pair.market, 100, options)};
    if (AverageEvents(events).back().p < 0.05) ++rejected;
  }
  EXPECT_NEAR(static_cast<double>(rejected) / kTrials, 0.05, 4 * std::sqrt(.05 * .95 / kTrials));
}

}  // namespace
}  // namespace oneup::sims
