#include "tools/cli/replay_text.h"

#include <cmath>
#include <cstdio>
#include <vector>

#include "tools/cli/format.h"

namespace oneup::cli {
namespace {

using sims::LoadedScenario;
using sims::ReactionRow;
using sims::Replay;

std::string Join(const std::vector<std::string>& parts, const char* separator) {
  std::string joined;
  for (const std::string& part : parts) {
    if (!joined.empty()) joined += separator;
    joined += part;
  }
  return joined;
}

std::string Actors(const LoadedScenario& scenario, const v1::Event& event) {
  std::vector<std::string> names;
  for (const std::string& id : event.actors()) names.push_back(scenario.FindActor(id)->name());
  return Join(names, ", ");
}

// "2025-09-22", or as much of the date as is known: "2025-02", "in 2018".
std::string When(const LoadedScenario& scenario, const sims::ScheduledEvent& scheduled) {
  const v1::Event& event = scenario.proto.events(scheduled.index);
  switch (event.precision()) {
    case v1::PRECISION_INSTANT:
    case v1::PRECISION_DAY:
      return kernel::FormatDay(scheduled.day);
    case v1::PRECISION_APPROXIMATE:
      return "about " + event.date();
    default:
      return event.date();
  }
}

std::string Interval(const sims::Spread& spread) {
  return "[" + Percent(spread.p05) + ", " + Percent(spread.p95) + "]";
}

// One cell, padded to a width that counts characters, not bytes.
std::string Left(const std::string& text, size_t width) {
  return text.size() >= width ? text : text + std::string(width - text.size(), ' ');
}
std::string Right(const std::string& text, size_t width) {
  return text.size() >= width ? text : std::string(width - text.size(), ' ') + text;
}

}  // namespace

std::string TermsLine(const v1::DealTerms& terms) {
  std::vector<std::string> parts;
  if (terms.has_capacity_gw()) parts.push_back(Plain(terms.capacity_gw()) + " GW");
  if (terms.has_value_usd_bn()) {
    std::string value = Dollars(terms.value_usd_bn());
    if (terms.has_term_years()) value += " over " + Plain(terms.term_years()) + " years";
    if (terms.headline_multiple() > 1) {
      value += " (announced as " + Dollars(terms.value_usd_bn() * terms.headline_multiple()) + ")";
    }
    parts.push_back(value);
  }
  if (terms.has_chips_millions()) parts.push_back(Plain(terms.chips_millions()) + " M chips");
  if (terms.has_vendor_equity()) {
    parts.push_back(std::string(terms.vendor_equity().up_to() ? "supplier invests up to "
                                                              : "supplier invests ") +
                    Dollars(terms.vendor_equity().total_usd_bn()));
  }
  if (terms.has_vendor_warrants()) {
    parts.push_back("warrants on " + Plain(terms.vendor_warrants().percent_of_shares()) +
                    " % of the supplier");
  }
  if (terms.has_loan_guarantee_usd_bn()) {
    parts.push_back("loans of " + Dollars(terms.loan_guarantee_usd_bn()) + " guaranteed");
  }
  return Join(parts, ", ");
}

std::string TellEvent(const LoadedScenario& scenario, const Replay& replay, size_t position) {
  const sims::ScheduledEvent& scheduled = scenario.schedule[position];
  const v1::Event& event = scenario.proto.events(scheduled.index);
  std::string text = When(scenario, scheduled) + "  " + Actors(scenario, event) + "\n";
  text += "  " + event.headline() + "\n";
  if (event.has_terms()) {
    const std::string terms = TermsLine(event.terms());
    if (!terms.empty()) text += "  terms: " + terms + "\n";
  }
  const bool many = replay.runs.size() > 1;
  for (const ReactionRow& row : replay.rows) {
    if (row.key.event != scheduled.index || !row.key.exposed) continue;
    const std::string& ticker = scenario.proto.listings(row.key.listing).ticker();
    text += "  " + Left(ticker, 7) + Right(Percent(row.first_day.median), 8) + " on " +
            kernel::FormatDay(row.key.first_session) + " (open " + Percent(row.gap.median) +
            ", volume " + Times(row.volume_ratio.median) + ")";
    if (many) text += " " + Interval(row.first_day);
    if (!std::isnan(row.recorded.first_day)) {
      text += "; recorded " + Percent(row.recorded.first_day);
    }
    text += "\n";
  }
  if (!event.committed_by().empty() && event.committed_by() == scenario.proto.hub()) {
    const sims::Commitments sum = sims::CommitmentsUpTo(scenario, position);
    double added = 0;
    for (const ReactionRow& row : replay.rows) {
      if (row.key.first_session > scheduled.day + 4 ||
          !sims::CountsAsAddedValue(scenario, row.key)) {
        continue;
      }
      added += sims::ValueAdded(scenario, row.key, row.first_day.median);
    }
    text += "  so far: " + Dollars(sum.usd_bn) + " and " + Plain(sum.capacity_gw) + " GW committed";
    if (!std::isnan(sum.over_revenue)) {
      text += ", " + Plain(std::round(sum.over_revenue)) + " times a year's revenue";
    }
    text += "; " + Dollars(added) + " of market value added on first days\n";
  }
  return text + "\n";
}

std::string ClosingTable(const LoadedScenario& scenario, const Replay& replay) {
  const bool many = replay.runs.size() > 1;
  std::string text = "Simulated against recorded, first trading day";
  text += many ? " (median of " + std::to_string(replay.runs.size()) + " seeds, 90 % interval)\n\n"
               : "\n\n";
  text += Left("event", 22) + Left("ticker", 8) + Right("open gap", 18) + Right("close", 18) +
          Right("abnormal", 18) + Right("CAR[-1,+1]", 18) + Right("CAR[0,+20]", 18) +
          Right("volume", 16) + "\n";
  const auto pair = [](double simulated, double recorded, std::string (*format)(double)) {
    return format(simulated) + " / " + format(recorded);
  };
  for (const ReactionRow& row : replay.rows) {
    if (!row.key.exposed) continue;
    const sims::Reaction& r = row.recorded;
    text += Left(scenario.proto.events(row.key.event).id(), 22) +
            Left(scenario.proto.listings(row.key.listing).ticker(), 8) +
            Right(pair(row.gap.median, r.gap, Percent), 18) +
            Right(pair(row.first_day.median, r.first_day, Percent), 18) +
            Right(pair(row.abnormal.median, r.abnormal, Percent), 18) +
            Right(pair(row.car_1_1.median, r.car_1_1, Percent), 18) +
            Right(pair(row.car_0_20.median, r.car_0_20, Percent), 18) +
            Right(pair(row.volume_ratio.median, r.volume_ratio, Times), 16) + "\n";
    if (many) {
      text += Left("", 30) + Right("abnormal in " + Interval(row.abnormal), 54);
      if (!std::isnan(row.leave_one_out)) {
        text += "   predicted from the others: " + Percent(row.leave_one_out);
      }
      text += "\n";
    }
  }
  text += "\nEach cell: simulated / recorded.\n\nMarket value added by the hub's commitments: " +
          Dollars(replay.added_value.simulated.median);
  if (many) {
    text += " [" + Dollars(replay.added_value.simulated.p05) + ", " +
            Dollars(replay.added_value.simulated.p95) + "]";
  }
  text += "; recorded " + Dollars(replay.added_value.recorded) +
          "\nCommitted: " + Dollars(replay.commitments.usd_bn) + ", " +
          Plain(replay.commitments.capacity_gw) + " GW";
  if (!std::isnan(replay.commitments.over_revenue)) {
    text += ", " + Plain(std::round(replay.commitments.over_revenue)) + " times a year's revenue";
  }
  return text + "\n";
}

}  // namespace oneup::cli
