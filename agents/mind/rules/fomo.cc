// Fear of missing out: what makes it jump, what relieves it, what it makes one do.
#include <algorithm>

#include "agents/mind/rules/table.h"

namespace oneup::mind {
namespace {

// aR s log2(1 + H_j / H_i): envy only, no guilt (Fehr and Schmidt 1999).
double RivalJump(const Self& me, const Signal& deal) {
  return me.minds->rival_jump() * me.Regard(deal.about) *
         math::Log2(1 + deal.usd_bn / me.own_headline_usd_bn);
}

// aP inc s min(1, H_j / H_max).
double PassedOverJump(const Self& me, const Signal& deal) {
  return me.minds->passed_over_jump() * me.traits->character().incumbency() *
         me.Regard(deal.about) * std::min(1.0, deal.usd_bn / me.known.record_usd_bn);
}

constexpr Rule kRules[] = {
    {.id = "R01",
     .family = "fomo",
     .whose = "suppliers",
     .trigger = "a rival announces a deal with the hub",
     .condition = "not one's own deal",
     .effect = "F += rival_jump x regard x log2(1 + H / own largest H)",
     .evidence = "S1-7; Fehr and Schmidt (1999), the envy side",
     .on = SignalKind::kAnnouncement,
     .concerns = Supplier,
     .chance = [](const Self& me, const Signal& deal) { return OfRival(me, deal) ? 1.0 : 0.0; },
     .act = [](Self& me, const Signal& deal, Deeds& deeds) { deeds.AddFomo(RivalJump(me, deal)); }},

    {.id = "R02",
     .family = "fomo",
     .whose = "incumbents (incumbency > .5)",
     .trigger = "a rival announces a deal with the hub",
     .condition = "one is the natural partner (incumbency > .5) and was passed over",
     .effect = "F += passed_over_jump x incumbency x regard x min(1, H / record); L += .4",
     .evidence = "S3",
     .on = SignalKind::kAnnouncement,
     .concerns = Incumbent,
     .chance = [](const Self& me, const Signal& deal) { return OfRival(me, deal) ? 1.0 : 0.0; },
     .act =
         [](Self& me, const Signal& deal, Deeds& deeds) {
           deeds.AddFomo(PassedOverJump(me, deal));
           deeds.AddFace(0.4);
         }},

    {.id = "R03",
     .family = "fomo",
     .whose = "suppliers",
     .trigger = "a rival's stock has an unusual day (abnormal return over two standard deviations)",
     .condition = "the return is positive",
     .effect = "F += surge_jump x regard x return / 10 %",
     .evidence = "S13, S47, S65; DeMarzo, Kaniel and Kremer (2008)",
     .on = SignalKind::kSurge,
     .concerns = Supplier,
     .chance =
         [](const Self& me, const Signal& surge) {
           return OfRival(me, surge) && surge.share > 0 ? 1.0 : 0.0;
         },
     .act =
         [](Self& me, const Signal& surge, Deeds& deeds) {
           deeds.AddFomo(me.minds->surge_jump() * me.Regard(surge.about) * surge.share / 0.10);
         }},

    {.id = "R04",
     .family = "fomo",
     .whose = "suppliers",
     .trigger = "a day goes by",
     .condition = "F > .5, no thread with the hub, no word of one's own that forbids it",
     .effect = "makes the hub a secret counter-proposal, within about a week",
     .evidence = "S5",
     .on = SignalKind::kDay,
     .concerns = Supplier,
     .chance =
         [](const Self& me, const Signal&) {
           const bool bound = me.mind.Hold(deal::Issue::kCapacity) > 0.25;
           return Silent(me) && me.mind.fomo() > 0.5 && !bound ? Daily(7) : 0.0;
         },
     .act = [](Self&, const Signal&, Deeds& deeds) { deeds.Approach(kHub, 0); }},

    {.id = "R05",
     .family = "talks",
     .whose = "suppliers",
     .trigger = "a day goes by",
     .condition =
         "an open thread past half of one's patience, F < .1, and nothing worth signing on "
         "the table",
     .effect = "lets the thread stall",
     .evidence = "S73",
     .on = SignalKind::kDay,
     .concerns = Supplier,
     .chance =
         [](const Self& me, const Signal&) {
           const Thread& thread = With(me, kHub);
           const bool slow = thread.elapsed > 0.5 && (!thread.heard || thread.margin < 0);
           return thread.stage == Stage::kOpen && slow && me.mind.fomo() < 0.1 ? Daily(14) : 0.0;
         },
     .act = [](Self&, const Signal&, Deeds& deeds) { deeds.Pause(kHub); }},

    {.id = "R11",
     .family = "fomo",
     .whose = "suppliers",
     .trigger = "one's own deal is announced",
     .condition = "",
     .effect = "F x= 1 - relief x min(1, H / record); one's own largest headline is H or more",
     .evidence = "S5",
     .on = SignalKind::kAnnouncement,
     .concerns = Supplier,
     .chance = [](const Self& me, const Signal& deal) { return Mine(me, deal) ? 1.0 : 0.0; },
     .act =
         [](Self& me, const Signal& deal, Deeds& deeds) {
           const double size = std::min(1.0, deal.usd_bn / me.known.record_usd_bn);
           deeds.ScaleFomo(1 - me.minds->relief() * size);
         }},

    {.id = "R29",
     .family = "fomo",
     .whose = "suppliers",
     .trigger = "a day goes by",
     .condition = "the thread with the hub is stalled",
     .effect = "calls to go on after about 60 exp(-2 f) days, if F > .1",
     .evidence = "model: reopening delay after a stall",
     .on = SignalKind::kDay,
     .concerns = Supplier,
     .chance =
         [](const Self& me, const Signal&) {
           const bool stalled = Has(me, kHub, Stage::kStalled);
           return stalled && me.mind.fomo() > 0.1 ? Daily(60 * math::Exp(-2 * me.mind.pressure()))
                                                  : 0.0;
         },
     .act = [](Self&, const Signal&, Deeds& deeds) { deeds.Call(kHub, 0); }},
};

}  // namespace

std::span<const Rule> FomoRules() { return kRules; }

}  // namespace oneup::mind
