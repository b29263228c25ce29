// The server's answers to HTTP, without a network: the page's files, the API, and nothing else.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "tools/server/access.h"
#include "tools/server/http.h"
#include "tools/server/library.h"
#include "tools/server/limits.h"

namespace oneup::server {

// Names and bytes of the page's files ("index.html"); they outlive the site.
using PageFiles = std::span<const std::pair<std::string_view, std::string_view>>;

class Site {
 public:
  // The library outlives it.
  Site(const Library& library, const Limits& limits, AccessRules rules, PageFiles files);

  // Answers any request; from any thread.
  Response Handle(const Request& request) const;
  // Whether that may take more than a millisecond.
  static bool TakesLong(const Request& request);

  // Nothing: the request may be answered. Else the answer that turns it down, which costs nothing.
  std::optional<Response> Refused(const Request& request) const;
  // The same of one that would open a WebSocket.
  std::optional<Response> RefusedSocket(const Request& request) const;
  // An answer of another's making, with the headers that all have.
  Response Guarded(Response response, const Request& request) const;

 private:
  Response Answer(const Request& request) const;
  Response Api(const Request& request, const std::string& path) const;
  Response TraceScenario(const TraceFile& trace) const;

  const Library& library_;
  const Limits limits_;
  const AccessRules rules_;
  std::map<std::string, std::pair<std::string, std::string_view>, std::less<>> files_;
  const std::string site_json_;
  std::map<std::string, std::string, std::less<>> scenario_json_;
  // Of traces, made when they are first asked for.
  mutable std::mutex mutex_;
  mutable std::map<std::string, Response, std::less<>> trace_scenarios_;
};

}  // namespace oneup::server
