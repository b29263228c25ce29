// What hub and supplier bargain over: thirteen issues, each with a grid of values in its unit.
// A term sheet picks one value of each. About 10^9 sheets exist, so nothing enumerates them; see
// agents/talks/bidding.h for how a good one is found.
//
// Grids and anchors: docs/minds.md 1. Derived and never negotiated: the contract's value
// R = capacity x price, its chips, the announced headline.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "absl/status/status.h"

namespace oneup::v1 {
class DealTerms;
}

namespace oneup::deal {

enum class Issue : uint8_t {
  kCapacity,         // GW
  kPrice,            // billion USD a GW, over the whole term
  kTerm,             // years
  kStartLag,         // years from the announcement to the first delivery
  kEquity,           // billion USD that the supplier puts into the hub, as capacity is deployed
  kWarrants,         // percent of the supplier's shares that it gives to the hub
  kGuarantee,        // billion USD of the hub's loans that the supplier guarantees
  kExclusivity,      // 0 none, .3 right of first refusal, .6 preferred, 1 exclusive
  kSites,            // the supplier's share in deciding where sites are built
  kBinding,          // how much of the contract binds: by its class, JV .2 to definitive .9
  kHeadline,         // announced sum over the sum that binds
  kStage,            // glamour of where it is announced, 0-1
  kAnnouncementLag,  // trading days from agreement to announcement
};
inline constexpr int kIssues = 13;
inline constexpr std::array<Issue, kIssues> kAllIssues = {
    Issue::kCapacity, Issue::kPrice,     Issue::kTerm,           Issue::kStartLag, Issue::kEquity,
    Issue::kWarrants, Issue::kGuarantee, Issue::kExclusivity,    Issue::kSites,    Issue::kBinding,
    Issue::kHeadline, Issue::kStage,     Issue::kAnnouncementLag};

constexpr int IndexOf(Issue issue) { return static_cast<int>(issue); }
// "capacity", with its unit: "GW".
const char* NameOf(Issue issue);
const char* UnitOf(Issue issue);
// The values that an issue can take, ascending. Here, for the search for bids: the compiler then
// sees through Value().
namespace grids {
inline constexpr double kCapacity[] = {0.5, 1, 2, 3, 4.5, 6, 8, 10, 12};
inline constexpr double kPrice[] = {15, 17.5, 20, 25, 30, 35, 40, 50, 60, 67};
inline constexpr double kTerm[] = {3, 4, 5, 7, 10};
inline constexpr double kStartLag[] = {0.3, 0.75, 1, 1.75};
inline constexpr double kEquity[] = {0, 5, 10, 20, 30, 50, 100};
inline constexpr double kWarrants[] = {0, 1, 2.5, 5, 7.5, 10};
inline constexpr double kGuarantee[] = {0, 5, 10, 20, 40};
inline constexpr double kExclusivity[] = {0, 0.3, 0.6, 1};
inline constexpr double kSites[] = {0, 0.5, 1};
inline constexpr double kBinding[] = {0.2, 0.4, 0.6, 0.7, 0.9};
inline constexpr double kHeadline[] = {1, 1.5, 2, 3.3, 5};
inline constexpr double kStage[] = {0.2, 0.5, 0.6, 1};
inline constexpr double kAnnouncementLag[] = {0, 2, 14, 60};
inline constexpr std::span<const double> kAll[kIssues] = {
    kCapacity,    kPrice, kTerm,    kStartLag, kEquity, kWarrants,       kGuarantee,
    kExclusivity, kSites, kBinding, kHeadline, kStage,  kAnnouncementLag};
}  // namespace grids

constexpr std::span<const double> GridOf(Issue issue) { return grids::kAll[IndexOf(issue)]; }
// The place in the grid of the greatest value that is at most `value`; 0 if there is none.
uint8_t PlaceOf(Issue issue, double value);

struct TermSheet {
  // By issue: the place in its grid.
  std::array<uint8_t, kIssues> place{};

  double Value(Issue issue) const { return GridOf(issue)[place[IndexOf(issue)]]; }
  void Set(Issue issue, double value) { place[IndexOf(issue)] = PlaceOf(issue, value); }

  // Value of the contract over its term, billion USD.
  double ContractUsdBn() const { return Value(Issue::kCapacity) * Value(Issue::kPrice); }
  // What the headline says, billion USD.
  double HeadlineUsdBn() const { return Value(Issue::kHeadline) * ContractUsdBn(); }

  bool operator==(const TermSheet&) const = default;
};

// What can be agreed on in one thread: of each issue the places from least to most, both
// included. An issue that is not on the table has one place only.
struct Table {
  std::array<uint8_t, kIssues> least{};
  std::array<uint8_t, kIssues> most{};

  void SetRange(Issue issue, double from, double to);
  bool Open(Issue issue) const { return least[IndexOf(issue)] < most[IndexOf(issue)]; }
  // What both tables allow; where nothing is, the nearest of this one.
  Table Within(const Table& other) const;
};

// Whether the terms make sense together and lie on the table: equity is paid as capacity is
// deployed, at most kEquityUsdBnPerGw; warrants vest by the gigawatt, so there must be one; a
// guarantee covers no more than the contract; the less of a contract binds, the larger may be its
// headline (headline x binding <= 1: Stargate announced five times what its venture bound). One
// line that names the issue otherwise.
inline constexpr double kEquityUsdBnPerGw = 10;
absl::Status Check(const TermSheet& sheet, const Table& table);
// The same, without the words: for the search for bids.
bool Valid(const TermSheet& sheet);

// In the words of a scenario.
v1::DealTerms ToTerms(const TermSheet& sheet);

}  // namespace oneup::deal
