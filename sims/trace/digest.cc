#include "sims/trace/digest.h"

// Compiled into this file, with no library to link.
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "absl/strings/escaping.h"

namespace oneup::trace {

struct Digest::State {
  XXH3_state_t xxh;
};

Digest::Digest() : state_(std::make_unique<State>()) { XXH3_128bits_reset(&state_->xxh); }
Digest::~Digest() = default;

void Digest::Update(std::string_view bytes) {
  XXH3_128bits_update(&state_->xxh, bytes.data(), bytes.size());
}

std::string Digest::Bytes() const {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(&state_->xxh));
  static_assert(sizeof canonical.digest == kDigestSize);
  return {reinterpret_cast<const char*>(canonical.digest), kDigestSize};
}

std::string Digest::Hex() const { return absl::BytesToHexString(Bytes()); }

}  // namespace oneup::trace
