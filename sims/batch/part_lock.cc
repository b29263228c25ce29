#include "sims/batch/part_lock.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace oneup::sims {

absl::StatusOr<std::unique_ptr<PartLock>> PartLock::Take(const std::string& folder,
                                                         BatchPart part) {
  const std::string path = absl::StrCat(folder, "/", kLockName);
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  int error = fd < 0 ? errno : 0;
  if (fd >= 0) {
    // A byte for each part, all bytes for the whole. The lock is the open file's, not the
    // process's: another that this process opens and closes does not let go of it.
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = part.of == 1 ? 0 : static_cast<off_t>(part.index);
    lock.l_len = part.of == 1 ? 0 : 1;
    if (::fcntl(fd, F_OFD_SETLK, &lock) != 0) error = errno;
  }
  if (fd >= 0 && (error == EAGAIN || error == EACCES)) {
    ::close(fd);
    return absl::AlreadyExistsError(absl::StrCat(
        folder, ": another oneup is at work on ",
        part.of == 1 ? "it" : absl::StrCat("part ", part.index, "/", part.of, " of it")));
  }
  return std::unique_ptr<PartLock>(new PartLock(
      fd, error == 0
              ? ""
              : absl::StrCat("cannot lock ", path, ": ", std::generic_category().message(error),
                             "; goes on, and nothing else may work on the same part")));
}

PartLock::~PartLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace oneup::sims
