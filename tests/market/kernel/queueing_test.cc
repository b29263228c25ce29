// Queues in closed form, simulated on the kernel: the clock, the order of events
// and the random streams together must give the textbook's values (L. Kleinrock
// 1975, Queueing Systems I; Erlang C and Pollaczek-Khinchine), within four standard
// errors estimated from batch means, under the default seed and five others.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "market/kernel/kernel.h"
#include "market/kernel/random.h"

namespace oneup::kernel {
namespace {

constexpr double kSecond = 1e9;  // the mean service time, 1, in nanoseconds

enum class Service { kExponential, kDeterministic };

// c servers, one line, first come first served, arrivals at random.
class Station {
 public:
  Station(Kernel* kernel, uint64_t seed, double arrival_rate, int servers, Service service)
      : kernel_(kernel),
        arrivals_(seed, 0, 1),
        services_(seed, 0, 2),
        mean_gap_ns_(kSecond / arrival_rate),
        servers_(servers),
        service_(service),
        id_(kernel->Register(this)) {
    ScheduleArrival();
  }

  void OnEvent(const Event& event) {
    CountTime();
    if (event.kind == kArrival) {
      ScheduleArrival();
      ++arrived_;
      if (busy_ < servers_) {
        ++busy_;
        StartService(kernel_->now());
      } else {
        ++waited_;
        line_.push_back(kernel_->now());
      }
      return;
    }
    const double stay = (kernel_->now() - Time{static_cast<int64_t>(event.payload)}).seconds();
    ++left_;
    stay_sum_ += stay;
    stay_above_10_ += stay > 10.0;
    if (line_.empty()) {
      --busy_;
    } else {
      const Time arrival = line_.front();
      line_.pop_front();
      StartService(arrival);
    }
  }

  // The averages since the last call.
  struct Averages {
    double in_system;
    double in_line;
    double stay;
    double stay_above_10;
    double waited;
  };
  Averages TakeAverages() {
    CountTime();
    const double seconds = (kernel_->now() - since_).seconds();
    const Averages averages = {in_system_area_ / seconds, in_line_area_ / seconds,
                               stay_sum_ / left_, stay_above_10_ / left_, waited_ / arrived_};
    since_ = kernel_->now();
    in_system_area_ = in_line_area_ = stay_sum_ = stay_above_10_ = 0;
    left_ = arrived_ = waited_ = 0;
    return averages;
  }

 private:
  enum Kind : uint32_t { kArrival, kDeparture };

  void ScheduleArrival() {
    const auto gap = static_cast<int64_t>(arrivals_.Exponential(mean_gap_ns_));
    kernel_->Schedule(kernel_->now() + Duration{gap}, id_, kArrival);
  }

  void StartService(Time arrival) {
    const double length =
        service_ == Service::kExponential ? services_.Exponential(kSecond) : kSecond;
    kernel_->Schedule(kernel_->now() + Duration{static_cast<int64_t>(length)}, id_, kDeparture,
                      static_cast<uint64_t>(arrival.ns));
  }

  void CountTime() {
    const double seconds = (kernel_->now() - counted_to_).seconds();
    const auto in_line = static_cast<double>(line_.size());
    in_line_area_ += in_line * seconds;
    in_system_area_ += (in_line + busy_) * seconds;
    counted_to_ = kernel_->now();
  }

  Kernel* kernel_;
  Stream arrivals_;
  Stream services_;
  double mean_gap_ns_;
  int servers_;
  Service service_;
  HandlerId id_;
  int busy_ = 0;
  std::deque<Time> line_;  // times of arrival

  Time since_;
  Time counted_to_;
  double in_system_area_ = 0;
  double in_line_area_ = 0;
  double stay_sum_ = 0;
  double stay_above_10_ = 0;
  double left_ = 0;
  double arrived_ = 0;
  double waited_ = 0;
};

struct Truth {
  const char* what;
  double Station::Averages::*measure;
  double value;
};

struct Model {
  std::string name;
  double arrival_rate;
  int servers;
  Service service;
  int64_t seconds;  // so long that a standard error is a few per cent at most
  std::vector<Truth> truths;
};

const std::vector<Model>& Models() {
  using A = Station::Averages;
  static const std::vector<Model> models = {
      {"MM1At50Percent",
       0.5,
       1,
       Service::kExponential,
       200'000,
       {{"L", &A::in_system, 1.0}, {"Lq", &A::in_line, 0.5}, {"W", &A::stay, 2.0}}},
      {"MM1At80Percent",
       0.8,
       1,
       Service::kExponential,
       300'000,
       {{"L", &A::in_system, 4.0}, {"Lq", &A::in_line, 3.2}, {"W", &A::stay, 5.0}}},
      {"MM1At90Percent",
       0.9,
       1,
       Service::kExponential,
       1'000'000,
       {{"L", &A::in_system, 9.0},
        {"Lq", &A::in_line, 8.1},
        {"W", &A::stay, 10.0},
        {"P(T > 10)", &A::stay_above_10, 0.367879}}},
      {"MD1At90Percent", 0.9, 1, Service::kDeterministic, 500'000, {{"Lq", &A::in_line, 4.05}}},
      {"MM2",
       1.6,
       2,
       Service::kExponential,
       200'000,
       {{"Erlang C", &A::waited, 0.711111}, {"Lq", &A::in_line, 2.844444}}},
      {"MM5", 4.0, 5, Service::kExponential, 100'000, {{"Erlang C", &A::waited, 0.554113}}},
  };
  return models;
}

class Queueing : public ::testing::TestWithParam<Model> {};

INSTANTIATE_TEST_SUITE_P(Kernel, Queueing, ::testing::ValuesIn(Models()),
                         [](const auto& test) { return test.param.name; });

TEST_P(Queueing, AgreesWithTheClosedForm) {
  constexpr int kBatches = 30;
  const Model& model = GetParam();
  for (const uint64_t seed : {1, 2, 3, 5, 8, 13}) {
    Kernel kernel;
    Station station(&kernel, seed, model.arrival_rate, model.servers, model.service);
    const Duration batch = Duration::Seconds(model.seconds / kBatches);
    std::vector<Station::Averages> batches;
    for (int i = 0; i <= kBatches; ++i) {
      kernel.RunUntil(kernel.now() + batch);
      const Station::Averages averages = station.TakeAverages();
      if (i > 0) batches.push_back(averages);  // the first one fills the empty system
    }
    for (const Truth& truth : model.truths) {
      double mean = 0.0;
      for (const auto& b : batches) mean += b.*truth.measure / kBatches;
      double variance = 0.0;
      for (const auto& b : batches) {
        variance += (b.*truth.measure - mean) * (b.*truth.measure - mean) / (kBatches - 1);
      }
      const double error = std::sqrt(variance / kBatches);
      EXPECT_NEAR(mean, truth.value, 4 * error) << truth.what << ", seed " << seed;
      EXPECT_LT(error, 0.035 * truth.value) << truth.what << " is measured too vaguely";
    }
  }
}

}  // namespace
}  // namespace oneup::kernel
