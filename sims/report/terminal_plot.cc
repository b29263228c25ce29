#include "sims/report/terminal_plot.h"

#include <absl/strings/str_format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

namespace oneup::sims {
namespace {

constexpr Color kSeriesColors[] = {Color::kBlue, Color::kOrange, Color::kGreen, Color::kPurple};
constexpr char kAsciiMarks[] = {'*', 'o', '+', 'x'};

// How a series is drawn.
struct Stroke {
  Color color = Color::kPlain;
  char ascii = '*';
  const char* sample = "━━";  // in the legend
  int period = 1;             // of two dots, one in so many is drawn
};

// Every second series is dashed, so that the lines are told apart without colour too.
Stroke StrokeOf(size_t series, bool faint) {
  if (faint) return {Color::kDim, '.', "··", 3};
  return {kSeriesColors[series % std::size(kSeriesColors)],
          kAsciiMarks[series % std::size(kAsciiMarks)], series % 2 == 0 ? "━━" : "╍╍",
          series % 2 == 0 ? 1 : 2};
}

std::string Utf8(char32_t code) {  // of three bytes
  return {static_cast<char>(0xE0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 0x3F)),
          static_cast<char>(0x80 | (code & 0x3F))};
}

// A drawing of dots, several to a character: 2 x 4 in braille, 1 x 1 in ASCII. Each
// character remembers who drew in it last.
class Canvas {
 public:
  Canvas(int columns, int lines, std::vector<Stroke> strokes, const TerminalStyle& style)
      : style_(style),
        strokes_(std::move(strokes)),
        columns_(columns),
        lines_(lines),
        per_column_(style.unicode ? 2 : 1),
        per_line_(style.unicode ? 4 : 1),
        cells_(static_cast<size_t>(columns * lines)) {}

  int width() const { return columns_ * per_column_; }
  int height() const { return lines_ * per_line_; }

