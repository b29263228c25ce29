// SHA-256 (FIPS 180-4), to name a scenario by its content.
#pragma once

#include <string>
#include <string_view>

namespace oneup::sims {

// 64 lower-case hexadecimal digits, as sha256sum prints them.
std::string Sha256Hex(std::string_view bytes);

}  // namespace oneup::sims
