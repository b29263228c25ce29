// First answers to an ask, what is put on the table and when, rapport, deadlines.
#include <algorithm>
#include <cmath>

#include "agents/mind/rules/table.h"

namespace oneup::mind {
namespace {

// Yearly spending of an ask beyond what one's own forecast of demand leaves room for.
double Excess(const Self& me, const Signal& ask) {
  return std::max(0.0, ask.usd_bn / ask.years - me.traits->supply().demand_headroom_usd_bn());
}

// The last of 25, 50 and 75 that the hub's obligations have passed, in years of its revenue.
double PassedThreshold(const Self& me) {
  const double years = me.known.hub_usd_bn / me.hub_revenue_usd_bn;
  return 25 * std::clamp(std::floor(years / 25), 0.0, 3.0);
}

constexpr Rule kRules[] = {
    {.id = "R13",
     .family = "talks",
     .whose = "suppliers with a demand forecast",
     .trigger = "the hub asks for capacity",
     .condition = "supply would exceed one's own forecast of demand: 3 bn for each bn a year of "
                  "excess is more than missing out hurts and a tenth of the profit is worth",
     .effect = "refuses; that it builds no more than its usual least becomes its public word",
     .evidence = "S33, S53, S57",
     .on = SignalKind::kApproach,
     .concerns = Disciplined,
     .chance =
         [](const Self& me, const Signal& ask) {
           const double pain = me.traits->character().fear_usd_bn() * me.mind.pressure();
           const double own = 0.1 * ask.usd_bn * me.traits->supply().margin();
           return 3 * Excess(me, ask) > pain + own ? 1.0 : 0.0;
         },
     .act =
         [](Self& me, const Signal& ask, Deeds& deeds) {
           deeds.Refuse(ask.from, false);
           const double bound = me.traits->supply().least_gw();
           deeds.Take({deal::Issue::kCapacity, bound, 1});
         }},

    {.id = "R21",
     .family = "talks",
     .whose = "suppliers with a spending plan",
     .trigger = "the hub asks for capacity",
     .condition = "the ask exceeds five times what one spends in a year",
     .effect = "refuses, and doubts it in public",
     .evidence = "S35-37",
     .on = SignalKind::kApproach,
     .concerns =
         [](const v1::Principal& p) { return Supplier(p) && p.supply().own_capex_usd_bn() > 0; },
     .chance =
         [](const Self& me, const Signal& ask) {
           const bool refused = Has(me, ask.from, Stage::kRefused);
           return !refused && ask.usd_bn > 5 * me.traits->supply().own_capex_usd_bn() ? 1.0 : 0.0;
         },
     .act = [](Self&, const Signal& ask, Deeds& deeds) { deeds.Refuse(ask.from, true); }},

    {.id = "R18",
     .family = "talks",
     .whose = "suppliers",
     .trigger = "the hub takes trouble over one: a visit, a keynote",
     .condition = "for the first time",
     .effect = "rapport: gives in more readily (e x 1.3), waits less (what is left of T x .7)",
     .evidence = "S41, S89-95",
     .on = SignalKind::kCourtship,
     .concerns = Supplier,
     .chance = [](const Self& me,
                  const Signal& visit) { return With(me, visit.from).courted ? 0.0 : 1.0; },
     .act =
         [](Self& me, const Signal& visit, Deeds&) {
           Thread& thread = me.threads[static_cast<size_t>(visit.from)];
           thread.courted = true;
           thread.concession *= 1.3;
           thread.Hurry(0.7);
         }},

    {.id = "R19",
     .family = "talks",
     .whose = "believers (belief > .5)",
     .trigger = "the hub takes trouble over one: a visit, a keynote",
     .condition = "a believer (belief > .5)",
     .effect = "trusts the hub with twice as much, and the headline counts for more",
     .evidence = "S39-41",
     .on = SignalKind::kCourtship,
     .concerns = [](const v1::Principal& p) { return Supplier(p) && p.character().belief() > 0.5; },
     .chance = [](const Self& me, const Signal&) { return me.vision == 1 ? 1.0 : 0.0; },
     .act =
         [](Self& me, const Signal&, Deeds&) {
           me.trust *= 2;
           me.vision = 1 + me.traits->character().belief();
         }},

    {.id = "R08",
     .family = "talks",
     .whose = "suppliers with cash to invest",
     .trigger = "a report that one is being replaced",
     .condition = "f >= .15, and there is cash to invest",
     .effect = "sees that it can invest directly: equity comes on the table",
     .evidence = "S79, S83",
     .on = SignalKind::kLeak,
     .concerns =
         [](const v1::Principal& p) { return Supplier(p) && p.supply().most_equity_usd_bn() > 0; },
     .chance =
         [](const Self& me, const Signal& leak) {
           const bool locked = !me.unlocked[deal::IndexOf(deal::Issue::kEquity)];
           return Mine(me, leak) && locked && me.mind.pressure() >= 0.15 ? 1.0 : 0.0;
         },
     .act = [](Self&, const Signal&, Deeds& deeds) { deeds.Unlock(deal::Issue::kEquity); }},

    {.id = "R10",
     .family = "talks",
     .whose = "suppliers that can guarantee loans",
     .trigger = "an offer",
     .condition = "equity is on the table, and f >= .30, or past half of one's patience the offer "
                  "still falls short",
     .effect = "a guarantee of loans comes on the table",
     .evidence = "S85",
     .on = SignalKind::kOffer,
     .concerns =
         [](const v1::Principal& p) {
           return Supplier(p) && p.supply().most_guarantee_usd_bn() > 0;
         },
     .chance =
         [](const Self& me, const Signal& offer) {
           const bool equity = me.unlocked[deal::IndexOf(deal::Issue::kEquity)];
           const bool locked = !me.unlocked[deal::IndexOf(deal::Issue::kGuarantee)];
           const bool gap = With(me, offer.from).elapsed > 0.5 && With(me, offer.from).margin < 0;
           return equity && locked && (me.mind.pressure() >= 0.30 || gap) ? 1.0 : 0.0;
         },
     .act = [](Self&, const Signal&, Deeds& deeds) { deeds.Unlock(deal::Issue::kGuarantee); }},

    {.id = "R12",
     .family = "talks",
     .whose = "underdogs (quality < .8) with warrants to give",
     .trigger = "a day goes by",
     .condition =
         "an underdog with an unproven product (quality < .8), an open thread past a third "
         "of its patience, and no agreement",
     .effect = "offers a part of the company: warrants come on the table",
     .evidence = "S97, S101",
     .on = SignalKind::kDay,
     .concerns =
         [](const v1::Principal& p) {
           return Supplier(p) && p.supply().most_warrants_percent() > 0 &&
                  p.supply().quality() < 0.8;
         },
     .chance =
         [](const Self& me, const Signal&) {
           const Thread& thread = With(me, kHub);
           const bool locked = !me.unlocked[deal::IndexOf(deal::Issue::kWarrants)];
           return locked && thread.stage == Stage::kOpen && thread.elapsed > 1.0 / 3 ? 1.0 : 0.0;
         },
     .act = [](Self&, const Signal&, Deeds& deeds) { deeds.Unlock(deal::Issue::kWarrants); }},

    {.id = "R14",
     .family = "talks",
     .whose = "suppliers with a demand forecast",
     .trigger = "a day goes by",
     .condition =
         "its public word still holds, the hub is bound to it, and deals of 100 bn and more show "
         "that the hub needs more than it gives",
     .effect = "trades exclusivity away and cuts leases, which can be seen from outside",
     .evidence = "S59-61",
     .on = SignalKind::kDay,
     .concerns = Disciplined,
     .chance =
         [](const Self& me, const Signal&) {
           const bool bound = me.exclusivity > 0 && me.mind.Hold(deal::Issue::kCapacity) > 0.05;
           return bound && me.known.record_usd_bn >= 100 ? Daily(30) : 0.0;
         },
     .act = [](Self&, const Signal&, Deeds& deeds) { deeds.Waive(0); }},

    {.id = "R20",
     .family = "talks",
     .whose = "suppliers that want a say on sites",
     .trigger = "one's own deal is announced",
     .condition = "its wish for a say on sites was not met by more than .4",
     .effect = "the vision fades: headlines count half as much to it from then on",
     .evidence = "S45",
     .on = SignalKind::kAnnouncement,
     .concerns =
         [](const v1::Principal& p) { return Supplier(p) && p.supply().site_wish() >= 0.5; },
     .chance =
         [](const Self& me, const Signal& deal) {
           const double gap =
               me.traits->supply().site_wish() - deal.sheet.Value(deal::Issue::kSites);
           return Mine(me, deal) && gap > 0.4 ? 1.0 : 0.0;
         },
     .act = [](Self& me, const Signal&, Deeds&) { me.vision *= 0.5; }},

    {.id = "R24",
     .family = "talks",
     .whose = "suppliers",
     .trigger = "a rival announces a deal with the hub",
     .condition = "one is in open talks oneself, and measures oneself against the rival (regard >= "
                  ".9)",
     .effect = "hurries: what is left of one's patience x .3",
     .evidence = "S109",
     .on = SignalKind::kAnnouncement,
     .concerns = Supplier,
     .chance =
         [](const Self& me, const Signal& deal) {
           return Has(me, kHub, Stage::kOpen) && !Mine(me, deal) && me.Regard(deal.about) >= 0.9
                      ? 1.0
                      : 0.0;
         },
     .act = [](Self& me, const Signal&, Deeds&) { me.threads[kHub].Hurry(0.3); }},

    {.id = "R28",
     .family = "talks",
     .whose = "suppliers",
     .trigger = "a rival, or oneself, announces a deal with the hub",
     .condition = "the hub's obligations pass 25, 50, 75 times a year's revenue",
     .effect = "trusts the hub with a fifth less each time",
     .evidence = "S21-23",
     .on = SignalKind::kAnnouncement,
     .concerns = Supplier,
     .chance = [](const Self& me,
                  const Signal&) { return PassedThreshold(me) > me.thresholds ? 1.0 : 0.0; },
     .act =
         [](Self& me, const Signal&, Deeds&) {
           for (; me.thresholds < PassedThreshold(me); me.thresholds += 25) me.trust *= 0.8;
         }},
};

}  // namespace

std::span<const Rule> TalksRules() { return kRules; }

}  // namespace oneup::mind
