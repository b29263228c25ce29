// Which program this is: its version, which people choose, and a digest of the sources that decide
// what it computes, which changes with them. Two builds of one version whose digests differ may
// give the same run other numbers; builds whose digests are equal do not.
#pragma once

#include <string>
#include <string_view>

namespace oneup::sims {

// SHA-256 over the sources and data of the folders below tools/, 64 hexadecimal digits: the same of
// every compiler, build type and folder (cmake/SourceDigest.cmake).
std::string_view SourceDigest();

// "oneup 0.1.0 (sources 3f2a91bc04de)": the digest's first 12 digits.
std::string BuildText(std::string_view version, std::string_view source_digest);

// Of this program.
std::string ThisBuild();

}  // namespace oneup::sims
