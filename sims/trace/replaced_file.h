// A file that is replaced as a whole: its bytes go to a temporary file beside it, which
// gets the name once all of them are there.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace oneup::trace {

// Destroyed before a successful Commit it leaves nothing behind. Not thread-safe.
class ReplacedFile {
 public:
  // Creates the temporary file. A link is kept and its target replaced. Errors name the
  // path: NotFound, PermissionDenied, ... when it cannot be created; FailedPrecondition
  // for what is there and no regular file, since a device or a folder is not to be replaced.
  static absl::StatusOr<ReplacedFile> Create(const std::string& path);
  ReplacedFile(ReplacedFile&& other) noexcept;
  ReplacedFile& operator=(ReplacedFile&& other) = delete;
  ~ReplacedFile();

  // Open for writing until Commit.
  int fd() const { return fd_; }
  // For what opens files by name.
  const std::string& temporary() const { return temporary_; }
  // As the caller has named it.
  const std::string& path() const { return path_; }

  // Flushes the file to the disk and gives it its name. Once.
  absl::Status Commit();

 private:
  ReplacedFile(int fd, std::string temporary, std::string target, std::string path);

  int fd_;
  std::string temporary_;  // empty once it has its name
  std::string target_;
  std::string path_;
};

// The status of a failed system call: "cannot <what> <path>: <why>".
absl::Status FileError(const char* what, const std::string& path, int error);

// The file that a name means in the end.
std::string ResolveLinks(const std::string& path);

}  // namespace oneup::trace
