#include "sims/report/html_sections.h"

#include <absl/strings/str_cat.h>
#include <absl/strings/str_format.h>
#include <absl/time/civil_time.h>

#include <algorithm>
#include <cmath>

#include "sims/report/html_text.h"
#include "sims/report/json.h"

namespace oneup::sims::html {
namespace {

// Element content or an attribute whose language, and so direction, is open.
std::string Auto(std::string_view tag, std::string_view text, std::string_view css = "") {
  return absl::StrCat("<", std::string(tag),
                      css.empty() ? "" : absl::StrCat(" class=\"", std::string(css), "\""),
                      " dir=\"auto\">", Escape(text), "</", std::string(tag), ">");
}

// Seconds since 1970 of a whole date "2025-09-10"; false for a less precise one.
bool ParseDate(const std::string& date, int64_t* seconds) {
  absl::CivilDay day;
  if (date.size() != 10 || !absl::ParseCivilTime(date, &day)) return false;
  *seconds = (day - absl::CivilDay(1970, 1, 1)) * 86400;
  return true;
}

const ReportEvent* FindEvent(const ReportData& data, const std::string& id) {
  const auto found = std::find_if(data.events.begin(), data.events.end(),
                                  [&](const ReportEvent& event) { return event.id == id; });
  return found == data.events.end() ? nullptr : &*found;
}

std::string LetterOf(const ReportData& data, const std::string& id) {
  for (size_t i = 0; i < data.events.size(); ++i) {
    if (data.events[i].id == id) return EventLetter(data, i);
  }
  return "";
}

const std::string& MarkedDay(const ReportEvent& event) {
  return event.marked_on.empty() ? event.date : event.marked_on;
}

// To the event's place in the timeline.
std::string LinkTo(const ReportEvent& event) {
  return absl::StrCat("<a href=\"#event-", Escape(event.id), "\">", Escape(event.id), "</a>");
}

std::string LetterBadge(const std::string& letter) {
  if (letter.empty()) return "";
  return absl::StrCat("<span class=\"letter\">", letter, "</span> ");
}

bool Inside(const Estimate& estimate) {
  return estimate.recorded >= estimate.p05 && estimate.recorded <= estimate.p95;
}

// The first day with both prices, on which the series is indexed; size() if none.
size_t BaseDay(const ReportSeries& series) {
  for (size_t i = 0; i < series.dates.size(); ++i) {
    if (i < series.median.size() && i < series.recorded.size() && series.median[i] > 0 &&
        series.recorded[i] > 0) {
      return i;
    }
  }
  return series.dates.size();
}

double At(const std::vector<double>& values, size_t i) {
  return i < values.size() ? values[i] : kUnknown;
}

// The last finite value, indexed.
double LastIndexed(const std::vector<double>& values, double base) {
  for (size_t i = values.size(); i-- > 0;) {
    if (std::isfinite(values[i])) return 100 * values[i] / base;
  }
  return kUnknown;
}

using Format = std::string (*)(double, bool);

std::string MetricCell(const Estimate& estimate, Format format) {
  std::string cell = absl::StrCat("<td>", format(estimate.recorded, true));
  if (std::isfinite(estimate.recorded) && std::isfinite(estimate.p05)) {
    const bool inside = Inside(estimate);
    absl::StrAppend(&cell, " <span class=\"", inside ? "in" : "out", "\" title=\"",
                    inside ? "inside" : "outside", " the 90 % interval\">", inside ? "●" : "○",
                    "<span class=\"hidden\"> ", inside ? "inside" : "outside",
                    " the interval</span></span>");
  }
  absl::StrAppend(&cell, "<span class=\"sim\">", format(estimate.median, true));
  if (std::isfinite(estimate.p05)) {
    absl::StrAppend(&cell, " [", format(estimate.p05, false), ", ", format(estimate.p95, false),
                    "]");
  }
  return cell + "</span></td>";
}

}  // namespace

std::string DealLetter(size_t i) {
  std::string letters;
  for (size_t rest = i + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters;
}

std::string EventLetter(const ReportData& data, size_t event) {
  if (!data.events[event].deal) return "";
  size_t deals = 0;
  for (size_t i = 0; i < event; ++i) deals += data.events[i].deal ? 1 : 0;
  return DealLetter(deals);
}

std::string Header(const ReportData& data) {
  std::string out = absl::StrCat("<header>\n", Auto("h1", data.title), "\n");
  if (!data.description.empty()) absl::StrAppend(&out, Auto("p", data.description), "\n");
  absl::StrAppend(&out, "<p class=\"about\"><span>", data.seeds,
                  data.seeds == 1 ? " run" : " runs, median and 90 % interval", "</span>");
  if (!data.scenario.empty()) {
    absl::StrAppend(&out, "<span>scenario ", Escape(data.scenario), "</span>");
  }
  if (!data.version.empty()) absl::StrAppend(&out, "<span>", Escape(data.version), "</span>");
  return out +
         "</p>\n<nav aria-label=\"Sections\"><a href=\"#prices\">Prices</a>"
         "<a href=\"#reactions\">Recorded and simulated</a><a href=\"#value\">Added value</a>"
         "<a href=\"#timeline\">Timeline</a><a href=\"#again\">Run it again</a></nav>\n</header>\n";
}

std::string Totals(const ReportData& data) {
  if (data.totals.empty()) return "";
  std::string out = "<section aria-label=\"Totals\" class=\"totals\">\n";
  for (const ReportTotal& total : data.totals) {
    absl::StrAppend(&out, "<div class=\"card total\">", Auto("span", total.label, "soft"), "<b>",
                    Number(total.value.median), " ", Escape(total.unit),
                    "</b><span class=\"soft\">");
    if (std::isfinite(total.value.p05)) {
      absl::StrAppend(&out, Number(total.value.p05), " to ", Number(total.value.p95));
    }
    if (std::isfinite(total.value.recorded)) {
      absl::StrAppend(&out, std::isfinite(total.value.p05) ? "; " : "", "recorded ",
                      Number(total.value.recorded));
    }
    absl::StrAppend(&out, "</span></div>\n");
  }
  return out + "</section>\n";
}

std::string Charts(const ReportData& data) {
  std::string out =
      "<section id=\"prices\">\n<h2>Prices</h2>\n"
      "<p class=\"soft\">Daily closes, 100 on the first day. Letters mark deals, dotted lines "
      "other "
      "events that named the company. Point at a chart to read its values; drag across it to "
      "enlarge a stretch of time, double-click to see all of it.</p>\n"
      "<ul class=\"key\"><li><svg viewBox=\"0 0 32 12\" aria-hidden=\"true\"><path d=\"M0 6H32\" "
      "class=\"line-simulated\"/></svg>";
  out += data.seeds > 1 ? "simulated, median</li><li><svg viewBox=\"0 0 32 12\" "
                          "aria-hidden=\"true\"><rect width=\"32\" height=\"12\" "
                          "class=\"fill-band\"/></svg>90 % of runs</li>"
                        : "simulated</li>";
  out +=
      "<li><svg viewBox=\"0 0 32 12\" aria-hidden=\"true\"><path d=\"M0 6H32\" "
      "class=\"line-recorded\"/></svg>recorded</li></ul>\n<ul class=\"key soft\">";
  for (size_t i = 0; i < data.events.size(); ++i) {
    if (!data.events[i].deal) continue;
    absl::StrAppend(&out, "<li>", LetterBadge(EventLetter(data, i)), Escape(data.events[i].date),
                    " ", Auto("span", data.events[i].headline), "</li>");
  }
  absl::StrAppend(&out, "</ul>\n<div class=\"charts\">\n");
  for (size_t s = 0; s < data.series.size(); ++s) {
    const ReportSeries& series = data.series[s];
    const size_t base = BaseDay(series);
    const double simulated = LastIndexed(series.median, At(series.median, base));
    const double recorded = LastIndexed(series.recorded, At(series.recorded, base));
    absl::StrAppend(&out, "<figure>\n<h3>", Escape(series.ticker), " ",
                    series.name == series.ticker ? "" : Auto("span", series.name, "soft"),
                    "</h3>\n<div class=\"chart\" role=\"img\" ", "data-series=\"", s,
                    "\" aria-label=\"", Escape(series.ticker), ": the simulated median ends at ",
                    Number(simulated), ", the recorded price at ", Number(recorded),
                    ", of 100 at the beginning\"></div>\n</figure>\n");
  }
  return out +
         "</div>\n<noscript><p>The charts need JavaScript; the tables below do not."
         "</p></noscript>\n</section>\n";
}

std::string ClosingTable(const ReportData& data) {
  if (data.reactions.empty()) return "";
  const struct {
    const char* header;
    Estimate ReportReaction::*metric;
    Format format;
  } columns[] = {
      {"opening gap, %", &ReportReaction::gap, Percent},
      {"first day, %", &ReportReaction::first_day, Percent},
      {"abnormal, %", &ReportReaction::abnormal, Percent},
      {"CAR[−1,+1], %", &ReportReaction::car_1_1, Percent},
      {"CAR[0,+20], %", &ReportReaction::car_0_20, Percent},
      {"volume, ×", &ReportReaction::volume_ratio, Ratio},
  };
  std::string out =
      "<section id=\"reactions\">\n<h2>Recorded and simulated</h2>\n"
      "<p class=\"soft\">First line: recorded. Second line: " +
      std::string(data.seeds > 1 ? "the median of the runs and their 90 % interval; <span "
                                   "class=\"in\">●</span> the recorded value lies inside it, <span "
                                   "class=\"out\">○</span> outside"
                                 : "simulated") +
      ". Returns in percent, volume as a multiple of the mean before. “Held out” is the abnormal "
      "return predicted by a fit that never saw this event. A dash: the prices end before that "
      "day or begin too late, or the event is in no fit.</p>\n"
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Reactions\">\n"
      "<table class=\"closing\">\n<thead><tr><th scope=\"col\">event</th>";
  for (const auto& column : columns) {
    absl::StrAppend(&out, "<th scope=\"col\">", column.header, "</th>");
  }
  absl::StrAppend(&out, "<th scope=\"col\">held out, %</th></tr></thead>\n<tbody>\n");
  for (const ReportReaction& reaction : data.reactions) {
    const ReportEvent* event = FindEvent(data, reaction.event);
    absl::StrAppend(&out, "<tr><th scope=\"row\">", LetterBadge(LetterOf(data, reaction.event)),
                    Escape(reaction.ticker), "<span class=\"sim\">",
                    event == nullptr ? "" : Escape(MarkedDay(*event)) + " ",
                    event == nullptr ? Escape(reaction.event) : LinkTo(*event), "</span></th>");
    for (const auto& column : columns) {
      absl::StrAppend(&out, MetricCell(reaction.*column.metric, column.format));
    }
    absl::StrAppend(&out, "<td>", Percent(reaction.leave_one_out), "</td></tr>\n");
  }
  return out + "</tbody>\n</table>\n</div>\n</section>\n";
}

std::string AddedValue(const ReportData& data) {
  double low = 0;
  double high = 0;
  size_t shown = 0;
  for (const ReportReaction& reaction : data.reactions) {
    const Estimate& value = reaction.added_value_usd_bn;
    if (!std::isfinite(value.median) && !std::isfinite(value.recorded)) continue;
    ++shown;
    for (const double v : {value.recorded, value.median, value.p05, value.p95}) {
      if (!std::isfinite(v)) continue;
      low = std::min(low, v);
      high = std::max(high, v);
    }
  }
  if (shown == 0 || !(high > low)) return "";
  const double margin = 0.02 * (high - low);
  low -= margin;
  high += margin;
  const auto x = [&](double value) { return 1000 * (value - low) / (high - low); };
  const auto bar = [&](double value, int y, const char* css) {
    if (!std::isfinite(value)) return std::string();
    return absl::StrFormat("<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"10\" class=\"%s\"/>",
                           x(std::min(value, 0.0)), y, std::fabs(x(value) - x(0)), css);
  };
  std::string out =
      "<section id=\"value\">\n<h2>Added value</h2>\n"
      "<p class=\"soft\">Market value added on the first day, billion US dollars: recorded above, "
      "simulated below with the interval that holds 90 % of the runs.</p>\n"
      "<div class=\"card bars\">\n";
  for (const ReportReaction& reaction : data.reactions) {
    const Estimate& value = reaction.added_value_usd_bn;
    if (!std::isfinite(value.median) && !std::isfinite(value.recorded)) continue;
    const ReportEvent* event = FindEvent(data, reaction.event);
    absl::StrAppend(
        &out, "<div>", LetterBadge(LetterOf(data, reaction.event)), Escape(reaction.ticker), " ",
        Auto("span", event == nullptr ? reaction.event : event->headline, "soft"), "</div>\n",
        "<svg viewBox=\"0 0 1000 28\" preserveAspectRatio=\"none\" aria-hidden=\"true\">",
        bar(value.recorded, 3, "bar-recorded"), bar(value.median, 15, "bar-simulated"));
    if (std::isfinite(value.p05) && std::isfinite(value.p95)) {
      absl::StrAppend(&out,
                      absl::StrFormat("<path d=\"M%.1f 20H%.1fM%.1f 16V24M%.1f 16V24\" "
                                      "class=\"whisker\"/>",
                                      x(value.p05), x(value.p95), x(value.p05), x(value.p95)));
    }
    absl::StrAppend(&out, absl::StrFormat("<path d=\"M%.1f 0V28\" class=\"zero\"/></svg>\n", x(0)),
                    "<div class=\"value\">recorded ", Number(value.recorded, true),
                    "<span class=\"sim\"><br>simulated ", Number(value.median, true));
    if (std::isfinite(value.p05)) {
      absl::StrAppend(&out, " [", Number(value.p05), ", ", Number(value.p95), "]");
    }
    absl::StrAppend(&out, "</span></div>\n");
  }
  return out + "</div>\n</section>\n";
}

std::string Timeline(const ReportData& data) {
  if (data.events.empty()) return "";
  std::string out = "<section id=\"timeline\">\n<h2>Timeline</h2>\n<ol class=\"timeline\">\n";
  for (size_t i = 0; i < data.events.size(); ++i) {
    const ReportEvent& event = data.events[i];
    absl::StrAppend(&out, event.deal ? "<li class=\"deal\"" : "<li", " id=\"event-",
                    Escape(event.id), "\"><span class=\"soft\">", LetterBadge(EventLetter(data, i)),
                    Escape(event.date));
    if (!event.actors.empty()) absl::StrAppend(&out, " · ", Auto("span", event.actors));
    absl::StrAppend(&out, "</span>\n", Auto("h3", event.headline), "\n");
    if (!event.terms.empty()) absl::StrAppend(&out, Auto("p", event.terms, "terms"), "\n");
    if (!event.narrative.empty()) absl::StrAppend(&out, Auto("p", event.narrative), "\n");
    if (!event.secret.empty()) {
      absl::StrAppend(&out, Auto("p", "secret " + event.secret, "soft"), "\n");
    }
    if (!event.reaction.empty()) {
      absl::StrAppend(&out, "<p class=\"reaction\"><span class=\"soft\">first day</span> ",
                      Auto("span", event.reaction), "</p>\n");
    }
    if (!event.evidence.empty()) {
      absl::StrAppend(&out, "<details><summary>Evidence</summary>",
                      Auto("p", event.evidence, "soft"), "</details>\n");
    }
    absl::StrAppend(&out, "</li>\n");
  }
  return out + "</ol>\n</section>\n";
}

std::string Reproduce(const ReportData& data) {
  std::string out = absl::StrCat(
      "<section id=\"again\">\n<h2>Run it again</h2>\n"
      "<p>The same command, scenario and program give this page again, byte for byte:</p>\n"
      "<pre><code>",
      Escape(data.command), "</code></pre>\n");
  if (!data.notes.empty()) {
    absl::StrAppend(&out, "<h3>What to keep in mind</h3>\n<ul>\n");
    for (const std::string& note : data.notes) absl::StrAppend(&out, Auto("li", note), "\n");
    absl::StrAppend(&out, "</ul>\n");
  }
  return out + "</section>\n";
}

std::string ChartJson(const ReportData& data) {
  JsonWriter json(0, JsonWriter::For::kScript);
  json.Object().Key("series").Array();
  for (const ReportSeries& series : data.series) {
    const size_t base = BaseDay(series);
    json.Object().Key("ticker").Value(series.ticker).Key("times").Array();
    std::vector<size_t> kept;
    for (size_t i = 0; i < series.dates.size(); ++i) {
      int64_t seconds = 0;
      if (!ParseDate(series.dates[i], &seconds)) continue;
      kept.push_back(i);
      json.Value(seconds);
    }
    json.EndArray();
    const struct {
      const char* key;
      const std::vector<double>& values;
      double base;
    } columns[] = {{"p05", series.p05, At(series.median, base)},
                   {"p95", series.p95, At(series.median, base)},
                   {"median", series.median, At(series.median, base)},
                   {"recorded", series.recorded, At(series.recorded, base)}};
    for (const auto& column : columns) {
      json.Key(column.key).Array();
      for (const size_t i : kept) {
        json.Value(std::round(1e4 * At(column.values, i) / column.base) / 100);
      }
      json.EndArray();
    }
    json.Key("marks").Array();
    for (size_t e = 0; e < data.events.size(); ++e) {
      const ReportEvent& event = data.events[e];
      int64_t seconds = 0;
      const bool here = std::find(event.tickers.begin(), event.tickers.end(), series.ticker) !=
                        event.tickers.end();
      if (!here || !ParseDate(MarkedDay(event), &seconds)) continue;
      json.Object().Key("time").Value(seconds);
      json.Key("letter").Value(EventLetter(data, e)).EndObject();
    }
    json.EndArray().EndObject();
  }
  return json.EndArray().EndObject().text();
}

}  // namespace oneup::sims::html
