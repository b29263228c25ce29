// Requests and responses of HTTP as plain data, so that what answers them knows no network and can
// be fuzzed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oneup::server {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method;  // "GET"
  std::string target;  // "/api/site?token=x", as it came
  Headers headers;
  std::string body;

  // The value of a header, its name in any case; nothing if it is not there. Twice is as a value
  // that nothing matches: "".
  std::optional<std::string_view> Find(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::string content_type;
  std::string body;
  Headers headers;  // beyond content type and length
};

// A target, taken apart.
struct Target {
  std::string path;                                        // decoded
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in order
};
// Nothing for what is no path from the root, has a bad escape, or a control character in it.
std::optional<Target> ParseTarget(std::string_view target);

bool SameIgnoringCase(std::string_view a, std::string_view b);

// {"error": message}, as JSON.
Response Failure(int status, std::string_view message);
Response JsonAnswer(std::string body);

// "Not Found"
std::string_view ReasonOf(int status);

}  // namespace oneup::server
