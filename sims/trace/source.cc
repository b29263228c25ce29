#include "sims/trace/source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "sims/trace/crc32c.h"
#include "sims/trace/format.h"

namespace oneup::trace {
namespace {

class FileSource : public ByteSource {
 public:
  FileSource(int fd, bool owned) : fd_(fd), owned_(owned) {}
  ~FileSource() override {
    if (owned_) ::close(fd_);
  }
  absl::StatusOr<size_t> Read(char* to, size_t size) override {
    for (;;) {
      const ssize_t got = ::read(fd_, to, size);
      if (got >= 0) return static_cast<size_t>(got);
      if (errno != EINTR) return absl::ErrnoToStatus(errno, "cannot be read");
    }
  }

 private:
  int fd_;
  bool owned_;
};

class StringSource : public ByteSource {
 public:
  explicit StringSource(std::string_view bytes) : bytes_(bytes) {}
  absl::StatusOr<size_t> Read(char* to, size_t size) override {
    const size_t some = std::min(size, bytes_.size());
    bytes_.copy(to, some);
    bytes_.remove_prefix(some);
    return some;
  }

 private:
  std::string_view bytes_;
};

// 8 MiB: four times what the writer's compression level uses.
constexpr int kMaxWindowLog = 23;
constexpr std::string_view kZstdMagic = "\x28\xb5\x2f\xfd";

class MaybeZstdSource : public ByteSource {
 public:
  explicit MaybeZstdSource(std::unique_ptr<ByteSource> from)
      : from_(std::move(from)), context_(nullptr, ZSTD_freeDCtx), buffer_(ZSTD_DStreamInSize()) {}

  absl::StatusOr<size_t> Read(char* to, size_t size) override {
    if (mode_ == Mode::kUnknown) {
      if (absl::Status status = Recognise(); !status.ok()) return status;
    }
    if (mode_ == Mode::kPlain) {
      if (at_ == end_) return from_->Read(to, size);
      const size_t some = std::min(size, end_ - at_);
      std::memcpy(to, buffer_.data() + at_, some);
      at_ += some;
      return some;
    }
    return mode_ == Mode::kFrame ? Decompress(to, size) : 0;
  }

 private:
  enum class Mode { kUnknown, kPlain, kFrame, kEnded };

  // Adds what `from_` gives to the buffer; false at its end. Contract: there is room.
  absl::StatusOr<bool> Fill() {
    const absl::StatusOr<size_t> got = from_->Read(buffer_.data() + end_, buffer_.size() - end_);
    if (!got.ok()) return got.status();
    end_ += *got;
    return *got > 0;
  }

  absl::Status Recognise() {
    while (end_ < kZstdMagic.size()) {
      const absl::StatusOr<bool> more = Fill();
      if (!more.ok()) return more.status();
      if (!*more) break;
    }
    if (std::string_view(buffer_.data(), std::min(end_, kZstdMagic.size())) != kZstdMagic) {
      mode_ = Mode::kPlain;
      return absl::OkStatus();
    }
    mode_ = Mode::kFrame;
    context_.reset(ZSTD_createDCtx());
    ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, kMaxWindowLog);
    return absl::OkStatus();
  }

  // What has been taken from the buffer is guarded.
  void Take(size_t count) {
    crc_ = Crc32c({buffer_.data() + at_, count}, crc_);
    at_ += count;
    offset_ += count;
  }

  absl::StatusOr<size_t> Decompress(char* to, size_t size) {
    for (;;) {
      if (at_ == end_) {
        at_ = end_ = 0;
        const absl::StatusOr<bool> more = Fill();
        if (!more.ok()) return more.status();
        if (!*more) return Damage("ends inside the compressed data: it is cut");
      }
      ZSTD_inBuffer in{buffer_.data() + at_, end_ - at_, 0};
      ZSTD_outBuffer out{to, size, 0};
      const size_t left = ZSTD_decompressStream(context_.get(), &out, &in);
      Take(in.pos);
      if (ZSTD_isError(left) != 0) return Damage(absl::StrCat("zstd: ", ZSTD_getErrorName(left)));
      if (left == 0) {
        if (absl::Status status = CheckGuard(); !status.ok()) return status;
        mode_ = Mode::kEnded;
      }
      if (out.pos > 0 || left == 0) return out.pos;
    }
  }

  absl::Status CheckGuard() {
    std::memmove(buffer_.data(), buffer_.data() + at_, end_ - at_);
    end_ -= at_;
    at_ = 0;
    while (end_ <= kGuardSize) {
      const absl::StatusOr<bool> more = Fill();
      if (!more.ok()) return more.status();
      if (!*more) break;
    }
    const std::string_view guard(buffer_.data(), end_);
    if (guard.empty()) {
      return Damage(
          "ends without the guard of the compressed data: it is cut, or another program "
          "compressed it (then decompress it first: zstd -d)");
    }
    if (guard.substr(0, kGuardHead.size()) != kGuardHead.substr(0, guard.size())) {
      return Damage("has bytes after the compressed data that are no guard");
    }
    if (guard.size() < kGuardSize) return Damage("ends inside its last 12 bytes: it is cut");
    Take(kGuardHead.size());
    uint32_t expected;
    std::memcpy(&expected, guard.data() + kGuardHead.size(), sizeof expected);
    if (crc_ != expected) {
      return Damage(absl::StrFormat(
          "has other compressed bytes than were written: their CRC-32C is 0x%08x where 0x%08x is "
          "expected",
          crc_, expected));
    }
    if (guard.size() > kGuardSize) {
      offset_ += sizeof expected;
      return Damage("goes on after its end");
    }
    return absl::OkStatus();
  }

  absl::Status Damage(std::string_view what) const {
    return absl::DataLossError(absl::StrCat("compressed byte ", offset_, ": the file ",
                                            absl::string_view(what.data(), what.size())));
  }

  std::unique_ptr<ByteSource> from_;
  std::unique_ptr<ZSTD_DCtx, size_t (*)(ZSTD_DCtx*)> context_;
  Mode mode_ = Mode::kUnknown;
  std::vector<char> buffer_;  // [at_, end_) is still to be used
  size_t at_ = 0;
  size_t end_ = 0;
  uint64_t offset_ = 0;  // of buffer_[at_] in the compressed file
  uint32_t crc_ = 0;     // of all before it
};

}  // namespace

absl::StatusOr<std::unique_ptr<ByteSource>> OpenFileSource(const std::string& path) {
  if (path == "-") return std::make_unique<FileSource>(STDIN_FILENO, false);
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    if (errno == ENOENT) return absl::NotFoundError("no such file");
    return absl::ErrnoToStatus(errno, "cannot be opened");
  }
  auto source = std::make_unique<FileSource>(fd, true);
  struct stat info {};
  if (::fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
    return absl::FailedPreconditionError("is a folder, not a file");
  }
  return source;
}

std::unique_ptr<ByteSource> MakeStringSource(std::string_view bytes) {
  return std::make_unique<StringSource>(bytes);
}

std::unique_ptr<ByteSource> Decompressed(std::unique_ptr<ByteSource> from) {
  return std::make_unique<MaybeZstdSource>(std::move(from));
}

}  // namespace oneup::trace
