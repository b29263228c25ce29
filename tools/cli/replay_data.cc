#include "tools/cli/replay_data.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace oneup::cli {
namespace {

using Json = nlohmann::ordered_json;
using sims::ReactionRow;

struct Metric {
  const char* name;
  double sims::Reaction::*recorded;
  sims::Spread ReactionRow::*simulated;
};

const Metric kMetrics[] = {
    {"first_day", &sims::Reaction::first_day, &ReactionRow::first_day},
    {"abnormal", &sims::Reaction::abnormal, &ReactionRow::abnormal},
    {"gap", &sims::Reaction::gap, &ReactionRow::gap},
    {"car_1_1", &sims::Reaction::car_1_1, &ReactionRow::car_1_1},
    {"car_0_20", &sims::Reaction::car_0_20, &ReactionRow::car_0_20},
    {"volume_ratio", &sims::Reaction::volume_ratio, &ReactionRow::volume_ratio},
};

// JSON has no NaN.
Json Number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json ToJson(const sims::Spread& spread) {
  return {
      {"median", Number(spread.median)}, {"p05", Number(spread.p05)}, {"p95", Number(spread.p95)}};
}

std::string Cell(double value) { return std::isfinite(value) ? Json(value).dump() : ""; }

}  // namespace

std::string ReplayJson(const sims::LoadedScenario& scenario, const sims::Replay& replay,
                       kernel::CivilDay from) {
  Json reactions = Json::array();
  for (const ReactionRow& row : replay.rows) {
    if (row.key.told_on < from) continue;
    Json recorded;
    Json simulated;
    for (const Metric& metric : kMetrics) {
      recorded[metric.name] = Number(row.recorded.*metric.recorded);
      simulated[metric.name] = ToJson(row.*metric.simulated);
    }
    const double usd_bn = sims::ValueAdded(scenario, row.key, 1);
    const Json value = {{"recorded", Number(usd_bn * row.recorded.first_day)},
                        {"median", Number(usd_bn * row.first_day.median)},
                        {"p05", Number(usd_bn * row.first_day.p05)},
                        {"p95", Number(usd_bn * row.first_day.p95)}};
    reactions.push_back({{"event", scenario.proto.events(row.key.event).id()},
                         {"ticker", scenario.proto.listings(row.key.listing).ticker()},
                         {"exposed", row.key.exposed},
                         {"first_session", kernel::FormatDay(row.key.first_session)},
                         {"recorded", recorded},
                         {"simulated", simulated},
                         {"added_value_usd_bn", value},
                         {"leave_one_out", Number(row.leave_one_out)}});
  }
  Json added = ToJson(replay.added_value.simulated);
  added["recorded"] = Number(replay.added_value.recorded);
  const Json object = {{"scenario", scenario.proto.name()},
                       {"digest", scenario.digest},
                       {"first_seed", replay.runs.front().seed},
                       {"seeds", replay.runs.size()},
                       {"reactions", reactions},
                       {"added_value_usd_bn", added},
                       {"commitments",
                        {{"capacity_gw", Number(replay.commitments.capacity_gw)},
                         {"usd_bn", Number(replay.commitments.usd_bn)},
                         {"over_revenue", Number(replay.commitments.over_revenue)}}}};
  return object.dump(2) + "\n";
}

std::string ReplayCsv(const sims::LoadedScenario& scenario, const sims::Replay& replay,
                      kernel::CivilDay from) {
  std::string text = "event,ticker,exposed,first_session";
  for (const Metric& metric : kMetrics) {
    const std::string name = metric.name;
    text += "," + name + "_recorded," + name + "_median," + name + "_p05," + name + "_p95";
  }
  text += ",leave_one_out\n";
  for (const ReactionRow& row : replay.rows) {
    if (row.key.told_on < from) continue;
    text += scenario.proto.events(row.key.event).id() + "," +
            scenario.proto.listings(row.key.listing).ticker() + "," +
            (row.key.exposed ? "1" : "0") + "," + kernel::FormatDay(row.key.first_session);
    for (const Metric& metric : kMetrics) {
      const sims::Spread& spread = row.*metric.simulated;
      text += "," + Cell(row.recorded.*metric.recorded) + "," + Cell(spread.median) + "," +
              Cell(spread.p05) + "," + Cell(spread.p95);
    }
    text += "," + Cell(row.leave_one_out) + "\n";
  }
  return text;
}

}  // namespace oneup::cli
