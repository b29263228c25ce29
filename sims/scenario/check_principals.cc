// Checks of who acts by himself: an emergent run needs a hub with an outlook, suppliers with an
// economy and a temper, and parameters for their minds.
#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "agents/mind/rules/rules.h"
#include "sims/scenario/checks.h"

namespace oneup::sims {
namespace {

void CheckRange(const CheckContext& context, const std::string& path, const char* least,
                double from, const char* most, double to) {
  if (from <= to) return;
  context.Report(absl::StrCat(path, ".", least),
                 absl::StrCat("is ", from, "; it must not exceed ", most, ", ", to));
}

void CheckSupplier(const CheckContext& context, const v1::Principal& principal,
                   const std::string& path) {
  if (!principal.has_supply()) {
    context.Report(path + ".supply", "is missing; a supplier needs it");
    return;
  }
  const v1::Supply& supply = principal.supply();
  CheckRange(context, path + ".supply", "least_gw", supply.least_gw(), "most_gw", supply.most_gw());
  CheckRange(context, path + ".supply", "least_price", supply.least_price(), "most_price",
             supply.most_price());
}

void CheckHub(const CheckContext& context, const v1::Principal& principal,
              const std::string& path) {
  if (!principal.has_demand()) {
    context.Report(path + ".demand", "is missing; the hub needs it");
    return;
  }
  const auto& outlook = principal.demand().outlook();
  const auto stated = [&](const char* figure, bool (v1::Outlook::*has)() const) {
    const bool any =
        std::ranges::any_of(outlook, [has](const v1::Outlook& point) { return (point.*has)(); });
    if (!any) {
      context.Report(path + ".demand.outlook",
                     absl::StrCat("does not state ", figure, "; at least one date must"));
    }
  };
  stated("need_gw", &v1::Outlook::has_need_gw);
  stated("revenue_usd_bn", &v1::Outlook::has_revenue_usd_bn);
  stated("raised_usd_bn", &v1::Outlook::has_raised_usd_bn);
  for (int i = 1; i < outlook.size(); ++i) {
    if (outlook[i].date() > outlook[i - 1].date()) continue;
    context.Report(
        absl::StrCat(path, ".demand.outlook[", i, "].date"),
        absl::StrCat("is '", outlook[i].date(), "'; it must come after the one before, '",
                     outlook[i - 1].date(), "'"));
  }
}

}  // namespace

void CheckPrincipals(const CheckContext& context) {
  const v1::Scenario& scenario = context.scenario;
  if (scenario.principals().empty()) return;
  CheckUnique(context, "principals", "actor", scenario.principals_size(),
              [&](int i) -> const std::string& { return scenario.principals(i).actor(); });
  if (!scenario.has_minds()) context.Report("minds", "is missing; principals need it");
  int hubs = 0;
  for (int i = 0; i < scenario.principals_size(); ++i) {
    const v1::Principal& principal = scenario.principals(i);
    const std::string path = absl::StrCat("principals[", i, "]");
    const bool hub = principal.part() == v1::PART_HUB;
    const bool supplier = principal.part() == v1::PART_SUPPLIER;
    if ((hub || supplier) && !principal.has_character()) {
      context.Report(path + ".character", "is missing; hub and suppliers need it");
    }
    if (hub && ++hubs > 1) context.Report(path + ".part", "is a second hub; there can be one");
    if (hub) CheckHub(context, principal, path);
    if (supplier) CheckSupplier(context, principal, path);
  }
  if (hubs == 0) context.Report("principals", "have no hub (part: PART_HUB)");
  for (int i = 0; i < scenario.minds().off_size(); ++i) {
    const std::string& name = scenario.minds().off(i);
    if (mind::IsSwitch(name)) continue;
    context.Report(
        absl::StrCat("minds.off[", i, "]"),
        absl::StrCat("is '", name, "'; it must be the id of a rule (oneup rules), or one of ",
                     absl::StrJoin(mind::Switches(), ", ")));
  }
}

}  // namespace oneup::sims
