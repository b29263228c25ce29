#include "tools/cli/network_output.h"

#include <absl/strings/str_format.h>

#include <cmath>
#include <cstdio>
#include <iostream>

#include "market/kernel/civil_time.h"
#include "sims/report/json.h"
#include "sims/report/terminal_table.h"
#include "tools/cli/format.h"

namespace oneup::cli {
namespace {

using sims::Align;

// Billion dollars in a table: one decimal, "-" for nothing.
std::string Cell(double usd_bn) {
  if (std::isnan(usd_bn)) return "n/a";
  return std::abs(usd_bn) < 0.05 ? "-" : absl::StrFormat("%.1f", usd_bn);
}

std::string Share(double part) {
  return std::isnan(part) ? "n/a" : absl::StrFormat("%.1f %%", 100 * part);
}

// Of what it owes; one that owes nothing to the others pays nothing.
std::string Pays(const sims::CompanyLoss& loss) {
  return loss.owed_usd_bn + loss.guaranteed_usd_bn > 0 ? Share(loss.paid_share) : "-";
}

class TextReport {
 public:
  explicit TextReport(const NetworkReport& report)
      : report_(report), style_(sims::TerminalStyle::Detect(stdout)) {}

  void Print() const {
    std::cout << report_.scenario.proto.title() << ", " << kernel::FormatDay(report_.figures.day)
              << "; billion dollars\n";
    Flows();
    Figures();
    Vendors();
    Series();
    Default();
  }

 private:
  const std::string& Name(int company) const { return report_.graph.companies[company].name; }

  void Heading(const std::string& text) const {
    std::cout << "\n" << sims::Paint(style_, sims::Color::kBold, text) << "\n";
  }

  void Table(const std::vector<sims::TableColumn>& columns,
             const std::vector<sims::TableRow>& rows) const {
    std::cout << sims::RenderTable(columns, rows, style_);
  }

  void Flows() const {
    Heading("Who promised whom");
    std::vector<sims::TableRow> rows;
    const kernel::CivilDay at = report_.figures.day;
    for (const sims::Flow& flow : report_.graph.flows) {
      rows.push_back(
          {{kernel::FormatDay(flow.day), Name(flow.from), Name(flow.to),
            std::string(sims::FlowKindText(flow.kind)), Cell(flow.usd_bn),
            flow.kind == sims::FlowKind::kWarrants ? "" : Cell(flow.Paid(at)),
            flow.kind == sims::FlowKind::kWarrants ? "" : Cell(flow.FirmAhead(at)), flow.event}});
    }
    for (const sims::LoanGuarantee& guarantee : report_.graph.guarantees) {
      rows.push_back({{"", Name(guarantee.guarantor), Name(guarantee.borrower), "guarantee",
                       Cell(guarantee.usd_bn), "", "", guarantee.event}});
    }
    Table({{"date"},
           {"from"},
           {"to"},
           {"what"},
           {"announced", Align::kRight},
           {"paid", Align::kRight},
           {"firm ahead", Align::kRight},
           {"event"}},
          rows);
  }

  void Line(const std::string& name, const std::string& value, const std::string& note) const {
    std::cout << sims::Pad("  " + name, 34) << sims::Pad(value, 10, Align::kRight) << "   " << note
              << "\n";
  }

  void Figures() const {
    const sims::SystemicFigures& f = report_.figures;
    Heading("The whole");
    if (f.hub >= 0) {
      const std::string& hub = Name(f.hub);
      Line("obligations over revenue", Times(f.over_revenue),
           Dollars(f.obligations_usd_bn) + " that " + hub + " has ordered, over " +
               (std::isnan(f.revenue_usd_bn) ? "an unknown revenue"
                                             : Dollars(f.revenue_usd_bn) + " a year"));
      Line("due in twelve months", Times(f.due_over_means),
           Dollars(f.due_usd_bn) + " firm, discounted, over cash and a year's revenue");
      Line("concentration of its orders", absl::StrFormat("%.3f", f.hhi),
           "sum of squared shares of its vendors; 1: one vendor");
      Line("put into it by others", Share(f.funded_share),
           "of its orders; by its own suppliers " + Share(f.supplier_funded_share));
    }
    Line("circularity", Share(f.circulation.Circularity()),
         Dollars(f.circulation.circulating_usd_bn) + " of " + Dollars(f.circulation.total_usd_bn) +
             " can go round");
    Line("pairwise reciprocity", Share(f.reciprocity), "what two companies promise each other");
    for (const sims::MoneyCycle& cycle : f.circulation.cycles) {
      std::string path;
      for (const int node : cycle.nodes) path += Name(node) + " > ";
      std::cout << "    " << sims::Pad(Dollars(cycle.usd_bn), 10, Align::kRight) << "   " << path
                << Name(cycle.nodes.front()) << "\n";
    }
  }

