#include "tools/server/site.h"

#include <google/protobuf/text_format.h>

#include <vector>

#include "absl/strings/str_cat.h"
#include "sims/scenario/files.h"
#include "sims/scenario/intervene.h"
#include "tools/server/fork.h"
#include "tools/server/site_json.h"

namespace oneup::server {
namespace {

constexpr std::string_view kApi = "/api/";

std::string TypeOf(std::string_view name) {
  constexpr std::pair<std::string_view, const char*> kTypes[] = {
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".svg", "image/svg+xml"},
  };
  for (const auto& [ending, type] : kTypes) {
    if (name.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

Response NotAllowed(std::string allowed) {
  Response response = Failure(405, absl::StrCat("method: allowed is ", allowed));
  response.headers.emplace_back("Allow", std::move(allowed));
  return response;
}

// The scenario of a trace, its interventions included, from the files in its header.
absl::StatusOr<sims::LoadedScenario> ScenarioOf(const v1::Header& header) {
  std::vector<sims::SourceText> files;
  std::vector<std::string> changes;
  for (const v1::SourceFile& file : header.scenario_files()) {
    if (file.name().starts_with("interventions ")) {
      changes.push_back(file.content());
    } else {
      files.push_back({file.name(), file.content()});
    }
  }
  if (files.empty()) return absl::NotFoundError("it names no files");
  auto scenario = sims::LoadScenarioOrBuiltins(files);
  for (const std::string& change : changes) {
    v1::Scenario added;
    if (!scenario.ok()) break;
    if (!google::protobuf::TextFormat::ParseFromString(change, &added)) {
      return absl::InvalidArgumentError("its interventions are no text of a scenario");
    }
    scenario =
        sims::Intervene(*scenario, {added.interventions().begin(), added.interventions().end()});
  }
  return scenario;
}

bool IsPost(const Request& request) { return request.method == "POST"; }
bool IsGet(const Request& request) { return request.method == "GET" || request.method == "HEAD"; }

}  // namespace

Site::Site(const Library& library, const Limits& limits, AccessRules rules, PageFiles files)
    : library_(library),
      limits_(limits),
      rules_(std::move(rules)),
      site_json_(SiteJson(library, limits)) {
  for (const auto& [name, bytes] : files) {
    // "index.html" is the page itself, "assets/a.js" what it asks for as /assets/a.js.
    const std::string path = name == "index.html" ? "/" : absl::StrCat("/", std::string(name));
    files_[path] = {TypeOf(name), bytes};
  }
  for (const Library::Scenario& scenario : library.scenarios()) {
    scenario_json_[scenario.name] = ScenarioJson(scenario.loaded);
  }
}

bool Site::TakesLong(const Request& request) {
  const std::optional<Target> target = ParseTarget(request.target);
  return target && (IsPost(request) || target->path.starts_with("/api/trace/"));
}

Response Site::Handle(const Request& request) const { return Guarded(Answer(request), request); }

Response Site::Guarded(Response response, const Request& request) const {
  const std::string_view host = request.Find("host").value_or("");
  Headers guards = SecurityHeaders(IsOwnHost(rules_, host) ? host : "");
  response.headers.insert(response.headers.end(), guards.begin(), guards.end());
  return response;
}

std::optional<Response> Site::Refused(const Request& request) const {
  std::optional<Response> refused = Checked(rules_, request, !IsGet(request));
  if (!refused) return std::nullopt;
  return Guarded(*std::move(refused), request);
}

std::optional<Response> Site::RefusedSocket(const Request& request) const {
  if (std::optional<Response> refused = Checked(rules_, request, true)) {
    return Guarded(*std::move(refused), request);
  }
  const std::optional<Target> target = ParseTarget(request.target);
  if (!target || target->path != "/ws") return Guarded(Failure(404, "no WebSocket here"), request);
  return std::nullopt;
}

Response Site::Answer(const Request& request) const {
  if (std::optional<Response> refused = Checked(rules_, request, !IsGet(request))) {
    return *std::move(refused);
  }
  const std::optional<Target> target = ParseTarget(request.target);
  if (!target) return Failure(400, "path: allowed is one such as /api/site");
  if (target->path.starts_with(kApi)) return Api(request, target->path.substr(kApi.size()));
  if (target->path == "/ws") return Failure(400, "/ws: allowed is a WebSocket");
  const auto file = files_.find(target->path);
  if (file == files_.end()) return Failure(404, "no such page");
  if (!IsGet(request)) return NotAllowed("GET, HEAD");
  return {
      .content_type = file->second.first, .body = std::string(file->second.second), .headers = {}};
}

Response Site::Api(const Request& request, const std::string& path) const {
  const bool posted = path == "check" || path == "textproto";
  if (posted) {
    if (!IsPost(request)) return NotAllowed("POST");
    const std::string_view type = request.Find("content-type").value_or("");
    if (!SameIgnoringCase(type.substr(0, type.find(';')), "application/json")) {
      return Failure(415, "content-type: allowed is application/json");
    }
    return path == "check" ? CheckFork(library_, limits_, request.body)
                           : ForkText(library_, limits_, request.body);
  }
  constexpr std::string_view kScenario = "scenario/";
  constexpr std::string_view kTrace = "trace/";
  constexpr std::string_view kOfTrace = "/scenario";
  if (path == "site") {
    return IsGet(request) ? JsonAnswer(site_json_) : NotAllowed("GET, HEAD");
  }
  if (path.starts_with(kScenario)) {
    const auto found = scenario_json_.find(path.substr(kScenario.size()));
    if (found == scenario_json_.end()) {
      return Failure(404, absl::StrCat("scenario: allowed are ", library_.ScenarioNames()));
    }
    return IsGet(request) ? JsonAnswer(found->second) : NotAllowed("GET, HEAD");
  }
  if (path.starts_with(kTrace) && path.ends_with(kOfTrace) &&
      path.size() > kTrace.size() + kOfTrace.size()) {
    const std::string name =
        path.substr(kTrace.size(), path.size() - kTrace.size() - kOfTrace.size());
    const TraceFile* const trace = library_.FindTrace(name);
    if (trace == nullptr) return Failure(404, "trace: no file of this name; /api/site lists them");
    return IsGet(request) ? TraceScenario(*trace) : NotAllowed("GET, HEAD");
  }
  return Failure(404, "no such question; docs/viewer.md lists them");
}

Response Site::TraceScenario(const TraceFile& trace) const {
  const std::lock_guard lock(mutex_);
  const auto known = trace_scenarios_.find(trace.name);
  if (known != trace_scenarios_.end()) return known->second;
  const auto scenario = ScenarioOf(trace.header);
  Response response = scenario.ok()
                          ? JsonAnswer(ScenarioJson(*scenario))
                          : Failure(404, absl::StrCat("the scenario of this trace cannot be read: ",
                                                      std::string(scenario.status().message())));
  return trace_scenarios_.emplace(trace.name, std::move(response)).first->second;
}

}  // namespace oneup::server
