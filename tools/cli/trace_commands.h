// The verbs of `oneup trace`, each a function of the words after it; and what they share.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace oneup::cli {

int TraceInfo(const std::vector<std::string>& args);
int TraceVerify(const std::vector<std::string>& args);
int TraceCat(const std::vector<std::string>& args);
int TraceWhy(const std::vector<std::string>& args);
int TraceDiff(const std::vector<std::string>& args);
int TraceExport(const std::vector<std::string>& args);

inline constexpr char kTraceName[] = "trace";

// Says why a trace could not be read, in one line; returns the exit code for it.
int FailToRead(const absl::Status& status);
// The same for output that could not be written.
int FailToWrite(const absl::Status& status);
// Says that an argument is missing.
int Missing(const char* verb, const char* what);
// Says that an option's value is not among those allowed.
int NotAllowed(const std::string& option, const std::string& value, const std::string& allowed);

}  // namespace oneup::cli
