#include "tools/cli/negotiate_words.h"

#include <absl/strings/str_cat.h>
#include <absl/strings/str_format.h>

#include "market/kernel/math.h"

namespace oneup::cli {

using negotiation::Outcome;
using sims::FormatNumber;
using sims::JsonWriter;

std::string Spell(const negotiation::OutcomeSpace& space, Outcome outcome) {
  std::string text;
  for (size_t i = 0; i < space.issues().size(); ++i) {
    const negotiation::Issue& issue = space.issues()[i];
    absl::StrAppend(&text, i == 0 ? "" : ", ", issue.name, "=",
                    issue.values[space.Value(outcome, i)]);
  }
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  }
  return text;
}

std::string Figure(double value) { return value != value ? "n/a" : absl::StrFormat("%.6f", value); }
std::string Figure(const std::optional<double>& value) {
  return Figure(value.value_or(math::kNaN));
}

std::string Figures(const std::vector<double>& values) {
  std::string text;
  for (const double value : values) absl::StrAppend(&text, text.empty() ? "" : " ", Figure(value));
  return text;
}

std::string CsvNumber(double value) { return value != value ? "" : FormatNumber(value); }

void WriteNumbers(JsonWriter& json, const std::vector<double>& values) {
  json.Array();
  for (const double value : values) json.Value(value);
  json.EndArray();
}

void WriteOutcome(JsonWriter& json, const negotiation::OutcomeSpace& space, Outcome outcome) {
  json.Object();
  for (size_t i = 0; i < space.issues().size(); ++i) {
    json.Key(space.issues()[i].name).Value(space.issues()[i].values[space.Value(outcome, i)]);
  }
  json.EndObject();
}

}  // namespace oneup::cli
