#include "sims/domains/draft.h"

#include <charconv>
#include <cmath>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "sims/report/json.h"
#include "sims/stats/csv.h"

namespace oneup::sims {

using negotiation::Issue;
using negotiation::Profile;

namespace {

absl::Status NotAllowed(const std::string& value, double low, double high) {
  return absl::InvalidArgumentError(absl::StrCat(value, " is not allowed; a number from ",
                                                 FormatNumber(low), " to ", FormatNumber(high),
                                                 " is"));
}

}  // namespace

absl::Status WrongAt(const std::string& place, const std::string& what) {
  return absl::InvalidArgumentError(absl::StrCat(place, ": ", what));
}

absl::StatusOr<double> ReadNumber(std::string_view text, double low, double high) {
  const std::string_view whole = text;
  constexpr std::string_view kBlanks = " \t\r\n";
  text.remove_prefix(std::min(text.size(), text.find_first_not_of(kBlanks)));
  text = text.substr(0, text.find_last_not_of(kBlanks) + 1);
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && number >= low && number <= high) {
    return number;
  }
  return NotAllowed(Quoted(whole), low, high);
}

absl::StatusOr<double> CheckNumber(double number, double low, double high) {
  if (number >= low && number <= high) return number;
  return NotAllowed(FormatNumber(number), low, high);
}

absl::StatusOr<int64_t> ReadInteger(std::string_view text) {
  const absl::StatusOr<double> number = ReadNumber(text, -2147483648.0, 2147483647.0);
  if (!number.ok()) return number.status();
  if (*number != std::floor(*number)) {
    return absl::InvalidArgumentError(
        absl::StrCat(Quoted(text), " is not allowed; a whole number is"));
  }
  return static_cast<int64_t>(*number);
}

absl::Status AddIssue(const std::string& place, Issue issue, std::vector<Issue>* issues) {
  if (issue.values.empty()) return WrongAt(place, "it has no values; at least one is needed");
  if (issue.values.size() > kMaxIssueValues) {
    return WrongAt(place, absl::StrCat(issue.values.size(), " values are not allowed; at most ",
                                       kMaxIssueValues, " are"));
  }
  std::set<std::string_view> seen;
  for (const std::string& value : issue.values) {
    if (!seen.insert(value).second) {
      return WrongAt(place, absl::StrCat("the value ", Quoted(value), " stands twice"));
    }
  }
  for (const Issue& other : *issues) {
    if (other.name == issue.name) {
      return WrongAt(place, absl::StrCat("the issue ", Quoted(issue.name), " stands twice"));
    }
  }
  if (issues->size() == kMaxIssues) {
    return WrongAt(place, absl::StrCat("more than ", kMaxIssues, " issues are not allowed"));
  }
  issues->push_back(std::move(issue));
  if (negotiation::CountOutcomes(*issues) > kMaxDomainOutcomes) {
    return WrongAt(place, absl::StrCat("with it, more outcomes than can be counted; at most ",
                                       kMaxDomainOutcomes, " are allowed"));
  }
  return absl::OkStatus();
}

absl::StatusOr<Issue> IntegerIssue(const std::string& place, std::string name, int64_t low,
                                   int64_t high) {
  if (high < low) {
    return WrongAt(place,
                   absl::StrCat("the upper bound ", high, " lies below the lower bound ", low));
  }
  if (high - low >= static_cast<int64_t>(kMaxIssueValues)) {
    return WrongAt(place, absl::StrCat("the range ", low, " to ", high, " has ", high - low + 1,
                                       " values; at most ", kMaxIssueValues, " are allowed"));
  }
  Issue issue = {.name = std::move(name), .values = {}, .integer = true};
  for (int64_t number = low; number <= high; ++number) {
    issue.values.push_back(std::to_string(number));
  }
  return issue;
}

absl::StatusOr<NegotiationDomain> MakeDomain(const std::string& place, std::vector<Issue> issues) {
  if (issues.empty()) return WrongAt(place, "it has no issues; at least one is needed");
  return NegotiationDomain{place, negotiation::OutcomeSpace(std::move(issues)), {}, {}};
}

Profile MakeProfile(std::string name, const std::vector<IssueWorth>& issues,
                    std::vector<std::string>* notes) {
  Profile profile;
  double sum = 0;
  for (const IssueWorth& issue : issues) {
    sum += issue.weight;
    profile.worth.emplace_back();
    for (const double evaluation : issue.evaluations) {
      profile.worth.back().push_back(issue.weight * evaluation);
    }
  }
  if (std::abs(sum - 1) > 0.005) {
    notes->push_back(absl::StrCat(name, ": the weights sum to ", FormatNumber(sum),
                                  "; used as they are, with utilities up to 1, as Genius does"));
  }
  profile.name = std::move(name);
  return profile;
}

}  // namespace oneup::sims
