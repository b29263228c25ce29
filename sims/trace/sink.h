// Where bytes go: a file that appears under its name only when it is whole, standard
// output, memory, nowhere; with or without compression on the way.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace oneup::trace {

// Not thread-safe. A sink destroyed before a successful Close leaves nothing behind.
class ByteSink {
 public:
  ByteSink() = default;
  ByteSink(const ByteSink&) = delete;
  ByteSink& operator=(const ByteSink&) = delete;
  virtual ~ByteSink() = default;

  virtual absl::Status Write(std::string_view bytes) = 0;
  // All bytes are written: makes them last. Once, and nothing after it.
  virtual absl::Status Close() = 0;
};

// A file, replaced as a whole if it exists: the bytes go to a temporary file beside it,
// which Close flushes to the disk and renames. "-" is standard output; what is no regular
// file (/dev/null, a pipe) is written as it is. Unbuffered: write large pieces.
// Errors name the path: NotFound, PermissionDenied, ... when it cannot be created.
absl::StatusOr<std::unique_ptr<ByteSink>> OpenFileSink(const std::string& path);

// The same; compressed on the way if its name ends in ".zst".
absl::StatusOr<std::unique_ptr<ByteSink>> OpenTraceSink(const std::string& path);

// Compresses into another sink: one zstd frame with a checksum, and the guard of format.h.
// Single-threaded, so that equal bytes give equal files.
std::unique_ptr<ByteSink> MakeZstdSink(std::unique_ptr<ByteSink> to);

// Appends to a string that outlives the sink.
std::unique_ptr<ByteSink> MakeStringSink(std::string* to);

// Drops the bytes.
std::unique_ptr<ByteSink> MakeNullSink();

}  // namespace oneup::trace
