// What the server has to show: the scenarios inside the program, and the trace files that it was
// started with. Read at the start and never changed, so that all threads may look.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "oneup/v1/trace.pb.h"
#include "sims/scenario/scenario.h"

namespace oneup::server {

struct TraceFile {
  std::string name;  // without folders; a second one of that name ends in "#2"
  std::string path;
  v1::Header header;
  uint64_t bytes = 0;  // decompressed
};

class Library {
 public:
  // Reads every file to its end. Error: that of the first file that is no whole trace, in one line;
  // Internal if a scenario of the program cannot be loaded.
  static absl::StatusOr<std::unique_ptr<Library>> Open(const std::vector<std::string>& traces);

  struct Scenario {
    std::string name;
    sims::LoadedScenario loaded;
    // Its principals act by themselves.
    bool acts() const { return !loaded.proto.principals().empty(); }
  };
  const std::vector<Scenario>& scenarios() const { return scenarios_; }
  const std::vector<TraceFile>& traces() const { return traces_; }
  // Null for a name that is none. A path never is one.
  const sims::LoadedScenario* FindScenario(std::string_view name) const;
  const TraceFile* FindTrace(std::string_view name) const;
  // "autonomous, 2025": for messages.
  std::string ScenarioNames() const;

 private:
  Library() = default;

  std::vector<Scenario> scenarios_;
  std::vector<TraceFile> traces_;
};

}  // namespace oneup::server
