// Any bytes are a domain or are refused with one line; never a crash, a hang, or a domain that
// breaks what the readers promise. The input is up to four files, one after the other, with a line
// "%%%" between them: the domain, then the profiles.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "agents/negotiation/analysis.h"
#include "agents/negotiation/play.h"
#include "agents/negotiation/tactics.h"
#include "sims/domains/domain.h"

namespace {

using oneup::negotiation::Preferences;
using oneup::negotiation::Profile;

void Require(bool condition) {
  if (!condition) std::abort();
}

std::vector<oneup::sims::DomainText> Split(std::string_view input) {
  constexpr std::string_view kBorder = "\n%%%\n";
  std::vector<oneup::sims::DomainText> files;
  for (const char* name : {"domain", "first", "second", "third"}) {
    const size_t border = input.find(kBorder);
    files.push_back({name, std::string(input.substr(0, border))});
    if (border == std::string_view::npos) break;
    input.remove_prefix(border + kBorder.size());
  }
  return files;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::vector<oneup::sims::DomainText> files = Split({reinterpret_cast<const char*>(data), size});
  const oneup::sims::DomainText first = files.front();
  files.erase(files.begin());
  const auto domain = oneup::sims::ParseDomain(first, files);
  if (!domain.ok()) {
    Require(!domain.status().message().empty());
    Require(domain.status().message().find('\n') == absl::string_view::npos);
    return 0;
  }
  std::vector<const Profile*> parties;
  for (const Profile& profile : domain->profiles) {
    Require(profile.worth.size() == domain->space.issues().size());
    for (size_t i = 0; i < profile.worth.size(); ++i) {
      Require(profile.worth[i].size() == domain->space.Values(i));
      for (const double worth : profile.worth[i]) Require(worth >= 0);
    }
    Require(profile.reservation >= 0 && profile.reservation <= 1);
    parties.push_back(&profile);
  }
  if (parties.size() < 2 || domain->space.size() > 500) return 0;
  std::vector<Preferences> preferences;
  std::vector<const Preferences*> order;
  preferences.reserve(parties.size());
  for (const Profile* profile : parties) {
    preferences.emplace_back(domain->space, *profile);
    order.push_back(&preferences.back());
  }
  const auto analysis = oneup::negotiation::Analyse(domain->space, parties);
  Require(analysis.ok() && !analysis->frontier.empty());
  for (const auto& kind : oneup::negotiation::TacticKinds()) {
    const std::vector<oneup::negotiation::TacticMaker> makers(
        parties.size(), *oneup::negotiation::FindTactic(kind.name));
    const auto played = oneup::negotiation::Play(order, makers, 5, 1);
    Require(!played.agreement || *played.agreement < domain->space.size());
    Require(oneup::negotiation::Judge(*analysis, played.utilities).distance_to_pareto >= 0);
  }
  return 0;
}
