#include "tools/cli/output_file.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace oneup::cli {

absl::Status CheckWritable(const std::string& path) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    return absl::FailedPreconditionError(path + ": cannot write: is not a plain file");
  }
  std::string folder = std::filesystem::path(path).parent_path().string();
  if (folder.empty()) folder = ".";
  if (access(folder.c_str(), W_OK | X_OK) != 0) {
    return absl::PermissionDeniedError(path + ": cannot create: " + std::strerror(errno));
  }
  return absl::OkStatus();
}

absl::Status WriteFileAtomically(const std::string& path, std::string_view content) {
  const std::string temporary = path + ".tmp" + std::to_string(getpid());
  const auto fail = [&](const char* what) {
    const std::string reason = std::strerror(errno);
    std::remove(temporary.c_str());
    return absl::UnavailableError(path + ": cannot " + what + ": " + reason);
  };
  FILE* file = std::fopen(temporary.c_str(), "wb");
  if (file == nullptr) return fail("create");
  const bool written = std::fwrite(content.data(), 1, content.size(), file) == content.size() &&
                       std::fflush(file) == 0 && fsync(fileno(file)) == 0;
  if (!written) {
    const absl::Status status = fail("write");
    std::fclose(file);
    return status;
  }
  if (std::fclose(file) != 0) return fail("write");
  if (std::rename(temporary.c_str(), path.c_str()) != 0) return fail("rename to");
  return absl::OkStatus();
}

}  // namespace oneup::cli
