#include "tools/server/access.h"

#include <arpa/inet.h>
#include <sys/random.h>

#include <array>
#include <cstdlib>
#include <vector>

#include "absl/strings/str_cat.h"

namespace oneup::server {
namespace {

// An address in the one form that equal addresses have; empty for what is none.
std::string AddressIn(const std::string& text) {
  std::array<unsigned char, 16> bytes;
  std::array<char, INET6_ADDRSTRLEN> form;
  for (const int family : {AF_INET, AF_INET6}) {
    if (::inet_pton(family, text.c_str(), bytes.data()) != 1) continue;
    return ::inet_ntop(family, bytes.data(), form.data(), form.size());
  }
  return "";
}

// "[::1]:8025" is ::1 and 8025; without a port it is HTTP's.
struct HostAndPort {
  std::string host;
  std::string port = "80";
};
std::optional<HostAndPort> Split(std::string_view text) {
  HostAndPort parts;
  std::string_view rest = text;
  if (text.starts_with('[')) {
    const size_t end = text.find(']');
    if (end == text.npos) return std::nullopt;
    parts.host = text.substr(1, end - 1);
    rest = text.substr(end + 1);
    if (parts.host.find(':') == std::string::npos) return std::nullopt;
  } else {
    parts.host = text.substr(0, text.find(':'));
    rest = text.substr(parts.host.size());
  }
  if (!rest.empty()) {
    if (rest[0] != ':' || rest.size() < 2) return std::nullopt;
    parts.port = rest.substr(1);
  }
  if (parts.host.empty()) return std::nullopt;
  return parts;
}

// A page of this very server: what its address line shows before the path.
bool IsOwnOrigin(std::string_view origin, std::string_view host) {
  constexpr std::string_view kScheme = "http://";
  return origin.starts_with(kScheme) && SameIgnoringCase(origin.substr(kScheme.size()), host);
}

// The token that a request shows: of its Authorization, else of its cookie.
std::string_view ShownToken(const AccessRules& rules, const Request& request) {
  constexpr std::string_view kBearer = "Bearer ";
  const auto authorization = request.Find("authorization");
  if (authorization && authorization->starts_with(kBearer)) {
    return authorization->substr(kBearer.size());
  }
  const std::string name = CookieName(rules) + "=";
  std::string_view cookies = request.Find("cookie").value_or("");
  while (!cookies.empty()) {
    std::string_view cookie = cookies.substr(0, cookies.find(';'));
    cookies.remove_prefix(std::min(cookies.size(), cookie.size() + 1));
    while (cookie.starts_with(' ')) cookie.remove_prefix(1);
    if (cookie.starts_with(name)) return cookie.substr(name.size());
  }
  return "";
}

// The target again, without the token.
std::string WithoutToken(std::string_view target) {
  const size_t mark = target.find('?');
  std::string without(target.substr(0, mark));
  if (mark == target.npos) return without;
  char between = '?';
  std::string_view rest = target.substr(mark + 1);
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    // Read as the query is, whatever of it is escaped.
    const std::optional<Target> alone = ParseTarget(absl::StrCat("/?", std::string(pair)));
    if (!alone || alone->query.empty() || alone->query[0].first == "token") continue;
    without += between;
    without += pair;
    between = '&';
  }
  return without;
}

// The answer to who opens the page by an address with the right token.
std::optional<Response> TakenToken(const AccessRules& rules, const Request& request) {
  if (request.method != "GET") return std::nullopt;
  const std::optional<Target> target = ParseTarget(request.target);
  if (!target || target->path != "/") return std::nullopt;
  for (const auto& [key, value] : target->query) {
    if (key != "token" || !SameSecret(value, rules.token)) continue;
    Response response;
    response.status = 303;
    // Lax, not Strict: an address that is clicked in a mail or on a course's page must open. What
    // other sites could do with the cookie the Origin header prevents.
    response.headers = {{"Location", WithoutToken(request.target)},
                        {"Set-Cookie", absl::StrCat(CookieName(rules), "=", rules.token,
                                                    "; Path=/; HttpOnly; SameSite=Lax")}};
    return response;
  }
  return std::nullopt;
}

std::optional<Response> CheckedToken(const AccessRules& rules, const Request& request) {
  if (rules.token.empty()) return std::nullopt;
  if (std::optional<Response> taken = TakenToken(rules, request)) return taken;
  if (SameSecret(ShownToken(rules, request), rules.token)) return std::nullopt;
  return Failure(401, "a token is needed: open the address that `oneup serve` has printed");
}

}  // namespace

bool IsOwnHost(const AccessRules& rules, std::string_view host) {
  const std::optional<HostAndPort> parts = Split(host);
  if (!parts || parts->port != std::to_string(rules.port)) return false;
  if (SameIgnoringCase(parts->host, rules.host)) return true;
  if (rules.loopback || rules.any_address) {
    for (const char* const own : {"127.0.0.1", "localhost", "::1"}) {
      if (SameIgnoringCase(parts->host, own)) return true;
    }
  }
  const std::string address = AddressIn(parts->host);
  if (rules.any_address) {
    return !address.empty() ||
           (!rules.machine.empty() && SameIgnoringCase(parts->host, rules.machine));
  }
  return !address.empty() &&
         address == AddressIn(rules.address.empty() ? rules.host : rules.address);
}

std::optional<Response> Checked(const AccessRules& rules, const Request& request,
                                bool needs_origin) {
  const std::string_view host = request.Find("host").value_or("");
  if (!IsOwnHost(rules, host)) {
    return Failure(403,
                   "this server is not called so: open the address that `oneup serve` has "
                   "printed");
  }
  const auto origin = request.Find("origin");
  const auto site = request.Find("sec-fetch-site");
  const bool other_origin = origin && !IsOwnOrigin(*origin, host);
  const bool other_site = site && *site != "same-origin" && *site != "none";
  if (needs_origin && (other_origin || other_site)) {
    return Failure(403, "pages of other sites may not ask this server");
  }
  return CheckedToken(rules, request);
}

bool SameSecret(std::string_view a, std::string_view b) {
  // The length is no secret.
  if (a.size() != b.size()) return false;
  volatile unsigned char difference = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    difference = static_cast<unsigned char>(difference | (a[i] ^ b[i]));
  }
  return difference == 0;
}

std::string NewToken() {
  std::array<unsigned char, 16> bytes;
  // At most 256 bytes come at once and whole; the system has random numbers soon after its start.
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    std::abort();
  }
  constexpr char kDigits[] = "0123456789abcdef";
  std::string token;
  for (const unsigned char byte : bytes) {
    token += kDigits[byte >> 4];
    token += kDigits[byte & 15];
  }
  return token;
}

std::optional<std::string> WrongWithToken(std::string_view token) {
  constexpr std::string_view kAllowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
  if (token.size() >= 16 && token.size() <= 128 &&
      token.find_first_not_of(kAllowed) == token.npos) {
    return std::nullopt;
  }
  return "--token: allowed are 16 to 128 letters, digits, '-' and '_'";
}

std::string CookieName(const AccessRules& rules) { return absl::StrCat("oneup_", rules.port); }

Headers SecurityHeaders(std::string_view host) {
  // Some browsers do not count a WebSocket as 'self'.
  const std::string socket = host.empty() ? "" : absl::StrCat(" ws://", std::string(host));
  return {
      {"Content-Security-Policy",
       absl::StrCat("default-src 'none'; script-src 'self'; style-src 'self'; "
                    "img-src 'self' data: blob:; connect-src 'self'",
                    socket, "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cache-Control", "no-store"},
  };
}

}  // namespace oneup::server
