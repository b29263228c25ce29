#include "sims/scenario/aliases.h"

#include <algorithm>

#include "sims/scenario/files.h"
#include "sims/scenario/text_format.h"

namespace oneup::sims {

const std::vector<v1::Alias>& Aliases() {
  static const auto* const kAliases = [] {
    auto* all = new std::vector<v1::Alias>;
    v1::AliasList list;
    std::vector<Problem> problems;
    // A test holds the program's own file to being right.
    const absl::StatusOr<SourceText> file = ReadBuiltin("aliases.textproto");
    if (file.ok()) ParseText(*file, &list, &problems);
    all->assign(list.aliases().begin(), list.aliases().end());
    return all;
  }();
  return *kAliases;
}

std::string EventOfAlias(const std::string& name) {
  const std::vector<v1::Alias>& all = Aliases();
  const auto found =
      std::ranges::find(all, name, [](const v1::Alias& alias) { return alias.name(); });
  return found == all.end() ? "" : found->event();
}

}  // namespace oneup::sims
