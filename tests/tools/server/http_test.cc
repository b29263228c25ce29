#include "tools/server/http.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oneup::server {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

TEST(ParseTarget, TakesPathAndQueryApartAndDecodesBoth) {
  const auto target = ParseTarget("/api/trace/a%20b.binpb?token=x%26y&z&=1");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/api/trace/a b.binpb");
  EXPECT_THAT(target->query, ElementsAre(Pair("token", "x&y"), Pair("z", ""), Pair("", "1")));
}

TEST(ParseTarget, RefusesWhatIsNoPath) {
  for (const char* const target :
       {"", "x", "http://host/", "*", "/%", "/%2", "/%zz", "/%00", "/a%0ab", "/a\tb", "/?x=%"}) {
    EXPECT_FALSE(ParseTarget(target)) << target;
  }
}

TEST(Request, AHeaderThatComesTwiceMatchesNothing) {
  Request request;
  request.headers = {{"Host", "a"}, {"Origin", "b"}, {"hOST", "c"}};
  EXPECT_EQ(request.Find("host"), "");
  EXPECT_EQ(request.Find("origin"), "b");
  EXPECT_FALSE(request.Find("cookie"));
}

TEST(Failure, IsJsonWhateverTheMessage) {
  const Response response = Failure(404, "no \"x\"\n\xff");
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.body, "{\"error\":\"no \\\"x\\\"\\n\xEF\xBF\xBD\"}");
}

}  // namespace
}  // namespace oneup::server
