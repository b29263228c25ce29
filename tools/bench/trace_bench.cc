// Traces: records written and read a second, beside the protobuf library writing the same
// records with nothing that guards them. A record is 64 bytes, framing included;
// bytes_per_second counts what is written. Files lie in a temporary folder.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "sims/trace/crc32c.h"
#include "sims/trace/digest.h"
#include "sims/trace/reader.h"
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

// One record, used again and again, as the recorder of a run does.
class Bars {
 public:
  Bars() {
    record_.mutable_bar()->set_ticker("NVDA");
    record_.mutable_bar()->set_interval_s(60);
  }
  v1::Record& At(int64_t i) {
    record_.set_time_ns(1'757'511'000'000'000'000 + i * 1'000'000);
    record_.set_cause_id(static_cast<uint64_t>(i / 2));
    v1::Bar& bar = *record_.mutable_bar();
    bar.set_open_ticks(17'500'000 + i % 100);
    bar.set_high_ticks(17'502'000 + i % 100);
    bar.set_low_ticks(17'499'000 - i % 100);
    bar.set_close_ticks(17'501'000 - i % 100);
    bar.set_volume(40'000'000 + i);
    bar.set_auction_volume(600'000'000);
    bar.set_trades(30'000 + i % 1000);
    return record_;
  }

 private:
  v1::Record record_;
};

// A file that is gone afterwards.
class ScratchFile {
 public:
  explicit ScratchFile(const char* name) {
    std::string pattern = std::filesystem::temp_directory_path() / "trace_bench_XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) std::abort();
    folder_ = pattern;
    path_ = folder_ / name;
  }
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  ~ScratchFile() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  const std::string& path() const { return path_; }

 private:
  std::filesystem::path folder_;
  std::string path_;
};

void Count(benchmark::State& state) {
  Bars bars;
  v1::Record& record = bars.At(kRecords - 1);
  record.set_id(kRecords);
  const auto size = static_cast<int64_t>(record.ByteSizeLong()) + 2;
  state.SetItemsProcessed(state.iterations() * kRecords);
  state.SetBytesProcessed(state.iterations() * kRecords * size);
}

absl::Status WriteTrace(const std::string& path) {
  auto writer = TraceWriter::Create(path, BenchHeader());
  if (!writer.ok()) return writer.status();
  Bars bars;
  for (int64_t i = 0; i < kRecords; ++i) (*writer)->Append(bars.At(i));
  return (*writer)->Finish();
}

void Write(benchmark::State& state, const std::string& path) {
  for (auto _ : state) {
    if (const absl::Status status = WriteTrace(path); !status.ok()) {
      return state.SkipWithError(status.ToString().c_str());
    }
  }
  Count(state);
}

// The same records as the library's stream classes write them: no checksums, no digest, no
// index, no ordering checked; and, where `durable`, flushed to the disk as the trace is.
void WriteByLibrary(benchmark::State& state, const std::string& path, bool durable) {
  namespace io = google::protobuf::io;
  for (auto _ : state) {
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) return state.SkipWithError("cannot open");
    {
      io::FileOutputStream file(fd, static_cast<int>(kBlockSize));
      io::CodedOutputStream out(&file);
      Bars bars;
      for (int64_t i = 0; i < kRecords; ++i) {
        v1::Record& record = bars.At(i);
        record.set_id(static_cast<uint64_t>(i) + 1);
        out.WriteTag(static_cast<uint32_t>(kRecordTag));
        out.WriteVarint32(static_cast<uint32_t>(record.ByteSizeLong()));
        record.SerializeWithCachedSizes(&out);
      }
    }
    if (durable) ::fsync(fd);
    ::close(fd);
  }
  Count(state);
}

void BM_WriteToNull(benchmark::State& state) { Write(state, "/dev/null"); }
BENCHMARK(BM_WriteToNull)->Unit(benchmark::kMillisecond);

void BM_WriteToNullByLibrary(benchmark::State& state) { WriteByLibrary(state, "/dev/null", false); }
BENCHMARK(BM_WriteToNullByLibrary)->Unit(benchmark::kMillisecond);

void BM_WriteToFile(benchmark::State& state) { Write(state, ScratchFile("a.binpb").path()); }
BENCHMARK(BM_WriteToFile)->Unit(benchmark::kMillisecond);

void BM_WriteToFileByLibrary(benchmark::State& state) {
  WriteByLibrary(state, ScratchFile("a.binpb").path(), true);
}
BENCHMARK(BM_WriteToFileByLibrary)->Unit(benchmark::kMillisecond);

void BM_WriteToCompressedFile(benchmark::State& state) {
  Write(state, ScratchFile("a.binpb.zst").path());
}
BENCHMARK(BM_WriteToCompressedFile)->Unit(benchmark::kMillisecond);

// All of it read and checked, as `oneup trace verify` does.
void Read(benchmark::State& state, const char* name) {
  const ScratchFile file(name);
  if (!WriteTrace(file.path()).ok()) return state.SkipWithError("cannot write");
  for (auto _ : state) {
    const auto reader = TraceReader::Open(file.path());
    for (bool more = reader.ok(); more;) {
      const absl::StatusOr<const v1::Record*> record = (*reader)->Next();
      if (!record.ok()) return state.SkipWithError(record.status().ToString().c_str());
      more = *record != nullptr;
    }
  }
  Count(state);
}

void BM_ReadFile(benchmark::State& state) { Read(state, "a.binpb"); }
BENCHMARK(BM_ReadFile)->Unit(benchmark::kMillisecond);

void BM_ReadCompressedFile(benchmark::State& state) { Read(state, "a.binpb.zst"); }
BENCHMARK(BM_ReadCompressedFile)->Unit(benchmark::kMillisecond);

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
