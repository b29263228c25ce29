// The examples of docs/scenario-format.md work as printed.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "sims/scenario/scenario.h"

namespace oneup::sims {
namespace {

// Files of the page: fenced blocks whose first line is "# <name>".
std::map<std::string, std::string> Examples() {
  std::ifstream page(std::filesystem::path(ONEUP_SOURCE_DIR) / "docs" / "scenario-format.md");
  std::map<std::string, std::string> files;
  std::string line, name;
  bool fenced = false, first = false;
  while (std::getline(page, line)) {
    if (line.starts_with("```")) {
      fenced = !fenced;
      first = fenced;
      name.clear();
      continue;
    }
    if (!fenced) continue;
    if (first && line.starts_with("# ")) name = line.substr(2);
    first = false;
    if (!name.empty()) files[name] += line + "\n";
  }
  return files;
}

TEST(Docs, EveryExampleIsAValidScenario) {
  const auto files = Examples();
  const std::filesystem::path folder =
      std::filesystem::path(::testing::TempDir()) / "oneup_scenario_docs_test";
  std::filesystem::create_directories(folder);
  for (const auto& [name, text] : files) std::ofstream(folder / name) << text;
  int scenarios = 0;
  for (const auto& [name, text] : files) {
    if (!name.ends_with(".textproto")) continue;
    ++scenarios;
    const auto loaded = LoadScenario((folder / name).string());
    EXPECT_TRUE(loaded.ok()) << name << "\n" << loaded.status();
  }
  EXPECT_EQ(scenarios, 4);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace oneup::sims
