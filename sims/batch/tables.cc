#include "sims/batch/tables.h"

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "sims/batch/manifest.h"
#include "sims/batch/run_values.h"
#include "sims/batch/shard.h"
#include "sims/batch/summary.h"
#include "sims/batch/table_file.h"

namespace oneup::sims {
namespace {

using trace::Column;
using trace::ColumnType;
using trace::Value;

Column Integer(std::string name) { return {std::move(name), ColumnType::kInteger, {}, false}; }
Column Real(std::string name) { return {std::move(name), ColumnType::kReal, {}, false}; }
Column Text(std::string name) { return {std::move(name), ColumnType::kText, {}, false}; }

void AddWhole(uint64_t value, std::vector<Value>& row) {
  row.emplace_back(static_cast<int64_t>(value));
}

std::vector<Column> ScenarioColumns(const v1::BatchPlan& plan) {
  std::vector<Column> columns{Integer("scenario_id")};
  for (const v1::PlannedFactor& factor : plan.factors()) columns.push_back(Real(factor.name()));
  return columns;
}

std::vector<Value> ScenarioRow(const v1::BatchPlan& plan, uint64_t scenario_id) {
  std::vector<Value> row;
  AddWhole(scenario_id, row);
  for (const double value : plan.points(static_cast<int>(scenario_id)).values()) {
    row.emplace_back(value);
  }
  return row;
}

std::vector<Column> RunColumns(const v1::BatchPlan& plan) {
  std::vector<Column> columns{Integer("run_id"), Integer("scenario_id"), Integer("replicate"),
                              Integer("seed"), Text("status")};
  for (const v1::PlannedMetric& metric : plan.metrics()) columns.push_back(Real(metric.name()));
  columns.push_back(Text("error"));
  return columns;
}

std::vector<Value> RunRow(const v1::BatchPlan& plan, const v1::BatchRun& run) {
  const bool ok = run.error().empty();
  std::vector<Value> row;
  for (const uint64_t number : {run.run_id(), run.scenario_id(), run.replicate(), run.seed()}) {
    AddWhole(number, row);
  }
  row.emplace_back(std::string(ok ? "ok" : "failed"));
  for (int i = 0; i < plan.metrics_size(); ++i) {
    row.emplace_back(ok ? run.values(i) : std::numeric_limits<double>::quiet_NaN());
  }
  row.emplace_back(run.error());
  return row;
}

// The files of one batch, filled in step.
class Writer {
 public:
  Writer(const v1::BatchPlan& plan, const BatchFolder& folder) : plan_(plan), folder_(folder) {}

  absl::StatusOr<BatchCounts> Write() {
    absl::Status status = Open();
    if (status.ok()) status = AddScenarios();
    for (uint64_t shard = 0; status.ok() && shard < ShardsOf(plan_); ++shard) {
      status = AddShard(shard);
    }
    if (status.ok()) status = Close();
    if (!status.ok()) return status;
    return counts_;
  }

 private:
  enum Table : size_t { kExperiment, kFactors, kMetrics, kScenarios, kRuns };

  std::string Path(const char* name) const { return folder_.path() + "/" + name; }

  absl::Status Open() {
    const std::vector<Column> scenario_columns = ScenarioColumns(plan_);
    std::vector<Column> summary_columns = scenario_columns;
    summary_columns.push_back(Text("metric"));
    summary_columns.push_back(Integer("n"));
    for (const char* name : {"mean", "sd", "min"}) summary_columns.push_back(Real(name));
    for (const char* name : kSummaryQuantileNames) summary_columns.push_back(Real(name));
    summary_columns.push_back(Real("max"));
    const std::pair<const char*, const std::vector<Column>*> files[] = {
        {"scenarios.csv", &scenario_columns}, {"summary.csv", &summary_columns}};
    for (const auto& [name, columns] : files) {
      absl::StatusOr<CsvFile> file = CsvFile::Create(Path(name), *columns);
      if (!file.ok()) return file.status();
      csv_.push_back(*std::move(file));
    }
    absl::StatusOr<CsvFile> runs = CsvFile::Create(Path("runs.csv"), RunColumns(plan_));
    if (!runs.ok()) return runs.status();
    csv_.push_back(*std::move(runs));
    auto database = trace::OpenSqliteFile(Path("results.sqlite"));
    if (!database.ok()) return database.status();
    database_ = *std::move(database);
    const std::pair<const char*, std::vector<Column>> tables[] = {
        {"experiment", {Text("name"), Text("value")}},
        {"factors", {Text("name"), Text("line"), Text("alternatives")}},
        {"metrics", {Text("name"), Text("unit"), Text("description")}},
        {"scenarios", scenario_columns},
        {"runs", RunColumns(plan_)}};
    for (const auto& [name, columns] : tables) {
      const absl::Status status = database_->AddTable(name, columns);
      if (!status.ok()) return status;
    }
    return AddExperiment();
  }

