#include "tools/server/http.h"

#include <algorithm>

#include "sims/report/json.h"

namespace oneup::server {
namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = Lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::optional<std::string> Decoded(std::string_view text) {
  std::string decoded;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = HexDigit(text[i + 1]);
      const int low = HexDigit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(16 * high + low);
      i += 2;
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return std::nullopt;
    decoded += c;
  }
  return decoded;
}

}  // namespace

bool SameIgnoringCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, Lower, Lower);
}

std::optional<std::string_view> Request::Find(std::string_view name) const {
  std::optional<std::string_view> found;
  for (const auto& [key, value] : headers) {
    if (!SameIgnoringCase(key, name)) continue;
    if (found) return "";
    found = value;
  }
  return found;
}

std::optional<Target> ParseTarget(std::string_view target) {
  if (!target.starts_with('/')) return std::nullopt;
  const size_t mark = target.find('?');
  const std::optional<std::string> path = Decoded(target.substr(0, mark));
  if (!path) return std::nullopt;
  Target parsed{.path = *path, .query = {}};
  if (mark == target.npos) return parsed;
  std::string_view rest = target.substr(mark + 1);
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const size_t equals = std::min(pair.find('='), pair.size());
    const auto key = Decoded(pair.substr(0, equals));
    const auto value = Decoded(pair.substr(std::min(pair.size(), equals + 1)));
    if (!key || !value) return std::nullopt;
    parsed.query.emplace_back(*key, *value);
  }
  return parsed;
}

Response JsonAnswer(std::string body) {
  return {.content_type = "application/json", .body = std::move(body), .headers = {}};
}

Response Failure(int status, std::string_view message) {
  sims::JsonWriter json;
  json.Object().Key("error").Value(message).EndObject();
  Response response = JsonAnswer(json.text());
  response.status = status;
  return response;
}

std::string_view ReasonOf(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 303:
      return "See Other";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 413:
      return "Payload Too Large";
    case 415:
      return "Unsupported Media Type";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 503:
      return "Service Unavailable";
    default:
      return status < 500 ? "Refused" : "Internal Server Error";
  }
}

}  // namespace oneup::server
