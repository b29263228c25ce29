// Who may ask the server anything. A page of another site must not: neither by a name that it has
// made to point at this machine (DNS rebinding: the Host header tells), nor by its visitors'
// browsers (the Origin header tells). From another machine only who knows the token.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tools/server/http.h"

namespace oneup::server {

struct AccessRules {
  // The host that it is bound to, without brackets: "127.0.0.1", "::1", "viewer.example.org".
  std::string host;
  // The address of that host; an address cannot be rebound. Empty: the host is one.
  std::string address = {};
  uint16_t port = 0;
  // Bound to a loopback address: then 127.0.0.1, localhost and ::1 are its names.
  bool loopback = true;
  // Bound to all addresses of the machine: then any address is its name, and the machine's own
  // name.
  bool any_address = false;
  std::string machine;  // that name
  // Empty: none is needed.
  std::string token;
};

// Whether it is what the rules' server is called, with its port: the value of a Host header.
bool IsOwnHost(const AccessRules& rules, std::string_view host);

// Nothing: the request may be answered. Else the answer that turns it down, or that keeps the
// token of its query in a cookie and asks again without it (so that nobody copies it on with the
// address of a view). needs_origin: the request changes or
// opens something (POST, WebSocket), so that other sites' pages must not make it.
std::optional<Response> Checked(const AccessRules& rules, const Request& request,
                                bool needs_origin);

// Whether they are equal; takes as long whatever they have in common.
bool SameSecret(std::string_view a, std::string_view b);

// 32 hexadecimal digits from the system's random numbers.
std::string NewToken();
// One line says what a token must be.
std::optional<std::string> WrongWithToken(std::string_view token);

// The cookie that holds the token; others servers' of the machine have other names.
std::string CookieName(const AccessRules& rules);

// What every response carries: the content security policy and its like. host: the request's, known
// to be the server's own.
Headers SecurityHeaders(std::string_view host);

}  // namespace oneup::server
