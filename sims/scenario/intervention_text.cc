#include "sims/scenario/intervention_text.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "market/kernel/civil_time.h"
#include "oneup/v1/intervention.pb.h"
#include "sims/scenario/problem.h"
#include "sims/scenario/suggest.h"

namespace oneup::sims {
namespace {

using Words = std::vector<std::string>;

// One kind of line: its form, and how its words become a message. `read` gets what follows the
// verb and returns what is wrong, or "".
struct Verb {
  const char* name;
  const char* form;
  std::string (*read)(const Words& words, v1::Intervention& intervention);
};

constexpr char kForm[] = "form";  // the words do not have the verb's form

std::string ReadNumber(const std::string& word, double* value) {
  if (absl::SimpleAtod(word, value) && std::isfinite(*value)) return "";
  return absl::StrCat("'", word, "' is no number");
}

std::string ReadSetting(const Words& words, v1::FieldSetting& setting) {
  if (words.size() != 2) return kForm;
  double value = 0;
  std::string wrong = ReadNumber(words[1], &value);
  setting.set_path(words[0]);
  setting.set_value(value);
  return wrong;
}

// WHO.WHAT
bool Split(const std::string& word, std::string* who, std::string* what) {
  const size_t dot = word.find('.');
  if (dot == std::string::npos || dot == 0 || dot + 1 == word.size()) return false;
  *who = word.substr(0, dot);
  *what = word.substr(dot + 1);
  return true;
}

std::string ReadDrop(const Words& words, v1::Intervention& intervention) {
  v1::Drop& drop = *intervention.mutable_drop();
  const bool follows =
      words.size() == 4 && words[1] == "and" && words[2] == "what" && words[3] == "follows";
  if (words.size() != 1 && !follows) return kForm;
  drop.set_event(words[0]);
  drop.set_and_what_follows(follows);
  return "";
}

std::string ReadMove(const Words& words, v1::Intervention& intervention) {
  if (words.size() != 3 || words[1] != "to") return kForm;
  intervention.mutable_move()->set_event(words[0]);
  intervention.mutable_move()->set_to(words[2]);
  return "";
}

std::string ReadPin(const Words& words, v1::Intervention& intervention) {
  v1::Pin& pin = *intervention.mutable_pin();
  if (words.size() != 2 || !Split(words[0], pin.mutable_actor(), pin.mutable_state())) return kForm;
  double value = 0;
  std::string wrong = ReadNumber(words[1], &value);
  pin.set_value(value);
  return wrong;
}

std::string ReadForce(const Words& words, v1::Intervention& intervention) {
  v1::Force& force = *intervention.mutable_force();
  std::string answer;
  if (words.empty() || words.size() > 2 || !Split(words[0], force.mutable_actor(), &answer)) {
    return kForm;
  }
  if (answer == "accept") {
    force.set_answer(v1::ANSWER_ACCEPT);
  } else if (answer == "refuse") {
    force.set_answer(v1::ANSWER_REFUSE);
  } else {
    return absl::StrCat("'", answer, "': allowed are accept and refuse");
  }
  if (words.size() == 2) force.set_event(words[1]);
  return "";
}

std::string ReadRule(const Words& words, v1::Intervention& intervention) {
  if (words.size() != 2 || (words[0] != "off" && words[0] != "on")) return kForm;
  words[0] == "off" ? intervention.set_rule_off(words[1]) : intervention.set_rule_on(words[1]);
  return "";
}

constexpr Verb kVerbs[] = {
    {"drop", "drop EVENT [and what follows]", ReadDrop},
    {"move", "move EVENT to DAY", ReadMove},
    {"set", "set PATH VALUE",
     [](const Words& words, v1::Intervention& intervention) {
       return ReadSetting(words, *intervention.mutable_set());
     }},
    {"scale", "scale PATH FACTOR",
     [](const Words& words, v1::Intervention& intervention) {
       return ReadSetting(words, *intervention.mutable_scale());
     }},
    {"pin", "pin WHO.STATE VALUE", ReadPin},
    {"force", "force WHO.ACT [EVENT]", ReadForce},
    {"rule", "rule off NAME, or rule on NAME", ReadRule},
};

std::string TextOf(const v1::Intervention& intervention) {
  switch (intervention.what_case()) {
    case v1::Intervention::kDrop:
      return absl::StrCat("drop ", intervention.drop().event(),
                          intervention.drop().and_what_follows() ? " and what follows" : "");
    case v1::Intervention::kAdd:
      return absl::StrCat("add ", intervention.add().id());
    case v1::Intervention::kMove:
      return absl::StrCat("move ", intervention.move().event(), " to ", intervention.move().to());
    case v1::Intervention::kSet:
      return absl::StrCat("set ", intervention.set().path(), " ",
                          NumberText(intervention.set().value()));
    case v1::Intervention::kScale:
      return absl::StrCat("scale ", intervention.scale().path(), " ",
                          NumberText(intervention.scale().value()));
    case v1::Intervention::kPin:
      return absl::StrCat("pin ", intervention.pin().actor(), ".", intervention.pin().state(), " ",
                          NumberText(intervention.pin().value()));
    case v1::Intervention::kForce: {
      const v1::Force& force = intervention.force();
      return absl::StrCat("force ", force.actor(),
                          force.answer() == v1::ANSWER_REFUSE ? ".refuse" : ".accept",
                          force.event().empty() ? "" : " ", force.event());
    }
    case v1::Intervention::kRuleOff:
      return absl::StrCat("rule off ", intervention.rule_off());
    case v1::Intervention::kRuleOn:
      return absl::StrCat("rule on ", intervention.rule_on());
    case v1::Intervention::WHAT_NOT_SET:
      break;
  }
  return "";
}

}  // namespace

absl::StatusOr<v1::Intervention> ParseIntervention(std::string_view line) {
  const auto wrong = [&](const std::string& what) {
    return absl::InvalidArgumentError(absl::StrCat("'", std::string(line), "': ", what));
  };
  Words words = absl::StrSplit(absl::string_view(line.data(), line.size()),
                               absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty());
  v1::Intervention intervention;
  if (words.size() > 2 && words[words.size() - 2] == "from") {
    if (!kernel::ParseDay(words.back()).ok()) {
      return wrong(absl::StrCat("from '", words.back(), "': allowed is a day such as 2025-09-10"));
    }
    intervention.set_from(words.back());
    words.resize(words.size() - 2);
  }
  if (words.empty()) return wrong("is empty");
  std::vector<std::string> names;
  for (const Verb& verb : kVerbs) {
    names.emplace_back(verb.name);
    if (words[0] != verb.name) continue;
    const std::string problem = verb.read({words.begin() + 1, words.end()}, intervention);
    if (problem.empty()) return intervention;
    return wrong(problem == kForm
                     ? absl::StrCat("write ", verb.form, ", and if you like from DAY after it")
                     : problem);
  }
  return wrong(absl::StrCat("no intervention '", words[0], "'", DidYouMean(words[0], names),
                            " (allowed are ", absl::StrJoin(names, ", "), ")"));
}

bool BeginsAsIntervention(std::string_view words) {
  const Words parts = absl::StrSplit(absl::string_view(words.data(), words.size()),
                                     absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty());
  return parts.size() > 1 &&
         std::ranges::any_of(kVerbs, [&](const Verb& verb) { return parts[0] == verb.name; });
}

std::string InterventionText(const v1::Intervention& intervention) {
  return absl::StrCat(TextOf(intervention), intervention.from().empty() ? "" : " from ",
                      intervention.from());
}

}  // namespace oneup::sims
