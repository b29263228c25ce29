#include "tools/cli/run_data.h"

#include <cmath>
#include <iterator>
#include <optional>

#include "market/kernel/civil_time.h"
#include "sims/report/json.h"

namespace oneup::cli {
namespace {

using sims::JsonWriter;

constexpr struct {
  const char* name;
  double sims::DealOutcome::*field;
} kDealFigures[] = {
    {"usd_bn", &sims::DealOutcome::usd_bn},
    {"headline_usd_bn", &sims::DealOutcome::headline_usd_bn},
    {"capacity_gw", &sims::DealOutcome::capacity_gw},
    {"equity_usd_bn", &sims::DealOutcome::equity_usd_bn},
    {"warrants_percent", &sims::DealOutcome::warrants_percent},
    {"guarantee_usd_bn", &sims::DealOutcome::guarantee_usd_bn},
    {"added_usd_bn", &sims::DealOutcome::added_usd_bn},
    {"first_day", &sims::DealOutcome::first_day},
};

std::string Cell(double value) { return std::isfinite(value) ? sims::FormatNumber(value) : ""; }
std::string Cell(const std::optional<kernel::CivilDay>& day) {
  return day ? kernel::FormatDay(*day) : "";
}
// Names may hold commas some day.
std::string Quoted(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

class Writer {
 public:
  Writer() : json_(2) { json_.Object(); }

  JsonWriter& json() { return json_; }
  JsonWriter& Key(const char* key) { return json_.Key(key); }

  void Day(const char* key, const std::optional<kernel::CivilDay>& day) {
    Key(key);
    if (day) {
      json_.Value(kernel::FormatDay(*day));
    } else {
      json_.Null();
    }
  }
  void Pair(const char* key, double low, double high) {
    Key(key).Array().Value(low).Value(high).EndArray();
  }
  void Share(const char* key, const sims::RunShare& share) {
    Key(key).Object().Key("count").Value(share.count).Key("share").Value(share.share);
    Pair("interval_95", share.interval.low, share.interval.high);
    json_.EndObject();
  }
  void Figures(const char* key, const sims::Distribution& figures) {
    Key(key).Object().Key("median").Value(figures.median);
    Key("p10").Value(figures.low).Key("p90").Value(figures.high);
    Key("recorded").Value(figures.recorded).Key("rank").Value(figures.rank).EndObject();
  }
  void Days(const char* key, const sims::DayDistribution& days) {
    Key(key).Object();
    Day("median", days.median);
    Day("p10", days.low);
    Day("p90", days.high);
    Day("recorded", days.recorded);
    Key("rank").Value(days.rank).EndObject();
  }
  void Supplier(const sims::SupplierName& supplier) {
    Key("supplier").Value(supplier.id).Key("name").Value(supplier.name);
  }
  void Names(const char* key, const std::vector<std::string>& names) {
    Key(key).Array();
    for (const std::string& name : names) json_.Value(name);
    json_.EndArray();
  }
  void Orders(const char* key, const std::vector<sims::OrderRow>& orders) {
    Key(key).Array();
    for (const sims::OrderRow& order : orders) {
      json_.Object();
      Names("names", order.suppliers);
      Share("runs", order.runs);
      json_.EndObject();
    }
    json_.EndArray();
  }
  std::string Take() {
    json_.EndObject();
    return json_.text() + "\n";
  }

 private:
  JsonWriter json_;
};

const char* KindName(v1::EventKind kind) {
  switch (kind) {
    case v1::EVENT_KIND_REFUSAL:
      return "refusal";
    case v1::EVENT_KIND_WITHDRAWAL:
      return "withdrawal";
    case v1::EVENT_KIND_WAIVER:
      return "waiver";
    case v1::EVENT_KIND_STALL:
      return "stall";
    case v1::EVENT_KIND_LEAK:
      return "leak";
    case v1::EVENT_KIND_CALL:
      return "call";
    default:
      return "counter_programme";
  }
}

void WriteSupplier(const sims::SupplierRow& row, Writer& w) {
  w.json().Object();
  w.Supplier(row.supplier);
  w.Share("announced", row.announced);
  w.Key("deals_a_run").Value(row.deals_a_run);
  w.Days("day", row.day);
  w.Figures("usd_bn", row.usd_bn);
  w.Figures("headline_usd_bn", row.headline_usd_bn);
  w.Figures("capacity_gw", row.capacity_gw);
  w.Figures("equity_usd_bn", row.equity_usd_bn);
  w.Figures("warrants_percent", row.warrants_percent);
  w.Figures("guarantee_usd_bn", row.guarantee_usd_bn);
  w.Share("with_equity", row.with_equity);
  w.Share("with_warrants", row.with_warrants);
  w.Share("with_guarantee", row.with_guarantee);
  w.json().EndObject();
}

void WriteRun(const sims::StoryOutcome& run, Writer& w) {
  w.json().Object().Key("seed").Value(run.seed).Key("deals").Array();
  for (const sims::DealOutcome& deal : run.deals) {
    w.json().Object().Key("supplier").Value(deal.supplier);
    w.Day("day", deal.day);
    for (const auto& figure : kDealFigures) w.Key(figure.name).Value(deal.*figure.field);
    w.Key("invests").Value(deal.invests).EndObject();
  }
  w.json().EndArray().EndObject();
}

void WriteScores(const char* key, const sims::LogScores& scores, Writer& w) {
  w.Key(key).Object().Key("suppliers").Value(scores.suppliers).Key("runs").Value(scores.runs);
  w.Key("rate").Value(scores.rate).Key("equal").Value(scores.equal).EndObject();
}

}  // namespace

std::string EnsembleJson(const sims::EnsembleReport& report) {
  Writer w;
  w.Key("title").Value(report.title).Key("first_seed").Value(report.first_seed);
  w.Key("seeds").Value(report.runs.size());
  w.Key("suppliers").Array();
  for (const sims::SupplierRow& row : report.suppliers) WriteSupplier(row, w);
  w.json().EndArray().Key("totals").Object();
  w.Figures("deals", report.deals);
  w.Figures("usd_bn", report.usd_bn);
  w.Figures("capacity_gw", report.capacity_gw);
  w.Figures("added_usd_bn", report.added_usd_bn);
  w.json().EndObject();
  w.Orders("orders", report.orders);
  w.Names("recorded_order", report.recorded_order);
  w.Share("as_recorded", report.as_recorded);
  w.Orders("leaders", report.leaders);
  w.Key("recorded_leader").Value(report.recorded_leader).Key("facts").Array();
  for (const sims::FactRow& row : report.facts) {
    w.json().Object().Key("kind").Value(KindName(row.kind));
    w.Supplier(row.supplier);
    w.Key("by_hub").Value(row.by_hub);
    w.Share("runs", row.runs);
    w.Days("day", row.day);
    w.json().EndObject();
  }
  w.json().EndArray().Key("runs").Array();
  for (const sims::StoryOutcome& run : report.runs) WriteRun(run, w);
  w.json().EndArray();
  return w.Take();
}

std::string ForecastJson(const sims::ForecastReport& report) {
  Writer w;
  w.Day("from", report.window.from);
  w.Day("to", report.window.to);
  w.Day("rate_from", report.window.rate_from);
  w.Key("runs").Value(report.runs).Key("suppliers").Array();
  for (const sims::ForecastRow& row : report.rows) {
    w.json().Object();
    w.Supplier(row.supplier);
    w.Key("named").Value(row.named).Key("count").Value(row.count).Key("share").Value(row.share);
    w.Pair("interval_95", row.interval.low, row.interval.high);
    w.Key("probability").Value(row.probability);
    w.Day("median_day", row.median_day);
    w.Key("announced").Value(row.announced);
    w.Day("recorded_day", row.recorded_day);
    w.Key("log_score").Value(row.log_score).EndObject();
  }
  w.json().EndArray();
  w.Key("deals_before").Value(report.deals_before).Key("days_before").Value(report.days_before);
  w.Key("days").Value(report.days).Key("expected").Value(report.expected);
  w.Key("rate_probability").Value(report.rate_probability);
  w.Key("equal_probability").Value(report.equal_probability);
  WriteScores("log_score_all", report.all, w);
  WriteScores("log_score_named", report.named, w);
  return w.Take();
}

std::string AblationJson(const sims::AblationReport& report) {
  Writer w;
  w.Key("title").Value(report.title).Key("first_seed").Value(report.first_seed);
  w.Key("seeds").Value(report.runs).Key("ablations").Array();
  for (const sims::AblationRow& row : report.rows) {
    w.json().Object().Key("name").Value(row.ablation.name);
    w.Names("off", row.ablation.off);
    w.Key("effects").Array();
    for (const sims::PairedEffect& effect : row.effects) {
      w.json().Object().Key("metric").Value(effect.metric).Key("unit").Value(effect.unit);
      w.Key("baseline").Value(effect.baseline).Key("ablated").Value(effect.changed);
      w.Key("difference").Value(effect.difference);
      w.Pair("interval_95", effect.low, effect.high);
      w.Key("variance_reduction").Value(effect.variance_reduction).EndObject();
    }
    w.json().EndArray().EndObject();
  }
  w.json().EndArray();
  return w.Take();
}

std::string GatesJson(const std::vector<sims::Gate>& gates) {
  Writer w;
  w.Key("gates").Array();
  for (const sims::Gate& gate : gates) {
    w.json().Object().Key("name").Value(gate.name).Key("required").Value(gate.required);
    w.Key("value").Value(gate.value).Key("unit").Value(gate.unit).Key("note").Value(gate.note);
    w.Key("passed");
    if (gate.passed) {
      w.json().Value(*gate.passed);
    } else {
      w.json().Null();
    }
    w.json().EndObject();
  }
  w.json().EndArray();
  return w.Take();
}

std::string EnsembleCsv(const sims::EnsembleReport& report) {
  std::string text = "seed,supplier,day";
  for (const auto& figure : kDealFigures) text += std::string(",") + figure.name;
  text += ",invests\n";
  for (const sims::StoryOutcome& run : report.runs) {
    const std::string seed = std::to_string(run.seed);
    for (const sims::DealOutcome& deal : run.deals) {
      text += seed + "," + deal.supplier + "," + kernel::FormatDay(deal.day);
      for (const auto& figure : kDealFigures) text += "," + Cell(deal.*figure.field);
      text += deal.invests ? ",1\n" : ",0\n";
    }
    if (run.deals.empty()) text += seed + std::string(std::size(kDealFigures) + 3, ',') + "\n";
  }
  return text;
}

std::string ForecastCsv(const sims::ForecastReport& report) {
  std::string text =
      "supplier,runs,count,probability,low_95,high_95,median_day,rate_probability,"
      "equal_probability,announced,recorded_day,log_score\n";
  for (const sims::ForecastRow& row : report.rows) {
    text += row.supplier.id + "," + std::to_string(report.runs) + "," + std::to_string(row.count) +
            "," + Cell(row.probability) + "," + Cell(row.interval.low) + "," +
            Cell(row.interval.high) + "," + Cell(row.median_day) + "," +
            Cell(report.rate_probability) + "," + Cell(report.equal_probability) +
            (row.announced ? ",1," : ",0,") + Cell(row.recorded_day) + "," + Cell(row.log_score) +
            "\n";
  }
  return text;
}

std::string AblationCsv(const sims::AblationReport& report) {
  std::string text =
      "without,metric,unit,baseline,ablated,difference,low_95,high_95,variance_reduction\n";
  for (const sims::AblationRow& row : report.rows) {
    for (const sims::PairedEffect& effect : row.effects) {
      text += row.ablation.name + "," + Quoted(effect.metric) + "," + effect.unit + "," +
              Cell(effect.baseline) + "," + Cell(effect.changed) + "," + Cell(effect.difference) +
              "," + Cell(effect.low) + "," + Cell(effect.high) + "," +
              Cell(effect.variance_reduction) + "\n";
    }
  }
  return text;
}

}  // namespace oneup::cli
