// The server's answers to requests, without a network. tests/cli/serve_test.py has the rest.
#include "tools/server/site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "sims/scenario/files.h"
#include "tests/tools/server/asking.h"
#include "tools/server/traits.h"

namespace oneup::server {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

constexpr std::pair<std::string_view, std::string_view> kFiles[] = {
    {"index.html", "<!doctype html>"}, {"viewer.js", "1"}, {"a/b.css", "p{}"}};

const Site& TestSite() {
  static const auto* const site =
      new Site(TestLibrary(), Limits(),
               {.host = "127.0.0.1", .port = 1, .machine = "", .token = ""}, kFiles);
  return *site;
}

Response Ask(std::string method, std::string target, std::string body = "",
             std::string type = "application/json") {
  return TestSite().Handle({.method = std::move(method),
                            .target = std::move(target),
                            .headers = {{"Host", "localhost:1"}, {"Content-Type", type}},
                            .body = std::move(body)});
}

TEST(Site, HasTheFilesOfItsTableAndNoOther) {
  EXPECT_EQ(Ask("GET", "/").body, "<!doctype html>");
  EXPECT_EQ(Ask("GET", "/?x=1").content_type, "text/html; charset=utf-8");
  EXPECT_EQ(Ask("GET", "/viewer.js").content_type, "text/javascript; charset=utf-8");
  EXPECT_EQ(Ask("GET", "/a/b.css").body, "p{}");
  for (const char* const target : {"/index.html", "/a", "/a/", "/a/../viewer.js", "/./viewer.js",
                                   "//viewer.js", "/viewer.js%00", "/VIEWER.JS", "/ws2"}) {
    EXPECT_NE(Ask("GET", target).status, 200) << target;
  }
}

TEST(Site, EveryAnswerIsGuarded) {
  for (const char* const target : {"/", "/nothing", "/api/site", "/%"}) {
    const Response response = Ask("GET", target);
    std::string headers;
    for (const auto& [name, value] : response.headers) headers += name + ": " + value + "\n";
    EXPECT_THAT(headers, HasSubstr("default-src 'none'"));
    EXPECT_THAT(headers, HasSubstr("ws://localhost:1;"));
    EXPECT_THAT(headers, HasSubstr("nosniff"));
  }
  // What came from elsewhere is not repeated in a header.
  const Response stranger = TestSite().Handle(
      {.method = "GET", .target = "/", .headers = {{"Host", "evil.example"}}, .body = ""});
  EXPECT_EQ(stranger.status, 403);
  for (const auto& [name, value] : stranger.headers) {
    EXPECT_EQ(value.find("evil"), std::string::npos);
  }
}

TEST(Site, EveryErrorIsJsonWithOneLine) {
  for (const Response& response :
       {Ask("GET", "/nothing"), Ask("PUT", "/"), Ask("GET", "/api/check"),
        Ask("POST", "/api/check", "{}", "text/plain"), Ask("POST", "/api/check", "nonsense"),
        Ask("POST", "/api/textproto", R"({"scenario":"2025","lines":["a","b"]})"),
        Ask("POST", "/api/site"), Ask("GET", "/ws"), Ask("GET", "/api/scenario/none")}) {
    EXPECT_GE(response.status, 400);
    EXPECT_EQ(response.content_type, "application/json");
    const std::string error = json::parse(response.body).at("error");
    EXPECT_FALSE(error.empty());
    EXPECT_EQ(error.find('\n'), std::string::npos);
  }
}

TEST(Site, ABodyMayBeAnyJson) {
  const std::string deep(60'000, '[');
  for (const std::string& body :
       {deep, std::string("{\"lines\":") + deep, std::string("null"), std::string("[1]"),
        std::string(R"({"scenario":{"a":1}})"), std::string(R"({"lines":[1]})"),
        std::string(R"({"lines":["\ud800"]})"), std::string("{\"scenario\":\"\xff\"}"),
        std::string(R"({"seed":1e99})"), std::string(R"({"until":1})")}) {
    EXPECT_EQ(Ask("POST", "/api/check", body).status, 400) << body.substr(0, 50);
  }
}

TEST(Site, AForkAsTextIsTheForkThatRuns) {
  const std::string body =
      R"({"scenario":"autonomous","seed":7,"lines":["pin huang.fomo 0 from 2024-01-01",)"
      R"("drop tpu_leak","set son.site_wish 0.25"]})";
  const Response response = Ask("POST", "/api/textproto", body);
  ASSERT_EQ(response.status, 200) << response.body;
  const auto loaded = sims::LoadScenarioOrBuiltins({{"fork.textproto", response.body}});
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_EQ(loaded->proto.default_seed(), 7u);
  std::vector<v1::Intervention> lines;
  for (const char* const line :
       {"pin huang.fomo 0 from 2024-01-01", "drop tpu_leak", "set son.site_wish 0.25"}) {
    lines.push_back(*sims::ParseIntervention(line));
  }
  const auto changed = sims::Intervene(*TestLibrary().FindScenario("autonomous"), lines);
  v1::Scenario expected = changed->proto;
  v1::Scenario found = loaded->proto;
  for (v1::Scenario* const one : {&expected, &found}) {
    one->clear_name();
    one->clear_title();
    one->clear_default_seed();
    one->clear_imports();
  }
  EXPECT_EQ(found.SerializeAsString(), expected.SerializeAsString());
}

TEST(Traits, BothEndsOfEverySliderAreAllowedAndTheValueLiesBetween) {
  const sims::LoadedScenario& scenario = *TestLibrary().FindScenario("autonomous");
  const std::vector<Trait> traits = TraitsOf(scenario);
  EXPECT_GT(traits.size(), 40u);
  for (const Trait& trait : traits) {
    EXPECT_LT(trait.min, trait.max) << trait.path;
    for (const double value : {trait.min, trait.max, trait.value.value_or(trait.min)}) {
      EXPECT_LE(trait.min, value) << trait.path;
      EXPECT_GE(trait.max, value) << trait.path;
      const auto line =
          sims::ParseIntervention(trait.kind + " " + trait.path + " " + std::to_string(value));
      ASSERT_TRUE(line.ok()) << line.status();
      const auto changed = sims::Intervene(scenario, {*line});
      EXPECT_TRUE(changed.ok()) << changed.status();
    }
  }
  EXPECT_TRUE(TraitsOf(*TestLibrary().FindScenario("2025")).empty());
}

}  // namespace
}  // namespace oneup::server
