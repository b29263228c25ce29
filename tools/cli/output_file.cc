#include "tools/cli/output_file.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>

#include "absl/status/statusor.h"
#include "sims/trace/sink.h"

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
  absl::StatusOr<std::unique_ptr<trace::ByteSink>> sink = trace::OpenFileSink(path);
  if (!sink.ok()) return sink.status();
  if (absl::Status status = (*sink)->Write(content); !status.ok()) return status;
  return (*sink)->Close();
}

}  // namespace oneup::cli
