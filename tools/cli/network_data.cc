#include "tools/cli/network_data.h"

#include <iostream>
#include <string>

#include "market/kernel/civil_time.h"
#include "sims/report/json.h"
#include "tools/cli/network_series.h"

namespace oneup::cli {
namespace {

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
    json.Key("equity_usd_bn").Value(loss.equity_usd_bn);
    json.Key("distress").Value(loss.distress).Key("debt_rank").Value(loss.debt_rank);
    json.Key("stake_usd_bn").Value(loss.stake_usd_bn);
    json.Key("warrants_usd_bn").Value(loss.warrants_usd_bn);
    json.Key("hype_usd_bn").Value(loss.hype_usd_bn).EndObject();
  }
  json.EndArray().EndObject();
}

}  // namespace

void PrintNetworkJson(const NetworkReport& report) {
  sims::JsonWriter json(2);
  const auto id = [&](int company) { return report.graph.companies[company].id; };
  json.Object().Key("scenario").Value(report.scenario.proto.name()).Key("seed");
  report.seed ? json.Value(*report.seed) : json.Null();
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
  json.EndObject().Key("series");
  WriteSeries(json, report);
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
