// XXH3, 128 bits: a fast fingerprint of bytes (xxhash.com; frozen since its version 0.8).
// Against accidents, not against forgers.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "sims/trace/format.h"

namespace oneup::trace {

class Digest {
 public:
  Digest();
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;
  ~Digest();

  void Update(std::string_view bytes);
  // Of all bytes so far: kDigestSize bytes, big-endian, and the same in hexadecimal digits.
  std::string Bytes() const;
  std::string Hex() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace oneup::trace
