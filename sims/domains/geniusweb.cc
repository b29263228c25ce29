#include "sims/domains/geniusweb.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "sims/domains/draft.h"
#include "sims/report/json.h"
#include "sims/stats/csv.h"

namespace oneup::sims {
namespace {

using negotiation::Issue;
using negotiation::Profile;

constexpr char kProfileKey[] = "LinearAdditiveUtilitySpace";
constexpr char kIssuesKey[] = "issuesValues";

// The member of either name: GeniusWeb has renamed them.
absl::StatusOr<JsonField> Either(const JsonField& field, const char* name, const char* other) {
  return field.Has(other) ? field.Member(other) : field.Member(name);
}

// ["1", "10", "1"]: lowest, highest, step.
absl::StatusOr<Issue> ReadRange(const JsonField& range, const std::string& name) {
  const absl::Status status = range.MustBeArray();
  if (!status.ok()) return status;
  if (range.size() != 3) return WrongAt(range.place(), "expected are lowest, highest and step");
  double bounds[3] = {};
  for (size_t i = 0; i < 3; ++i) {
    const absl::StatusOr<double> number = range.At(i).Number(-kMaxEvaluation, kMaxEvaluation);
    if (!number.ok()) return number.status();
    bounds[i] = *number;
  }
  const auto [low, high, step] = bounds;
  if (!(step > 0) || high < low) {
    return WrongAt(range.place(), "the step is above 0, and the highest not below the lowest");
  }
  const double steps = std::floor((high - low) / step + 1e-9);
  if (!(steps < static_cast<double>(kMaxIssueValues))) {
    return WrongAt(range.place(), absl::StrCat("more than ", kMaxIssueValues, " values"));
  }
  Issue issue = {.name = name, .values = {}, .integer = false};
  for (double i = 0; i <= steps; ++i) issue.values.push_back(FormatNumber(low + i * step));
  return issue;
}

absl::StatusOr<std::vector<Issue>> ReadIssues(const JsonField& domain) {
  const absl::StatusOr<JsonField> listed = domain.Member(kIssuesKey);
  if (!listed.ok()) return listed.status();
  absl::Status status = listed->MustBeObject();
  if (!status.ok()) return status;
  std::vector<Issue> issues;
  for (size_t i = 0; i < listed->size(); ++i) {
    const JsonField field = listed->At(i);
    Issue issue = {.name = listed->NameAt(i), .values = {}};
    if (field.Has("range")) {
      absl::StatusOr<Issue> range = ReadRange(*field.Member("range"), issue.name);
      if (!range.ok()) return range.status();
      issue = *std::move(range);
    } else {
      const absl::StatusOr<JsonField> values = field.Member("values");
      if (!values.ok()) return values.status();
      status = values->MustBeArray();
      if (!status.ok()) return status;
      for (size_t v = 0; v < values->size(); ++v) {
        const absl::StatusOr<std::string> label = values->At(v).Label();
        if (!label.ok()) return label.status();
        issue.values.push_back(*label);
      }
    }
    status = AddIssue(field.place(), std::move(issue), &issues);
    if (!status.ok()) return status;
  }
  return issues;
}

absl::StatusOr<std::vector<double>> ReadDiscrete(const JsonField& utilities, const Issue& issue) {
  const absl::StatusOr<JsonField> listed = utilities.Member("valueUtilities");
  if (!listed.ok()) return listed.status();
  return UtilitiesByValue(*listed, issue);
}

absl::StatusOr<std::vector<double>> ReadNumeric(const JsonField& utilities, const Issue& issue) {
  double read[4] = {};
  const char* names[4] = {"lowValue", "highValue", "lowUtility", "highUtility"};
  for (size_t i = 0; i < 4; ++i) {
    const absl::StatusOr<JsonField> field = utilities.Member(names[i]);
    if (!field.ok()) return field.status();
    const absl::StatusOr<double> number =
        i < 2 ? field->Number(-kMaxEvaluation, kMaxEvaluation) : field->Number(0, 1);
    if (!number.ok()) return number.status();
    read[i] = *number;
  }
  const auto [low, high, low_utility, high_utility] = read;
  if (!(high > low)) return WrongAt(utilities.place(), "highValue must be above lowValue");
  std::vector<double> found;
  for (const std::string& value : issue.values) {
    const absl::StatusOr<double> number = ReadNumber(value, low, high);
    if (!number.ok()) return WrongAt(utilities.place(), std::string(number.status().message()));
    found.push_back(low_utility + (high_utility - low_utility) * ((*number - low) / (high - low)));
  }
  return found;
}

absl::StatusOr<IssueWorth> ReadWorth(const JsonField& weights, const JsonField& utilities,
                                     const Issue& issue) {
  const absl::StatusOr<JsonField> weight = weights.Member(issue.name);
  if (!weight.ok()) return weight.status();
  const absl::StatusOr<double> number = weight->Number(0, 1);
  if (!number.ok()) return number.status();
  const absl::StatusOr<JsonField> of_issue = utilities.Member(issue.name);
  if (!of_issue.ok()) return of_issue.status();
  const bool numeric = of_issue->Has("numberutils") || of_issue->Has("NumberValueSetUtilities");
  const absl::StatusOr<JsonField> kind =
      numeric ? Either(*of_issue, "numberutils", "NumberValueSetUtilities")
              : Either(*of_issue, "discreteutils", "DiscreteValueSetUtilities");
  if (!kind.ok()) return kind.status();
  const absl::StatusOr<std::vector<double>> evaluations =
      numeric ? ReadNumeric(*kind, issue) : ReadDiscrete(*kind, issue);
  if (!evaluations.ok()) return evaluations.status();
  return IssueWorth{*number, *evaluations};
}

// The utility of the reservation bid; issues that it leaves out count 0.
absl::StatusOr<double> Reservation(const JsonField& space, const std::vector<Issue>& issues,
                                   const Profile& profile) {
  if (!space.Has("reservationBid")) return 0;
  const absl::StatusOr<JsonField> bid = space.Member("reservationBid");
  if (!bid->Has("issuevalues")) return 0;
  const JsonField values = *bid->Member("issuevalues");
  double utility = 0;
  for (size_t i = 0; i < issues.size(); ++i) {
    if (!values.Has(issues[i].name)) continue;
    const JsonField field = *values.Member(issues[i].name);
    const absl::StatusOr<std::string> label = field.Label();
    if (!label.ok()) return label.status();
    const auto found = std::ranges::find(issues[i].values, *label);
    if (found == issues[i].values.end()) {
      return WrongAt(field.place(), absl::StrCat(Quoted(*label), " is no value of the issue"));
    }
    utility += profile.worth[i][static_cast<size_t>(found - issues[i].values.begin())];
  }
  return std::min(utility, 1.0);
}

absl::StatusOr<Profile> ReadProfile(const JsonField& file, const std::vector<Issue>& issues,
                                    std::vector<std::string>* notes) {
  const absl::StatusOr<JsonField> space = file.Member(kProfileKey);
  if (!space.ok()) return space.status();
  const absl::StatusOr<JsonField> weights = space->Member("issueWeights");
  if (!weights.ok()) return weights.status();
  const absl::StatusOr<JsonField> utilities = space->Member("issueUtilities");
  if (!utilities.ok()) return utilities.status();
  std::vector<IssueWorth> worths;
  for (const Issue& issue : issues) {
    absl::StatusOr<IssueWorth> worth = ReadWorth(*weights, *utilities, issue);
    if (!worth.ok()) return worth.status();
    worths.push_back(*std::move(worth));
  }
  Profile profile = MakeProfile(file.place(), worths, notes);
  const absl::StatusOr<double> reservation = Reservation(*space, issues, profile);
  if (!reservation.ok()) return reservation.status();
  profile.reservation = *reservation;
  return profile;
}

}  // namespace

bool IsGeniusWeb(const JsonField& file) { return file.Has(kProfileKey) || file.Has(kIssuesKey); }

absl::StatusOr<NegotiationDomain> ParseGeniusWeb(const JsonField& domain,
                                                 const std::vector<JsonField>& profiles) {
  JsonField root = domain;
  if (domain.Has(kProfileKey)) {
    const absl::StatusOr<JsonField> inside = domain.Member(kProfileKey)->Member("domain");
    if (!inside.ok()) return inside.status();
    root = *inside;
  }
  absl::StatusOr<std::vector<Issue>> issues = ReadIssues(root);
  if (!issues.ok()) return issues.status();
  return MakeJsonDomain(domain.place(), *std::move(issues), profiles, ReadProfile);
}

}  // namespace oneup::sims
