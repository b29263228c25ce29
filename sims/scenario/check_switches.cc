#include "sims/scenario/check_switches.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "agents/mind/rules/rules.h"
#include "sims/scenario/change_numbers.h"

namespace oneup::sims {
namespace {

// What is off at some time of a run.
class Off {
 public:
  explicit Off(const v1::Scenario& scenario)
      : names_(scenario.minds().off().begin(), scenario.minds().off().end()) {}

  // Return what is wrong, or "".
  std::string SwitchOff(const std::string& name) {
    if (Holds(name)) return absl::StrCat("'", name, "' is off already");
    names_.push_back(name);
    return "";
  }
  std::string SwitchOn(const std::string& name) {
    const std::string family = mind::FamilyOf(name);
    // A family is more than its rules: without its channel they have no effect.
    if (Holds(family)) {
      return absl::StrCat("'", name, "' is off with all of '", family,
                          "', of which no part can be on by itself; rule on ", family,
                          ", and off what of it shall be off");
    }
    if (std::erase(names_, name) > 0) return "";
    for (const std::string& other : names_) {
      if (mind::FamilyOf(other) != name) continue;
      return absl::StrCat("'", name, "' is on but for '", other, "'; rule on ", other);
    }
    return absl::StrCat("'", name, "' is on already; only what has been off can be switched on");
  }

 private:
  bool Holds(const std::string& name) const {
    return std::ranges::find(names_, name) != names_.end();
  }

  std::vector<std::string> names_;
};

}  // namespace

void CheckSwitches(int first, const LocationMap& locations, const v1::Scenario& scenario,
                   std::vector<Problem>* problems) {
  const auto switches = [](const v1::Intervention& one) {
    return one.has_rule_off() || one.has_rule_on();
  };
  Off off(scenario);
  for (const int i : InOrderOfEffect(scenario, switches)) {
    const v1::Intervention& one = scenario.interventions(i);
    const std::string wrong =
        one.has_rule_off() ? off.SwitchOff(one.rule_off()) : off.SwitchOn(one.rule_on());
    if (wrong.empty() || i < first) continue;
    const std::string at =
        absl::StrCat("interventions[", i, one.has_rule_off() ? "].rule_off" : "].rule_on");
    AddProblem(problems, locations.Find(at), at, wrong);
  }
}

}  // namespace oneup::sims
