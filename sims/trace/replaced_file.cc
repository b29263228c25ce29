#include "sims/trace/replaced_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"

namespace oneup::trace {
namespace {

// The file is whole and has its name; that the name outlives a power cut is best effort,
// since not every file system can flush a folder.
void SyncFolderOf(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path();
  const int fd = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  ::fsync(fd);
  ::close(fd);
}

}  // namespace

absl::Status FileError(const char* what, const std::string& path, int error) {
  return absl::ErrnoToStatus(error, absl::StrCat("cannot ", what, " ", path));
}

std::string ResolveLinks(const std::string& path) {
  std::error_code error;
  const std::filesystem::path target = std::filesystem::canonical(path, error);
  return error ? path : target.string();
}

absl::StatusOr<ReplacedFile> ReplacedFile::Create(const std::string& path) {
  const std::string target = ResolveLinks(path);
  struct stat info {};
  if (::stat(target.c_str(), &info) == 0 && !S_ISREG(info.st_mode)) {
    return absl::FailedPreconditionError(
        absl::StrCat("cannot write to ", path, ": it is there, and no regular file"));
  }
  for (int attempt = 0;; ++attempt) {
    std::string temporary = absl::StrCat(target, ".partial-", ::getpid(), "-", attempt);
    const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd >= 0) return ReplacedFile(fd, std::move(temporary), target, path);
    if (errno != EEXIST || attempt == 1000) return FileError("create", path, errno);
  }
}

ReplacedFile::ReplacedFile(int fd, std::string temporary, std::string target, std::string path)
    : fd_(fd),
      temporary_(std::move(temporary)),
      target_(std::move(target)),
      path_(std::move(path)) {}

ReplacedFile::ReplacedFile(ReplacedFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      temporary_(std::exchange(other.temporary_, {})),
      target_(std::move(other.target_)),
      path_(std::move(other.path_)) {}

ReplacedFile::~ReplacedFile() {
  if (fd_ >= 0) ::close(fd_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

absl::Status ReplacedFile::Commit() {
  if (::fsync(fd_) != 0) return FileError("flush", path_, errno);
  if (::close(std::exchange(fd_, -1)) != 0) return FileError("close", path_, errno);
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) {
    return FileError("give its name to", path_, errno);
  }
  temporary_.clear();
  SyncFolderOf(target_);
  return absl::OkStatus();
}

}  // namespace oneup::trace
