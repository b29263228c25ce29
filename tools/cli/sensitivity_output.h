// What a study of sensitivity says, for people and for programs.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "oneup/v1/batch.pb.h"
#include "sims/report/terminal.h"
#include "sims/sensitivity/study.h"

namespace oneup::cli {

struct SensitivityReport {
  v1::BatchPlan plan;
  sims::StudyDesign design;
  sims::StudyOptions options;
  // A metric each, and what its outcomes say of the factors, or why they say nothing.
  std::vector<v1::PlannedMetric> metrics;
  std::vector<absl::StatusOr<sims::StudyResult>> studies;
};

// Tables, a metric each; the factor that matters most stands first.
std::string SensitivityText(const SensitivityReport& report, const sims::TerminalStyle& style);
// An object, and a line a metric and factor; factors in the experiment's order. What is not known
// is null, or an empty field.
std::string SensitivityJson(const SensitivityReport& report);
std::string SensitivityCsv(const SensitivityReport& report);

}  // namespace oneup::cli
