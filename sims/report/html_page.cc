#include "sims/report/html_page.h"

#include <absl/strings/str_cat.h>
#include <absl/strings/str_format.h>

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "oneup/embedded/report_style.h"
#include "oneup/embedded/report_uplot.h"
#include "sims/report/html_text.h"

namespace oneup::sims::html {
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

std::string RenderPage(const Page& page) {
  const bool scripts = !page.chart_json.empty();
  const std::string nonce = Nonce(page.body + page.chart_json);
  const auto style = embedded::report_style::Files();
  const auto uplot = embedded::report_uplot::Files();
  std::string text = absl::StrCat(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src "
      "'nonce-",
      nonce, "'; style-src 'nonce-", nonce,
      "'; img-src data:; base-uri 'none'; form-action 'none'\">\n",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<link rel=\"icon\" href=\"data:,\">\n<title>",
      Escape(page.title), "</title>\n<style nonce=\"", nonce, "\">\n");
  if (scripts) absl::StrAppend(&text, Embedded(uplot, "dist/uPlot.min.css"), "\n");
  absl::StrAppend(&text, Embedded(style, "report.css"), "</style>\n</head>\n<body>\n", page.body,
                  "<footer class=\"soft\">Made by oneup.",
                  scripts ? " Charts by uPlot, MIT licence." : "", "</footer>\n");
  if (scripts) {
    absl::StrAppend(&text, "<script type=\"application/json\" id=\"data\">", page.chart_json,
                    "</script>\n<script nonce=\"", nonce, "\">\n/*\n", Embedded(uplot, "LICENSE"),
                    "*/\n", Embedded(uplot, "dist/uPlot.iife.min.js"), "\n</script>\n");
    absl::StrAppend(&text, "<script nonce=\"", nonce, "\">\n", Embedded(style, "report.js"),
                    "</script>\n");
  }
  return text + "</body>\n</html>\n";
}

}  // namespace oneup::sims::html
