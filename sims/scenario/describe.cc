#include "sims/scenario/describe.h"

#include <charconv>
#include <cmath>

#include "absl/strings/str_cat.h"

namespace oneup::sims {
namespace {

// CONTRACT_CLASS_JOINT_VENTURE without "CONTRACT_CLASS_", in words.
std::string Words(std::string_view name, std::string_view prefix) {
  std::string words(name.substr(prefix.size()));
  for (char& c : words) {
    if (c == '_')
      c = ' ';
    else if (c >= 'A' && c <= 'Z')
      c = static_cast<char>(c - 'A' + 'a');
  }
  return words;
}

size_t Characters(std::string_view text) {
  size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

const char* SeasonOf(std::string_view month) {
  // The season that begins in or covers the month, in the northern hemisphere.
  const int number = (month[0] - '0') * 10 + (month[1] - '0');
  return number == 12 || number <= 2 ? "winter"
         : number <= 5               ? "spring"
         : number <= 8               ? "summer"
                                     : "autumn";
}

}  // namespace

std::string NumberText(double value) {
  // Thousandths are enough for every unit of a scenario.
  const double rounded = std::round(value * 1000) / 1000;
  char text[64];
  const auto end = std::to_chars(text, text + sizeof text, rounded, std::chars_format::fixed).ptr;
  return {text, end};
}

std::string KindText(v1::EventKind kind) { return Words(v1::EventKind_Name(kind), "EVENT_KIND_"); }
std::string ContractText(v1::ContractClass contract_class) {
  return Words(v1::ContractClass_Name(contract_class), "CONTRACT_CLASS_");
}
std::string ExclusivityText(v1::Exclusivity exclusivity) {
  return Words(v1::Exclusivity_Name(exclusivity), "EXCLUSIVITY_");
}
std::string StageText(v1::Stage stage) { return Words(v1::Stage_Name(stage), "STAGE_"); }
std::string RoleText(v1::ExposureRole role) {
  return Words(v1::ExposureRole_Name(role), "EXPOSURE_ROLE_");
}

std::string DateText(const v1::Event& event) {
  const std::string& date = event.date();
  if (event.precision() == v1::PRECISION_APPROXIMATE) return "about " + date;
  if (event.precision() == v1::PRECISION_SEASON && date.size() == 7) {
    return absl::StrCat(SeasonOf(std::string_view(date).substr(5)), " ", date.substr(0, 4));
  }
  return date;
}

std::string TermsText(const v1::DealTerms& terms) {
  std::string text;
  const auto add = [&text](const std::string& part) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", part);
  };
  if (terms.has_capacity_gw()) add(NumberText(terms.capacity_gw()) + " GW");
  if (terms.has_value_usd_bn()) {
    std::string value = NumberText(terms.value_usd_bn()) + " billion USD";
    if (terms.has_term_years()) value += " over " + NumberText(terms.term_years()) + " years";
    if (terms.has_headline_multiple()) {
      value += " (announced: " + NumberText(terms.headline_multiple() * terms.value_usd_bn()) + ")";
    }
    add(value);
  }
  if (terms.has_vendor_equity()) {
    add(absl::StrCat(terms.vendor_equity().up_to() ? "up to " : "",
                     NumberText(terms.vendor_equity().total_usd_bn()),
                     " billion USD of equity from the supplier"));
  }
  if (terms.has_vendor_warrants()) {
    add("warrants for " + NumberText(terms.vendor_warrants().percent_of_shares()) +
        " % of the supplier");
  }
  if (terms.has_loan_guarantee_usd_bn()) {
    add(NumberText(terms.loan_guarantee_usd_bn()) + " billion USD of loans guaranteed");
  }
  if (terms.exclusivity() > v1::EXCLUSIVITY_NONE) add(ExclusivityText(terms.exclusivity()));
  if (terms.contract_class() != v1::CONTRACT_CLASS_UNSPECIFIED) {
    add(ContractText(terms.contract_class()));
  }
  return text;
}

std::vector<std::string> WrapText(std::string_view text, size_t width) {
  std::vector<std::string> lines;
  std::string line;
  size_t length = 0;
  while (!text.empty()) {
    const size_t space = text.find(' ');
    const std::string_view word = text.substr(0, space);
    text = space == std::string_view::npos ? std::string_view{} : text.substr(space + 1);
    if (word.empty()) continue;
    const size_t characters = Characters(word);
    if (!line.empty() && length + 1 + characters > width) {
      lines.push_back(std::move(line));
      line.clear();
      length = 0;
    }
    if (!line.empty()) {
      line += ' ';
      ++length;
    }
    line += word;
    length += characters;
  }
  if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

}  // namespace oneup::sims
