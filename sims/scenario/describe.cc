#include "sims/scenario/describe.h"

#include <google/protobuf/descriptor.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace oneup::sims {
namespace {

size_t Characters(std::string_view text) {
  size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

const char* SeasonOf(std::string_view month) {
  // The season that begins in or covers the month, in the northern hemisphere.
  const int number = (month[0] - '0') * 10 + (month[1] - '0');
  return number == 12 || number <= 2 ? "winter"
         : number <= 5               ? "spring"
         : number <= 8               ? "summer"
                                     : "autumn";
}

}  // namespace

std::string EnumWords(const google::protobuf::EnumDescriptor& type, int value) {
  const google::protobuf::EnumValueDescriptor* named = type.FindValueByNumber(value);
  if (named == nullptr) return absl::StrCat(value);
  // Every type's first value is its own name and this word.
  constexpr std::string_view kNone = "UNSPECIFIED";
  const size_t prefix = type.value(0)->name().size() - kNone.size();
  return absl::StrReplaceAll(absl::AsciiStrToLower(named->name().substr(prefix)), {{"_", " "}});
}

std::string DateText(const v1::Event& event) {
  const std::string& date = event.date();
  if (event.precision() == v1::PRECISION_APPROXIMATE) return "about " + date;
  if (event.precision() == v1::PRECISION_SEASON && date.size() == 7) {
    return absl::StrCat(SeasonOf(std::string_view(date).substr(5)), " ", date.substr(0, 4));
  }
  return date;
}

std::vector<std::string> WrapText(std::string_view text, size_t width) {
  std::vector<std::string> lines;
  std::string line;
  size_t length = 0;
  while (!text.empty()) {
    const size_t space = text.find(' ');
    const std::string_view word = text.substr(0, space);
    text = space == std::string_view::npos ? std::string_view{} : text.substr(space + 1);
    if (word.empty()) continue;
    const size_t characters = Characters(word);
    if (!line.empty() && length + 1 + characters > width) {
      lines.push_back(std::move(line));
      line.clear();
      length = 0;
    }
    if (!line.empty()) {
      line += ' ';
      ++length;
    }
    line += word;
    length += characters;
  }
  if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

}  // namespace oneup::sims