  absl::Status AddExperiment() {
    const std::vector<std::pair<const char*, std::string>> values = {
        {"name", plan_.name()},
        {"title", plan_.title()},
        {"text", plan_.experiment()},
        {"digest", plan_.experiment_digest()},
        {"scenario", plan_.scenario()},
        {"scenario_digest", plan_.scenario_digest()},
        {"program_version", plan_.program_version()},
        {"source_digest", plan_.source_digest()},
        {"resolution", plan_.resolution()},
        {"until", plan_.until()},
        {"replicates", absl::StrCat(plan_.replicates())},
        {"first_seed", absl::StrCat(plan_.first_seed())}};
    absl::Status status;
    const auto add = [this](Table table, const std::vector<std::string>& texts) {
      return database_->AddRow(table, {texts.begin(), texts.end()});
    };
    for (const auto& [name, value] : values) {
      if (status.ok()) status = add(kExperiment, {name, value});
    }
    for (const v1::PlannedFactor& factor : plan_.factors()) {
      if (!status.ok()) break;
      status =
          add(kFactors, {factor.name(), factor.line(), absl::StrJoin(factor.alternatives(), "\n")});
    }
    for (const v1::PlannedMetric& metric : plan_.metrics()) {
      if (!status.ok()) break;
      status = add(kMetrics, {metric.name(), metric.unit(), metric.description()});
    }
    return status;
  }

  absl::Status AddScenarios() {
    absl::Status status;
    for (int i = 0; status.ok() && i < plan_.points_size(); ++i) {
      const std::vector<Value> row = ScenarioRow(plan_, static_cast<uint64_t>(i));
      status = csv_[0].AddRow(row);
      if (status.ok()) status = database_->AddRow(kScenarios, row);
    }
    return status;
  }

  absl::Status AddShard(uint64_t number) {
    const absl::StatusOr<v1::Shard> shard = ReadShard(plan_, number, folder_.ShardPath(number));
    if (!shard.ok()) return shard.status();
    for (const v1::ShardRecord& record : shard->records()) {
      if (record.has_footer()) {
        const std::string& digest = record.footer().digest();
        digests_.push_back(absl::BytesToHexString(digest));
        counts_.failed += record.footer().failed();
      }
      if (!record.has_run()) continue;
      if (const absl::Status status = AddRun(record.run()); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

  absl::Status AddRun(const v1::BatchRun& run) {
    ++counts_.runs;
    const std::vector<Value> row = RunRow(plan_, run);
    absl::Status status = csv_[2].AddRow(row);
    if (status.ok()) status = database_->AddRow(kRuns, row);
    return status;
  }

  // Quantiles want the values in order: they are read back from the database, which can sort them.
  absl::Status AddSummaries() {
    const auto runs = RunValues::Open(Path("results.sqlite"));
    if (!runs.ok()) return runs.status();
    for (int id = 0; id < plan_.points_size(); ++id) {
      for (int metric = 0; metric < plan_.metrics_size(); ++metric) {
        Summarizer summary;
        absl::Status status = (*runs)->InOrderOfRuns(plan_, static_cast<uint64_t>(id), metric,
                                                     [&](double value) { summary.Add(value); });
        if (!status.ok()) return status;
        status = (*runs)->Ascending(plan_, static_cast<uint64_t>(id), metric,
                                    [&](double value) { summary.AddAscending(value); });
        if (status.ok()) status = AddSummary(id, plan_.metrics(metric).name(), summary.Result());
        if (!status.ok()) return status;
      }
    }
    return absl::OkStatus();
  }

  absl::Status AddSummary(int scenario_id, const std::string& metric,
                          const MetricSummary& summary) {
    std::vector<Value> row = ScenarioRow(plan_, static_cast<uint64_t>(scenario_id));
    row.emplace_back(metric);
    AddWhole(summary.n, row);
    for (const double value : {summary.mean, summary.sd, summary.min}) row.emplace_back(value);
    for (const double value : summary.quantiles) row.emplace_back(value);
    row.emplace_back(summary.max);
    return csv_[1].AddRow(row);
  }

  absl::Status Close() {
    absl::Status status = database_->Close();
    if (status.ok()) status = AddSummaries();
    for (CsvFile& file : csv_) {
      if (status.ok()) status = file.Close();
    }
    if (!status.ok()) return status;
    return WriteBytes(Path("manifest.json"), ManifestText(plan_, digests_, counts_));
  }

  const v1::BatchPlan& plan_;
  const BatchFolder& folder_;
  std::vector<CsvFile> csv_;  // scenarios, summary, runs
  std::unique_ptr<trace::TableSink> database_;
  std::vector<std::string> digests_;
  BatchCounts counts_;
};

}  // namespace

absl::StatusOr<BatchCounts> WriteTables(const v1::BatchPlan& plan, const BatchFolder& folder) {
  return Writer(plan, folder).Write();
}

}  // namespace oneup::sims
