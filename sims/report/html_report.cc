#include "sims/report/html_report.h"

#include <absl/strings/str_cat.h>

#include "sims/report/html_page.h"
#include "sims/report/html_sections.h"

namespace oneup::sims {

std::string RenderHtmlReport(const ReportData& data) {
  return html::RenderPage(
      {.title = data.title,
       .body = absl::StrCat(html::Header(data), "<main>\n", html::Totals(data), html::Charts(data),
                            html::ClosingTable(data), html::AddedValue(data), html::Timeline(data),
                            html::Reproduce(data), "</main>\n"),
       .chart_json = html::ChartJson(data)});
}

}  // namespace oneup::sims
