// Points made elsewhere (SALib, SciPy, a spreadsheet): a table of comma-separated values whose
// first line has the factors' names, and a point a line.
#pragma once

#include <absl/status/statusor.h>

#include <span>

#include "sims/sensitivity/factor.h"
#include "sims/stats/csv.h"

namespace oneup::sims {

// The points, in the factors' order whatever the columns' (capitals do not matter); columns of
// other names are an error, as they would be a factor that is forgotten. InvalidArgument in one
// line with file, line, column and value for: what CheckFactors refuses; no rows, or more than
// kMaxPoints; a factor without a column; a field that is no number; one outside its factor's
// [min, max], or no level of it.
absl::StatusOr<Points> ToPoints(const CsvTable& table, std::span<const Factor> factors);

}  // namespace oneup::sims
