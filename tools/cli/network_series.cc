#include "tools/cli/network_series.h"

#include <absl/strings/str_format.h>

#include <cmath>
#include <cstdio>
#include <iostream>
#include <utility>
#include <vector>

#include "market/kernel/civil_time.h"
#include "sims/report/terminal_plot.h"
#include "sims/report/terminal_table.h"
#include "tools/cli/format.h"

namespace oneup::cli {
namespace {

using sims::Align;
using sims::SystemicPoint;

std::string CsvCell(double value) { return std::isfinite(value) ? sims::FormatNumber(value) : ""; }

// From the first event to the report's day: what holds on a day is what the last event left.
sims::Plot PlotOf(const NetworkReport& report) {
  const std::vector<SystemicPoint>& points = report.series;
  sims::Plot plot;
  plot.title =
      report.graph.companies[report.graph.hub].name + ": obligations over a year's revenue, times";
  sims::PlotSeries ratio;
  size_t next = 0;
  for (kernel::CivilDay day = points.front().day; day <= report.figures.day; ++day) {
    while (next < points.size() && points[next].day <= day) {
      const bool rises =
          points[next].obligations_usd_bn > (next > 0 ? points[next - 1].obligations_usd_bn : 0);
      if (rises) plot.markers.push_back({plot.x_labels.size(), points[next].event});
      ++next;
    }
    plot.x_labels.push_back(kernel::FormatDay(day));
    ratio.y.push_back(points[next - 1].over_revenue);
  }
  plot.series.push_back(std::move(ratio));
  return plot;
}

}  // namespace

std::string SeriesTable(const NetworkReport& report, const sims::TerminalStyle& style) {
  if (report.series.empty()) return "";
  std::vector<sims::TableRow> rows;
  for (const SystemicPoint& point : report.series) {
    rows.push_back(
        {{kernel::FormatDay(point.day), point.event,
          point.obligations_usd_bn > 0 ? absl::StrFormat("%.1f", point.obligations_usd_bn) : "-",
          std::isnan(point.revenue_usd_bn) ? "n/a" : Plain(point.revenue_usd_bn),
          Times(point.over_revenue), absl::StrFormat("%.1f %%", 100 * point.circularity)}});
  }
  return sims::RenderTable({{"date"},
                            {"after"},
                            {"obligations", Align::kRight},
                            {"revenue", Align::kRight},
                            {"over revenue", Align::kRight},
                            {"circularity", Align::kRight}},
                           rows, style);
}

void WriteSeries(sims::JsonWriter& json, const NetworkReport& report) {
  json.Array();
  for (const SystemicPoint& point : report.series) {
    json.Object().Key("date").Value(kernel::FormatDay(point.day)).Key("event").Value(point.event);
    json.Key("obligations_usd_bn").Value(point.obligations_usd_bn);
    json.Key("revenue_usd_bn").Value(point.revenue_usd_bn);
    json.Key("obligations_over_revenue").Value(point.over_revenue);
    json.Key("circularity").Value(point.circularity).EndObject();
  }
  json.EndArray();
}

void PrintSeriesText(const NetworkReport& report) {
  const sims::TerminalStyle style = sims::TerminalStyle::Detect(stdout);
  std::cout << report.Title() << "\n\n";
  if (report.series.empty()) {
    std::cout << "Nothing was promised by then.\n";
    return;
  }
  std::cout << sims::RenderPlot(PlotOf(report), style) << "\n" << SeriesTable(report, style);
}

void PrintSeriesJson(const NetworkReport& report) {
  sims::JsonWriter json(2);
  json.Object().Key("scenario").Value(report.scenario.proto.name()).Key("seed");
  report.seed ? json.Value(*report.seed) : json.Null();
  json.Key("at").Value(kernel::FormatDay(report.figures.day)).Key("hub");
  report.graph.hub >= 0 ? json.Value(report.graph.companies[report.graph.hub].id) : json.Null();
  json.Key("series");
  WriteSeries(json, report);
  json.EndObject();
  std::cout << json.text() << "\n";
}

void PrintSeriesCsv(const NetworkReport& report) {
  std::cout
      << "date,event,obligations_usd_bn,revenue_usd_bn,obligations_over_revenue,circularity\n";
  for (const SystemicPoint& point : report.series) {
    std::cout << kernel::FormatDay(point.day) << "," << point.event << ","
              << CsvCell(point.obligations_usd_bn) << "," << CsvCell(point.revenue_usd_bn) << ","
              << CsvCell(point.over_revenue) << "," << CsvCell(point.circularity) << "\n";
  }
}

}  // namespace oneup::cli
