// Pride: lost face, public words that bind, counter-programmes, derogation.
#include "agents/mind/rules/table.h"

namespace oneup::mind {
namespace {

constexpr Rule kRules[] = {
    {.id = "R30",
     .family = "ego",
     .whose = "suppliers",
     .trigger = "a rival announces a deal with the hub",
     .condition = "it is a record, and not one's own",
     .effect = "L += .5 x regard",
     .evidence = "S3, S65; model: face",
     .on = SignalKind::kAnnouncement,
     .concerns = Supplier,
     .chance =
         [](const Self& me, const Signal& deal) {
           return OfRival(me, deal) && deal.usd_bn >= me.known.record_usd_bn ? 1.0 : 0.0;
         },
     .act = [](Self& me, const Signal& deal,
               Deeds& deeds) { deeds.AddFace(0.5 * me.Regard(deal.about)); }},

    {.id = "R09",
     .family = "ego",
     .whose = "suppliers",
     .trigger = "the hub denies a leak about one",
     .condition = "",
     .effect = "passes the denial on to the world, L -= .2; the next leak is believed by a fifth "
               "less",
     .evidence = "S81",
     .on = SignalKind::kDenial,
     .concerns = Supplier,
     .chance = [](const Self& me, const Signal& denial) { return Mine(me, denial) ? 1.0 : 0.0; },
     .act =
         [](Self& me, const Signal& denial, Deeds& deeds) {
           deeds.Amplify(denial);
           deeds.AddFace(-0.2);
           me.leak_credibility *= 0.8;
         }},

    {.id = "R16",
     .family = "ego",
     .whose = "suppliers with a demand forecast",
     .trigger = "a day goes by",
     .condition =
         "F > .5, L > .3 (a rival's record is fresh), nothing of the kind in the last sixty days",
     .effect = "within about a week unveils something of its own, no new commitment; L becomes 0",
     .evidence = "S67",
     .on = SignalKind::kDay,
     .concerns = Disciplined,
     .chance =
         [](const Self& me, const Signal&) {
           const bool rested = me.countered == 0 || (me.now - me.countered_at).days() > 60;
           return me.mind.fomo() > 0.5 && me.mind.face() > 0.3 && rested ? Daily(7) : 0.0;
         },
     .act =
         [](Self& me, const Signal&, Deeds& deeds) {
           deeds.CounterProgramme(0);
           deeds.AddFace(-me.mind.face());
           ++me.countered;
           me.countered_at = me.now;
         }},

    {.id = "R17",
     .family = "ego",
     .whose = "suppliers with a demand forecast",
     .trigger = "a day goes by",
     .condition = "it has counter-programmed four to eight weeks ago and F is still over .5",
     .effect = "opens talks on capacity again, below its public word",
     .evidence = "S69",
     .on = SignalKind::kDay,
     .concerns = Disciplined,
     .chance =
         [](const Self& me, const Signal&) {
           const double weeks = (me.now - me.countered_at).days() / 7;
           return me.countered > 0 && weeks >= 4 && weeks <= 8 && Silent(me) && me.mind.fomo() > 0.5
                      ? Daily(14)
                      : 0.0;
         },
     .act = [](Self&, const Signal&, Deeds& deeds) { deeds.Approach(kHub, 0); }},

    {.id = "R25",
     .family = "ego",
     .whose = "incumbents (incumbency > .5)",
     .trigger = "a rival announces a deal with the hub",
     .condition = "it gave warrants, and one measures oneself against it (regard >= .9)",
     .effect = "mocks it in public, which binds oneself: no warrants",
     .evidence = "S107",
     .on = SignalKind::kAnnouncement,
     .concerns = Incumbent,
     .chance =
         [](const Self& me, const Signal& deal) {
           const bool gave = deal.sheet.Value(deal::Issue::kWarrants) > 0;
           return gave && !Mine(me, deal) && me.Regard(deal.about) >= 0.9 ? 1.0 : 0.0;
         },
     .act =
         [](Self&, const Signal& deal, Deeds& deeds) {
           deeds.Mock(deal.about, deal::Issue::kWarrants);
           deeds.Take({deal::Issue::kWarrants, 0, 1});
         }},
};

}  // namespace

std::span<const Rule> EgoRules() { return kRules; }

}  // namespace oneup::mind
