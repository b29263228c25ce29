// Genius' XML: a domain (negotiation_template) and utility spaces (utility_space).
//
// <issue> elements may lie in nested <objective> elements; their order is that of the document.
// Profiles are matched by the issues' index attributes and the values' names, as Genius does; a
// profile's values that the domain lacks only count for the greatest evaluation. Integer issues
// have lowerbound and upperbound (or a <range> with them), and in profiles an <evaluator> with
// slope and offset: slope (value - lowerbound) + offset, held to [0, 1].
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "sims/domains/domain.h"

namespace oneup::sims {

// Real issues and spaces that are not additive are refused; so is any document type declaration,
// as entities have no business here.
absl::StatusOr<NegotiationDomain> ParseGenius(const DomainText& domain,
                                              const std::vector<DomainText>& profiles);

// Whether the text is the XML of a domain rather than of a profile; for folders.
bool IsGeniusDomain(std::string_view text);

}  // namespace oneup::sims
