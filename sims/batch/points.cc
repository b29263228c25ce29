#include "sims/batch/points.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
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

absl::StatusOr<Points> MorrisOf(const v1::Morris& morris, const std::vector<Factor>& factors) {
  MorrisOptions options;
  options.trajectories = static_cast<int>(morris.trajectories());
  options.levels = static_cast<int>(morris.levels());
  options.seed = morris.seed();
  absl::StatusOr<MorrisDesign> design = MorrisTrajectories(factors, options);
  if (!design.ok()) return design.status();
  return std::move(design->points);
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
    case v1::Design::kMorris:
      return MorrisOf(design.morris(), factors);
    case v1::Design::kSobolIndices:
      return SobolIndicesOf(design.sobol_indices(), factors);
    case v1::Design::KIND_NOT_SET:
      break;
  }
  return absl::InvalidArgumentError("is missing; factors need one");
}

}  // namespace oneup::sims
