#include "sims/provenance/build.h"

#include "absl/strings/str_cat.h"
#include "oneup/version.h"

namespace oneup::sims {

std::string BuildText(std::string_view version, std::string_view source_digest) {
  constexpr size_t kShown = 12;
  const std::string shown(source_digest.substr(0, kShown));
  return absl::StrCat("oneup ", std::string(version), " (sources ",
                      shown.empty() ? "unknown" : shown, ")");
}

std::string ThisBuild() { return BuildText(kVersion, SourceDigest()); }

}  // namespace oneup::sims
