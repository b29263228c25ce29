#include "sims/report/band_chart.h"

#include <absl/strings/str_cat.h>
#include <absl/strings/str_format.h>

#include <algorithm>
#include <cmath>

#include "sims/report/html_text.h"

namespace oneup::sims {
namespace {

// Of the drawing, in its own units.
constexpr double kWidth = 560;
constexpr double kHeight = 190;
constexpr double kLeft = 46;
constexpr double kRight = 8;
constexpr double kTop = 8;
constexpr double kBottom = 22;

struct Scale {
  size_t days = 0;
  double low = 0;
  double high = 1;

  std::string X(size_t day) const {
    const double share = days < 2 ? 0 : static_cast<double>(day) / static_cast<double>(days - 1);
    return absl::StrFormat("%.1f", kLeft + share * (kWidth - kLeft - kRight));
  }
  std::string Y(double value) const {
    const double share = (value - low) / (high - low);
    return absl::StrFormat("%.1f", kHeight - kBottom - share * (kHeight - kTop - kBottom));
  }
};

Scale ScaleOf(size_t days, const std::vector<BandSeries>& series, double reference) {
  Scale scale{days, reference, reference};
  for (const BandSeries& one : series) {
    for (const auto* values : {&one.values.low, &one.values.median, &one.values.high}) {
      for (const double value : *values) {
        if (!std::isfinite(value)) continue;
        scale.low = std::min(scale.low, value);
        scale.high = std::max(scale.high, value);
      }
    }
  }
  const double room = scale.high > scale.low ? 0.05 * (scale.high - scale.low) : 0.5;
  scale.low -= room;
  scale.high += room;
  return scale;
}

// A round step that gives three to six lines.
double StepOf(double span) {
  const double power = std::pow(10, std::floor(std::log10(span / 4)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (span / (factor * power) <= 6) return factor * power;
  }
  return 10 * power;
}

std::string Axes(const Scale& scale, const std::vector<std::string>& dates) {
  std::string text;
  const double step = StepOf(scale.high - scale.low);
  const int digits = std::clamp(static_cast<int>(-std::floor(std::log10(step))), 0, 9);
  for (double k = std::ceil(scale.low / step); k * step <= scale.high; k += 1) {
    const std::string y = scale.Y(k * step);
    absl::StrAppend(&text, "<line class=\"grid\" x1=\"", kLeft, "\" x2=\"", kWidth - kRight,
                    "\" y1=\"", y, "\" y2=\"", y, "\"/><text class=\"tick\" x=\"", kLeft - 6,
                    "\" y=\"", y, "\" text-anchor=\"end\" dominant-baseline=\"middle\">",
                    absl::StrFormat("%.*f", digits, k * step + 0.0), "</text>");
  }
  // Years, where they begin.
  for (size_t day = 0; day < dates.size(); ++day) {
    const std::string year = dates[day].substr(0, 4);
    if (day > 0 && dates[day - 1].starts_with(year)) continue;
    absl::StrAppend(&text, "<text class=\"tick\" x=\"", scale.X(day), "\" y=\"", kHeight - 6, "\">",
                    html::Escape(year), "</text>");
  }
  return text;
}

std::string Area(const Scale& scale, const BandSeries& series) {
  std::string there;
  std::string back;
  for (size_t day = 0; day < series.values.low.size(); ++day) {
    if (!std::isfinite(series.values.low[day]) || !std::isfinite(series.values.high[day])) continue;
    absl::StrAppend(&there, scale.X(day), ",", scale.Y(series.values.high[day]), " ");
    back = absl::StrCat(scale.X(day), ",", scale.Y(series.values.low[day]), " ", back);
  }
  return absl::StrCat("<polygon class=\"band-", series.css, "\" points=\"", there, back, "\"/>");
}

std::string MedianLine(const Scale& scale, const BandSeries& series) {
  std::string path;
  bool pen = false;
  for (size_t day = 0; day < series.values.median.size(); ++day) {
    if (!std::isfinite(series.values.median[day])) {
      pen = false;
      continue;
    }
    absl::StrAppend(&path, pen ? "L" : "M", scale.X(day), " ", scale.Y(series.values.median[day]));
    pen = true;
  }
  return absl::StrCat("<path class=\"median-", series.css, "\" d=\"", path, "\"/>");
}

}  // namespace

std::string BandChart(const std::string& label, const std::vector<std::string>& dates,
                      const std::vector<BandSeries>& series, double reference) {
  const Scale scale = ScaleOf(dates.size(), series, reference);
  std::string text =
      absl::StrCat("<svg class=\"bands\" role=\"img\" aria-label=\"", html::Escape(label),
                   "\" viewBox=\"0 0 ", kWidth, " ", kHeight, "\">", Axes(scale, dates));
  absl::StrAppend(&text, "<line class=\"zero\" x1=\"", kLeft, "\" x2=\"", kWidth - kRight,
                  "\" y1=\"", scale.Y(reference), "\" y2=\"", scale.Y(reference), "\"/>");
  for (const BandSeries& one : series) absl::StrAppend(&text, Area(scale, one));
  for (const BandSeries& one : series) absl::StrAppend(&text, MedianLine(scale, one));
  return text + "</svg>\n";
}

}  // namespace oneup::sims
