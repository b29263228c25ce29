// The frame of a page that needs no network: head, policy, style, scripts.
#pragma once

#include <string>

namespace oneup::sims::html {

struct Page {
  std::string title;  // plain text
  std::string body;   // markup: header and main
  // What report.js draws, JSON for a script; empty: a page without scripts.
  std::string chart_json;
};

// One file of HTML. Only its own style and scripts may run, by a policy that names them; the same
// content gives the same bytes.
std::string RenderPage(const Page& page);

}  // namespace oneup::sims::html
