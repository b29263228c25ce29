// Line charts in the terminal, drawn with braille dots (2 x 4 a character) or, in a
// terminal without Unicode, with ASCII.
//
//   Plot plot{.title = "ORCL", .x_labels = dates};
//   plot.series.push_back({"simulated", median});
//   plot.series.push_back({"recorded", recorded});
//   plot.markers.push_back({.x = 171, .text = "Oracle's $300 bn"});
//   std::cout << RenderPlot(plot, TerminalStyle::Detect(stdout));
//
//        ORCL
//    330 ┤                       ⢀⣀⡠⠤⠒⠉
//    285 ┤                      ⡰⠁
//    240 ┤⣀⣀⡠⠤⠤⠒⠒⠒⠉⠉⠉⠉⠒⠒⠤⠤⠤⠊
//        └──────────────────────┴─────
//         2025-01-02           A   2025-10-31
//        ━ simulated  ┄ recorded
//        A 2025-09-10 Oracle's $300 bn
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sims/report/terminal.h"

namespace oneup::sims {

struct PlotSeries {
  std::string label = {};      // empty: not in the legend
  std::vector<double> y = {};  // one an x; NaN leaves a gap
  bool faint = false;          // dotted and dim, as the bounds of an interval; not for the first
};

struct PlotMarker {
  size_t x = 0;  // index
  std::string text = {};
};

struct Plot {
  std::string title = {};
  std::vector<std::string> x_labels = {};  // one an x: "2025-01-02"; shown at both ends
  std::vector<PlotSeries> series = {};     // all of the length of x_labels
  // Marked A, B, C, ... a, b, ... in order of x under the axis and explained below;
  // markers of one column share the column but keep their letters in the legend.
  std::vector<PlotMarker> markers = {};
  int height = 14;  // lines of the drawing, at least 3
};

// As wide as the style says; each line ends with '\n'. A plot without a finite value
// says that it has no data.
std::string RenderPlot(const Plot& plot, const TerminalStyle& style);

// One line of eighth blocks, low to high; a blank where there is NaN. Longer series
// are averaged down to `width` columns. Without Unicode: digits 0-7.
std::string Sparkline(const std::vector<double>& values, int width, const TerminalStyle& style);

// A bar of |value| / scale (cut to 0..1) of `width` columns, to an eighth of a column.
std::string Bar(double value, double scale, int width, const TerminalStyle& style);

}  // namespace oneup::sims
