// Scenarios in words, for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "oneup/v1/scenario.pb.h"

namespace oneup::sims {

// The part of an enum value's name that says something, in lower case:
// EVENT_KIND_ANALYST_NOTE is "analyst note", STAGE_WHITE_HOUSE "white house".
std::string KindText(v1::EventKind kind);
std::string ContractText(v1::ContractClass contract_class);
std::string ExclusivityText(v1::Exclusivity exclusivity);
std::string StageText(v1::Stage stage);
std::string RoleText(v1::ExposureRole role);

// The date as exactly as it is known: "2025-09-10", "about 2025-09-18", "2025-02",
// "spring 2025", "2018".
std::string DateText(const v1::Event& event);

// Lines of at most `width` characters (longer only where one word is), broken at spaces.
// UTF-8 sequences count as one character.
std::vector<std::string> WrapText(std::string_view text, size_t width);

}  // namespace oneup::sims
