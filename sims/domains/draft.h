// What the readers of all formats share: a place in a file for messages, numbers within ranges, and
// a domain in the making that is checked as a whole.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "sims/domains/domain.h"

namespace oneup::sims {

// InvalidArgument: "P1.xml:12: issue 'Price': it has no values".
absl::Status WrongAt(const std::string& place, const std::string& what);

// A decimal number within [low, high]; blanks around it are ignored. Anything else, NaN and
// infinity included, is an InvalidArgument that names the value and the range, but no place yet.
absl::StatusOr<double> ReadNumber(std::string_view text, double low, double high);
// The same check of a number that a parser has read.
absl::StatusOr<double> CheckNumber(double number, double low, double high);
// A whole number of 32 bits.
absl::StatusOr<int64_t> ReadInteger(std::string_view text);

// Adds an issue that has one value at least, no more than kMaxIssueValues, none twice, and a name
// of its own. Refused as soon as the list has more issues or outcomes than a domain may: a few
// kilobytes of integer issues would otherwise be gigabytes of values.
absl::Status AddIssue(const std::string& place, negotiation::Issue issue,
                      std::vector<negotiation::Issue>* issues);
// An integer issue from low to high, both included.
absl::StatusOr<negotiation::Issue> IntegerIssue(const std::string& place, std::string name,
                                                int64_t low, int64_t high);
// The domain of these issues, at least one, still without profiles. place: the domain's name.
absl::StatusOr<NegotiationDomain> MakeDomain(const std::string& place,
                                             std::vector<negotiation::Issue> issues);

// A party's weight and evaluation of the values of one issue, in their order, not negative.
struct IssueWorth {
  double weight = 0;
  std::vector<double> evaluations;
};
// weight x evaluation, and a note if the weights do not sum to 1.
negotiation::Profile MakeProfile(std::string name, const std::vector<IssueWorth>& issues,
                                 std::vector<std::string>* notes);

// Greatest evaluation and weight that are read.
inline constexpr double kMaxEvaluation = 1e12;
inline constexpr double kMaxWeight = 1e6;

}  // namespace oneup::sims
