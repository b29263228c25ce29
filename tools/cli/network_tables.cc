#include "tools/cli/network_tables.h"

#include <absl/strings/str_format.h>

#include <cmath>
#include <cstdio>
#include <iostream>

#include "market/kernel/civil_time.h"
#include "sims/report/terminal_table.h"
#include "tools/cli/format.h"
#include "tools/cli/network_series.h"

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
    std::cout << report_.Title() << "\n";
    Flows();
    Figures();
    Vendors();
    Series();
    if (report_.default_options.failing < 0) return;
    Default();
    Distress();
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
    std::cout << SeriesTable(report_, style_);
  }

  void Default() const {
    const sims::DefaultOptions& options = report_.default_options;
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

  void Distress() const {
    const int failing = report_.default_options.failing;
    std::vector<sims::TableRow> rows;
    for (const sims::CompanyLoss& loss : report_.outcome.companies) {
      if (loss.distress == 0 && loss.debt_rank == 0) continue;
      const bool fails = loss.company == failing;
      rows.push_back(
          {{Name(loss.company), Cell(loss.equity_usd_bn), fails ? "fails" : Share(loss.distress),
            fails ? "-" : Cell(loss.distress * loss.equity_usd_bn), Share(loss.debt_rank)}});
    }
    if (rows.size() < 2) return;  // nobody else is touched
    Heading("DebtRank: what promises lose in worth before anybody else fails to pay");
    Table({{"company"},
           {"equity", Align::kRight},
           {"distress", Align::kRight, "if " + Name(failing) + " fails"},
           {"loses", Align::kRight, "if " + Name(failing) + " fails"},
           {"others lose", Align::kRight, "if it fails itself"}},
          rows);
    std::cout << "equity: " << Plain(report_.default_options.buffer)
              << " times the market value; what is not paid of an order counts as lost\n";
  }

  const NetworkReport& report_;
  sims::TerminalStyle style_;
};

}  // namespace

std::string NetworkReport::Title() const {
  return scenario.proto.title() + (seed ? ", seed " + std::to_string(*seed) : "") + ", " +
         kernel::FormatDay(figures.day) + "; billion dollars";
}

void PrintNetworkText(const NetworkReport& report) { TextReport(report).Print(); }

}  // namespace oneup::cli
