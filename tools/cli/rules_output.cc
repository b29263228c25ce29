#include "tools/cli/rules_output.h"

#include <absl/strings/str_cat.h>
#include <absl/strings/str_join.h>
#include <absl/strings/str_replace.h>

#include <map>
#include <utility>

#include "sims/report/json.h"

namespace oneup::cli {
namespace {

using mind::Rule;
using sims::Color;
using sims::TerminalStyle;

// One column of every form: its name and what stands in it.
constexpr std::pair<const char*, const char * Rule::*> kColumns[] = {
    {"id", &Rule::id},
    {"family", &Rule::family},
    {"whose", &Rule::whose},
    {"trigger", &Rule::trigger},
    {"condition", &Rule::condition},
    {"effect", &Rule::effect},
    {"evidence", &Rule::evidence},
};

// What each switch that is no id of a rule turns off; a family that came later has no words yet.
std::string WordsOf(const std::string& name) {
  static const auto* const kWords = new std::map<std::string, std::string>{
      {"ego",
       "all lost face, mockery, counter-programmes, and all weight of headlines and stances"},
      {"ego.headline", "of these, the weight of headlines and records in what a deal is worth"},
      {"fomo",
       "all pressure to join, whatever causes it, what relieves it and what it makes one do"},
      {"leaks", "leaks, what the press makes of them, denials, gossip"},
      {"orchestration", "the hub's growing story and its plays on rivalries"},
      {"stock_feedback",
       "the weight of one's own stock in what a deal is worth, and unusual days (R03)"},
      {"talks", "first answers, what comes on the table, rapport, hurry, stalling"},
  };
  const auto found = kWords->find(name);
  return found == kWords->end() ? "a family of rules" : found->second;
}

constexpr char kHead[] =
    R"(<!-- Printed by `oneup rules --format markdown`. Do not edit: change agents/mind/rules/ or
     tools/cli/rules_output.cc, then `build/bin/oneup rules --format markdown > docs/rules.md`. -->

# Rules of behaviour

What people do in an emergent run is the sum of a negotiation (docs/minds.md) and of the rules
below. A rule is a few lines in `agents/mind/rules/`: when something reaches a person (*trigger*) to
whom the rule belongs (*whose*), and the *condition* holds, the *effect* follows. Where the effect
says "within about so many days", a certain chance a day stands behind it. Rules act in the order of
the table, and each sees what those before it have done.

- `F` pressure to join, the fear of missing out; `f = F / (1 + F)`. `L` lost face. Both fade.
- `H` an announced headline in billion USD; *record* is the largest that one has read of. `e`
  readiness to give in, `T` patience.
- *Regard* is how much one measures oneself against another, *incumbency* how much one is the hub's
  natural partner; both are traits (0-1) in the scenario, as are `rival_jump` and its like.
- *Evidence* names lines of the story (S1 is the first), or the paper that a rule comes from. What
  it calls "model" is our own assumption.

`oneup rules --who huang` prints only what concerns one person. To see what a rule does, run the
story without it: `oneup run --off R06`, or `minds { off: "R06" }` in the scenario. Whole families
can be off:

)";

std::string Markdown(const std::string& text) {
  return absl::StrReplaceAll(text, {{"|", "\\|"}, {"<", "&lt;"}, {">", "&gt;"}, {"*", "\\*"}});
}

std::string Csv(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"");
}

// Words beside a label, and below themselves where they take more than a line.
std::string Labelled(const std::string& label, Color color, int width, const std::string& words,
                     const TerminalStyle& style) {
  const auto indent = static_cast<size_t>(width);
  const std::string block = sims::Wrap(words, style.width, std::string(indent, ' '));
  return sims::Paint(style, color, sims::Pad(label, width)) + block.substr(indent);
}

std::string TextOf(const Rule& rule, const RulesReport& report, const TerminalStyle& style) {
  std::string first = absl::StrCat(rule.family, ": ", rule.whose);
  if (mind::IsOff(rule, report.off)) first += ", switched off";
  std::string text = Labelled(rule.id, Color::kBold, 5, first, style);
  const auto line = [&](const char* label, const char* words) {
    if (*words == '\0') return;
    text += Labelled(absl::StrCat("  ", label), Color::kDim, 7, words, style);
  };
  line("when", rule.trigger);
  line("if", rule.condition);
  line("then", rule.effect);
  line("see", rule.evidence);
  return text;
}

}  // namespace

std::string RulesText(const RulesReport& report, const TerminalStyle& style) {
  std::string text;
  if (!report.who.empty()) absl::StrAppend(&text, sims::Wrap(report.who, style.width), "\n");
  for (const Rule* rule : report.rules) {
    absl::StrAppend(&text, TextOf(*rule, report, style), "\n");
  }
  text +=
      sims::Wrap("To switch off, oneup run --off NAME, or minds { off: \"NAME\" } in a scenario:",
                 style.width);
  for (const std::string& name : mind::Switches()) {
    text += Labelled("  " + name, Color::kPlain, 18, WordsOf(name), style);
  }
  return text + "  or a rule by its id\n";
}

std::string RulesCsv(const RulesReport& report) {
  std::vector<std::string> cells;
  for (const auto& [name, cell] : kColumns) cells.emplace_back(name);
  std::string text = absl::StrJoin(cells, ",") + "\n";
  for (const Rule* rule : report.rules) {
    cells.clear();
    for (const auto& [name, cell] : kColumns) cells.push_back(Csv(rule->*cell));
    absl::StrAppend(&text, absl::StrJoin(cells, ","), "\n");
  }
  return text;
}

std::string RulesJson(const RulesReport& report) {
  sims::JsonWriter json(2);
  json.Object().Key("rules").Array();
  for (const Rule* rule : report.rules) {
    json.Object();
    for (const auto& [name, cell] : kColumns) json.Key(name).Value(rule->*cell);
    if (!report.who.empty()) json.Key("off").Value(mind::IsOff(*rule, report.off));
    json.EndObject();
  }
  json.EndArray().Key("switches").Array();
  for (const std::string& name : mind::Switches()) {
    json.Object().Key("name").Value(name).Key("what").Value(WordsOf(name)).EndObject();
  }
  json.EndArray().EndObject();
  return json.text() + "\n";
}

std::string RulesMarkdown(const RulesReport& report) {
  std::string text = kHead;
  for (const std::string& name : mind::Switches()) {
    absl::StrAppend(&text, "- `", name, "`: ", Markdown(WordsOf(name)), "\n");
  }
  if (!report.who.empty()) absl::StrAppend(&text, "\n", Markdown(report.who), "\n");
  text += "\n";
  std::string rule_line;
  for (const auto& [name, cell] : kColumns) {
    absl::StrAppend(&text, "| ", name, " ");
    rule_line += "|---";
  }
  absl::StrAppend(&text, "|\n", rule_line, "|\n");
  for (const Rule* rule : report.rules) {
    for (const auto& [name, cell] : kColumns) {
      absl::StrAppend(&text, "| ", Markdown(rule->*cell), " ");
    }
    text += "|\n";
  }
  return text;
}

}  // namespace oneup::cli
