#include "tools/server/site_json.h"

#include <google/protobuf/util/json_util.h>

#include <nlohmann/json.hpp>
#include <set>

#include "absl/strings/str_cat.h"
#include "agents/mind/rules/rules.h"
#include "oneup/version.h"
#include "sims/compare/result.h"
#include "sims/provenance/build.h"
#include "sims/scenario/describe.h"
#include "sims/scenario/intervene.h"
#include "tools/server/traits.h"

namespace oneup::server {
namespace {

using Json = nlohmann::ordered_json;

// A text of a file's need not be UTF-8.
std::string Dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string StatusText(v1::EvidenceStatus status) {
  switch (status) {
    case v1::EVIDENCE_STATUS_ARTICLE:
      return "article";
    case v1::EVIDENCE_STATUS_VERIFIED:
      return "verified";
    case v1::EVIDENCE_STATUS_RECALLED:
      return "recalled";
    case v1::EVIDENCE_STATUS_ASSUMED:
      return "assumed";
    default:
      return "";
  }
}

void AddEvidence(const google::protobuf::RepeatedPtrField<v1::Evidence>& all, Json* to) {
  for (const v1::Evidence& evidence : all) {
    to->push_back({{"text", evidence.note()},
                   {"source", evidence.source()},
                   {"status", StatusText(evidence.status())}});
  }
}

Json TermsJson(const v1::DealTerms& terms) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string text;
  if (!google::protobuf::util::MessageToJsonString(terms, &text, options).ok()) {
    return Json::object();
  }
  return Json::parse(text, nullptr, false);
}

Json EventJson(const v1::Event& event, const sims::ScheduledEvent& scheduled) {
  Json json = {{"id", event.id()},
               {"day", kernel::FormatDay(scheduled.day)},
               {"date", sims::DateText(event)},
               {"time_ns", scheduled.at.ns},
               {"kind", sims::EnumWords(event.kind())},
               {"actors", std::vector<std::string>(event.actors().begin(), event.actors().end())},
               {"headline", event.headline()},
               {"detail", event.detail()},
               {"after", std::vector<std::string>(event.after().begin(), event.after().end())},
               {"terms", event.has_terms() ? TermsJson(event.terms()) : Json::object()}};
  Json evidence = Json::array();
  AddEvidence(event.evidence(), &evidence);
  if (event.has_announcement()) AddEvidence(event.announcement().evidence(), &evidence);
  json["evidence"] = std::move(evidence);
  return json;
}

// The scenario that a what-if is for: that whose name its own begins with, else the first that it
// fits.
std::string ScenarioOf(const sims::WhatIf& what_if, const Library& library) {
  std::string fits;
  for (const Library::Scenario& scenario : library.scenarios()) {
    if (what_if.name.starts_with(scenario.name)) return scenario.name;
    if (fits.empty() && sims::Intervene(scenario.loaded, what_if.interventions).ok()) {
      fits = scenario.name;
    }
  }
  return fits;
}

Json WhatIfsJson(const Library& library) {
  Json all = Json::array();
  for (const std::string& name : sims::WhatIfs()) {
    const auto what_if = sims::LoadWhatIf(name);
    if (!what_if.ok()) continue;  // a test loads them all
    all.push_back({{"name", name},
                   {"title", what_if->title},
                   {"description", what_if->description},
                   {"scenario", ScenarioOf(*what_if, library)},
                   {"lines", sims::LinesOf(*what_if)}});
  }
  return all;
}

void AddRules(std::span<const mind::Rule> rules, Json* to) {
  for (const mind::Rule& rule : rules) {
    std::string text = rule.whose;
    if (*rule.trigger != '\0') absl::StrAppend(&text, ": when ", rule.trigger);
    if (*rule.condition != '\0') absl::StrAppend(&text, ", if ", rule.condition);
    absl::StrAppend(&text, ": ", rule.effect);
    to->push_back(
        {{"id", rule.id},
         {"title", rule.trigger},
         {"family", rule.family},
         {"text", text},
         {"whose", rule.whose},
         {"condition", rule.condition},
         {"effect", rule.effect},
         {"evidence", Json::array({{{"text", rule.evidence}, {"source", "docs/rules.md"}}})}});
  }
}

Json TraitsJson(const Library& library) {
  Json all = Json::array();
  for (const Library::Scenario& scenario : library.scenarios()) {
    for (const Trait& trait : TraitsOf(scenario.loaded)) {
      all.push_back({{"path", trait.path},
                     {"who", trait.who},
                     {"label", trait.label},
                     {"kind", trait.kind},
                     {"min", trait.min},
                     {"max", trait.max},
                     {"value", trait.value ? Json(*trait.value) : Json()},
                     {"unit", trait.unit},
                     {"scenario", scenario.name}});
    }
  }
  return all;
}

Json ActorsJson(const Library& library) {
  Json all = Json::array();
  std::set<std::string> seen;
  for (const Library::Scenario& scenario : library.scenarios()) {
    for (const v1::Actor& actor : scenario.loaded.proto.actors()) {
      if (!seen.insert(actor.id()).second) continue;
      Json json = {{"id", actor.id()}, {"name", actor.name()}, {"role", actor.role()}};
      const v1::Actor* company = &actor;
      if (!actor.organisation().empty()) {
        json["company"] = actor.organisation();
        company = scenario.loaded.FindActor(actor.organisation());
      }
      if (company != nullptr && !company->ticker().empty()) json["ticker"] = company->ticker();
      all.push_back(std::move(json));
    }
  }
  return all;
}

}  // namespace

