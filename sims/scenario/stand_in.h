// The library's parser ends at the first value that is none of its field's: an enum's name
// that it does not know, a word where a number belongs. To report every problem of a file at
// once, such a value is reported and another put in its place, until the parser gets through.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace oneup::sims {

// A value that cannot be read, and what to read instead.
struct StandIn {
  size_t field = 0;  // offset of the field's name
  size_t begin = 0;  // offset of the value
  size_t end = 0;
  std::string value;  // as long as what it replaces: nothing moves
};

// The value that the parser complains of, if it is one that can be stood in for.
//   offset       where the parser stands: at the value or at the token after it
//   message      its own words
//   enum_number  number of the enum's value that was probably meant
std::optional<StandIn> FindStandIn(std::string_view text, size_t offset, const std::string& message,
                                   int enum_number);

// The n-th text between double quotes of a message, from 0.
std::optional<std::string> QuotedPart(const std::string& message, int n);

}  // namespace oneup::sims
