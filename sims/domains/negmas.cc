#include "sims/domains/negmas.h"

#include <cmath>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "sims/domains/draft.h"
#include "sims/stats/csv.h"

namespace oneup::sims {
namespace {

using negotiation::Issue;
using negotiation::Profile;

// The last part of "negmas.outcomes.CategoricalIssue", under either of NegMAS' keys; "" for none.
std::string TypeOf(const JsonField& field) {
  for (const char* key : {"type", "__python_class__"}) {
    if (!field.Has(key)) continue;
    const absl::StatusOr<std::string> type = field.Member(key)->Text();
    if (type.ok()) return type->substr(type->rfind('.') + 1);
  }
  return "";
}

absl::StatusOr<Issue> ReadIssue(const JsonField& field) {
  const absl::StatusOr<JsonField> name = field.Member("name");
  if (!name.ok()) return name.status();
  const absl::StatusOr<std::string> text = name->Text();
  if (!text.ok()) return text.status();
  const absl::StatusOr<JsonField> values = field.Member("values");
  if (!values.ok()) return values.status();
  const absl::Status status = values->MustBeArray();
  if (!status.ok()) return status;
  const std::string type = TypeOf(field);
  if (type == "ContinuousIssue" || type == "CountableInfiniteIssue") {
    return WrongAt(field.place(),
                   absl::StrCat(type, " is not read; issues of finitely many values are"));
  }
  if (type == "ContiguousIssue") {
    if (values->size() != 2) return WrongAt(values->place(), "expected are lowest and highest");
    int64_t bounds[2] = {};
    for (size_t i = 0; i < 2; ++i) {
      const absl::StatusOr<double> number = values->At(i).Number(-2147483648.0, 2147483647.0);
      if (!number.ok()) return number.status();
      bounds[i] = static_cast<int64_t>(std::floor(*number));
    }
    return IntegerIssue(values->place(), *text, bounds[0], bounds[1]);
  }
  Issue issue = {.name = *text, .values = {}};
  for (size_t v = 0; v < values->size(); ++v) {
    const absl::StatusOr<std::string> label = values->At(v).Label();
    if (!label.ok()) return label.status();
    issue.values.push_back(*label);
  }
  return issue;
}

// slope value + bias.
absl::StatusOr<std::vector<double>> ReadAffine(const JsonField& function, const Issue& issue,
                                               double slope, double bias) {
  for (const auto& [key, number] : {std::pair{"slope", &slope}, std::pair{"bias", &bias}}) {
    if (!function.Has(key)) continue;
    const absl::StatusOr<double> read =
        function.Member(key)->Number(-kMaxEvaluation, kMaxEvaluation);
    if (!read.ok()) return read.status();
    *number = *read;
  }
  std::vector<double> found;
  for (const std::string& value : issue.values) {
    const absl::StatusOr<double> number = ReadNumber(value, -kMaxEvaluation, kMaxEvaluation);
    if (!number.ok()) {
      return WrongAt(function.place(), absl::StrCat("the value ", Quoted(value), " is no number"));
    }
    const absl::StatusOr<double> utility = CheckNumber(slope * *number + bias, 0, 1);
    if (!utility.ok()) return WrongAt(function.place(), std::string(utility.status().message()));
    found.push_back(*utility);
  }
  return found;
}

absl::StatusOr<std::vector<double>> ReadFunction(const JsonField& function, const Issue& issue) {
  const std::string type = TypeOf(function);
  if (type == "AffineFun") return ReadAffine(function, issue, 1, 0);
  if (type == "LinearFun") return ReadAffine(function, issue, 1, 0);
  if (type == "IdentityFun") return ReadAffine(function, issue, 1, 0);
  if (!type.empty() && type != "TableFun") {
    return WrongAt(function.place(), absl::StrCat("value function ", Quoted(type),
                                                  " is not read; TableFun, AffineFun, LinearFun "
                                                  "and IdentityFun are"));
  }
  const absl::StatusOr<JsonField> mapping =
      function.Has("mapping") ? function.Member("mapping") : absl::StatusOr<JsonField>(function);
  return UtilitiesByValue(*mapping, issue);
}

// Of an issue: by its place in a list, or by its name.
absl::StatusOr<JsonField> Of(const JsonField& all, size_t place, const Issue& issue) {
  if (!all.MustBeArray().ok()) return all.Member(issue.name);
  if (place < all.size()) return all.At(place);
  return WrongAt(all.place(), absl::StrCat("nothing for issue ", Quoted(issue.name)));
}

absl::StatusOr<Profile> ReadProfile(const JsonField& file, const std::vector<Issue>& issues,
                                    std::vector<std::string>* notes) {
  const std::string type = TypeOf(file);
  if (!type.empty() && type != "LinearAdditiveUtilityFunction") {
    return WrongAt(file.place(),
                   absl::StrCat(Quoted(type), " is not read; LinearAdditiveUtilityFunction is"));
  }
  const absl::StatusOr<JsonField> weights = file.Member("weights");
  if (!weights.ok()) return weights.status();
  const absl::StatusOr<JsonField> functions = file.Member("values");
  if (!functions.ok()) return functions.status();
  std::vector<IssueWorth> worths;
  for (size_t i = 0; i < issues.size(); ++i) {
    const absl::StatusOr<JsonField> weight = Of(*weights, i, issues[i]);
    if (!weight.ok()) return weight.status();
    const absl::StatusOr<double> number = weight->Number(0, kMaxWeight);
    if (!number.ok()) return number.status();
    const absl::StatusOr<JsonField> function = Of(*functions, i, issues[i]);
    if (!function.ok()) return function.status();
    const absl::StatusOr<std::vector<double>> evaluations = ReadFunction(*function, issues[i]);
    if (!evaluations.ok()) return evaluations.status();
    worths.push_back({*number, *evaluations});
  }
  Profile profile = MakeProfile(file.place(), worths, notes);
  if (file.Has("reserved_value")) {
    const absl::StatusOr<double> reservation = file.Member("reserved_value")->Number(0, 1);
    if (!reservation.ok()) return reservation.status();
    profile.reservation = *reservation;
  }
  return profile;
}

}  // namespace

absl::StatusOr<NegotiationDomain> ParseNegMas(const JsonField& domain,
                                              const std::vector<JsonField>& profiles) {
  const absl::StatusOr<JsonField> listed = domain.Member("issues");
  if (!listed.ok()) return listed.status();
  absl::Status status = listed->MustBeArray();
  if (!status.ok()) return status;
  std::vector<Issue> issues;
  for (size_t i = 0; i < listed->size(); ++i) {
    absl::StatusOr<Issue> issue = ReadIssue(listed->At(i));
    if (!issue.ok()) return issue.status();
    status = AddIssue(listed->At(i).place(), *std::move(issue), &issues);
    if (!status.ok()) return status;
  }
  return MakeJsonDomain(domain.place(), std::move(issues), profiles, ReadProfile);
}

}  // namespace oneup::sims
