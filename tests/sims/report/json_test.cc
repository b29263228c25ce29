#include "sims/report/json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <string>

namespace oneup::sims {
namespace {

TEST(Json, WritesNestedValues) {
  JsonWriter json;
  json.Object().Key("a").Value(1).Key("b").Array().Value("x").Value(0.1).Value(true).Null();
  json.EndArray().Key("c").Object().EndObject().EndObject();
  EXPECT_EQ(json.text(), R"({"a":1,"b":["x",0.1,true,null],"c":{}})");
}

TEST(Json, IndentsByLevel) {
  JsonWriter json(2);
  json.Object().Key("a").Array().Value(1).Value(2).EndArray().Key("b").Array().EndArray();
  json.EndObject();
  EXPECT_EQ(json.text(), "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": []\n}");
}

TEST(Json, NumbersReadBackAsThemselves) {
  for (const double value : {0.0, -0.1, 1e-300, 1.0 / 3, 123456789.25, 5e300}) {
    EXPECT_EQ(std::strtod(FormatNumber(value).c_str(), nullptr), value);
  }
  JsonWriter json;
  json.Array().Value(NAN).Value(INFINITY).Value(int64_t{-9007199254740993}).EndArray();
  EXPECT_EQ(json.text(), "[null,null,-9007199254740993]");
}

TEST(Json, EscapesText) {
  JsonWriter json;
  json.Value("\"\\\n\t\x01\x7F \xD7\xA9 </script>");
  EXPECT_EQ(json.text(), "\"\\\"\\\\\\n\\t\\u0001\x7F \xD7\xA9 </script>\"");
}

TEST(Json, NothingEndsAScript) {
  JsonWriter json(0, JsonWriter::For::kScript);
  json.Value("</script><!--&\xE2\x80\xA8\xE2\x80\xA9");
  EXPECT_EQ(json.text(), "\"\\u003c/script\\u003e\\u003c!--\\u0026\\u2028\\u2029\"");
}

TEST(Json, InvalidUtf8IsReplaced) {
  // A lone continuation, an overlong slash, a surrogate, beyond the range, a cut.
  JsonWriter json;
  json.Value(
      "a\x80"
      "b\xC0\xAF"
      "c\xED\xA0\x80"
      "d\xF4\x90\x80\x80"
      "e\xE2\x82");
  std::string expected = "\"a";
  const int replaced[] = {1, 2, 3, 4, 2};
  for (int i = 0; i < 5; ++i) {
    for (int j = 0; j < replaced[i]; ++j) expected += "\xEF\xBF\xBD";
    if (i < 4) expected.push_back(static_cast<char>('b' + i));
  }
  EXPECT_EQ(json.text(), expected + "\"");
}

}  // namespace
}  // namespace oneup::sims
