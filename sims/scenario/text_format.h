// Reading the text of one file, a scenario's or an experiment's: protobuf text format, made safe.
// The library's parser stops at the first error, has no useful depth limit, and takes nan, inf,
// octal numbers, bad UTF-8 and an empty file; here each of these is a problem with its place, and
// unknown names and values are all reported, with the nearest known one.
#pragma once

#include <google/protobuf/text_format.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "oneup/v1/scenario.pb.h"
#include "sims/scenario/problem.h"
#include "sims/scenario/scenario.h"

namespace oneup::sims {

// Where each field of a scenario is written, by its path: events[3].terms.capacity_gw.
class LocationMap {
 public:
  void Set(const std::string& path, SourceLocation location);
  // The place of a field, or of the nearest field around it that is written.
  SourceLocation Find(std::string_view path) const;
  // The path of the field that is written at a place; empty if there is none.
  std::string PathAt(const SourceLocation& location) const;
  // Where everything else is sought.
  void set_default_file(std::string name) { default_file_ = std::move(name); }

 private:
  std::map<std::string, SourceLocation, std::less<>> locations_;
  std::string default_file_;
};

// Greatest size of one file, bytes.
inline constexpr size_t kMaxFileSize = 16 << 20;

// What the reading of one file tells beside its message.
struct ParsedText {
  google::protobuf::TextFormat::ParseInfoTree tree;
  // False if reading stopped at an error: what comes after it is not in the message.
  bool complete = false;
  // Fields whose value could not be read: the message holds another in its place.
  std::vector<SourceLocation> stand_ins;
};

// Parses one file into *message, of any type, adding to *problems.
std::unique_ptr<ParsedText> ParseText(const SourceText& file, google::protobuf::Message* message,
                                      std::vector<Problem>* problems);

// Adds to *locations the place of each field of a parsed message, to *problems what only the text
// shows (octal numbers). Repeated fields of the whole come after those in `merged_so_far`.
void LocateFields(const SourceText& file, const google::protobuf::Message& message,
                  const ParsedText& parsed, const google::protobuf::Message& merged_so_far,
                  LocationMap* locations, std::vector<Problem>* problems);

// A scenario's file as parsed, not yet merged.
struct ParsedFile {
  v1::Scenario message;
  std::unique_ptr<ParsedText> text;
};
ParsedFile ParseScenarioText(const SourceText& file, std::vector<Problem>* problems);

// Merges a parsed file into *scenario: repeated fields are appended, other fields win over
// what was there. Adds to *locations the place of each field in the merged scenario, and
// to *problems what only the text shows (octal numbers).
void MergeScenario(const SourceText& file, const ParsedFile& parsed, v1::Scenario* scenario,
                   LocationMap* locations, std::vector<Problem>* problems);

// Offset of the first byte that is not UTF-8, or npos.
size_t FindBadUtf8(std::string_view text);

}  // namespace oneup::sims
