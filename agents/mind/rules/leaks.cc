// Leaks: who lets something be known, who prints it, what it does to whom it is about.
#include "agents/mind/rules/table.h"

namespace oneup::mind {
namespace {

constexpr Rule kRules[] = {
    {.id = "R07",
     .family = "leaks",
     .whose = "suppliers",
     .trigger = "a report that one is being replaced",
     .condition = "a share is at risk (incumbency > 0)",
     .effect = "F += leak_jump x incumbency x credibility of the report; if the thread is stalled, "
               "phones the hub within three days",
     .evidence = "S75-79",
     .on = SignalKind::kLeak,
     .concerns = Supplier,
     .chance =
         [](const Self& me, const Signal& leak) {
           return Mine(me, leak) && me.traits->character().incumbency() > 0 ? 1.0 : 0.0;
         },
     .act =
         [](Self& me, const Signal&, Deeds& deeds) {
           deeds.AddFomo(me.minds->leak_jump() * me.traits->character().incumbency() *
                         me.leak_credibility);
           const double delay = deeds.Uniform(0, 3);
           if (Has(me, kHub, Stage::kStalled)) deeds.Call(kHub, delay);
         }},

    {.id = "R31",
     .family = "leaks",
     .whose = "reporters",
     .trigger = "a tip that a supplier is being replaced, or that there are talks",
     .condition = "",
     .effect = "the press prints it within days",
     .evidence = "S75",
     .on = SignalKind::kTip,
     .concerns = Reporter,
     .chance = [](const Self&, const Signal&) { return 1.0; },
     .act =
         [](Self&, const Signal& tip, Deeds& deeds) {
           const double delay = deeds.Exponential(4);
           deeds.Report(tip, delay);
         }},

    {.id = "R32",
     .family = "leaks",
     .whose = "the hub",
     .trigger = "a report that a supplier is being replaced",
     .condition = "it has a name to lose (credibility > .5)",
     .effect = "denies it a few days later; credibility falls by the cost of a bluff",
     .evidence = "S81",
     .on = SignalKind::kLeak,
     .concerns = Hub,
     .chance = [](const Self& me, const Signal&) { return me.credibility > 0.5 ? 1.0 : 0.0; },
     .act =
         [](Self& me, const Signal& leak, Deeds& deeds) {
           const double delay = deeds.Exponential(3);
           deeds.Deny(leak.about, delay);
           deeds.LoseCredibility(me.traits->demand().bluff_cost());
         }},

    {.id = "R27",
     .family = "leaks",
     .whose = "analysts",
     .trigger = "leases are cut, as can be seen from outside",
     .condition = "",
     .effect = "an analyst writes that supply runs ahead of demand: doubt on the whole field",
     .evidence = "S35, S53, S59",
     .on = SignalKind::kLeaseCuts,
     .concerns = Analyst,
     .chance = [](const Self&, const Signal&) { return 1.0; },
     .act =
         [](Self&, const Signal& cuts, Deeds& deeds) {
           const double delay = deeds.Exponential(5);
           deeds.Note(cuts, delay);
         }},
};

}  // namespace

std::span<const Rule> LeakRules() { return kRules; }

}  // namespace oneup::mind
