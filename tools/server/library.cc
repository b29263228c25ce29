#include "tools/server/library.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "sims/trace/reader.h"

namespace oneup::server {
namespace {

absl::StatusOr<TraceFile> ReadTrace(const std::string& path) {
  if (path == "-") {
    return absl::InvalidArgumentError("--trace -: allowed is a file; each page reads it anew");
  }
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": is no regular file"));
  }
  auto reader = trace::TraceReader::Open(path);
  if (!reader.ok()) return reader.status();
  for (;;) {
    const auto record = (*reader)->Next();
    if (!record.ok()) return record.status();
    if (*record == nullptr) break;
  }
  TraceFile file;
  file.name = std::filesystem::path(path).filename().string();
  file.path = path;
  file.header = (*reader)->header();
  file.bytes = (*reader)->size();
  return file;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Library>> Library::Open(const std::vector<std::string>& traces) {
  std::unique_ptr<Library> library(new Library);
  for (const std::string& name : sims::BuiltinScenarios()) {
    auto loaded = sims::LoadScenario(name);
    if (!loaded.ok()) return absl::InternalError(std::string(loaded.status().message()));
    library->scenarios_.push_back({name, *std::move(loaded)});
  }
  // Those in which something emerges first: that is what most people come for.
  std::stable_partition(library->scenarios_.begin(), library->scenarios_.end(),
                        [](const Scenario& scenario) { return scenario.acts(); });
  for (const std::string& path : traces) {
    absl::StatusOr<TraceFile> file = ReadTrace(path);
    if (!file.ok()) return file.status();
    const std::string name = file->name;
    for (int n = 2; library->FindTrace(file->name) != nullptr; ++n) {
      file->name = absl::StrCat(name, "#", n);
    }
    library->traces_.push_back(*std::move(file));
  }
  return library;
}

const sims::LoadedScenario* Library::FindScenario(std::string_view name) const {
  for (const Scenario& scenario : scenarios_) {
    if (scenario.name == name) return &scenario.loaded;
  }
  return nullptr;
}

const TraceFile* Library::FindTrace(std::string_view name) const {
  const auto found = std::ranges::find(traces_, name, &TraceFile::name);
  return found == traces_.end() ? nullptr : &*found;
}

std::string Library::ScenarioNames() const {
  std::string names;
  for (const Scenario& scenario : scenarios_) {
    absl::StrAppend(&names, names.empty() ? "" : ", ", scenario.name);
  }
  return names;
}

}  // namespace oneup::server
