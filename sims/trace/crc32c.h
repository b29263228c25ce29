// CRC-32C (Castagnoli polynomial 0x1EDC6F41, reflected; RFC 3720 appendix B.4): detects
// every single flipped bit and every burst of up to 32 bits.
#pragma once

#include <cstdint>
#include <string_view>

namespace oneup::trace {

// CRC-32C of the bytes; with `crc`, of what gave that value followed by the bytes.
// Crc32c("123456789") is 0xE3069283. Uses the processor's instruction where there is one.
uint32_t Crc32c(std::string_view bytes, uint32_t crc = 0);

// The same in portable code: what Crc32c is where the processor has no instruction.
uint32_t Crc32cPortable(std::string_view bytes, uint32_t crc = 0);

}  // namespace oneup::trace
