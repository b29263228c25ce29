// Writing a file whole or not at all.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace oneup::cli {

// Writes beside the file and renames, so that the name never stands for half a file.
// Error: the system's reason, with the path.
absl::Status WriteFileAtomically(const std::string& path, std::string_view content);

}  // namespace oneup::cli
