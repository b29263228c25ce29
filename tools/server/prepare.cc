#include "tools/server/prepare.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "market/kernel/civil_time.h"
#include "sims/compare/comparison.h"
#include "sims/scenario/intervention_text.h"
#include "sims/scenario/late_interventions.h"
#include "sims/world/resolution.h"
#include "tools/server/wrong.h"

namespace oneup::server {
namespace {

// Orders a day and listing that a run of the server may have at most: "high".
const traders::Resolution& MostOrders() { return sims::kHighResolution; }
constexpr int kUsualPairs = 200;

absl::Status ReadResolution(const std::string& text, sims::RunOptions* run) {
  const auto resolution = sims::ParseResolution(text);
  if (resolution.ok() && resolution->orders_per_day <= MostOrders().orders_per_day) {
    run->resolution = *resolution;
    return absl::OkStatus();
  }
  return Wrong(absl::StrCat("resolution '", Shown(text),
                            "': allowed are low, default, high, or 10 to ",
                            MostOrders().orders_per_day, " orders a day"));
}

absl::Status ReadUntil(const std::string& text, const v1::Scenario& scenario,
                       sims::RunOptions* run) {
  if (text.empty()) return absl::OkStatus();
  const auto until = kernel::ParseDay(text);
  if (!until.ok() || kernel::FormatDay(*until) < scenario.start_date() ||
      kernel::FormatDay(*until) > scenario.end_date()) {
    return Wrong(absl::StrCat("until '", Shown(text), "': allowed is a day from ",
                              scenario.start_date(), " to ", scenario.end_date()));
  }
  run->until = *until;
  return absl::OkStatus();
}

absl::StatusOr<sims::WhatIf> ReadLines(const v1::Simulation& asked) {
  sims::WhatIf what_if;
  std::vector<std::string> problems;
  for (const std::string& line : asked.interventions()) {
    const auto intervention = sims::ParseIntervention(line);
    if (intervention.ok()) {
      what_if.interventions.push_back(*intervention);
    } else {
      problems.emplace_back(intervention.status().message());
    }
  }
  if (!problems.empty()) return Wrong(absl::StrJoin(problems, "\n"));
  what_if.places.resize(what_if.interventions.size());
  what_if.title = absl::StrJoin(asked.interventions(), ", ");
  return what_if;
}

}  // namespace

absl::Status CheckSizes(const Limits& limits, const v1::Simulation& asked) {
  if (asked.interventions_size() > limits.interventions) {
    return Wrong(absl::StrCat("interventions: ", asked.interventions_size(),
                              " of them; allowed are ", limits.interventions));
  }
  std::vector<std::string> problems;
  const auto check = [&](const char* field, const std::string& text) {
    if (text.size() <= limits.line) return;
    problems.push_back(absl::StrCat(field, ": '", Shown(text), "' has ", text.size(),
                                    " bytes; allowed are ", limits.line));
  };
  check("scenario", asked.scenario());
  check("resolution", asked.resolution());
  check("until", asked.until());
  for (const std::string& line : asked.interventions()) check("interventions", line);
  return problems.empty() ? absl::OkStatus() : Wrong(absl::StrJoin(problems, "\n"));
}

absl::Status CheckSizes(const Limits& limits, const v1::CompareWorlds& asked) {
  if (asked.pairs() == 1 || asked.pairs() > static_cast<uint32_t>(limits.pairs)) {
    return Wrong(absl::StrCat("pairs ", asked.pairs(), ": allowed are 2 to ", limits.pairs));
  }
  const bool too_long = std::ranges::any_of(
      asked.metrics(), [&](const std::string& name) { return name.size() > limits.line; });
  if (too_long || asked.metrics_size() > limits.metrics) {
    return Wrong(
        absl::StrCat("metrics: allowed are ", limits.metrics, " names of ", limits.line, " bytes"));
  }
  return CheckSizes(limits, asked.simulation());
}

absl::StatusOr<Prepared> Prepare(const Library& library, const Limits& limits,
                                 const v1::Simulation& asked, const std::string& resolution) {
  if (const absl::Status status = CheckSizes(limits, asked); !status.ok()) return status;
  Prepared prepared;
  prepared.baseline = library.FindScenario(asked.scenario());
  if (prepared.baseline == nullptr) {
    return Wrong(absl::StrCat("scenario '", Shown(asked.scenario()), "': allowed are ",
                              library.ScenarioNames()));
  }
  const v1::Scenario& proto = prepared.baseline->proto;
  prepared.run.seed = asked.has_seed() ? asked.seed() : proto.default_seed();
  const std::string& text = asked.resolution().empty() ? resolution : asked.resolution();
  if (const absl::Status status = ReadResolution(text, &prepared.run); !status.ok()) return status;
  if (const absl::Status status = ReadUntil(asked.until(), proto, &prepared.run); !status.ok()) {
    return status;
  }
  auto what_if = ReadLines(asked);
  if (!what_if.ok()) return what_if.status();
  prepared.what_if = *std::move(what_if);
  if (prepared.what_if.interventions.empty()) return prepared;
  auto changed =
      sims::Intervene(*prepared.baseline, prepared.what_if.interventions, prepared.what_if.places);
  if (!changed.ok()) return changed.status();
  prepared.what_if.interventions =
      sims::LastInterventions(*changed, prepared.what_if.interventions.size());
  const v1::Intervention* late = sims::LateIntervention(
      *prepared.baseline, prepared.what_if.interventions, prepared.run.until);
  if (late != nullptr) {
    return Wrong(absl::StrCat("until ", kernel::FormatDay(prepared.run.until),
                              ": the run ends before '", sims::InterventionText(*late),
                              "' changes anything, on ",
                              kernel::FormatDay(*sims::FirstDayOf(*prepared.baseline, *late))));
  }
  prepared.changed = std::make_unique<const sims::LoadedScenario>(*std::move(changed));
  return prepared;
}

absl::StatusOr<PreparedComparison> Prepare(const Library& library, const Limits& limits,
                                           const v1::CompareWorlds& asked) {
  if (const absl::Status status = CheckSizes(limits, asked); !status.ok()) return status;
  auto worlds = Prepare(library, limits, asked.simulation(), "low");
  if (!worlds.ok()) return worlds.status();
  PreparedComparison prepared;
  prepared.worlds = *std::move(worlds);
  if (prepared.worlds.changed == nullptr) {
    return Wrong("interventions: none; a comparison needs at least one");
  }
  prepared.pairs = asked.pairs() == 0 ? kUsualPairs : static_cast<int>(asked.pairs());
  std::vector<std::string> names(asked.metrics().begin(), asked.metrics().end());
  if (names.empty()) names = sims::UsualOutcomes();
  auto metrics = sims::SelectMetrics(*prepared.worlds.baseline, names);
  if (!metrics.ok()) {
    return Wrong(absl::StrCat("metrics: ", std::string(metrics.status().message())));
  }
  prepared.metrics = *std::move(metrics);
  return prepared;
}

}  // namespace oneup::server
