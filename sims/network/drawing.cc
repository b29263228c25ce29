#include "sims/network/drawing.h"

#include <absl/strings/str_format.h>
#include <absl/strings/str_replace.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <map>
#include <tuple>

#include "absl/strings/str_cat.h"

extern char** environ;

namespace oneup::sims {
namespace {

constexpr double kWidestUsdBn = 350;  // of an arrow; larger sums are no wider
constexpr double kNarrow = 1.2;       // points
constexpr double kWide = 7;

// Within a quoted string or an HTML-like label.
std::string Escaped(const std::string& text) {
  return absl::StrReplaceAll(
      text, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"\\", "&#92;"}});
}

std::string Sum(double usd_bn) {
  if (usd_bn >= 1000) return absl::StrFormat("$%.2f tn", usd_bn / 1000);
  return usd_bn < 10 ? absl::StrFormat("$%.1f bn", usd_bn) : absl::StrFormat("$%.0f bn", usd_bn);
}

struct Pen {
  const char* color;
  const char* style;
  const char* word;
};

Pen PenOf(FlowKind kind) {
  switch (kind) {
    case FlowKind::kPurchase:
      return {"#2563a8", "solid", ""};
    case FlowKind::kEquity:
      return {"#2e8540", "solid", " equity"};
    case FlowKind::kWarrants:
      return {"#7b3fa0", "solid", " warrants"};
  }
  return {"#000000", "solid", ""};
}

std::string Arrow(int from, int to, const Pen& pen, double usd_bn) {
  const double size = std::min(1.0, usd_bn / kWidestUsdBn);
  return absl::StrFormat(
      "  n%d -> n%d [label=\" %s%s \" color=\"%s\" fontcolor=\"%s\" style=%s penwidth=%.1f "
      "arrowsize=%.1f];\n",
      from, to, Sum(usd_bn), pen.word, pen.color, pen.color, pen.style,
      kNarrow + (kWide - kNarrow) * size, 0.8 - 0.3 * size);
}

std::string Box(const Drawing& drawing, int company) {
  const bool hub = company == drawing.figures.hub;
  std::string label = absl::StrFormat("<b>%s</b>", Escaped(drawing.graph.companies[company].name));
  const auto line = [&](const std::string& text) {
    absl::StrAppend(&label, "<br/><font point-size=\"10\" color=\"#444444\">", text, "</font>");
  };
  if (hub) {
    line(Sum(drawing.figures.obligations_usd_bn) + " ordered");
    if (drawing.figures.over_revenue > 0) {
      line(absl::StrFormat("%.0f times a year's revenue", drawing.figures.over_revenue));
    }
  }
  for (const VendorFigures& vendor : drawing.figures.vendors) {
    if (vendor.company == company && vendor.outflow_usd_bn > 0) {
      line(absl::StrFormat("%s out, %.0f %% can return", Sum(vendor.outflow_usd_bn),
                           100 * vendor.return_most_usd_bn / vendor.outflow_usd_bn));
    }
  }
  bool failed = false;
  if (drawing.outcome != nullptr) {
    const CompanyLoss& loss = drawing.outcome->companies[company];
    failed = loss.in_default;
    const auto loses = [&](double usd_bn, const char* what) {
      if (usd_bn < 0.05) return;
      absl::StrAppend(&label, "<br/><font point-size=\"10\" color=\"#b02020\">", Sum(usd_bn), " ",
                      what, "</font>");
    };
    loses(loss.unpaid_usd_bn, "not paid to it");
    loses(loss.guaranteed_usd_bn, "paid as guarantor");
    if (failed) loses(loss.short_usd_bn, "short: in default");
  }
  return absl::StrFormat("  n%d [label=<%s> fillcolor=\"%s\" color=\"%s\" penwidth=%s];\n", company,
                         label,
                         failed ? "#f8dcdc"
                         : hub  ? "#fdf0d5"
                                : "#f4f6f8",
                         failed ? "#b02020"
                         : hub  ? "#c07000"
                                : "#8090a0",
                         hub ? "2" : "1");
}

std::string Legend(const Drawing& drawing) {
  const SystemicFigures& figures = drawing.figures;
  return absl::StrFormat(
      "<font point-size=\"16\"><b>%s</b></font><br/>"
      "<font point-size=\"11\" color=\"#444444\">%s announced, %.1f %% of it goes round"
      " (pairwise %.1f %%)</font><br/><font point-size=\"11\">"
      "<font color=\"#2563a8\">&#9632; purchases</font>   <font color=\"#2e8540\">&#9632; equity"
      "</font>   <font color=\"#7b3fa0\">&#9632; warrants</font>   <font color=\"#c05000\">&#9632; "
      "guarantees</font></font><br/> ",
      Escaped(drawing.title), Sum(figures.circulation.total_usd_bn),
      100 * figures.circulation.Circularity(), 100 * figures.reciprocity);
}

