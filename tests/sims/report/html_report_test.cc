#include "sims/report/html_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "sims/report/html_sections.h"
#include "sims/report/html_text.h"

namespace oneup::sims {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char kEvil[] = "</script><script>alert(1)</script>\" onload=\"x' & <b>";

ReportData Sample() {
  ReportData data;
  data.title = "2025";
  data.description = "Five deals.";
  data.command = "oneup replay 2025 --seeds 200 --report 2025.html";
  data.scenario = "2025 (abc123)";
  data.version = "oneup 0.1.0";
  data.seeds = 200;
  data.series = {{.ticker = "ORCL",
                  .name = "Oracle",
                  .dates = {"2025-09-08", "2025-09-09", "2025-09-10", "sometime"},
                  .median = {kUnknown, 200, 260, 1},
                  .p05 = {kUnknown, 195, 240, 1},
                  .p95 = {kUnknown, 205, 280, 1},
                  .recorded = {240, 250, 340, 1}}};
  data.events = {
      {.id = "dinner", .date = "2023", .headline = "A dinner", .actors = "Altman, Son"},
      {.id = "orcl",
       .date = "2025-09-10",
       .headline = "Oracle's $300 bn",
       .actors = "Altman, Catz",
       .terms = "$300 bn, 4.5 GW",
       .narrative = "The stock opens a third higher.",
       .evidence = "article, line 63",
       .tickers = {"ORCL"},
       .deal = true},
      {.id = "hebrew", .date = "2025-10-06", .headline = "שישה ג'יגה-ואט", .deal = true}};
  ReportReaction reaction{.event = "orcl", .ticker = "ORCL"};
  reaction.first_day = {0.36, 0.3301, 0.28, 0.39};
  reaction.abnormal = {0.355, 0.25, 0.2, 0.3};
  reaction.volume_ratio = {3.24, 4.1, 2, 6};
  reaction.added_value_usd_bn = {247, 230, 200, 270};
  reaction.leave_one_out = 0.294;
  data.reactions = {reaction};
  data.totals = {{"market value added", "USD bn", {630, 601.4, 540, 660}}};
  data.notes = {"One sector, one year."};
  return data;
}

TEST(HtmlText, EscapesMarkup) {
  EXPECT_EQ(html::Escape("<a href=\"x\">'&'</a>"),
            "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
}

TEST(HtmlText, WritesNumbersForPeople) {
  EXPECT_EQ(html::Percent(0.355), "+35.5");
  EXPECT_EQ(html::Percent(-0.011), "−1.1");
  EXPECT_EQ(html::Percent(kUnknown), "–");
  EXPECT_EQ(html::Number(12345.6), "12,346");
  EXPECT_EQ(html::Number(9.71), "9.7");
  EXPECT_EQ(html::Number(-247.2, true), "−247");
  EXPECT_EQ(html::Number(247.2, true), "+247");
  EXPECT_EQ(html::Number(999999), "999,999");
  EXPECT_EQ(html::Ratio(3.24), "3.2");
}

TEST(HtmlReport, AChartMarksTheDayOnWhichItWasTraded) {
  ReportData data = Sample();
  const std::string on_its_date = html::ChartJson(data);
  data.events[1].date = "about 2025-09-09";  // no day that a chart knows
  data.events[1].marked_on = "2025-09-10";
  EXPECT_EQ(html::ChartJson(data), on_its_date);
  EXPECT_THAT(on_its_date, HasSubstr("\"letter\":\"A\""));
}

TEST(HtmlReport, ARowLeadsToItsEvent) {
  EXPECT_THAT(html::ClosingTable(Sample()), HasSubstr("<a href=\"#event-orcl\">orcl</a>"));
  EXPECT_THAT(html::Timeline(Sample()), HasSubstr("id=\"event-orcl\""));
}

TEST(HtmlReport, ASingleRunClaimsNoInterval) {
  ReportData data = Sample();
  EXPECT_THAT(html::Charts(data) + html::ClosingTable(data), HasSubstr("90 %"));
  data.seeds = 1;
  for (ReportReaction& reaction : data.reactions) {
    for (Estimate* estimate : {&reaction.first_day, &reaction.abnormal, &reaction.volume_ratio}) {
      estimate->p05 = estimate->p95 = kUnknown;
    }
  }
  EXPECT_THAT(html::Charts(data) + html::ClosingTable(data), Not(HasSubstr("90 %")));
}

TEST(HtmlReport, LettersCountDealsOnly) {
  EXPECT_EQ(html::DealLetter(0), "A");
  EXPECT_EQ(html::DealLetter(25), "Z");
  EXPECT_EQ(html::DealLetter(26), "AA");
  EXPECT_EQ(html::DealLetter(701), "ZZ");
  const ReportData data = Sample();
  EXPECT_EQ(html::EventLetter(data, 0), "");
  EXPECT_EQ(html::EventLetter(data, 1), "A");
  EXPECT_EQ(html::EventLetter(data, 2), "B");
}

// Indexed at the first day with both prices; a date that is none is left out.
TEST(HtmlReport, IndexesPricesToOneHundred) {
  EXPECT_EQ(html::ChartJson(Sample()),
            R"({"series":[{"ticker":"ORCL","times":[1757289600,1757376000,1757462400],)"
            R"("p05":[null,97.5,120],"p95":[null,102.5,140],"median":[null,100,130],)"
            R"("recorded":[96,100,136],"marks":[{"time":1757462400,"letter":"A"}]}]})");
}

TEST(HtmlReport, HoldsEverythingTheDataSays) {
  const std::string page = RenderHtmlReport(Sample());
  for (const char* part : {"<title>2025</title>",
                           "Five deals.",
                           "200 runs",
                           "scenario 2025 (abc123)",
                           "oneup 0.1.0",
                           "oneup replay 2025 --seeds 200 --report 2025.html",
                           "+36.0 <span",
                           "+33.0 [28.0, 39.0]",
                           "+29.4",
                           "<td>3.2 ",
                           "recorded +247",
                           "simulated +230",
                           "article, line 63",
                           "Altman, Son",
                           "$300 bn, 4.5 GW",
                           "The stock opens a third higher.",
                           "601",
                           "recorded 630",
                           "One sector, one year.",
                           "שישה ג&#39;יגה-ואט"}) {
    EXPECT_THAT(page, HasSubstr(part));
  }
}

// 36 % lies in [28, 39], 35.5 % outside [20, 30].
TEST(HtmlReport, SaysWhatLiesInsideTheInterval) {
  const std::string table = html::ClosingTable(Sample());
  const size_t first_day = table.find("+36.0");
  const size_t abnormal = table.find("+35.5");
  ASSERT_NE(first_day, std::string::npos);
  ASSERT_NE(abnormal, std::string::npos);
  EXPECT_EQ(table.find("title=\"inside", first_day), table.find("title=\"", first_day));
  EXPECT_EQ(table.find("title=\"outside", abnormal), table.find("title=\"", abnormal));
}

TEST(HtmlReport, NeedsNoNetworkAndNamesItsScripts) {
  const std::string page = RenderHtmlReport(Sample());
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  EXPECT_THAT(page, HasSubstr("var uPlot="));
  EXPECT_THAT(page, HasSubstr("The MIT License"));
  EXPECT_THAT(page, Not(HasSubstr("src=\"")));
  EXPECT_THAT(page, Not(HasSubstr("unsafe-inline")));
  EXPECT_THAT(page, Not(HasSubstr(" style=\"")));
  // Every script that runs and every style carries the page's nonce.
  const size_t at = page.find("'nonce-") + 7;
  const std::string nonce = page.substr(at, page.find('\'', at) - at);
  size_t scripts = 0;
  for (size_t i = 0; (i = page.find("<script", i)) != std::string::npos; ++i) {
    const std::string tag = page.substr(i, page.find('>', i) - i);
    if (tag.find("application/json") != std::string::npos) continue;
    EXPECT_EQ(tag, "<script nonce=\"" + nonce + "\"");
    ++scripts;
  }
  EXPECT_EQ(scripts, 2u);
}

TEST(HtmlReport, NoTextBecomesMarkup) {
  ReportData data = Sample();
  data.title = data.description = data.command = data.scenario = data.version = kEvil;
  data.series[0].ticker = data.series[0].name = kEvil;
  for (ReportEvent& event : data.events) {
    event.date = event.headline = event.actors = event.terms = event.narrative = event.secret =
        event.reaction = event.evidence = event.id = kEvil;
    event.tickers = {kEvil};
  }
  data.events[1].date = "2025-09-10";
  data.reactions[0].event = data.reactions[0].ticker = kEvil;
  data.totals[0].label = data.totals[0].unit = kEvil;
  data.notes = {kEvil};
  const std::string page = RenderHtmlReport(data);
  EXPECT_THAT(page, Not(HasSubstr("alert(1)</script>")));
  EXPECT_THAT(page, Not(HasSubstr("onload=\"")));
  EXPECT_THAT(page, Not(HasSubstr("<b>\"")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(1)"));
}

TEST(HtmlReport, ElementsAreClosed) {
  const std::string page = RenderHtmlReport(Sample());
  const std::string body =
      page.substr(page.find("<body>"), page.find("<script") - page.find("<body>"));
  for (const char* tag : {"section", "table", "tr", "th", "td", "li", "ol", "ul", "div", "figure",
                          "details", "span", "p", "svg", "h2", "h3", "pre", "main", "header"}) {
    size_t opened = 0;
    size_t closed = 0;
    for (size_t i = 0; (i = body.find(std::string("<") + tag, i)) != std::string::npos; ++i) {
      const char next = body[i + 1 + std::string(tag).size()];
      if (next == ' ' || next == '>') ++opened;
    }
    const std::string end = std::string("</") + tag + ">";
    for (size_t i = 0; (i = body.find(end, i)) != std::string::npos; ++i) ++closed;
    EXPECT_EQ(opened, closed) << tag;
  }
}

TEST(HtmlReport, AnEmptyReplayStillMakesAPage) {
  const std::string page = RenderHtmlReport({});
  EXPECT_THAT(page, HasSubstr("</html>"));
  EXPECT_THAT(page, HasSubstr("{\"series\":[]}"));
}

TEST(HtmlReport, SameDataSameBytes) {
  EXPECT_EQ(RenderHtmlReport(Sample()), RenderHtmlReport(Sample()));
}

}  // namespace
}  // namespace oneup::sims
