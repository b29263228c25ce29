#include "sims/domains/negolog.h"

#include <string>
#include <utility>

#include "sims/domains/draft.h"
#include "sims/domains/json_input.h"

namespace oneup::sims {
namespace {

using negotiation::Issue;
using negotiation::Profile;

absl::StatusOr<std::vector<Issue>> ReadIssues(const JsonField& profile) {
  const absl::StatusOr<JsonField> listed = profile.Member("issues");
  if (!listed.ok()) return listed.status();
  absl::Status status = listed->MustBeObject();
  if (!status.ok()) return status;
  std::vector<Issue> issues;
  for (size_t i = 0; i < listed->size(); ++i) {
    const JsonField values = listed->At(i);
    status = values.MustBeObject();
    if (!status.ok()) return status;
    Issue issue = {.name = listed->NameAt(i), .values = {}};
    for (size_t v = 0; v < values.size(); ++v) issue.values.push_back(values.NameAt(v));
    status = AddIssue(values.place(), std::move(issue), &issues);
    if (!status.ok()) return status;
  }
  return issues;
}

absl::StatusOr<IssueWorth> ReadWorth(const JsonField& weights, const JsonField& listed,
                                     const Issue& issue) {
  const absl::StatusOr<JsonField> weight = weights.Member(issue.name);
  if (!weight.ok()) return weight.status();
  const absl::StatusOr<double> number = weight->Number(0, kMaxWeight);
  if (!number.ok()) return number.status();
  const absl::StatusOr<JsonField> values = listed.Member(issue.name);
  if (!values.ok()) return values.status();
  const JsonMembers evaluations(*values);
  IssueWorth worth = {.weight = *number, .evaluations = {}};
  for (const std::string& value : issue.values) {
    const absl::StatusOr<JsonField> evaluation = evaluations.Find(value);
    if (!evaluation.ok()) return evaluation.status();
    const absl::StatusOr<double> read = evaluation->Number(0, 1);
    if (!read.ok()) return read.status();
    worth.evaluations.push_back(*read);
  }
  return worth;
}

absl::StatusOr<Profile> ReadProfile(const JsonField& file, const std::vector<Issue>& issues,
                                    std::vector<std::string>* notes) {
  const absl::StatusOr<JsonField> listed = file.Member("issues");
  if (!listed.ok()) return listed.status();
  const absl::StatusOr<JsonField> weights = file.Member("issueWeights");
  if (!weights.ok()) return weights.status();
  std::vector<IssueWorth> worths;
  for (const Issue& issue : issues) {
    absl::StatusOr<IssueWorth> worth = ReadWorth(*weights, *listed, issue);
    if (!worth.ok()) return worth.status();
    worths.push_back(*std::move(worth));
  }
  Profile profile = MakeProfile(file.place(), worths, notes);
  if (file.Has("reservationValue")) {
    const absl::StatusOr<double> reservation = file.Member("reservationValue")->Number(0, 1);
    if (!reservation.ok()) return reservation.status();
    profile.reservation = *reservation;
  }
  return profile;
}

}  // namespace

absl::StatusOr<NegotiationDomain> ParseNegoLog(const std::vector<JsonField>& profiles) {
  absl::StatusOr<std::vector<Issue>> issues = ReadIssues(profiles[0]);
  if (!issues.ok()) return issues.status();
  return MakeJsonDomain(profiles[0].place(), *std::move(issues), profiles, ReadProfile);
}

}  // namespace oneup::sims
