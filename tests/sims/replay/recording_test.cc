// A run that is recorded in pieces is the run that is recorded at once.
#include "sims/replay/recording.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "sims/trace/format.h"

namespace oneup::sims {
namespace {

// Keeps each piece that is written.
class Pieces : public trace::ByteSink {
 public:
  explicit Pieces(std::vector<std::string>* to) : to_(to) {}
  absl::Status Write(std::string_view bytes) override {
    to_->emplace_back(bytes);
    return absl::OkStatus();
  }
  absl::Status Close() override { return absl::OkStatus(); }

 private:
  std::vector<std::string>* to_;
};

RunOptions Options() {
  RunOptions options;
  options.seed = 7;
  options.resolution = kLowResolution;
  options.until = *kernel::ParseDay("2023-06-30");
  return options;
}

TEST(Recording, InPiecesHasTheSameBytesAndEachPieceIsWholeRecords) {
  const LoadedScenario scenario = *LoadScenario("autonomous");
  std::string at_once;
  const auto whole =
      RecordRun(scenario, Options(), v1::DETAIL_MARKET, trace::MakeStringSink(&at_once));
  ASSERT_TRUE(whole.ok()) << whole.status();
  ASSERT_GT(at_once.size(), trace::kBlockSize) << "one block would show nothing";

  std::vector<std::string> pieces;
  const auto run =
      RunUnderWay::Begin(scenario, Options(), v1::DETAIL_MARKET, std::make_unique<Pieces>(&pieces));
  ASSERT_TRUE(run.ok()) << run.status();
  EXPECT_EQ(pieces.size(), 1u) << "the header comes before anything is simulated";
  Time at = kernel::ToTime(*kernel::ParseDay("2023-01-01"), {}, absl::UTCTimeZone());
  do {
    at = at + Duration::Days(5);
    ASSERT_TRUE((*run)->RunUntil(at).ok());
  } while (at < (*run)->end());
  const auto cut = (*run)->Finish();
  ASSERT_TRUE(cut.ok()) << cut.status();
  EXPECT_EQ(cut->fingerprint, whole->fingerprint);

  std::string joined;
  for (const std::string& piece : pieces) {
    v1::Trace trace;
    ASSERT_TRUE(trace.ParseFromString(piece));
    for (const v1::Record& record : trace.records()) {
      ASSERT_NE(record.body_case(), v1::Record::BODY_NOT_SET);
    }
    joined += piece;
  }
  EXPECT_GT(pieces.size(), 30u);
  EXPECT_TRUE(joined == at_once);
}

}  // namespace
}  // namespace oneup::sims
