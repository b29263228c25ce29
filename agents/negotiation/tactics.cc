#include "agents/negotiation/tactics.h"

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "agents/negotiation/full_negotiator.h"
#include "agents/negotiation/micro.h"
#include "agents/negotiation/time_dependent.h"
#include "agents/negotiation/tit_for_tat.h"

namespace oneup::negotiation {
namespace {

constexpr double kMostConcession = 1000;

// The whole text as a number within the range, which NaN never is.
bool ReadNumber(std::string_view text, double low, double high, double* number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *number);
  return error == std::errc() && end == text.data() + text.size() && *number >= low &&
         *number <= high;
}

absl::Status Wrong(const std::string& text, const std::string& allowed) {
  return absl::InvalidArgumentError(absl::StrCat("tactic '", text, "': allowed ", allowed));
}

TacticMaker MakeTimeDependent(double e) {
  return
      [e](const Preferences& own, const Seat&) { return std::make_unique<TimeDependent>(own, e); };
}

struct MindField {
  const char* name;
  double Mind::*value;
  double low;
  double high;
};
constexpr std::array<MindField, 10> kMindFields = {{
    {"concession", &Mind::concession, 1e-3, 100},
    {"patience", &Mind::patience, 1e-3, 1},
    {"aspiration", &Mind::aspiration, 0, 1},
    {"imitation", &Mind::imitation, 0, 1},
    {"fomo", &Mind::fomo, 0, 100},
    {"face", &Mind::face, 0, 100},
    {"pain", &Mind::pain, 0, 1},
    {"fear", &Mind::fear, 0, 2},
    {"pride", &Mind::pride, 0, 2},
    {"haste", &Mind::haste, 0, 1.5},
}};

// "fomo=1,concession=0.3".
absl::StatusOr<Mind> ReadMind(const std::string& text, std::string_view parameters) {
  Mind mind;
  while (!parameters.empty()) {
    const std::string_view setting = parameters.substr(0, parameters.find(','));
    parameters.remove_prefix(std::min(parameters.size(), setting.size() + 1));
    const size_t equals = std::min(setting.find('='), setting.size());
    std::string names;
    bool known = false;
    for (const MindField& field : kMindFields) {
      absl::StrAppend(&names, names.empty() ? "" : ", ", field.name);
      if (setting.substr(0, equals) != field.name) continue;
      known = true;
      if (equals == setting.size() ||
          !ReadNumber(setting.substr(equals + 1), field.low, field.high, &(mind.*field.value))) {
        return Wrong(text, absl::StrCat("is ", field.name, "=", field.low, " to ", field.high));
      }
    }
    if (!known) return Wrong(text, absl::StrCat("are oneup:NAME=NUMBER,... with ", names));
  }
  return mind;
}

}  // namespace

const std::vector<TacticKind>& TacticKinds() {
  static const std::vector<TacticKind> kinds = {
      {"boulware", "holds out and concedes at the end", "E, 0 to 1000 (0.2)"},
      {"linear", "concedes evenly over time", ""},
      {"conceder", "concedes early", "E, 0 to 1000 (2)"},
      {"tit-for-tat", "answers concessions in proportion", ""},
      {"micro", "concedes only when the other does (MiCRO)", ""},
      {"oneup", "our own: trades off issues, answers, fears to miss out",
       "NAME=NUMBER,... of concession, patience, aspiration, imitation, fomo, face, pain, fear, "
       "pride, haste"},
  };
  return kinds;
}

absl::StatusOr<TacticMaker> FindTactic(const std::string& text) {
  const size_t colon = std::min(text.find(':'), text.size());
  const std::string name = text.substr(0, colon);
  const bool has_parameter = colon < text.size();
  const std::string_view parameter =
      has_parameter ? std::string_view(text).substr(colon + 1) : std::string_view();
  if (name == "boulware" || name == "conceder") {
    double e = name == "boulware" ? kBoulware : kConceder;
    if (has_parameter && !ReadNumber(parameter, 0, kMostConcession, &e)) {
      return Wrong(text, absl::StrCat("is ", name, ":E with E from 0 to ", kMostConcession));
    }
    return MakeTimeDependent(e);
  }
  if (name == "oneup") {
    const absl::StatusOr<Mind> mind = ReadMind(text, parameter);
    if (!mind.ok()) return mind.status();
    return TacticMaker([mind = *mind](const Preferences& own, const Seat& seat) {
      return std::make_unique<FullNegotiator>(own, seat.party, seat.parties, mind);
    });
  }
  std::string names;
  for (const TacticKind& kind : TacticKinds()) {
    absl::StrAppend(&names, names.empty() ? "" : ", ", kind.name);
    if (name == kind.name && has_parameter) return Wrong(text, name + " without a parameter");
  }
  if (name == "linear") return MakeTimeDependent(1);
  if (name == "tit-for-tat") {
    return TacticMaker(
        [](const Preferences& own, const Seat&) { return std::make_unique<TitForTat>(own); });
  }
  if (name == "micro") {
    return TacticMaker([](const Preferences& own, const Seat& seat) {
      return std::make_unique<Micro>(own, seat.party, seat.parties, seat.seed);
    });
  }
  return Wrong(text, "are " + names);
}

}  // namespace oneup::negotiation
