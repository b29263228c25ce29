#include "sims/compare/result.h"

#include "sims/report/json.h"
#include "sims/scenario/intervention_text.h"
#include "sims/trace/text.h"

namespace oneup::sims {
namespace {

void WriteRecord(const char* key, const v1::Record& record, JsonWriter& json) {
  json.Key(key);
  if (record.body_case() == v1::Record::BODY_NOT_SET) {
    json.Null();
  } else {
    trace::WriteJson(record, json);
  }
}

void WriteExplanation(const Explanation& explanation, JsonWriter& json) {
  json.Key("explanation").Object();
  json.Key("seed").Value(explanation.seed);
  json.Key("equal_records").Value(explanation.equal_records);
  json.Key("same").Value(explanation.same);
  WriteRecord("first_baseline", explanation.first_baseline, json);
  WriteRecord("first_changed", explanation.first_changed, json);
  json.Key("deals").Array();
  for (const ChangedDeal& deal : explanation.deals) {
    json.Object();
    json.Key("event").Value(deal.event);
    WriteRecord("baseline", deal.both[0], json);
    WriteRecord("changed", deal.both[1], json);
    json.Key("chain").Array();
    for (const Link& link : deal.chain) {
      json.Object();
      json.Key("world").Value(link.world == WorldOf::kBaseline ? "baseline" : "changed");
      json.Key("inferred").Value(link.inferred);
      WriteRecord("record", link.record, json);
      json.EndObject();
    }
    json.EndArray();
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
}

}  // namespace

std::vector<std::string> LinesOf(const WhatIf& what_if) {
  std::vector<std::string> lines;
  for (const v1::Intervention& intervention : what_if.interventions) {
    lines.push_back(InterventionText(intervention));
  }
  return lines;
}

std::string CompareJson(const CompareResult& result) {
  JsonWriter json(2);
  json.Object();
  json.Key("scenario").Value(result.scenario_title);
  json.Key("what_if").Value(result.what_if.title);
  json.Key("interventions").Array();
  for (const std::string& line : LinesOf(result.what_if)) json.Value(line);
  json.EndArray();
  json.Key("first_seed").Value(result.comparison.first_seed);
  json.Key("pairs").Value(result.comparison.seeds);
  json.Key("level").Value(result.comparison.level);
  json.Key("precision_reached").Value(result.comparison.precise);
  json.Key("outcomes").Array();
  for (const Effect& effect : result.comparison.effects) {
    json.Object();
    json.Key("name").Value(effect.metric);
    json.Key("unit").Value(effect.unit);
    json.Key("pairs").Value(effect.pairs);
    json.Key("same_in_every_pair").Value(effect.same);
    json.Key("baseline").Value(effect.paired.baseline);
    json.Key("changed").Value(effect.paired.changed);
    json.Key("difference").Value(effect.paired.difference);
    json.Key("student_low").Value(effect.paired.low);
    json.Key("student_high").Value(effect.paired.high);
    json.Key("bootstrap_low").Value(effect.bootstrap.low);
    json.Key("bootstrap_high").Value(effect.bootstrap.high);
    json.Key("p").Value(effect.p);
    json.Key("p_holm").Value(effect.p_holm);
    json.Key("variance_reduction").Value(effect.paired.variance_reduction);
    json.EndObject();
  }
  json.EndArray();
  if (result.explanation) WriteExplanation(*result.explanation, json);
  if (!result.carriers.empty()) {
    json.Key("carried_by").Array();
    for (const Carriers& carriers : result.carriers) {
      json.Object();
      json.Key("outcome").Value(carriers.metric);
      json.Key("seeds").Value(carriers.seeds);
      json.Key("effect").Value(carriers.effect);
      json.Key("with_none").Value(carriers.direct);
      json.Key("with_none_error").Value(carriers.direct_error);
      json.Key("families").Array();
      for (const CarriedBy& one : carriers.families) {
        json.Object();
        json.Key("name").Value(one.family);
        json.Key("value").Value(one.value.value);
        json.Key("error").Value(one.value.error);
        json.EndObject();
      }
      json.EndArray();
      json.EndObject();
    }
    json.EndArray();
  }
  json.EndObject();
  return json.text() + "\n";
}

}  // namespace oneup::sims
