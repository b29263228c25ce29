#include "tools/server/traits.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "oneup/v1/rules.pb.h"

namespace oneup::server {
namespace {

// States that can be pinned.
struct State {
  const char* name;
  const char* label;
  double max;
  bool hub;
  bool supplier;
};
constexpr State kStates[] = {
    {"fomo", "pressure to join (FOMO)", 2, true, true},
    {"face", "lost face (ego)", 2, true, true},
    {"credibility", "credibility with suppliers", 1, true, false},
    {"trust", "trust that the hub pays", 2, false, true},
};

// Traits that can be set: sliders go from `min` to `max`, or to twice the scenario's value.
struct Number {
  const char* name;
  const char* label;
  const char* unit;
  double min;
  double max;
  bool whole;
};
constexpr Number kOfCharacter[] = {
    {"fear_usd_bn", "what missing out hurts", "billion USD", 0, 20, false},
    {"headline_usd_bn", "what a headline is worth", "billion USD", 0, 20, false},
    {"record_usd_bn", "what holding the record is worth", "billion USD", 0, 20, false},
    {"concession", "gives in early (1: evenly)", "", 0.1, 4, false},
    {"patience_days", "patience", "days", 10, 300, true},
};
constexpr Number kOfSupply[] = {
    {"site_wish", "share in decisions on sites that it wants", "share", 0, 1, false},
    {"disagreement_usd_bn", "what leaving it undone is worth", "billion USD", -20, 20, false},
};
constexpr Number kOfDemand[] = {
    {"orchestration", "plays suppliers against each other", "", 0, 5, false},
    {"approaches_per_year", "approaches a year", "a year", 0, 24, true},
};

template <typename Numbers>
void AddNumbers(const std::string& who, const google::protobuf::Message& part,
                const Numbers& numbers, std::vector<Trait>* traits) {
  for (const Number& number : numbers) {
    const auto* field = part.GetDescriptor()->FindFieldByName(number.name);
    if (field == nullptr) continue;
    const double value = part.GetReflection()->GetDouble(part, field);
    const double twice = number.whole || value > 5 ? std::ceil(2 * value) : 2 * value;
    const v1::Rule& rule = field->options().GetExtension(v1::rule);
    const double most = rule.has_max() ? rule.max() : std::max(number.max, twice);
    traits->push_back({.path = absl::StrCat(who, ".", number.name),
                       .who = who,
                       .label = number.label,
                       .kind = "set",
                       .min = number.min,
                       .max = std::min(most, std::max(number.max, twice)),
                       .value = value,
                       .unit = number.unit});
  }
}

}  // namespace

std::vector<Trait> TraitsOf(const sims::LoadedScenario& scenario) {
  std::vector<Trait> traits;
  for (const v1::Principal& principal : scenario.proto.principals()) {
    const bool hub = principal.part() == v1::PART_HUB;
    const bool supplier = principal.part() == v1::PART_SUPPLIER;
    const std::string& who = principal.actor();
    for (const State& state : kStates) {
      if (!(hub && state.hub) && !(supplier && state.supplier)) continue;
      traits.push_back({.path = absl::StrCat(who, ".", state.name),
                        .who = who,
                        .label = state.label,
                        .kind = "pin",
                        .min = 0,
                        .max = state.max,
                        .value = std::nullopt,
                        .unit = ""});
    }
    if (principal.has_character()) AddNumbers(who, principal.character(), kOfCharacter, &traits);
    if (principal.has_supply()) AddNumbers(who, principal.supply(), kOfSupply, &traits);
    if (principal.has_demand()) AddNumbers(who, principal.demand(), kOfDemand, &traits);
  }
  return traits;
}

}  // namespace oneup::server
