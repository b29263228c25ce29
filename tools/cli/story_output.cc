#include "tools/cli/story_output.h"

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "tools/cli/command.h"
#include "tools/cli/options.h"
#include "tools/cli/output_file.h"

namespace oneup::cli {
namespace {

constexpr char kEnding[] = ".textproto";

int Refuse(const std::string& command, const std::string& path, const std::string& why, int code) {
  return Fail(command, "--story '" + path + "': " + why, code);
}

// A story must not take the place of what it came from.
bool IsSource(const sims::LoadedScenario& scenario, const std::string& path) {
  return std::ranges::any_of(scenario.sources, [&](const sims::SourceText& source) {
    std::error_code error;
    return std::filesystem::equivalent(source.name, path, error);
  });
}

}  // namespace

std::optional<int> CheckStory(const std::string& command, const std::string& path,
                              const sims::LoadedScenario& scenario,
                              const sims::StoryOrigin& origin) {
  if (!path.ends_with(kEnding)) {
    return Refuse(command, path, std::string("the name of a scenario's file ends in ") + kEnding,
                  kUsage);
  }
  if (const absl::Status status = CheckWritable(path); !status.ok()) {
    return Fail(command, std::string(status.message()), kCantCreate);
  }
  if (IsSource(scenario, path)) return Refuse(command, path, "the scenario itself is read", kUsage);
  // The story before anything has emerged imports what it will import.
  const absl::StatusOr<std::string> text = sims::StoryText(scenario, origin, path);
  if (text.ok()) return std::nullopt;
  return Refuse(command, path, std::string(text.status().message()), kBadInput);
}

std::optional<int> WriteStory(const std::string& command, const std::string& path,
                              const sims::LoadedScenario& told, const sims::StoryOrigin& origin) {
  const absl::StatusOr<std::string> text = sims::StoryText(told, origin, path);
  if (!text.ok()) return Refuse(command, path, std::string(text.status().message()), kFailed);
  const absl::Status status = WriteFileAtomically(path, *text);
  if (!status.ok()) return Fail(command, std::string(status.message()), kCantCreate);
  std::cerr << "story of seed " << origin.seed << " written to " << path << "\n";
  return std::nullopt;
}

}  // namespace oneup::cli
