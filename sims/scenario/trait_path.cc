#include "sims/scenario/trait_path.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "sims/scenario/field_path.h"
#include "sims/scenario/suggest.h"

namespace oneup::sims {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// Words of the field for what the schema names otherwise.
constexpr std::pair<const char*, const char*> kWords[] = {{"credit", "supply.loan_to_value"}};

// The parts of a principal in which a trait is looked for, in this order.
struct Part {
  const char* prefix;
  const Descriptor* type;
};
std::vector<Part> PartsOf(const v1::Principal& principal) {
  std::vector<Part> parts;
  if (principal.has_character()) parts.push_back({"character", v1::Character::descriptor()});
  if (principal.has_supply()) parts.push_back({"supply", v1::Supply::descriptor()});
  if (principal.has_demand()) {
    parts.push_back({"demand", v1::Demand::descriptor()});
    parts.push_back({"demand.outlook[*]", v1::Outlook::descriptor()});
  }
  return parts;
}

bool IsNumber(const FieldDescriptor& field) {
  return !field.is_repeated() && (field.cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE ||
                                  field.cpp_type() == FieldDescriptor::CPPTYPE_UINT32 ||
                                  field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL);
}

// huang.fear_usd_bn -> principals[huang].character.fear_usd_bn
absl::StatusOr<std::string> LongPath(const std::string& path, const v1::Scenario& scenario) {
  const size_t dot = path.find('.');
  if (dot == std::string::npos) return path;
  const std::string who = path.substr(0, dot);
  const std::string trait = path.substr(dot + 1);
  const auto principal = std::ranges::find(scenario.principals(), who,
                                           [](const v1::Principal& p) { return p.actor(); });
  if (principal == scenario.principals().end()) return path;
  const auto full = [&](const std::string& within) {
    return absl::StrCat("principals[", who, "].", within);
  };
  for (const auto& [word, field] : kWords) {
    if (trait == word) return full(field);
  }
  if (trait.find('.') != std::string::npos || trait.find('[') != std::string::npos) {
    return full(trait);
  }
  std::vector<std::string> names;
  for (const Part& part : PartsOf(*principal)) {
    for (int i = 0; i < part.type->field_count(); ++i) {
      const FieldDescriptor& field = *part.type->field(i);
      if (!IsNumber(field)) continue;
      if (field.name() == trait) return full(absl::StrCat(part.prefix, ".", trait));
      names.push_back(field.name());
    }
  }
  if (v1::Principal::descriptor()->FindFieldByName(trait) != nullptr) return full(trait);
  return absl::InvalidArgumentError(
      absl::StrCat("'", path, "': ", who, " has no '", trait, "'", DidYouMean(trait, names)));
}

}  // namespace

absl::StatusOr<std::vector<std::string>> ExpandPath(const std::string& path,
                                                    const v1::Scenario& scenario) {
  const absl::StatusOr<std::string> whole = LongPath(path, scenario);
  if (!whole.ok()) return whole.status();
  absl::StatusOr<std::vector<std::string>> paths = ExpandStar(*whole, scenario);
  if (!paths.ok() || !whole->starts_with("valuation.")) return paths;
  for (int i = 0; i < scenario.held_out_size(); ++i) {
    paths->push_back(absl::StrCat("held_out[", i, "].", *whole));
  }
  return paths;
}

}  // namespace oneup::sims
