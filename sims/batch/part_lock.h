// Keeps two processes from one part of a batch: an advisory lock on batch.lock in its folder. The
// kernel lets go of it when the process ends, however it ends; the file stays, empty.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "sims/batch/plan.h"

namespace oneup::sims {

inline constexpr char kLockName[] = "batch.lock";

class PartLock {
 public:
  // Takes the lock of a part, which that of the whole batch (0 of 1) excludes. Parts of a batch
  // that is cut in another way are not seen, but for those of the same index. Error, one line:
  // AlreadyExists if another holds it. A file system without locks is none: see warning().
  static absl::StatusOr<std::unique_ptr<PartLock>> Take(const std::string& folder, BatchPart part);
  PartLock(const PartLock&) = delete;
  PartLock& operator=(const PartLock&) = delete;
  ~PartLock();

  // Empty, or one line: nothing is locked, and why.
  const std::string& warning() const { return warning_; }

 private:
  PartLock(int fd, std::string warning) : fd_(fd), warning_(std::move(warning)) {}

  int fd_;
  std::string warning_;
};

}  // namespace oneup::sims
