// Scenarios in words, for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "oneup/v1/scenario.pb.h"

namespace oneup::sims {

// The part of an enum value's name that says something, in lower case:
// EVENT_KIND_ANALYST_NOTE is "analyst note", STAGE_WHITE_HOUSE "white house". A value that the
// schema has no name for, as a file of a later version may hold, is its number.
std::string EnumWords(const google::protobuf::EnumDescriptor& type, int value);
template <typename Enum>
std::string EnumWords(Enum value) {
  return EnumWords(*google::protobuf::GetEnumDescriptor<Enum>(), value);
}

// The date as exactly as it is known: "2025-09-10", "about 2025-09-18", "2025-02",
// "spring 2025", "2018".
std::string DateText(const v1::Event& event);

// Lines of at most `width` characters (longer only where one word is), broken at spaces.
// UTF-8 sequences count as one character.
std::vector<std::string> WrapText(std::string_view text, size_t width);

}  // namespace oneup::sims
