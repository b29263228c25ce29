#include "agents/deal/term_sheet.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "oneup/v1/deal.pb.h"

namespace oneup::deal {
namespace {

struct IssueInfo {
  const char* name;
  const char* unit;
};

constexpr IssueInfo kInfo[kIssues] = {
    {"capacity", "GW"},
    {"price", "billion USD a GW"},
    {"term", "years"},
    {"start lag", "years"},
    {"equity", "billion USD"},
    {"warrants", "percent of the shares"},
    {"guarantee", "billion USD"},
    {"exclusivity", "0-1"},
    {"sites", "share of the say"},
    {"binding", "share that binds"},
    {"headline", "times the contract"},
    {"stage", "0-1"},
    {"announcement lag", "trading days"},
};

}  // namespace

const char* NameOf(Issue issue) { return kInfo[IndexOf(issue)].name; }
const char* UnitOf(Issue issue) { return kInfo[IndexOf(issue)].unit; }

uint8_t PlaceOf(Issue issue, double value) {
  const std::span<const double> grid = GridOf(issue);
  const auto above = std::upper_bound(grid.begin(), grid.end(), value);
  return above == grid.begin() ? uint8_t{0} : static_cast<uint8_t>(above - grid.begin() - 1);
}

void Table::SetRange(Issue issue, double from, double to) {
  const int i = IndexOf(issue);
  least[i] = PlaceOf(issue, from);
  most[i] = std::max(least[i], PlaceOf(issue, to));
}

Table Table::Within(const Table& other) const {
  Table both = *this;
  for (int i = 0; i < kIssues; ++i) {
    both.least[i] = std::clamp(other.least[i], least[i], most[i]);
    both.most[i] = std::clamp(other.most[i], both.least[i], most[i]);
  }
  return both;
}

bool Valid(const TermSheet& sheet) {
  const double capacity = sheet.Value(Issue::kCapacity);
  return sheet.Value(Issue::kEquity) <= kEquityUsdBnPerGw * capacity &&
         (sheet.Value(Issue::kWarrants) == 0 || capacity >= 1) &&
         sheet.Value(Issue::kHeadline) * sheet.Value(Issue::kBinding) <= 1 &&
         sheet.Value(Issue::kGuarantee) <= sheet.ContractUsdBn();
}

absl::Status Check(const TermSheet& sheet, const Table& table) {
  for (const Issue issue : kAllIssues) {
    const int i = IndexOf(issue);
    if (sheet.place[i] >= table.least[i] && sheet.place[i] <= table.most[i]) continue;
    const std::span<const double> grid = GridOf(issue);
    const std::string value = sheet.place[i] < grid.size()
                                  ? absl::StrCat("is ", grid[sheet.place[i]])
                                  : std::string("is no value of the grid");
    return absl::InvalidArgumentError(absl::StrCat(NameOf(issue), ": ", value, "; from ",
                                                   grid[table.least[i]], " to ",
                                                   grid[table.most[i]], " ", UnitOf(issue)));
  }
  if (Valid(sheet)) return absl::OkStatus();
  const double capacity = sheet.Value(Issue::kCapacity);
  if (sheet.Value(Issue::kEquity) > kEquityUsdBnPerGw * capacity) {
    return absl::InvalidArgumentError(absl::StrCat("equity: is ", sheet.Value(Issue::kEquity),
                                                   "; at most ", kEquityUsdBnPerGw * capacity,
                                                   " billion USD for ", capacity, " GW"));
  }
  if (sheet.Value(Issue::kWarrants) > 0 && capacity < 1) {
    return absl::InvalidArgumentError("warrants: need a capacity of at least 1 GW to vest by");
  }
  if (sheet.Value(Issue::kHeadline) * sheet.Value(Issue::kBinding) > 1) {
    return absl::InvalidArgumentError(
        absl::StrCat("headline: is ", sheet.Value(Issue::kHeadline), " times; at most ",
                     1 / sheet.Value(Issue::kBinding), " for a contract that binds by ",
                     sheet.Value(Issue::kBinding)));
  }
  return absl::InvalidArgumentError(absl::StrCat("guarantee: is ", sheet.Value(Issue::kGuarantee),
                                                 "; at most the contract's ", sheet.ContractUsdBn(),
                                                 " billion USD"));
}

v1::DealTerms ToTerms(const TermSheet& sheet) {
  constexpr double kChipMillionsPerGw = 0.5;
  v1::DealTerms terms;
  terms.set_capacity_gw(sheet.Value(Issue::kCapacity));
  terms.set_price_usd_bn_per_gw(sheet.Value(Issue::kPrice));
  terms.set_value_usd_bn(sheet.ContractUsdBn());
  terms.set_term_years(sheet.Value(Issue::kTerm));
  terms.set_start_lag_years(sheet.Value(Issue::kStartLag));
  terms.set_chips_millions(kChipMillionsPerGw * sheet.Value(Issue::kCapacity));
  if (const double equity = sheet.Value(Issue::kEquity); equity > 0) {
    terms.mutable_vendor_equity()->set_total_usd_bn(equity);
    terms.mutable_vendor_equity()->set_usd_bn_per_gw(equity / sheet.Value(Issue::kCapacity));
    terms.mutable_vendor_equity()->set_up_to(true);
  }
  if (const double warrants = sheet.Value(Issue::kWarrants); warrants > 0) {
    terms.mutable_vendor_warrants()->set_percent_of_shares(warrants);
  }
  if (const double guarantee = sheet.Value(Issue::kGuarantee); guarantee > 0) {
    terms.set_loan_guarantee_usd_bn(guarantee);
  }
  // Each grid lists its classes in the order of the enumeration, which begins with "unspecified".
  terms.set_exclusivity(
      static_cast<v1::Exclusivity>(1 + sheet.place[IndexOf(Issue::kExclusivity)]));
  terms.set_site_control(sheet.Value(Issue::kSites));
  terms.set_contract_class(
      static_cast<v1::ContractClass>(1 + sheet.place[IndexOf(Issue::kBinding)]));
  terms.set_headline_multiple(sheet.Value(Issue::kHeadline));
  terms.set_stage(static_cast<v1::Stage>(1 + sheet.place[IndexOf(Issue::kStage)]));
  terms.set_announcement_lag_days(static_cast<uint32_t>(sheet.Value(Issue::kAnnouncementLag)));
  return terms;
}

}  // namespace oneup::deal