std::string SiteJson(const Library& library, const Limits& limits) {
  Json json;
  json["version"] = kVersion;
  json["build"] = sims::ThisBuild();
  json["scenarios"] = Json::array();
  for (const Library::Scenario& scenario : library.scenarios()) {
    const v1::Scenario& proto = scenario.loaded.proto;
    json["scenarios"].push_back({{"name", scenario.name},
                                 {"title", proto.title()},
                                 {"description", proto.description()},
                                 {"acts", scenario.acts()},
                                 {"hub", proto.hub()},
                                 {"first_day", proto.start_date()},
                                 {"last_day", proto.end_date()},
                                 {"default_seed", proto.default_seed()}});
  }
  json["traces"] = Json::array();
  for (const TraceFile& trace : library.traces()) {
    json["traces"].push_back({{"name", trace.name},
                              {"scenario", trace.header.scenario_name()},
                              {"seed", trace.header.seed()},
                              {"bytes", trace.bytes}});
  }
  json["what_ifs"] = WhatIfsJson(library);
  json["rules"] = Json::array();
  AddRules(mind::Rules(), &json["rules"]);
  AddRules(mind::MarketRules(), &json["rules"]);
  json["families"] = mind::Switches();
  json["traits"] = TraitsJson(library);
  json["actors"] = ActorsJson(library);
  json["limits"] = {{"streams_per_connection", limits.streams},
                    {"simulations", limits.simulations},
                    {"pairs_max", limits.pairs},
                    {"interventions_max", limits.interventions},
                    {"line_bytes_max", limits.line},
                    {"body_bytes_max", limits.body},
                    {"message_bytes_max", limits.message}};
  return Dump(json);
}

std::string ScenarioJson(const sims::LoadedScenario& scenario) {
  Json json;
  json["events"] = Json::array();
  for (const sims::ScheduledEvent& scheduled : scenario.schedule) {
    json["events"].push_back(EventJson(scenario.proto.events(scheduled.index), scheduled));
  }
  json["listings"] = Json::array();
  for (const v1::Listing& listing : scenario.proto.listings()) {
    json["listings"].push_back({{"ticker", listing.ticker()},
                                {"name", listing.name()},
                                {"currency", listing.currency()},
                                {"index", listing.is_index()}});
  }
  json["history"] = Json::object();
  for (const sims::RecordedPrices& prices : scenario.prices) {
    Json days = Json::array();
    Json closes = Json::array();
    for (const sims::DailyBar& bar : prices.bars) {
      days.push_back(kernel::FormatDay(bar.day));
      closes.push_back(bar.close);
    }
    json["history"][prices.ticker] = {{"days", std::move(days)}, {"closes", std::move(closes)}};
  }
  return Dump(json);
}

}  // namespace oneup::server
