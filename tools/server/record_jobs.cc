#include "tools/server/record_jobs.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "market/kernel/civil_time.h"
#include "sims/replay/recording.h"
#include "sims/trace/source.h"
#include "tools/server/frame_cutter.h"
#include "tools/server/prepare.h"

namespace oneup::server {
namespace {

// A page is told how far a run is so often at most; less often where frames come day by day.
constexpr std::chrono::milliseconds kAdvanceEvery{100};
constexpr std::chrono::milliseconds kAdvanceEveryWithDays{1000};

// A job holds its outbox, which so outlives its cutter.
auto FramesTo(Outbox& outbox, uint32_t stream) {
  return [to = &outbox, stream](std::string message) { to->GiveFrame(stream, std::move(message)); };
}

// Hands a run's bytes to the cutter.
class CutterSink : public trace::ByteSink {
 public:
  explicit CutterSink(FrameCutter* to) : to_(to) {}
  absl::Status Write(std::string_view bytes) override { return to_->Add(bytes); }
  absl::Status Close() override { return absl::OkStatus(); }

 private:
  FrameCutter* to_;
};

class SimulationJob : public StreamJob {
 public:
  SimulationJob(Workshop& workshop, std::shared_ptr<Outbox> outbox, uint32_t stream,
                const v1::Watch& watch, const Kinds& leave_out, Places::Ticket ticket)
      : StreamJob(outbox, stream, &workshop.simulations, ticket),
        workshop_(workshop),
        watch_(watch),
        cutter_(stream, leave_out, FramesTo(*outbox, stream)) {}

 protected:
  Then Go() override {
    if (run_ == nullptr) {
      if (const absl::Status status = Begin(); !status.ok()) return RefuseFor(status);
      // The header is on its way while the world is made.
      cutter_.Cut();
      return Then::kAgain;
    }
    const Clock::time_point until = Clock::now() + kSlice;
    do {
      if (!outbox().HasRoom(stream())) return Then::kParked;
      if (const absl::Status status = Step(); !status.ok()) return RefuseFor(status);
      if (at_ >= run_->end()) return End();
    } while (Clock::now() < until && !cancelled());
    if (outbox().IsHungry(stream()) && watch_.days() == 0) cutter_.Cut();
    Tell(false);
    return Then::kAgain;
  }

  void Release() override {
    run_ = nullptr;
    prepared_ = Prepared();
  }

 private:
  absl::Status Begin() {
    auto prepared = Prepare(workshop_.library, workshop_.limits, watch_.simulation(), "default");
    if (!prepared.ok()) return prepared.status();
    prepared_ = *std::move(prepared);
    const v1::Scenario& proto = prepared_.scenario().proto;
    const absl::StatusOr<kernel::CivilDay> first = kernel::ParseDay(proto.start_date());
    if (!first.ok()) return first.status();
    day_ = *first;
    at_ = kernel::ToTime(day_, {}, absl::UTCTimeZone());
    auto run = sims::RunUnderWay::Begin(
        prepared_.scenario(), prepared_.run,
        watch_.detail() == v1::DETAIL_UNSPECIFIED ? v1::DETAIL_MARKET : watch_.detail(),
        std::make_unique<CutterSink>(&cutter_));
    if (!run.ok()) return run.status();
    run_ = *std::move(run);
    return absl::OkStatus();
  }

  absl::Status Step() {
    at_ = at_ + kStep;
    if (const absl::Status status = run_->RunUntil(at_); !status.ok()) return status;
    if (at_ < kernel::ToTime(day_ + 1, {}, absl::UTCTimeZone())) return absl::OkStatus();
    over_ = day_++;
    if (watch_.days() > 0 && ++days_in_frame_ >= watch_.days()) {
      cutter_.Cut();
      days_in_frame_ = 0;
    }
    return absl::OkStatus();
  }

  Then End() {
    const auto recording = run_->Finish();
    if (!recording.ok()) return RefuseFor(recording.status());
    Tell(true);
    cutter_.Cut();
    return Complete();
  }

