#include "tests/sims/trace/sample.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

namespace oneup::trace {
namespace {

// Seconds after kSampleTime, cause, body.
struct Row {
  int64_t seconds;
  uint64_t cause;
  const char* body;
};

constexpr Row kRows[] = {
    {0, 0,
     R"(happening { event_id: "oracle_300" kind: EVENT_KIND_DEAL actors: ["altman", "oracle"]
        headline: "OpenAI signs with Oracle" committed_by: "openai" public: true
        terms { capacity_mw: 4500 value_usd_millions: 300000 term_months: 60
                contract_class: CONTRACT_CLASS_DEFINITIVE } })"},
    {0, 1,
     R"(news { event_id: "oracle_300" ticker: "NVDA" log_value_ppm: 41000 headline_ppm: 0
               surprise_ppm: 800000 credibility_ppm: 720000 })"},
    {1, 2,
     R"(attention { event_id: "oracle_300" ticker: "NVDA" level_ppm: 41000 change_ppm: 41000 })"},
    {60, 2,
     R"(belief_revision { event_id: "oracle_300" ticker: "NVDA" revised: 12 waiting: 88
                          mean_log_value_ppm: 4900 })"},
    {62'700, 2,
     R"(auction { ticker: "NVDA" kind: AUCTION_KIND_OPENING price_ticks: 17550 volume: 900 })"},
    {62'700, 5,
     R"(fill { ticker: "NVDA" price_ticks: 17550 quantity: 900 maker: 7 taker: 11
               taker_side: TRADE_SIDE_SELL auction: true })"},
    {62'701, 2,
     R"(halt { ticker: "NVDA" begins: true price_ticks: 19400 reference_ticks: 17550 })"},
    {62'702, 0,
     R"(flow { ticker: "NVDA" interval_s: 60 population: POPULATION_RETAIL orders: 40 bought: 800
               sold: 120 })"},
    {86'100, 0,
     R"(bar { ticker: "NVDA" open_ticks: 17550 high_ticks: 19400 low_ticks: 17480
              close_ticks: 17725 volume: 40000 auction_volume: 1900 trades: 310 })"},
    {86'100, 2,
     R"(reaction { event_id: "oracle_300" ticker: "NVDA"
                   simulated { gap_ppm: 21000 first_day_ppm: -3800 abnormal_ppm: -4100
                               volume_ratio_ppm: 1900000 }
                   recorded { first_day_ppm: 38500 } })"},
};

}  // namespace

v1::Header SampleHeader() {
  v1::Header header;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"(scenario_name: "sample" scenario_sha256: "00ff" seed: 7 detail: DETAIL_FULL
         scenario_files { name: "sample.textproto" content: "name: \"sample\"\n" }
         settings { name: "resolution" value: "1000" }
         listings { ticker: "NVDA" name: "Nvidia" currency: "USD" tick_micros: 10000 }
         listings { ticker: "9984.T" name: "SoftBank" currency: "JPY" tick_micros: 1000000 })",
      &header));
  return header;
}

std::vector<v1::Record> SampleRecords() {
  std::vector<v1::Record> records;
  for (const Row& row : kRows) {
    v1::Record record;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(row.body, &record)) << row.body;
    record.set_time_ns(kSampleTime + row.seconds * 1'000'000'000);
    record.set_cause_id(row.cause);
    records.push_back(record);
  }
  return records;
}

std::string WriteTrace(const v1::Header& header, const std::vector<v1::Record>& records) {
  std::string bytes;
  auto writer = TraceWriter::Create(MakeStringSink(&bytes), header);
  EXPECT_TRUE(writer.ok()) << writer.status();
  for (v1::Record record : records) (*writer)->Append(record);
  EXPECT_TRUE((*writer)->Finish().ok()) << (*writer)->status();
  return bytes;
}

std::string SampleTrace() { return WriteTrace(SampleHeader(), SampleRecords()); }

}  // namespace oneup::trace
