// Traces: records written a second. The records are about 64 bytes each, framing
// included; bytes_per_second counts what is written.
#include <benchmark/benchmark.h>

#include <string>

#include "sims/trace/crc32c.h"
#include "sims/trace/digest.h"
#include "sims/trace/writer.h"

namespace oneup::trace {
namespace {

constexpr int64_t kRecords = 2'000'000;

v1::Header BenchHeader() {
  v1::Header header;
  header.set_scenario_name("bench");
  header.set_detail(v1::DETAIL_FULL);
  return header;
}

// A bar is 64 bytes with these figures, a fill 46, a flow 42.
void SetBar(v1::Record& record) {
  v1::Bar* bar = record.mutable_bar();
  bar->set_ticker("NVDA");
  bar->set_interval_s(60);
}
void Vary(v1::Bar& bar, int64_t i) {
  bar.set_open_ticks(1'750'000 + i % 100);
  bar.set_high_ticks(1'750'200 + i % 100);
  bar.set_low_ticks(1'749'900 - i % 100);
  bar.set_close_ticks(1'750'100 - i % 100);
  bar.set_volume(40'000'000 + i);
  bar.set_auction_volume(3'000'000);
  bar.set_trades(30'000 + i % 1000);
}

void WriteBars(benchmark::State& state, const std::string& path) {
  uint64_t bytes = 0;
  for (auto _ : state) {
    auto writer = TraceWriter::Create(path, BenchHeader());
    if (!writer.ok()) return state.SkipWithError(writer.status().ToString().c_str());
    v1::Record record;
    SetBar(record);
    for (int64_t i = 0; i < kRecords; ++i) {
      record.set_time_ns(1'757'511'000'000'000'000 + i * 1'000'000);
      record.set_cause_id(static_cast<uint64_t>(i / 2));
      Vary(*record.mutable_bar(), i);
      (*writer)->Append(record);
    }
    if (!(*writer)->Finish().ok()) return state.SkipWithError("not finished");
    bytes += kRecords * (record.ByteSizeLong() + 2);
  }
  state.SetItemsProcessed(state.iterations() * kRecords);
  state.SetBytesProcessed(static_cast<int64_t>(bytes));
}

void BM_WriteToNull(benchmark::State& state) { WriteBars(state, "/dev/null"); }
BENCHMARK(BM_WriteToNull)->Unit(benchmark::kMillisecond);

void BM_Crc32c(benchmark::State& state) {
  const std::string block(kBlockSize, 'x');
  for (auto _ : state) benchmark::DoNotOptimize(Crc32c(block));
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(block.size()));
}
BENCHMARK(BM_Crc32c);

void BM_Crc32cPortable(benchmark::State& state) {
  const std::string block(kBlockSize, 'x');
  for (auto _ : state) benchmark::DoNotOptimize(Crc32cPortable(block));
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(block.size()));
}
BENCHMARK(BM_Crc32cPortable);

void BM_Digest(benchmark::State& state) {
  const std::string block(kBlockSize, 'x');
  Digest digest;
  for (auto _ : state) digest.Update(block);
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(block.size()));
}
BENCHMARK(BM_Digest);

}  // namespace
}  // namespace oneup::trace
