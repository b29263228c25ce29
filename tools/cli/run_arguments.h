// What options of replay and run have in common.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "market/kernel/civil_time.h"
#include "oneup/v1/trace.pb.h"

namespace oneup::cli {

// A day option; the fallback if it was not given. Errors name the option and what is allowed.
absl::StatusOr<kernel::CivilDay> DayOption(const char* name, const std::string& text,
                                           kernel::CivilDay fallback);

// A level of detail of traces: summary, deals, market, full.
std::optional<v1::Detail> ParseDetail(const std::string& text);

// A word as a shell reads it.
std::string Quoted(const std::string& word);

}  // namespace oneup::cli