  void Vendors() const {
    if (report_.figures.vendors.empty()) return;
    const std::string hub = report_.figures.hub >= 0 ? Name(report_.figures.hub) : "the hub";
    Heading("Who hangs on " + hub + ", and what comes back of what leaves a company");
    std::vector<sims::TableRow> rows;
    for (const sims::VendorFigures& vendor : report_.figures.vendors) {
      const double out = vendor.outflow_usd_bn;
      rows.push_back({{Name(vendor.company), Cell(vendor.backlog_usd_bn),
                       vendor.backlog_usd_bn > 0 ? Share(vendor.HubShare()) : "-",
                       Share(vendor.year_over_revenue), Cell(out),
                       out > 0 ? Share(vendor.return_most_usd_bn / out) : "-",
                       out > 0 ? Share(vendor.return_share_usd_bn / out) : "-"}});
    }
    Table({{"company"},
           {"ordered", Align::kRight, "backlog"},
           {"of hub", Align::kRight, "backlog"},
           {"year / revenue", Align::kRight, "backlog"},
           {"leaves", Align::kRight, "money"},
           {"can return", Align::kRight, "money"},
           {"in proportion", Align::kRight, "money"}},
          rows);
  }

  void Series() const {
    if (report_.series.empty()) return;
    Heading("Through time");
    std::vector<sims::TableRow> rows;
    for (const sims::SystemicPoint& point : report_.series) {
      rows.push_back({{kernel::FormatDay(point.day), point.event, Cell(point.obligations_usd_bn),
                       Times(point.over_revenue), Share(point.circularity)}});
    }
    Table({{"date"},
           {"after"},
           {"obligations", Align::kRight},
           {"over revenue", Align::kRight},
           {"circularity", Align::kRight}},
          rows);
  }

  void Default() const {
    const sims::DefaultOptions& options = report_.default_options;
    if (options.failing < 0) return;
    const sims::DefaultOutcome& outcome = report_.outcome;
    Heading(absl::StrFormat("If %s fails and pays %.0f %% of what it owes", Name(options.failing),
                            100 * options.recovery));
    std::vector<sims::TableRow> rows;
    for (const sims::CompanyLoss& loss : outcome.companies) {
      const double any = loss.due_usd_bn + loss.owed_usd_bn + loss.guaranteed_usd_bn +
                         loss.stake_usd_bn + loss.warrants_usd_bn + std::abs(loss.hype_usd_bn);
      if (any < 0.05) continue;
      rows.push_back({{Name(loss.company), Cell(loss.due_usd_bn), Cell(loss.unpaid_usd_bn),
                       Cell(loss.guaranteed_usd_bn), Cell(loss.owed_usd_bn), Pays(loss),
                       Cell(loss.short_usd_bn), Cell(-loss.stake_usd_bn),
                       Cell(loss.warrants_usd_bn), Cell(-loss.hype_usd_bn)}});
    }
    if (outcome.loans_usd_bn > 0) {
      rows.push_back(
          {{"lenders", Cell(outcome.loans_usd_bn), Cell(outcome.lenders_loss_usd_bn)}, true});
    }
    Table({{"company"},
           {"due to it", Align::kRight, "payments"},
           {"not paid", Align::kRight, "payments"},
           {"guarantee", Align::kRight, "payments"},
           {"owes", Align::kRight, "payments"},
           {"pays", Align::kRight, "payments"},
           {"short", Align::kRight, "payments"},
           {"stake", Align::kRight, "value"},
           {"warrants", Align::kRight, "value"},
           {"hype", Align::kRight, "value"}},
          rows);
    std::cout << "in all " << Dollars(outcome.unpaid_usd_bn) << " not paid, of it "
              << Dollars(outcome.guarantees_paid_usd_bn)
              << " taken over by guarantors; payments and value do not add up\n";
  }

