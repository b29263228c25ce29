// Published negotiation domains from files: what can be agreed on, and what it is worth to whom.
//
// Read are Genius XML (a domain and a profile for each party), GeniusWeb JSON (the same, or
// profiles alone: they hold the domain), NegMAS JSON (a domain and a linear additive utility
// function for each party), and a folder of NegoLog (profileA.json, profileB.json) or of Genius
// XML. Discrete and integer issues, two parties and more.
//
// What Genius does is done here too: an issue with an evaluation above 1 is divided by its
// greatest; weights are used as they are, even if they do not sum to 1 (a note says so), and
// utilities end at 1; a discount of 0 is none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "agents/negotiation/outcome_space.h"
#include "agents/negotiation/profile.h"

namespace oneup::sims {

struct NegotiationDomain {
  std::string name;
  negotiation::OutcomeSpace space;
  std::vector<negotiation::Profile> profiles;  // in the order given; worths fit the space
  std::vector<std::string> notes;              // for people: what is unusual, a line each
};

// The text of a file; `name` stands in messages.
struct DomainText {
  std::string name;
  std::string text;
};

// Bounds of what is read: beyond them a file is refused.
inline constexpr size_t kMaxDomainFile = size_t{16} << 20;  // bytes
inline constexpr size_t kMaxIssues = 100;
inline constexpr size_t kMaxIssueValues = 1'000'000;  // of one issue
inline constexpr uint64_t kMaxDomainOutcomes = uint64_t{1} << 53;

// From texts, told apart by their content. InvalidArgument is one line: file, place, value, what is
// allowed. Never crashes, hangs or allocates far beyond the size of the texts, whatever they hold.
absl::StatusOr<NegotiationDomain> ParseDomain(const DomainText& domain,
                                              const std::vector<DomainText>& profiles);

// From files. `domain` may be a folder if no profiles are given. NotFound if one is missing,
// FailedPrecondition if it cannot be read or is too large.
absl::StatusOr<NegotiationDomain> LoadDomain(const std::string& domain,
                                             const std::vector<std::string>& profiles);

}  // namespace oneup::sims
