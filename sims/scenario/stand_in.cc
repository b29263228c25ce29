#include "sims/scenario/stand_in.h"

#include <algorithm>

namespace oneup::sims {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool IsWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.' || c == '+' || c == '-';
}

// The offset after the token that begins at `begin`.
size_t TokenEnd(std::string_view text, size_t begin) {
  if (begin >= text.size()) return begin;
  const char quote = text[begin];
  if (quote == '"' || quote == '\'') {
    for (size_t i = begin + 1; i < text.size() && text[i] != '\n'; ++i) {
      if (text[i] == '\\') {
        ++i;
      } else if (text[i] == quote) {
        return i + 1;
      }
    }
    return begin;  // it never ends: nothing can stand in for it
  }
  size_t end = begin;
  while (end < text.size() && IsWord(text[end])) ++end;
  return end;
}

// The offset of the name of the field whose value begins at `begin`.
size_t FieldOf(std::string_view text, size_t begin) {
  size_t at = begin;
  while (at > 0 && IsBlank(text[at - 1])) --at;
  if (at == 0 || text[at - 1] != ':') return begin;
  --at;
  while (at > 0 && IsBlank(text[at - 1])) --at;
  while (at > 0 && IsWord(text[at - 1])) --at;
  return at;
}

bool Begins(const std::string& message, std::string_view words) {
  return message.compare(0, words.size(), words) == 0;
}

}  // namespace

std::optional<std::string> QuotedPart(const std::string& message, int n) {
  size_t at = 0;
  for (int i = 0;; ++i) {
    const size_t open = message.find('"', at);
    const size_t close = open == std::string::npos ? open : message.find('"', open + 1);
    if (close == std::string::npos) return std::nullopt;
    if (i == n) return message.substr(open + 1, close - open - 1);
    at = close + 1;
  }
}

std::optional<StandIn> FindStandIn(std::string_view text, size_t offset, const std::string& message,
                                   int enum_number) {
  StandIn found;
  if (Begins(message, "Unknown enumeration value of") ||
      Begins(message, "Invalid value for boolean field")) {
    // The parser has gone on to the next token.
    const bool is_enum = Begins(message, "Unknown");
    const std::optional<std::string> word = QuotedPart(message, is_enum ? 0 : 1);
    if (!word || word->empty() || offset < word->size()) return std::nullopt;
    found.begin = text.rfind(*word, offset - word->size());
    if (found.begin == std::string_view::npos) return std::nullopt;
    found.end = found.begin + word->size();
    found.value = is_enum ? std::to_string(enum_number) : "0";
  } else if (Begins(message, "Expected integer") || Begins(message, "Expected double") ||
             Begins(message, "Integer out of range")) {
    found.begin = offset;
    found.end = TokenEnd(text, offset);
    found.value = "1";
  } else {
    return std::nullopt;
  }
  if (found.end - found.begin < found.value.size()) return std::nullopt;
  found.value.resize(found.end - found.begin, ' ');
  found.field = FieldOf(text, found.begin);
  return found;
}

}  // namespace oneup::sims
