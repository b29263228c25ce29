// The frame of a trace file, shared by writer and reader: a record is the byte 0x0A
// (field 1 of message Trace, length-delimited), its length as a varint, its bytes.
// proto/oneup/v1/trace.proto is the whole of the format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace oneup::trace {

inline constexpr std::string_view kFormatName = "oneup.v1.Trace";
inline constexpr uint32_t kFormatVersion = 1;

inline constexpr char kRecordTag = 0x0A;
// Bytes that a writer puts between two checksums, unless one record alone is more. Small
// enough to stay in a processor's cache until it is checked; readers take up to kMaxBlock.
inline constexpr size_t kBlockSize = size_t{256} << 10;
inline constexpr size_t kMaxBlock = size_t{1} << 20;
// Of one record; only a header, with the scenario's files, comes near it. A parsed record can
// take 30 times the memory of its bytes if somebody means ill, so this is what bounds it.
inline constexpr size_t kMaxRecord = size_t{4} << 20;
// Tag and length of a record.
inline constexpr size_t kMaxFrame = 1 + 10;
// Blocks with records that a footer has room to index: 25 GB of them.
inline constexpr int kMaxBlocks = 100'000;
// At the end of the file: tag and footer_offset, tag and crc32c.
inline constexpr size_t kTailSize = 9 + 5;
inline constexpr size_t kDigestSize = 16;
// Body field numbers fit below this.
inline constexpr size_t kMaxKind = 64;

// A compressed file is one zstd frame and a guard, since zstd does not notice every flipped
// bit: a skippable frame, which every zstd program passes over, of 4 bytes that are the
// CRC-32C of all bytes of the file before them (little-endian).
inline constexpr std::string_view kGuardHead{"\x51\x2a\x4d\x18\x04\0\0\0", 8};
inline constexpr size_t kGuardSize = 12;

// Writes a varint (at most 10 bytes); returns the end.
inline char* PutVarint(uint64_t value, char* to) {
  while (value >= 0x80) {
    *to++ = static_cast<char>(value | 0x80);
    value >>= 7;
  }
  *to++ = static_cast<char>(value);
  return to;
}

}  // namespace oneup::trace