// A pipe end that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { Close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  void Close() {
    if (number_ >= 0) close(number_);
    number_ = -1;
  }
  int number() const { return number_; }

 private:
  int number_;
};

// False if the reader has gone.
bool WriteAll(int descriptor, const std::string& text) {
  size_t done = 0;
  while (done < text.size()) {
    const ssize_t n = write(descriptor, text.data() + done, text.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    done += static_cast<size_t>(n);
  }
  return true;
}

std::string ReadAll(int descriptor) {
  std::string text;
  char buffer[1 << 16];
  while (true) {
    const ssize_t n = read(descriptor, buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return text;
    text.append(buffer, static_cast<size_t>(n));
  }
}

}  // namespace

std::string ToDot(const Drawing& drawing) {
  const ObligationGraph& graph = drawing.graph;
  std::string dot = absl::StrFormat(
      "digraph network {\n"
      "  graph [label=<%s> labelloc=t fontname=\"Helvetica\" bgcolor=\"white\" rankdir=LR\n"
      "         nodesep=0.55 ranksep=1.3 pad=0.3 splines=true];\n"
      "  node [shape=box style=\"rounded,filled\" fontname=\"Helvetica\" fontsize=14 "
      "margin=\"0.18,0.1\"];\n"
      "  edge [fontname=\"Helvetica\" fontsize=11];\n",
      Legend(drawing));
  // One arrow for all flows of a kind between two companies.
  std::map<std::tuple<int, int, FlowKind>, double> arrows;
  std::vector<bool> drawn(graph.companies.size(), false);
  for (const Flow& flow : graph.flows) {
    arrows[{flow.from, flow.to, flow.kind}] += flow.usd_bn;
    drawn[flow.from] = drawn[flow.to] = true;
  }
  for (const LoanGuarantee& guarantee : graph.guarantees) {
    drawn[guarantee.guarantor] = drawn[guarantee.borrower] = true;
  }
  if (drawing.figures.hub >= 0) drawn[drawing.figures.hub] = true;
  for (int company = 0; company < graph.size(); ++company) {
    if (drawn[company]) dot += Box(drawing, company);
  }
  for (const auto& [key, usd_bn] : arrows) {
    const auto& [from, to, kind] = key;
    dot += Arrow(from, to, PenOf(kind), usd_bn);
  }
  for (const LoanGuarantee& guarantee : graph.guarantees) {
    dot += Arrow(guarantee.guarantor, guarantee.borrower, {"#c05000", "dashed", " guaranteed"},
                 guarantee.usd_bn);
  }
  return dot + "}\n";
}

absl::StatusOr<std::string> DotToSvg(const std::string& dot) {
  int in[2];
  int out[2];
  if (pipe2(in, O_CLOEXEC) != 0) {
    return absl::InternalError(absl::StrCat("cannot call dot: ", std::strerror(errno)));
  }
  Descriptor in_read(in[0]);
  Descriptor in_write(in[1]);
  if (pipe2(out, O_CLOEXEC) != 0) {
    return absl::InternalError(absl::StrCat("cannot call dot: ", std::strerror(errno)));
  }
  Descriptor out_read(out[0]);
  Descriptor out_write(out[1]);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in_read.number(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out_write.number(), STDOUT_FILENO);
  std::string program = "dot";
  std::string format = "-Tsvg";
  char* words[] = {program.data(), format.data(), nullptr};
  pid_t child = 0;
  const int error = posix_spawnp(&child, "dot", &actions, nullptr, words, environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error == ENOENT) {
    return absl::NotFoundError(
        "an SVG needs Graphviz' program dot: install the package graphviz, or write DOT");
  }
  if (error != 0) {
    return absl::InternalError(absl::StrCat("cannot call dot: ", std::strerror(error)));
  }
  in_read.Close();
  out_write.Close();
  // dot reads the whole graph before it writes: no deadlock. If it dies, its exit code tells.
  struct sigaction ignore = {};
  struct sigaction before = {};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignore, &before);
  const bool whole = WriteAll(in_write.number(), dot);
  in_write.Close();
  sigaction(SIGPIPE, &before, nullptr);
  std::string svg = ReadAll(out_read.number());
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!whole || !WIFEXITED(status) || WEXITSTATUS(status) != 0 || svg.empty()) {
    return absl::InternalError(absl::StrFormat(
        "dot failed%s",
        WIFEXITED(status) ? absl::StrFormat(" with exit code %d", WEXITSTATUS(status)) : ""));
  }
  return svg;
}

}  // namespace oneup::sims
