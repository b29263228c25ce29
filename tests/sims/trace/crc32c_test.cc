#include "sims/trace/crc32c.h"

#include <gtest/gtest.h>

#include <string>

namespace oneup::trace {
namespace {

struct Vector {
  std::string bytes;
  uint32_t crc;
};

TEST(Crc32c, GivesThePublishedValues) {
  std::string ascending;
  for (char byte = 0; byte < 32; ++byte) ascending += byte;
  const Vector vectors[] = {
      {"", 0},
      {"123456789", 0xE3069283},  // the check value of every catalogue of CRCs
      // RFC 3720, appendix B.4
      {std::string(32, '\0'), 0x8A9136AA},
      {std::string(32, '\xff'), 0x62A8AB43},
      {ascending, 0x46DD794E},
  };
  for (const Vector& vector : vectors) {
    EXPECT_EQ(Crc32c(vector.bytes), vector.crc);
    EXPECT_EQ(Crc32cPortable(vector.bytes), vector.crc);
  }
}

TEST(Crc32c, IsTheSameWithAndWithoutTheInstructionAndInPieces) {
  std::string bytes;
  for (size_t length = 0; length < 70; ++length) {
    for (size_t cut = 0; cut <= length; ++cut) {
      const std::string_view all = bytes;
      const uint32_t crc = Crc32c(all);
      EXPECT_EQ(crc, Crc32cPortable(all));
      EXPECT_EQ(crc, Crc32c(all.substr(cut), Crc32c(all.substr(0, cut))));
      EXPECT_EQ(crc, Crc32cPortable(all.substr(cut), Crc32cPortable(all.substr(0, cut))));
    }
    bytes += static_cast<char>(length * 37 + length * length);
  }
}

}  // namespace
}  // namespace oneup::trace
