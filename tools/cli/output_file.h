// Writing a file whole or not at all.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace oneup::cli {

// Whether a file of that name could be written, as far as can be known beforehand: its
// folder exists and can be written to, and the name stands for a plain file or nothing.
// Error: the reason, with the path.
absl::Status CheckWritable(const std::string& path);

// As a trace is written: beside the file, which then gets its name, so that the name never
// stands for half a file. Error: the system's reason, with the path.
absl::Status WriteFileAtomically(const std::string& path, std::string_view content);

}  // namespace oneup::cli
