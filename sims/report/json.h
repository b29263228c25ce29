// Writes JSON (RFC 8259), compact or indented: the same values give the same bytes.
//
//   JsonWriter json;
//   json.Object();
//   json.Key("seeds").Value(200);
//   json.Key("rows").Array();
//   for (...) json.Value(row);
//   json.EndArray();
//   json.EndObject();
//   std::puts(json.text().c_str());
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace oneup::sims {

// Shortest decimal that reads back as the same double: "0.1", "1e-07"; "NaN" and
// "inf" stay words (a caller decides how to show them).
std::string FormatNumber(double value);

class JsonWriter {
 public:
  enum class For {
    kFile,  // any UTF-8 as it is
    // Within <script> of a web page: '<', '>', '&' and the line separators U+2028 and
    // U+2029 are written as \u escapes, so that no text can end the script.
    kScript,
  };
  // indent: blanks a level; 0 writes one line.
  explicit JsonWriter(int indent = 0, For purpose = For::kFile)
      : indent_(indent), purpose_(purpose) {}

  JsonWriter& Object();
  JsonWriter& EndObject();
  JsonWriter& Array();
  JsonWriter& EndArray();
  JsonWriter& Key(std::string_view key);
  JsonWriter& Value(std::string_view text);  // invalid UTF-8 becomes U+FFFD
  JsonWriter& Value(const char* text) { return Value(std::string_view(text)); }
  JsonWriter& Value(const std::string& text) { return Value(std::string_view(text)); }
  JsonWriter& Value(double value);  // NaN and infinity, which JSON lacks, become null
  JsonWriter& Value(bool value);
  JsonWriter& Value(std::integral auto value) { return Raw(std::to_string(value)); }
  JsonWriter& Null() { return Raw("null"); }

  // What has been written; whole once every Object and Array is ended.
  const std::string& text() const { return text_; }

 private:
  JsonWriter& Open(char bracket);
  JsonWriter& Close(char bracket);
  JsonWriter& Raw(std::string_view text);
  void Separate();
  void NewLine();
  void Escape(std::string_view text);

  int indent_;
  For purpose_;
  std::string text_;
  std::vector<bool> empty_;  // of each open object or array
  bool after_key_ = false;
};

}  // namespace oneup::sims
