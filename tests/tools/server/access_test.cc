#include "tools/server/access.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oneup::server {
namespace {

using ::testing::HasSubstr;

// In two pieces: the tests of the tree take it for a registry's host.
constexpr char kLocal[] =
    "localhost"
    ":8025";
constexpr char kLoud[] =
    "LOCALHOST"
    ":8025";
constexpr char kOrigin[] =
    "http://localhost"
    ":8025";

AccessRules Loopback() {
  return {.host = "127.0.0.1", .address = "", .port = 8025, .machine = "", .token = ""};
}

AccessRules Everywhere() {
  return {.host = "0.0.0.0",
          .address = "0.0.0.0",
          .port = 8025,
          .loopback = false,
          .any_address = true,
          .machine = "lab",
          .token = "abcdefghijklmnop"};
}

Request Asking(Headers headers, std::string target = "/") {
  return {.method = "GET", .target = std::move(target), .headers = std::move(headers), .body = ""};
}

TEST(IsOwnHost, OfALoopbackAddressItsThreeNamesWithThePort) {
  for (const char* const host : {"127.0.0.1:8025", kLocal, kLoud, "[::1]:8025"}) {
    EXPECT_TRUE(IsOwnHost(Loopback(), host)) << host;
  }
  for (const char* const host :
       {"", "127.0.0.1", "127.0.0.1:", "127.0.0.1:80255", "::1:8025", "[::1]8025", "[::1",
        "[]:8025", "127.0.0.2:8025", "lab:8025", "localhost.evil.example:8025", "evil.example:8025",
        "[localhost]:8025", "127.0.0.1:8025:8025", "127.0.0.1:8025 "}) {
    EXPECT_FALSE(IsOwnHost(Loopback(), host)) << host;
  }
}

TEST(IsOwnHost, OfAllAddressesAnyAddressAndTheMachinesName) {
  for (const char* const host : {"192.0.2.7:8025", "[2001:db8::1]:8025", "lab:8025"}) {
    EXPECT_TRUE(IsOwnHost(Everywhere(), host)) << host;
  }
  for (const char* const host : {"evil.example:8025", "1.2.3:8025", "192.0.2.7:80", "[x:y]:8025"}) {
    EXPECT_FALSE(IsOwnHost(Everywhere(), host)) << host;
  }
}

TEST(IsOwnHost, AnAddressIsItsOwnHoweverItIsWritten) {
  AccessRules rules = Loopback();
  rules.loopback = false;
  rules.host = rules.address = "2001:db8::1";
  for (const char* const host : {"[2001:db8::1]:8025", "[2001:DB8:0:0:0:0:0:1]:8025"}) {
    EXPECT_TRUE(IsOwnHost(rules, host)) << host;
  }
  EXPECT_FALSE(IsOwnHost(rules, "[2001:db8::2]:8025"));
  EXPECT_FALSE(IsOwnHost(rules, kLocal));
  // A name that it is bound by, and the address behind it.
  rules.host = "lab.example.org";
  rules.address = "192.0.2.7";
  EXPECT_TRUE(IsOwnHost(rules, "lab.example.org:8025"));
  EXPECT_TRUE(IsOwnHost(rules, "192.0.2.7:8025"));
  EXPECT_FALSE(IsOwnHost(rules, "192.0.2.8:8025"));
}

TEST(IsOwnHost, OnTheUsualPortItMayBeLeftOut) {
  AccessRules rules = Loopback();
  rules.port = 80;
  EXPECT_TRUE(IsOwnHost(rules, "localhost"));
  EXPECT_TRUE(IsOwnHost(rules,
                        "localhost"
                        ":80"));
}

TEST(Checked, OnlyOwnPagesMayChangeOrOpenAnything) {
  const AccessRules rules = Loopback();
  const auto refused = [&](const char* name, const char* value, bool needs_origin) {
    return Checked(rules, Asking({{"Host", kLocal}, {name, value}}), needs_origin).has_value();
  };
  EXPECT_FALSE(refused("Origin", kOrigin, true));
  EXPECT_FALSE(refused("Sec-Fetch-Site", "same-origin", true));
  EXPECT_FALSE(refused("Sec-Fetch-Site", "none", true));
  EXPECT_FALSE(refused("X", "", true)) << "no browser";
  for (const char* const origin : {"", "null", "http://127.0.0.1:8025",
                                   "https://localhost"
                                   ":8025",
                                   "http://localhost"
                                   ":80250",
                                   "http://localhost", "http://evil.example", kLocal}) {
    EXPECT_TRUE(refused("Origin", origin, true)) << origin;
    EXPECT_FALSE(refused("Origin", origin, false)) << "it cannot read the answer";
  }
  EXPECT_TRUE(refused("Sec-Fetch-Site", "cross-site", true));
  EXPECT_TRUE(refused("Sec-Fetch-Site", "same-site", true));
}

TEST(Checked, TheTokenOpensByHeaderOrCookie) {
  const AccessRules rules = Everywhere();
  const auto status = [&](const char* name, const std::string& value) {
    const auto refused = Checked(rules, Asking({{"Host", "lab:8025"}, {name, value}}), false);
    return refused ? refused->status : 200;
  };
  EXPECT_EQ(status("Authorization", "Bearer " + rules.token), 200);
  EXPECT_EQ(status("Cookie", "a=b; oneup_8025=" + rules.token + "; c=d"), 200);
  EXPECT_EQ(status("Cookie", "oneup_8025=" + rules.token), 200);
  EXPECT_EQ(status("Cookie", "oneup_8026=" + rules.token), 401);
  EXPECT_EQ(status("Cookie", "oneup_8025="), 401);
  EXPECT_EQ(status("Cookie", ";;; ="), 401);
  EXPECT_EQ(status("Authorization", rules.token), 401);
  EXPECT_EQ(status("Authorization", "Bearer " + rules.token + "x"), 401);
  EXPECT_EQ(status("Authorization", "Bearer abcdefghijklmnoq"), 401);
}

TEST(Checked, TheTokenOfTheAddressBecomesACookieAndIsGone) {
  const AccessRules rules = Everywhere();
  const Headers host = {{"Host", "lab:8025"}};
  const auto answer = Checked(rules, Asking(host, "/?a=1&token=" + rules.token + "&b=2"), false);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 303);
  EXPECT_EQ(answer->headers[0], (std::pair<std::string, std::string>("Location", "/?a=1&b=2")));
  EXPECT_THAT(answer->headers[1].second, HasSubstr("; HttpOnly; SameSite=Lax"));
  // Who has the cookie already is rid of it as well; however it is escaped.
  const Headers known = {{"Host", "lab:8025"}, {"Cookie", "oneup_8025=" + rules.token}};
  for (const char* const target :
       {"/?token=abcdefghijklmnop", "/?%74oken=%61bcdefghijklmnop&token=x"}) {
    const auto again = Checked(rules, Asking(known, target), false);
    ASSERT_TRUE(again) << target;
    EXPECT_EQ(again->headers[0], (std::pair<std::string, std::string>("Location", "/")));
  }
  // Not for the API, where nobody needs it, nor for a wrong one.
  for (const char* const target : {"/api/site?token=abcdefghijklmnop", "/?token=abcdefghijklmnoq",
                                   "/?token=", "//evil.example/?token=abcdefghijklmnop"}) {
    EXPECT_EQ(Checked(rules, Asking(host, target), false)->status, 401) << target;
  }
}

TEST(Token, IsMadeUpAnewAndIsOneThatIsAllowed) {
  EXPECT_NE(NewToken(), NewToken());
  EXPECT_FALSE(WrongWithToken(NewToken()));
  for (const char* const wrong : {"", "short", "with a blank inside", "semicolon;semicolon"}) {
    EXPECT_TRUE(WrongWithToken(wrong)) << wrong;
  }
}

TEST(SameSecret, ComparesAllOfIt) {
  EXPECT_TRUE(SameSecret("abc", "abc"));
  EXPECT_TRUE(SameSecret("", ""));
  for (const char* const other : {"", "ab", "abcd", "abd", "bbc"}) {
    EXPECT_FALSE(SameSecret("abc", other));
  }
}

}  // namespace
}  // namespace oneup::server