  Then RefuseFor(const absl::Status& status) { return Refuse(std::string(status.message())); }

  void Tell(bool last) {
    const Clock::time_point now = Clock::now();
    const auto every = watch_.days() > 0 ? kAdvanceEveryWithDays : kAdvanceEvery;
    if (!over_ || (!last && now < told_ + every)) return;
    told_ = now;
    v1::Advance advance;
    advance.set_day(kernel::FormatDay(*over_));
    outbox().GiveAdvance(stream(), advance);
    over_.reset();
  }

  Workshop& workshop_;
  const v1::Watch watch_;
  FrameCutter cutter_;
  Prepared prepared_;
  std::unique_ptr<sims::RunUnderWay> run_;  // of the prepared scenario, into the cutter
  Time at_;
  kernel::CivilDay day_;                  // under way
  std::optional<kernel::CivilDay> over_;  // the last one, until the page is told
  uint32_t days_in_frame_ = 0;
  Clock::time_point told_;
};

class FileJob : public StreamJob {
 public:
  FileJob(Workshop& workshop, const TraceFile& file, std::shared_ptr<Outbox> outbox,
          uint32_t stream, const Kinds& leave_out, Places::Ticket ticket)
      : StreamJob(outbox, stream, &workshop.files, ticket),
        file_(file),
        cutter_(stream, leave_out, FramesTo(*outbox, stream)) {}

 protected:
  Then Go() override {
    if (source_ == nullptr) {
      auto source = trace::OpenFileSource(file_.path);
      if (!source.ok()) return RefuseFor(source.status());
      source_ = trace::Decompressed(*std::move(source));
      buffer_.resize(kRead);
    }
    const Clock::time_point until = Clock::now() + kSlice;
    do {
      if (!outbox().HasRoom(stream())) return Then::kParked;
      const absl::StatusOr<size_t> got = source_->Read(buffer_.data(), buffer_.size());
      if (!got.ok()) return RefuseFor(got.status());
      if (*got == 0) return End();
      const absl::Status added = cutter_.Add({buffer_.data(), *got});
      if (!added.ok()) return RefuseFor(added);
      // The first piece is not long in coming.
      if (outbox().IsHungry(stream())) cutter_.Cut();
    } while (Clock::now() < until && !cancelled());
    return Then::kAgain;
  }

  void Release() override {
    source_ = nullptr;
    buffer_ = std::string();
  }

 private:
  static constexpr size_t kRead = 64 << 10;

  Then End() {
    if (!cutter_.IsWhole()) return RefuseFor(absl::DataLossError("ends within a record"));
    cutter_.Cut();
    return Complete();
  }

  Then RefuseFor(const absl::Status& status) {
    // Out of descriptors or memory: that passes.
    const bool busy = absl::IsResourceExhausted(status);
    // It was whole when the server began.
    const char* const what =
        absl::IsDataLoss(status) ? "has changed since the server began" : "cannot be read";
    return Refuse(absl::StrCat("trace '", file_.name, "' ", what, ": ",
                               std::string(status.message()), busy ? "; ask again" : ""),
                  busy);
  }

  const TraceFile& file_;
  FrameCutter cutter_;
  std::unique_ptr<trace::ByteSource> source_;
  std::string buffer_;
};

}  // namespace

std::shared_ptr<StreamJob> MakeSimulationJob(Workshop& workshop, std::shared_ptr<Outbox> outbox,
                                             uint32_t stream, const v1::Watch& watch,
                                             const Kinds& leave_out, Places::Ticket ticket) {
  return std::make_shared<SimulationJob>(workshop, std::move(outbox), stream, watch, leave_out,
                                         ticket);
}

std::shared_ptr<StreamJob> MakeFileJob(Workshop& workshop, const TraceFile& file,
                                       std::shared_ptr<Outbox> outbox, uint32_t stream,
                                       const Kinds& leave_out, Places::Ticket ticket) {
  return std::make_shared<FileJob>(workshop, file, std::move(outbox), stream, leave_out, ticket);
}

}  // namespace oneup::server