  const NetworkReport& report_;
  sims::TerminalStyle style_;
};

void WriteFigures(sims::JsonWriter& json, const NetworkReport& report) {
  const sims::SystemicFigures& f = report.figures;
  const auto id = [&](int company) { return report.graph.companies[company].id; };
  json.Key("hub");
  f.hub >= 0 ? json.Value(id(f.hub)) : json.Null();
  json.Key("obligations_usd_bn").Value(f.obligations_usd_bn);
  json.Key("revenue_usd_bn").Value(f.revenue_usd_bn);
  json.Key("obligations_over_revenue").Value(f.over_revenue);
  json.Key("due_in_twelve_months_usd_bn").Value(f.due_usd_bn);
  json.Key("due_over_cash_and_revenue").Value(f.due_over_means);
  json.Key("hhi").Value(f.hhi);
  json.Key("funded_share").Value(f.funded_share);
  json.Key("supplier_funded_share").Value(f.supplier_funded_share);
  json.Key("total_usd_bn").Value(f.circulation.total_usd_bn);
  json.Key("circulating_usd_bn").Value(f.circulation.circulating_usd_bn);
  json.Key("circularity").Value(f.circulation.Circularity());
  json.Key("pairwise_reciprocity").Value(f.reciprocity);
  json.Key("cycles").Array();
  for (const sims::MoneyCycle& cycle : f.circulation.cycles) {
    json.Object().Key("usd_bn").Value(cycle.usd_bn).Key("companies").Array();
    for (const int node : cycle.nodes) json.Value(id(node));
    json.EndArray().EndObject();
  }
  json.EndArray().Key("vendors").Array();
  for (const sims::VendorFigures& vendor : f.vendors) {
    json.Object().Key("company").Value(id(vendor.company));
    json.Key("backlog_usd_bn").Value(vendor.backlog_usd_bn);
    json.Key("from_hub_usd_bn").Value(vendor.from_hub_usd_bn);
    json.Key("year_over_revenue").Value(vendor.year_over_revenue);
    json.Key("outflow_usd_bn").Value(vendor.outflow_usd_bn);
    json.Key("return_most_usd_bn").Value(vendor.return_most_usd_bn);
    json.Key("return_in_proportion_usd_bn").Value(vendor.return_share_usd_bn).EndObject();
  }
  json.EndArray();
}

void WriteDefault(sims::JsonWriter& json, const NetworkReport& report) {
  const sims::DefaultOptions& options = report.default_options;
  json.Key("default");
  if (options.failing < 0) {
    json.Null();
    return;
  }
  const sims::DefaultOutcome& outcome = report.outcome;
  json.Object().Key("failing").Value(report.graph.companies[options.failing].id);
  json.Key("recovery").Value(options.recovery).Key("buffer").Value(options.buffer);
  json.Key("loans_usd_bn").Value(outcome.loans_usd_bn);
  json.Key("lenders_loss_usd_bn").Value(outcome.lenders_loss_usd_bn);
  json.Key("guarantees_paid_usd_bn").Value(outcome.guarantees_paid_usd_bn);
  json.Key("unpaid_usd_bn").Value(outcome.unpaid_usd_bn).Key("companies").Array();
  for (const sims::CompanyLoss& loss : outcome.companies) {
    json.Object().Key("company").Value(report.graph.companies[loss.company].id);
    json.Key("due_usd_bn").Value(loss.due_usd_bn).Key("unpaid_usd_bn").Value(loss.unpaid_usd_bn);
    json.Key("guaranteed_usd_bn").Value(loss.guaranteed_usd_bn);
    json.Key("owed_usd_bn").Value(loss.owed_usd_bn).Key("paid_share").Value(loss.paid_share);
    json.Key("in_default").Value(loss.in_default).Key("short_usd_bn").Value(loss.short_usd_bn);
    json.Key("stake_usd_bn").Value(loss.stake_usd_bn);
    json.Key("warrants_usd_bn").Value(loss.warrants_usd_bn);
    json.Key("hype_usd_bn").Value(loss.hype_usd_bn).EndObject();
  }
  json.EndArray().EndObject();
}

}  // namespace

void PrintNetworkText(const NetworkReport& report) { TextReport(report).Print(); }

void PrintNetworkJson(const NetworkReport& report) {
  sims::JsonWriter json(2);
  const auto id = [&](int company) { return report.graph.companies[company].id; };
  json.Object().Key("scenario").Value(report.scenario.proto.name());
  json.Key("at").Value(kernel::FormatDay(report.figures.day)).Key("flows").Array();
  for (const sims::Flow& flow : report.graph.flows) {
    json.Object().Key("date").Value(kernel::FormatDay(flow.day)).Key("event").Value(flow.event);
    json.Key("from").Value(id(flow.from)).Key("to").Value(id(flow.to));
    json.Key("kind").Value(std::string(sims::FlowKindText(flow.kind)));
    json.Key("usd_bn").Value(flow.usd_bn).Key("credibility").Value(flow.credibility);
    json.Key("paid_usd_bn").Value(flow.Paid(report.figures.day)).EndObject();
  }
  json.EndArray().Key("figures").Object();
  WriteFigures(json, report);
  json.EndObject().Key("series").Array();
  for (const sims::SystemicPoint& point : report.series) {
    json.Object().Key("date").Value(kernel::FormatDay(point.day)).Key("event").Value(point.event);
    json.Key("obligations_usd_bn").Value(point.obligations_usd_bn);
    json.Key("obligations_over_revenue").Value(point.over_revenue);
    json.Key("circularity").Value(point.circularity).EndObject();
  }
  json.EndArray();
  WriteDefault(json, report);
  json.EndObject();
  std::cout << json.text() << "\n";
}

void PrintNetworkCsv(const NetworkReport& report) {
  const auto id = [&](int company) { return report.graph.companies[company].id; };
  std::cout << "date,event,from,to,kind,usd_bn,credibility,paid_usd_bn\n";
  for (const sims::Flow& flow : report.graph.flows) {
    std::cout << kernel::FormatDay(flow.day) << "," << flow.event << "," << id(flow.from) << ","
              << id(flow.to) << "," << sims::FlowKindText(flow.kind) << ","
              << sims::FormatNumber(flow.usd_bn) << "," << sims::FormatNumber(flow.credibility)
              << "," << sims::FormatNumber(flow.Paid(report.figures.day)) << "\n";
  }
}

}  // namespace oneup::cli
