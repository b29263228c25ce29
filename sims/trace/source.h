// Where bytes come from: a file, standard input, memory; decompressed on the way if they
// are compressed.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace oneup::trace {

// Not thread-safe.
class ByteSource {
 public:
  ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  virtual ~ByteSource() = default;

  // Reads up to `size` bytes, at least 1, and says how many; 0 at the end. Contract: size > 0.
  virtual absl::StatusOr<size_t> Read(char* to, size_t size) = 0;
};

// "-" is standard input. Errors: NotFound, PermissionDenied, ... of a file that cannot be
// opened; the message says why and does not name the file.
absl::StatusOr<std::unique_ptr<ByteSource>> OpenFileSource(const std::string& path);

// Bytes that outlive the source.
std::unique_ptr<ByteSource> MakeStringSource(std::string_view bytes);

// What begins with zstd's magic number comes out decompressed, all else as it is. Takes
// what MakeZstdSink writes and nothing else: one frame and its guard. Every cut and every
// flipped bit is an error (DataLoss), even one that zstd itself would not notice. Needs
// less than 10 MiB, whatever the frame asks for.
std::unique_ptr<ByteSource> Decompressed(std::unique_ptr<ByteSource> from);

}  // namespace oneup::trace
