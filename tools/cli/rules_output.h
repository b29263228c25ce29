// The table of rules in the forms that `oneup rules` prints.
#pragma once

#include <string>
#include <vector>

#include "agents/mind/rules/rules.h"
#include "sims/report/terminal.h"

namespace oneup::cli {

struct RulesReport {
  std::vector<const mind::Rule*> rules;
  std::string who;               // whose they are, in words; empty: all rules there are
  std::vector<std::string> off;  // what the scenario switches off, of one person's rules
};

// A block of lines a rule, as wide as the style says, then what can be switched off.
std::string RulesText(const RulesReport& report, const sims::TerminalStyle& style);
// A line a rule.
std::string RulesCsv(const RulesReport& report);
std::string RulesJson(const RulesReport& report);
// docs/rules.md.
std::string RulesMarkdown(const RulesReport& report);

}  // namespace oneup::cli
