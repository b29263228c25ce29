#include "sims/trace/sink.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include <cerrno>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "sims/trace/crc32c.h"
#include "sims/trace/format.h"
#include "sims/trace/replaced_file.h"

namespace oneup::trace {
namespace {

absl::Status WriteAll(int fd, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return FileError("write to", path, errno);
    }
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

// Written in place: standard output, devices, pipes.
class StreamSink : public ByteSink {
 public:
  StreamSink(int fd, std::string path, bool owned)
      : fd_(fd), path_(std::move(path)), owned_(owned) {}
  ~StreamSink() override {
    if (owned_ && fd_ >= 0) ::close(fd_);
  }
  absl::Status Write(std::string_view bytes) override { return WriteAll(fd_, bytes, path_); }
  absl::Status Close() override {
    if (!owned_) return absl::OkStatus();
    const int failed = ::close(fd_);
    fd_ = -1;
    return failed != 0 ? FileError("close", path_, errno) : absl::OkStatus();
  }

 private:
  int fd_;
  std::string path_;
  bool owned_;
};

class AtomicFileSink : public ByteSink {
 public:
  explicit AtomicFileSink(ReplacedFile file) : file_(std::move(file)) {}
  absl::Status Write(std::string_view bytes) override {
    return WriteAll(file_.fd(), bytes, file_.path());
  }
  absl::Status Close() override { return file_.Commit(); }

 private:
  ReplacedFile file_;
};

class ZstdSink : public ByteSink {
 public:
  explicit ZstdSink(std::unique_ptr<ByteSink> to)
      : to_(std::move(to)),
        context_(ZSTD_createCCtx(), ZSTD_freeCCtx),
        out_(ZSTD_CStreamOutSize()) {
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
  }
  absl::Status Write(std::string_view bytes) override { return Compress(bytes, ZSTD_e_continue); }
  absl::Status Close() override {
    if (absl::Status status = Compress({}, ZSTD_e_end); !status.ok()) return status;
    std::string guard(kGuardHead);
    crc_ = Crc32c(guard, crc_);
    guard.append(reinterpret_cast<const char*>(&crc_), sizeof crc_);
    if (absl::Status status = to_->Write(guard); !status.ok()) return status;
    return to_->Close();
  }

 private:
  absl::Status Compress(std::string_view bytes, ZSTD_EndDirective directive) {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    for (;;) {
      ZSTD_outBuffer out{out_.data(), out_.size(), 0};
      const size_t left = ZSTD_compressStream2(context_.get(), &out, &in, directive);
      if (ZSTD_isError(left) != 0) {
        return absl::InternalError(absl::StrCat("zstd: ", ZSTD_getErrorName(left)));
      }
      const std::string_view written(out_.data(), out.pos);
      crc_ = Crc32c(written, crc_);
      if (absl::Status status = to_->Write(written); !status.ok()) return status;
      const bool done = directive == ZSTD_e_end ? left == 0 : in.pos == in.size;
      if (done) return absl::OkStatus();
    }
  }

  std::unique_ptr<ByteSink> to_;
  std::unique_ptr<ZSTD_CCtx, size_t (*)(ZSTD_CCtx*)> context_;
  std::vector<char> out_;
  uint32_t crc_ = 0;  // of all that was written
};

class StringSink : public ByteSink {
 public:
  explicit StringSink(std::string* to) : to_(to) {}
  absl::Status Write(std::string_view bytes) override {
    to_->append(bytes);
    return absl::OkStatus();
  }
  absl::Status Close() override { return absl::OkStatus(); }

 private:
  std::string* to_;
};

class NullSink : public ByteSink {
 public:
  absl::Status Write(std::string_view) override { return absl::OkStatus(); }
  absl::Status Close() override { return absl::OkStatus(); }
};

}  // namespace

absl::StatusOr<std::unique_ptr<ByteSink>> OpenFileSink(const std::string& path) {
  if (path.empty()) return absl::InvalidArgumentError("a file needs a name");
  if (path == "-") return std::make_unique<StreamSink>(STDOUT_FILENO, "standard output", false);
  struct stat info {};
  if (::stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode)) {
    const int fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (fd < 0) return FileError("write to", path, errno);
    return std::make_unique<StreamSink>(fd, path, true);
  }
  absl::StatusOr<ReplacedFile> file = ReplacedFile::Create(path);
  if (!file.ok()) return file.status();
  return std::make_unique<AtomicFileSink>(*std::move(file));
}

absl::StatusOr<std::unique_ptr<ByteSink>> OpenTraceSink(const std::string& path) {
  absl::StatusOr<std::unique_ptr<ByteSink>> sink = OpenFileSink(path);
  if (!sink.ok() || !std::string_view(path).ends_with(".zst")) return sink;
  return MakeZstdSink(*std::move(sink));
}

std::unique_ptr<ByteSink> MakeZstdSink(std::unique_ptr<ByteSink> to) {
  return std::make_unique<ZstdSink>(std::move(to));
}

std::unique_ptr<ByteSink> MakeStringSink(std::string* to) {
  return std::make_unique<StringSink>(to);
}

std::unique_ptr<ByteSink> MakeNullSink() { return std::make_unique<NullSink>(); }

}  // namespace oneup::trace