  void Dot(int x, int y, size_t series) {
    if (x < 0 || y < 0 || x >= width() || y >= height()) return;
    // Bits of the dots of a braille character, by row and column.
    static constexpr uint8_t kBits[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    Cell& cell = cells_[static_cast<size_t>(y / per_line_ * columns_ + x / per_column_)];
    cell.dots = static_cast<uint8_t>(cell.dots | kBits[y % per_line_][x % per_column_]);
    cell.series = series;
  }

  // A straight line of dots (Bresenham).
  void Line(int x0, int y0, int x1, int y1, size_t series) {
    const int dx = std::abs(x1 - x0);
    const int dy = -std::abs(y1 - y0);
    const int step_x = x0 < x1 ? 1 : -1;
    const int step_y = y0 < y1 ? 1 : -1;
    int error = dx + dy;
    while (true) {
      if (!style_.unicode || (x0 / 2 + y0 / 2) % strokes_[series].period == 0) {
        Dot(x0, y0, series);
      }
      if (x0 == x1 && y0 == y1) return;
      const int twice = 2 * error;
      if (twice >= dy) {
        error += dy;
        x0 += step_x;
      }
      if (twice <= dx) {
        error += dx;
        y0 += step_y;
      }
    }
  }

  std::string Row(int line) const {
    std::string row;
    for (int column = 0; column < columns_; ++column) {
      const Cell& cell = cells_[static_cast<size_t>(line * columns_ + column)];
      if (cell.dots == 0) {
        row.push_back(' ');
      } else if (style_.unicode) {
        row.append(Paint(style_, strokes_[cell.series].color, Utf8(0x2800 + char32_t{cell.dots})));
      } else {
        const Stroke& stroke = strokes_[cell.series];
        row.append(Paint(style_, stroke.color, std::string(1, stroke.ascii)));
      }
    }
    return row;
  }

 private:
  struct Cell {
    uint8_t dots = 0;
    size_t series = 0;
  };
  TerminalStyle style_;
  std::vector<Stroke> strokes_;
  int columns_;
  int lines_;
  int per_column_;
  int per_line_;
  std::vector<Cell> cells_;
};

// Digits that tell the ends of a range apart.
std::string AxisNumber(double value, double range) {
  const int decimals = range >= 20 ? 0 : range >= 2 ? 1 : range >= 0.2 ? 2 : 4;
  return absl::StrFormat("%.*f", decimals, value);
}

char MarkerLetter(size_t i) {
  if (i < 26) return static_cast<char>('A' + i);
  if (i < 52) return static_cast<char>('a' + (i - 26));
  return '*';
}

void TrimEnd(std::string& line) {
  while (!line.empty() && line.back() == ' ') line.pop_back();
}

}  // namespace

std::string RenderPlot(const Plot& plot, const TerminalStyle& style) {
  double low = INFINITY;
  double high = -INFINITY;
  for (const PlotSeries& series : plot.series) {
    for (const double y : series.y) {
      if (!std::isfinite(y)) continue;
      low = std::min(low, y);
      high = std::max(high, y);
    }
  }
  std::string out;
  if (!plot.title.empty()) out += Paint(style, Color::kBold, plot.title) + "\n";
  if (!(low <= high)) return out + "  no data\n";
  if (low == high) {  // a flat line runs through the middle
    const double margin = low == 0 ? 1 : std::fabs(low) * 0.01;
    low -= margin;
    high += margin;
  }

  const int lines = std::max(plot.height, 3);
  int gutter = 0;
  for (const double y : {low, high, (low + high) / 2}) {
    gutter = std::max(gutter, DisplayWidth(AxisNumber(y, high - low)));
  }
  const int columns = std::max(10, style.width - gutter - 3);
  std::vector<Stroke> strokes;
  for (size_t s = 0; s < plot.series.size(); ++s) {
    strokes.push_back(StrokeOf(s, plot.series[s].faint));
  }
  Canvas canvas(columns, lines, strokes, style);
  const size_t count = plot.x_labels.size();
  const auto x_of = [&](size_t i) {
    return count < 2 ? 0
                     : static_cast<int>(std::lround(static_cast<double>(i) * (canvas.width() - 1) /
                                                    static_cast<double>(count - 1)));
  };
  const auto y_of = [&](double y) {
    return static_cast<int>(std::lround((high - y) / (high - low) * (canvas.height() - 1)));
  };
  // The first series is drawn last: it is the one the plot is about.
  for (size_t s = plot.series.size(); s-- > 0;) {
    const std::vector<double>& y = plot.series[s].y;
    for (size_t i = 0; i < std::min(count, y.size()); ++i) {
      if (!std::isfinite(y[i])) continue;
      const size_t before = i == 0 || !std::isfinite(y[i - 1]) ? i : i - 1;
      canvas.Line(x_of(before), y_of(y[before]), x_of(i), y_of(y[i]), s);
    }
  }

  for (int line = 0; line < lines; ++line) {
    const bool labelled = line == 0 || line == lines - 1 || line == lines / 2;
    // The value at the middle of this line of the drawing.
    const double value = high - (high - low) * line / (lines - 1);
    std::string row = Pad(labelled ? AxisNumber(value, high - low) : "", gutter, Align::kRight);
    row += style.unicode ? (labelled ? " ┤" : " │") : (labelled ? " +" : " |");
    row += canvas.Row(line);
    TrimEnd(row);
    out += row + "\n";
  }

  std::vector<PlotMarker> markers = plot.markers;
  std::erase_if(markers, [&](const PlotMarker& marker) { return marker.x >= count; });
  std::stable_sort(markers.begin(), markers.end(),
                   [](const PlotMarker& a, const PlotMarker& b) { return a.x < b.x; });
  const int per_column = canvas.width() / columns;
  std::vector<std::string> axis(static_cast<size_t>(columns), style.unicode ? "─" : "-");
  std::string letters(static_cast<size_t>(columns), ' ');
  for (size_t m = 0; m < markers.size(); ++m) {
    const auto column = static_cast<size_t>(x_of(markers[m].x) / per_column);
    axis[column] = style.unicode ? "┴" : "+";
    // A letter that is taken moves to the next free column.
    size_t free = column;
    while (free < letters.size() && letters[free] != ' ') ++free;
    if (free < letters.size()) letters[free] = MarkerLetter(m);
  }
  const std::string indent(static_cast<size_t>(gutter + 2), ' ');
  out += std::string(static_cast<size_t>(gutter + 1), ' ') + (style.unicode ? "└" : "+");
  for (const std::string& piece : axis) out += piece;
  out += "\n";
  if (!markers.empty()) {
    std::string row = indent + Paint(style, Color::kBold, letters);
    TrimEnd(row);
    out += row + "\n";
  }
  if (count > 0) {
    const std::string& last = plot.x_labels.back();
    std::string row = indent + plot.x_labels.front();
    if (count > 1) {
      row = Pad(row, gutter + 2 + columns - DisplayWidth(last)) + last;
    }
    out += row + "\n";
  }
  std::string legend;
  for (size_t s = 0; s < plot.series.size(); ++s) {
    if (plot.series[s].label.empty()) continue;
    const std::string mark =
        style.unicode ? std::string(strokes[s].sample) : std::string(2, strokes[s].ascii);
    if (!legend.empty()) legend += "   ";
    legend += Paint(style, strokes[s].color, mark) + " " + plot.series[s].label;
  }
  if (!legend.empty()) out += indent + legend + "\n";
  for (size_t m = 0; m < markers.size(); ++m) {
    const std::string text = plot.x_labels[markers[m].x] + "  " + markers[m].text;
    out += indent + Paint(style, Color::kBold, std::string(1, MarkerLetter(m))) + "  " +
           Truncate(text, style.width - gutter - 5, style) + "\n";
  }
  return out;
}

std::string Sparkline(const std::vector<double>& values, int width, const TerminalStyle& style) {
  const size_t columns = std::min(values.size(), static_cast<size_t>(std::max(width, 0)));
  std::vector<double> means;
  for (size_t c = 0; c < columns; ++c) {
    double sum = 0;
    int finite = 0;
    for (size_t i = c * values.size() / columns; i < (c + 1) * values.size() / columns; ++i) {
      if (!std::isfinite(values[i])) continue;
      sum += values[i];
      ++finite;
    }
    means.push_back(finite > 0 ? sum / finite : NAN);
  }
  double low = INFINITY;
  double high = -INFINITY;
  for (const double mean : means) {
    if (std::isnan(mean)) continue;
    low = std::min(low, mean);
    high = std::max(high, mean);
  }
  std::string line;
  for (const double mean : means) {
    if (std::isnan(mean)) {
      line.push_back(' ');
      continue;
    }
    const int level =
        high > low ? static_cast<int>(std::lround((mean - low) / (high - low) * 7)) : 3;
    line += style.unicode ? Utf8(char32_t{0x2581} + static_cast<char32_t>(level))
                          : std::string(1, static_cast<char>('0' + level));
  }
  return line;
}

std::string Bar(double value, double scale, int width, const TerminalStyle& style) {
  const double share = scale > 0 && std::isfinite(value) ? std::fabs(value) / scale : 0;
  const int eighths = static_cast<int>(std::lround(std::min(share, 1.0) * width * 8));
  std::string bar;
  if (!style.unicode) return std::string(static_cast<size_t>((eighths + 4) / 8), '#');
  for (int i = 0; i < eighths / 8; ++i) bar += "█";
  // Left blocks from seven eighths, U+2589, to one eighth, U+258F.
  if (eighths % 8 > 0) bar += Utf8(char32_t{0x2590} - static_cast<char32_t>(eighths % 8));
  return bar;
}

}  // namespace oneup::sims
