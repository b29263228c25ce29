// A chart of bands over days as a drawing (SVG) within a page: no script, the same bytes for the
// same values.
#pragma once

#include <string>
#include <vector>

namespace oneup::sims {

struct BandValues {
  std::vector<double> low;
  std::vector<double> median;
  std::vector<double> high;
};

struct BandSeries {
  BandValues values;
  std::string css;  // class of its lines and areas: "baseline", "changed"
};

// Vectors of one length; a NaN breaks a line. `reference` is a level that is always in sight, with
// a line of its own: 1 of indexed prices, 0 of differences.
std::string BandChart(const std::string& label, const std::vector<std::string>& dates,
                      const std::vector<BandSeries>& series, double reference);

}  // namespace oneup::sims
