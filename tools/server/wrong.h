// How what a page has sent is turned down: in one line that shows what was sent.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace oneup::server {

inline absl::Status Wrong(const std::string& message) {
  return absl::InvalidArgumentError(message);
}

// A text of a stranger's in a message: on one line, cut where it is long, never within a character.
inline std::string Shown(std::string_view text) {
  constexpr size_t kLongest = 60;
  size_t size = text.size();
  if (size > kLongest) {
    size = kLongest;
    // Bytes that go on with a character begin with the bits 10.
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) --size;
  }
  std::string shown;
  for (const char c : text.substr(0, size)) {
    shown += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return shown + (size < text.size() ? "..." : "");
}

}  // namespace oneup::server
