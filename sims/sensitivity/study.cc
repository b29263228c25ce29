#include "sims/sensitivity/study.h"

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "market/kernel/math.h"

namespace oneup::sims {
namespace {

// One point's outcomes, and their average.
struct Cell {
  std::vector<double> outcomes;  // by replicate; NaN where missing
  size_t there = 0;
  double mean = math::kNaN;
};

std::vector<Cell> CellsOf(size_t points, size_t replicates, const StudyOutcome& outcome) {
  std::vector<Cell> cells(points);
  for (size_t p = 0; p < points; ++p) {
    double sum = 0;
    for (size_t r = 0; r < replicates; ++r) {
      const double y = outcome(p, r);
      const bool there = std::isfinite(y);
      cells[p].outcomes.push_back(there ? y : math::kNaN);
      if (!there) continue;
      sum += y;
      ++cells[p].there;
    }
    if (cells[p].there > 0) cells[p].mean = sum / static_cast<double>(cells[p].there);
  }
  return cells;
}

// Points of a block: a trajectory, or a row of Saltelli's design.
size_t BlockSize(const StudyDesign& design) {
  return design.factors.size() + (design.kind == StudyKind::kMorris ? 1 : 2);
}

// The points of each block of a design.
std::vector<std::vector<size_t>> BlocksOf(const StudyDesign& design) {
  const bool morris = design.kind == StudyKind::kMorris;
  const size_t size = BlockSize(design);
  const size_t count = design.points.size() / size;
  std::vector<std::vector<size_t>> blocks(count);
  for (size_t b = 0; b < count; ++b) {
    for (size_t i = 0; i < size; ++i) blocks[b].push_back(morris ? b * size + i : i * count + b);
  }
  return blocks;
}

// How outcomes spread for no other reason than their seeds.
struct Spread {
  double within = math::kNaN;    // variance of a run about its point's average
  double residual = math::kNaN;  // s^2
  double of_average = math::kNaN;
};

Spread SpreadOf(std::span<const Cell* const> cells, size_t replicates, bool common_seeds) {
  std::vector<double> seed_effect(replicates, 0);
  std::vector<double> counts(replicates, 0);
  double outcomes = 0;
  double inverse = 0;
  for (const Cell* cell : cells) {
    inverse += 1 / static_cast<double>(cell->there);
    for (size_t r = 0; r < replicates; ++r) {
      if (std::isnan(cell->outcomes[r])) continue;
      seed_effect[r] += cell->outcomes[r] - cell->mean;
      ++counts[r];
      ++outcomes;
    }
  }
  for (size_t r = 0; r < replicates; ++r) {
    seed_effect[r] = common_seeds && counts[r] > 0 ? seed_effect[r] / counts[r] : 0;
  }
  double within = 0;
  double residual = 0;
  for (const Cell* cell : cells) {
    for (size_t r = 0; r < replicates; ++r) {
      if (std::isnan(cell->outcomes[r])) continue;
      const double off = cell->outcomes[r] - cell->mean;
      within += off * off;
      residual += (off - seed_effect[r]) * (off - seed_effect[r]);
    }
  }
  const auto points = static_cast<double>(cells.size());
  const double free = outcomes - points;
  const double left = free - (common_seeds ? static_cast<double>(replicates) - 1 : 0);
  if (left <= 0) return {};
  return {within / free, residual / left, residual / left * inverse / points};
}

absl::Status Check(const StudyDesign& design, size_t replicates, const StudyOptions& options) {
  const size_t k = design.factors.size();
  const size_t size = BlockSize(design);
  const bool unit = design.kind == StudyKind::kMorris ? design.unit.size() == design.points.size()
                                                      : design.unit.empty();
  if (k == 0 || design.points.empty() || design.points.size() % size != 0 || !unit) {
    return absl::InvalidArgumentError(
        absl::StrCat(design.points.size(), " points of ", k, " factors are no such design"));
  }
  if (replicates < 1 || options.resamples < 1) {
    return absl::InvalidArgumentError(absl::StrCat(replicates, " replicates, ", options.resamples,
                                                   " resamples; must be at least 1"));
  }
  return absl::OkStatus();
}

double Share(double part, double whole) { return whole > 0 ? part / whole : math::kNaN; }

// What the averages say of each factor.
absl::Status AddIndices(const StudyDesign& design, const std::vector<size_t>& order,
                        const std::vector<Cell>& cells, const StudyOptions& options,
                        StudyResult& result) {
  std::vector<double> y;
  for (const size_t p : order) y.push_back(cells[p].mean);
  if (design.kind == StudyKind::kMorris) {
    MorrisDesign part;
    for (const size_t p : order) {
      part.unit.push_back(design.unit[p]);
      part.points.push_back(design.points[p]);
    }
    auto effects = MorrisEffects(part, y, options.level, options.resamples, options.seed);
    if (!effects.ok()) return effects.status();
    result.morris = *std::move(effects);
    return absl::OkStatus();
  }
  auto indices = SobolIndices(y, static_cast<int>(design.factors.size()), options.level,
                              options.resamples, options.seed);
  if (!indices.ok()) return indices.status();
  result.sobol = *std::move(indices);
  for (const SobolIndex& index : result.sobol) result.first_sum += index.first;
  return absl::OkStatus();
}

// Delta of a Morris design: by how much its first step moves a factor.
double StepOf(const StudyDesign& design) {
  double step = 0;
  for (size_t f = 0; f < design.factors.size(); ++f) {
    step = std::max(step, std::fabs(design.unit[1][f] - design.unit[0][f]));
  }
  return step;
}

}  // namespace

absl::StatusOr<StudyResult> RunStudy(const StudyDesign& design, size_t replicates,
                                     const StudyOutcome& outcome, const StudyOptions& options) {
  if (const absl::Status status = Check(design, replicates, options); !status.ok()) return status;
  const bool morris = design.kind == StudyKind::kMorris;
  const std::vector<Cell> cells = CellsOf(design.points.size(), replicates, outcome);
  const std::vector<std::vector<size_t>> blocks = BlocksOf(design);
  std::vector<std::vector<size_t>> used;
  std::ranges::copy_if(blocks, std::back_inserter(used), [&](const std::vector<size_t>& block) {
    return std::ranges::all_of(block, [&](size_t p) { return cells[p].there > 0; });
  });
  StudyResult result;
  result.runs = cells.size() * replicates;
  for (const Cell& cell : cells) result.missing += replicates - cell.there;
  result.blocks = blocks.size();
  result.used = used.size();
  if (used.size() < 2) {
    return absl::InvalidArgumentError(
        absl::StrCat("exists at all points of ", used.size(), " of ", blocks.size(),
                     morris ? " trajectories" : " rows of the design", "; needs 2 (missing in ",
                     result.missing, " of ", result.runs, " runs)"));
  }
  // The order of the design, block after block or part after part.
  std::vector<size_t> order;
  std::vector<const Cell*> measured;
  std::vector<double> averages;
  const size_t size = used[0].size();
  for (size_t i = 0; i < used.size() * size; ++i) {
    const size_t p = morris ? used[i / size][i % size] : used[i % used.size()][i / used.size()];
    order.push_back(p);
    measured.push_back(&cells[p]);
    if (morris || i < 2 * used.size()) averages.push_back(cells[p].mean);
  }
  result.mean = Mean(averages);
  result.deviation = StandardDeviation(averages);
  const double variance = result.deviation * result.deviation;
  const Spread spread = SpreadOf(measured, replicates, options.common_seeds);
  result.noise = Share(spread.of_average, variance);
  const double between = std::max(variance - spread.of_average, 0.0);
  result.seeds = Share(spread.within, spread.within + between);
  result.floor =
      morris ? 2 * std::sqrt(spread.of_average / math::kPi) / StepOf(design) : result.noise;
  const absl::Status status = AddIndices(design, order, cells, options, result);
  if (!status.ok()) return status;
  return result;
}

}  // namespace oneup::sims
