#include "sims/report/html_report.h"

#include <absl/strings/str_cat.h>
#include <absl/strings/str_format.h>

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "oneup/embedded/report_style.h"
#include "oneup/embedded/report_uplot.h"
#include "sims/report/html_sections.h"
#include "sims/report/html_text.h"

namespace oneup::sims {
namespace {

std::string Embedded(std::span<const std::pair<std::string_view, std::string_view>> files,
                     std::string_view path) {
  for (const auto& [name, bytes] : files) {
    if (name == path) return std::string(bytes);
  }
  return "";
}

// Names the scripts and styles of this page, so that the policy lets nothing else
// run. It follows from the content (FNV-1a), as all of the page must.
std::string Nonce(std::string_view content) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : content) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return absl::StrFormat("%016x", hash);
}

}  // namespace

std::string RenderHtmlReport(const ReportData& data) {
  const std::string json = html::ChartJson(data);
  const std::string body =
      absl::StrCat(html::Header(data), "<main>\n", html::Totals(data), html::Charts(data),
                   html::ClosingTable(data), html::AddedValue(data), html::Timeline(data),
                   html::Reproduce(data), "</main>\n");
  const std::string nonce = Nonce(body + json);
  const auto style = embedded::report_style::Files();
  const auto uplot = embedded::report_uplot::Files();
  std::string page = absl::StrCat(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src "
      "'nonce-",
      nonce, "'; style-src 'nonce-", nonce,
      "'; img-src data:; base-uri 'none'; form-action 'none'\">\n",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<link rel=\"icon\" href=\"data:,\">\n<title>",
      html::Escape(data.title), "</title>\n<style nonce=\"", nonce, "\">\n",
      Embedded(uplot, "dist/uPlot.min.css"), "\n");
  absl::StrAppend(&page, Embedded(style, "report.css"), "</style>\n</head>\n<body>\n", body,
                  "<footer class=\"soft\">Made by oneup. Charts by uPlot, MIT licence.</footer>\n",
                  "<script type=\"application/json\" id=\"data\">", json, "</script>\n");
  absl::StrAppend(&page, "<script nonce=\"", nonce, "\">\n/*\n", Embedded(uplot, "LICENSE"), "*/\n",
                  Embedded(uplot, "dist/uPlot.iife.min.js"), "\n</script>\n");
  absl::StrAppend(&page, "<script nonce=\"", nonce, "\">\n", Embedded(style, "report.js"),
                  "</script>\n</body>\n</html>\n");
  return page;
}

}  // namespace oneup::sims
