#include "sims/report/compare_report.h"

#include <absl/strings/escaping.h>
#include <absl/strings/str_cat.h>

#include "sims/report/html_page.h"
#include "sims/report/html_text.h"

namespace oneup::sims {
namespace {

using html::Escape;

std::string Header(const CompareReportData& data) {
  std::string text = absl::StrCat("<header>\n<h1>What if: ", Escape(data.what_if), "</h1>\n<p>",
                                  Escape(data.description), "</p>\n<pre>");
  for (const std::string& line : data.interventions) absl::StrAppend(&text, Escape(line), "\n");
  return absl::StrCat(text, "</pre>\n<p class=\"about\"><span>", Escape(data.scenario),
                      "</span><span>", Escape(data.runs), "</span><span>", Escape(data.version),
                      "</span></p>\n</header>\n");
}

std::string Outcomes(const CompareReportData& data) {
  std::string text =
      "<h2>Outcomes</h2>\n<p>Both worlds run the same seeds; the difference is taken pair by pair, "
      "what-if less baseline. <em>Pairing</em> says how many times more runs independent seeds "
      "would need for an interval as narrow. <em>Holm</em> is p adjusted over all outcomes "
      "here.</p>\n";
  if (!data.rows.empty()) {
    absl::StrAppend(&text,
                    "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
                    "aria-label=\"Outcomes\">\n<table class=\"closing\">\n<thead><tr><th "
                    "scope=\"col\">outcome</th>");
    for (const char* column : {"baseline", "what if", "difference", "Student's interval",
                               "bootstrap", "p", "Holm", "pairing"}) {
      absl::StrAppend(&text, "<th scope=\"col\">", column, "</th>");
    }
    absl::StrAppend(&text, "</tr></thead>\n<tbody>\n");
    for (const CompareReportRow& row : data.rows) {
      absl::StrAppend(&text, "<tr><th scope=\"row\">", Escape(row.outcome), "</th>");
      for (const std::string* cell : {&row.baseline, &row.changed, &row.difference, &row.student,
                                      &row.bootstrap, &row.p, &row.p_holm, &row.pairing}) {
        absl::StrAppend(&text, "<td>", Escape(*cell), "</td>");
      }
      absl::StrAppend(&text, "</tr>\n");
    }
    absl::StrAppend(&text, "</tbody>\n</table>\n</div>\n");
  }
  if (!data.same.empty()) {
    absl::StrAppend(&text, "<p class=\"soft\">The same in every pair:");
    for (size_t i = 0; i < data.same.size(); ++i) {
      absl::StrAppend(&text, i == 0 ? " " : ", ", Escape(data.same[i]));
    }
    absl::StrAppend(&text, ".</p>\n");
  }
  return text;
}

std::string Paths(const CompareReportData& data) {
  if (data.paths.empty()) return "";
  std::string text = absl::StrCat(
      "<h2>Stocks</h2>\n<p>Closes over the first close of the run: median and the middle 90 % of ",
      data.path_pairs,
      " pairs, then the difference of the two worlds in the same pairs.</p>\n<ul class=\"key\">"
      "<li><svg viewBox=\"0 0 32 12\"><line class=\"line-recorded\" x1=\"0\" y1=\"6\" x2=\"32\" "
      "y2=\"6\"/></svg>baseline</li><li><svg viewBox=\"0 0 32 12\"><line class=\"line-simulated\" "
      "x1=\"0\" y1=\"6\" x2=\"32\" y2=\"6\"/></svg>what if</li></ul>\n<div class=\"charts\">\n");
  for (const CompareReportPath& path : data.paths) {
    absl::StrAppend(
        &text, "<figure>\n<h3>", Escape(path.ticker), "</h3>\n",
        BandChart(path.ticker + ", both worlds", path.dates,
                  {{path.baseline, "baseline"}, {path.changed, "changed"}}, 1),
        "<figcaption>difference</figcaption>\n",
        BandChart(path.ticker + ", difference", path.dates, {{path.difference, "changed"}}, 0),
        "</figure>\n");
  }
  return text + "</div>\n";
}

std::string Networks(const CompareReportData& data) {
  if (data.networks.empty()) return "";
  std::string text = "<h2>Who promised whom</h2>\n";
  for (const CompareReportNetwork& network : data.networks) {
    // As an image of its own: its names and styles stay within.
    absl::StrAppend(&text, "<figure>\n<img alt=\"", Escape(network.description),
                    "\" src=\"data:image/svg+xml;base64,", absl::Base64Escape(network.svg),
                    "\">\n<figcaption>", Escape(network.caption), "</figcaption>\n</figure>\n");
  }
  return text;
}

std::string Explanation(const CompareReportData& data) {
  if (data.explained.empty()) return "";
  std::string text = absl::StrCat("<h2>Why</h2>\n<p>", Escape(data.explained), "</p>\n");
  for (const CompareReportDeal& deal : data.deals) {
    absl::StrAppend(&text, "<details>\n<summary>", Escape(deal.heading), "</summary>\n");
    for (const std::string& outcome : deal.outcomes) {
      absl::StrAppend(&text, "<p dir=\"auto\">", Escape(outcome), "</p>\n");
    }
    absl::StrAppend(&text, "<ol>\n");
    for (const std::string& line : deal.chain) {
      absl::StrAppend(&text, "<li dir=\"auto\">", Escape(line), "</li>\n");
    }
    absl::StrAppend(&text, "</ol>\n</details>\n");
  }
  if (data.carriers.empty()) return text;
  absl::StrAppend(&text,
                  "<h3>Which rules carried the effect</h3>\n<p>Shapley values over families of "
                  "rules: how much of the effect comes and goes with each.</p>\n<div "
                  "class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Shapley "
                  "values\">\n<table class=\"closing\">\n<thead><tr><th scope=\"col\">outcome</th>"
                  "<th scope=\"col\">rules</th><th scope=\"col\">carried</th><th "
                  "scope=\"col\">standard error</th></tr></thead>\n<tbody>\n");
  for (const std::vector<std::string>& row : data.carriers) {
    absl::StrAppend(&text, "<tr>");
    for (size_t i = 0; i < row.size(); ++i) {
      absl::StrAppend(&text, i == 0 ? "<th scope=\"row\">" : "<td>", Escape(row[i]),
                      i == 0 ? "</th>" : "</td>");
    }
    absl::StrAppend(&text, "</tr>\n");
  }
  return text + "</tbody>\n</table>\n</div>\n";
}

}  // namespace

std::string RenderCompareReport(const CompareReportData& data) {
  return html::RenderPage(
      {.title = "What if: " + data.what_if,
       .body = absl::StrCat(Header(data), "<main>\n", Outcomes(data), Paths(data), Networks(data),
                            Explanation(data), "<h2>Make it again</h2>\n<pre>",
                            Escape(data.command), "</pre>\n</main>\n"),
       .chart_json = ""});
}

}  // namespace oneup::sims
