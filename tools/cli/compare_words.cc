#include "tools/cli/compare_words.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "sims/trace/text.h"
#include "tools/cli/format.h"

namespace oneup::cli {

std::string Figure(double value, const std::string& unit, bool sign) {
  if (!std::isfinite(value)) return "-";
  if (unit == "fraction") {
    return WithoutSignOfZero(sign ? absl::StrFormat("%+.1f %%", 100 * value)
                                  : absl::StrFormat("%.1f %%", 100 * value));
  }
  const std::string figure = Rounded(value);
  return absl::StrCat(sign && value > 0 && figure != "0" ? "+" : "", figure);
}

std::string Range(double low, double high, const std::string& unit) {
  if (!std::isfinite(low)) return "-";
  return absl::StrCat("[", Figure(low, unit, true), ", ", Figure(high, unit, true), "]");
}

std::string Probability(double p) {
  if (!std::isfinite(p)) return "-";
  return p < 0.001 ? "<.001" : absl::StrFormat("%.3f", p);
}

std::string UnitOf(const std::string& unit) { return unit == "fraction" ? "" : unit; }

std::string Pairing(const sims::Effect& effect) {
  const double factor = effect.paired.variance_reduction;
  return std::isfinite(factor) ? absl::StrFormat("%.1f x", factor) : "-";
}

void AddSame(const std::string& metric, std::vector<std::string>* same) {
  const bool part = std::ranges::any_of(
      *same, [&](const std::string& whole) { return metric.starts_with(whole + "."); });
  if (!part) same->push_back(metric);
}

std::string RecordLine(const v1::Record& record) {
  if (record.body_case() == v1::Record::BODY_NOT_SET) return "(nothing: it has ended)";
  return trace::TextLine(record, trace::Prices(v1::Header()));
}

std::string HeadingOf(const sims::ChangedDeal& deal) {
  const bool had = deal.both[0].has_happening();
  const bool has = deal.both[1].has_happening();
  return absl::StrCat(deal.event, had && has ? ": otherwise"
                                  : has      ? ": only in the what-if"
                                             : ": only in the baseline");
}

std::vector<std::string> ChainLines(const sims::ChangedDeal& deal) {
  const std::vector<sims::Link>& chain = deal.chain;
  // A message and that it is heard: talks are a long row of them.
  const auto is_talk = [&](size_t i) {
    const v1::Record& record = chain[i].record;
    return i > 0 && !chain[i].inferred &&
           (record.offer().kind() == v1::OFFER_KIND_OFFER ||
            record.perception().signal() == "offer");
  };
  std::vector<std::string> lines;
  for (size_t i = 0; i < chain.size(); ++i) {
    size_t end = i;
    while (end < chain.size() && is_talk(end)) ++end;
    // The first and the last messages of a row tell where it came from and went to.
    constexpr size_t kShown = 2;
    if (end - i > 2 * kShown + 1 && i > 1 && is_talk(i - 1) && is_talk(i - kShown)) {
      lines.push_back(absl::StrCat("   ... ", end - kShown - i, " more of these talks ..."));
      i = end - kShown;
    }
    const sims::Link& link = chain[i];
    lines.push_back(
        absl::StrCat(lines.empty()   ? "  "
                     : link.inferred ? "~>"
                                     : "->",
                     link.world == sims::WorldOf::kBaseline ? " baseline  " : " what if   ",
                     RecordLine(link.record)));
  }
  return lines;
}

std::vector<std::vector<std::string>> CarrierRows(const sims::Carriers& carriers) {
  std::vector<std::vector<std::string>> rows;
  for (const sims::CarriedBy& one : carriers.families) {
    rows.push_back({carriers.metric, one.family,
                    WithoutSignOfZero(absl::StrFormat("%+.3g", one.value.value)),
                    absl::StrFormat("%.2g", one.value.error)});
  }
  rows.push_back({carriers.metric, "with none of them",
                  WithoutSignOfZero(absl::StrFormat("%+.3g", carriers.direct)),
                  absl::StrFormat("%.2g", carriers.direct_error)});
  return rows;
}

}  // namespace oneup::cli
