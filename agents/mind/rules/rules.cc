#include "agents/mind/rules/rules.h"

#include <algorithm>

#include "agents/mind/rules/table.h"

namespace oneup::mind {
namespace {

// Ids number the model's own table (R01-R28) and what was added to it. Jumps come before what they
// make one do: a rule sees what the rules before it have done.
std::vector<Rule> AllRules() {
  std::vector<Rule> all;
  for (const std::span<const Rule> family :
       {FomoRules(), LeakRules(), EgoRules(), TalksRules(), OrchestrationRules()}) {
    all.insert(all.end(), family.begin(), family.end());
  }
  return all;
}

// What the exchange's traders do with announcements is in the valuation (sims/world/news_desk.cc).
constexpr Rule kMarketRules[] = {
    {.id = "R26",
     .family = "market",
     .whose = "traders",
     .trigger = "a deal is announced",
     .condition = "n large deals in the ninety days before",
     .effect = "traders react by exp(-habituation n) as strongly",
     .evidence = "model: 5.4; the calibration of 2025 finds 0",
     .on = SignalKind::kAnnouncement,
     .concerns = nullptr,
     .chance = nullptr,
     .act = nullptr},
};

// Channels that are no rule: whether headlines, and stocks, matter to minds. With a dot: a part of
// the family before it.
constexpr const char* kChannels[] = {"ego.headline", "stock_feedback"};

}  // namespace

std::span<const Rule> Rules() {
  static const std::vector<Rule>* const kAll = new std::vector<Rule>(AllRules());
  return *kAll;
}

std::span<const Rule> MarketRules() { return kMarketRules; }

std::vector<std::string> Switches() {
  std::vector<std::string> names(std::begin(kChannels), std::end(kChannels));
  for (const Rule& rule : Rules()) {
    if (std::ranges::find(names, rule.family) == names.end()) names.emplace_back(rule.family);
  }
  std::ranges::sort(names);
  return names;
}

bool IsSwitch(const std::string& name) {
  const std::vector<std::string> names = Switches();
  return std::ranges::find(names, name) != names.end() ||
         std::ranges::any_of(Rules(), [&](const Rule& rule) { return name == rule.id; });
}

std::string FamilyOf(const std::string& name) {
  for (const Rule& rule : Rules()) {
    if (name == rule.id) return rule.family;
  }
  const size_t dot = name.find('.');
  return dot == std::string::npos ? "" : name.substr(0, dot);
}

bool IsOff(const std::string& name, const v1::MindParameters& minds) {
  return std::ranges::find(minds.off(), name) != minds.off().end();
}

bool IsOff(const Rule& rule, std::span<const std::string> off) {
  return std::ranges::any_of(
      off, [&](const std::string& name) { return name == rule.id || name == rule.family; });
}

}  // namespace oneup::mind
