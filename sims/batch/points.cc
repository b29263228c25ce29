#include "sims/batch/points.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "sims/scenario/problem.h"
#include "sims/scenario/text_format.h"
#include "sims/sensitivity/design.h"
#include "sims/sensitivity/design_table.h"
#include "sims/sensitivity/morris.h"
#include "sims/sensitivity/sobol_indices.h"

namespace oneup::sims {
namespace {

std::vector<Factor> FactorsOf(const v1::Experiment& experiment) {
  std::vector<Factor> factors;
  for (const v1::Factor& given : experiment.factors()) {
    Factor& factor = factors.emplace_back();
    factor.name = given.name();
    if (given.has_min()) factor.min = given.min();
    if (given.has_max()) factor.max = given.max();
    if (given.log()) factor.scale = FactorScale::kLog;
    factor.levels.assign(given.values().begin(), given.values().end());
    for (int i = 0; i < given.alternatives_size(); ++i) factor.levels.push_back(i);
  }
  return factors;
}

absl::StatusOr<Points> GridOf(const v1::Grid& grid, const std::vector<Factor>& factors) {
  constexpr int kFewest = 2;
  const bool asks = std::ranges::any_of(factors, [](const Factor& f) { return f.levels.empty(); });
  return Grid(factors, asks ? static_cast<int>(grid.levels()) : kFewest);
}

absl::StatusOr<Points> ListOf(const v1::List& list, const std::vector<Factor>& factors,
                              const SourceText* table) {
  if (table != nullptr) {
    const absl::StatusOr<CsvTable> read = CsvTable::Parse(table->text, table->name);
    return read.ok() ? ToPoints(*read, factors) : read.status();
  }
  Points points;
  for (const v1::Row& row : list.rows()) {
    if (static_cast<size_t>(row.values_size()) != factors.size()) {
      return absl::InvalidArgumentError(absl::StrCat("row ", points.size(), " has ",
                                                     row.values_size(), " values for ",
                                                     factors.size(), " factors"));
    }
    points.emplace_back(row.values().begin(), row.values().end());
  }
  const absl::Status size = CheckSize("a list", static_cast<int64_t>(points.size()));
  if (!size.ok()) return size;
  return points;
}

absl::StatusOr<MorrisDesign> MorrisOf(const v1::Morris& morris,
                                      const std::vector<Factor>& factors) {
  MorrisOptions options;
  options.trajectories = static_cast<int>(morris.trajectories());
  options.levels = static_cast<int>(morris.levels());
  options.seed = morris.seed();
  return MorrisTrajectories(factors, options);
}

absl::StatusOr<Points> SobolIndicesOf(const v1::SobolIndices& sobol,
                                      const std::vector<Factor>& factors) {
  SobolOptions options;
  options.samples = sobol.base_points();
  return SobolDesign(factors, options);
}

}  // namespace

absl::StatusOr<Points> PointsOf(const v1::Experiment& experiment, const SourceText* table) {
  if (experiment.factors().empty()) return Points(1);
  const std::vector<Factor> factors = FactorsOf(experiment);
  const v1::Design& design = experiment.design();
  switch (design.kind_case()) {
    case v1::Design::kGrid:
      return GridOf(design.grid(), factors);
    case v1::Design::kList:
      return ListOf(design.list(), factors, table);
    case v1::Design::kLatinHypercube:
      return LatinHypercube(factors, design.latin_hypercube().points(),
                            design.latin_hypercube().seed());
    case v1::Design::kSobol:
      return SobolSequence(factors, design.sobol().points());
    case v1::Design::kMorris: {
      absl::StatusOr<MorrisDesign> morris = MorrisOf(design.morris(), factors);
      if (!morris.ok()) return morris.status();
      return std::move(morris->points);
    }
    case v1::Design::kSobolIndices:
      return SobolIndicesOf(design.sobol_indices(), factors);
    case v1::Design::KIND_NOT_SET:
      break;
  }
  return absl::InvalidArgumentError("is missing; factors need one");
}

absl::StatusOr<StudyDesign> StudyDesignOf(const v1::BatchPlan& plan) {
  v1::Experiment experiment;
  std::vector<Problem> problems;
  ParseText({plan.name(), plan.experiment()}, &experiment, &problems);
  StudyDesign study;
  for (const v1::PlannedFactor& factor : plan.factors()) study.factors.push_back(factor.name());
  if (experiment.design().has_morris()) {
    absl::StatusOr<MorrisDesign> morris =
        MorrisOf(experiment.design().morris(), FactorsOf(experiment));
    if (!morris.ok()) return morris.status();
    study.unit = std::move(morris->unit);
    study.points = std::move(morris->points);
  } else if (experiment.design().has_sobol_indices()) {
    study.kind = StudyKind::kSobolIndices;
    absl::StatusOr<Points> points = PointsOf(experiment, nullptr);
    if (!points.ok()) return points.status();
    study.points = *std::move(points);
  } else {
    return absl::InvalidArgumentError(
        absl::StrCat(plan.name(),
                     ": its design says nothing of sensitivity; needs design { morris "
                     "{ ... } } or design { sobol_indices { ... } }"));
  }
  const auto same = [](const std::vector<double>& ours, const v1::PlannedPoint& planned) {
    return std::ranges::equal(ours, planned.values());
  };
  if (!problems.empty() || !std::ranges::equal(study.points, plan.points(), same)) {
    return absl::FailedPreconditionError(
        absl::StrCat(plan.name(), ": its points are not those that this program makes of it"));
  }
  return study;
}

}  // namespace oneup::sims
