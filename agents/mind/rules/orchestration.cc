// The hub's orchestration: the story that grows, who is let in, which rivalry is played on. Whom
// it courts next is weighed in agents/people/altman.cc.
#include "agents/mind/rules/table.h"

namespace oneup::mind {
namespace {

// A supplier that could do another's work, and is on board or in talks.
Who SubstituteFor(const Self& me, Who whom) {
  const v1::Supply& wanted = me.roll[static_cast<size_t>(whom)]->supply();
  for (size_t k = 1; k < me.threads.size(); ++k) {
    const v1::Supply& supply = me.roll[k]->supply();
    const Stage stage = me.threads[k].stage;
    const bool live =
        stage == Stage::kOpen || stage == Stage::kAgreed || stage == Stage::kAnnounced;
    if (static_cast<Who>(k) != whom && live &&
        (supply.layer() == wanted.layer() || supply.substitutes() == wanted.layer())) {
      return static_cast<Who>(k);
    }
  }
  return kNobody;
}

// An incumbent whose thread has been stalled for long enough, and who could be replaced.
Who Replaceable(const Self& me) {
  for (size_t k = 1; k < me.threads.size(); ++k) {
    const Thread& thread = me.threads[k];
    if (thread.stage == Stage::kStalled &&
        me.DaysIn(thread) >= me.traits->demand().leak_after_days() &&
        me.roll[k]->character().incumbency() >= 0.5 &&
        SubstituteFor(me, static_cast<Who>(k)) != kNobody) {
      return static_cast<Who>(k);
    }
  }
  return kNobody;
}

// Who is in talks for a month, is no incumbent, and has not been courted.
Who Uncourted(const Self& me) {
  for (size_t k = 1; k < me.threads.size(); ++k) {
    const Thread& thread = me.threads[k];
    if (thread.stage == Stage::kOpen && !thread.courted && me.DaysIn(thread) > 30 &&
        me.roll[k]->character().incumbency() < 0.3) {
      return static_cast<Who>(k);
    }
  }
  return kNobody;
}

// What is asked for grows with the story.
void GrowStory(Self& me, const Signal&, Deeds&) {
  me.story *= 1 + me.traits->demand().story_growth();
}

constexpr Rule kRules[] = {
    {.id = "R06",
     .family = "leaks",
     .whose = "the hub",
     .trigger = "a day goes by",
     .condition =
         "an incumbent's thread has been stalled for three weeks, another can do its work, "
         "and credibility > .5",
     .effect = "lets the press know that it is being replaced, within a week or so",
     .evidence = "S75-77",
     .on = SignalKind::kDay,
     .concerns = Hub,
     .chance =
         [](const Self& me, const Signal&) {
           return me.credibility > 0.5 && Replaceable(me) != kNobody ? Daily(7) : 0.0;
         },
     .act =
         [](Self& me, const Signal&, Deeds& deeds) {
           const Who whom = Replaceable(me);
           // One leak a stall: it counts from the leak on as if the stall had begun anew.
           me.threads[static_cast<size_t>(whom)].since = me.now;
           deeds.LeakSubstitution(whom, SubstituteFor(me, whom), 0);
         }},

    {.id = "R15",
     .family = "orchestration",
     .whose = "the hub",
     .trigger = "an exclusive partner lets the hub go to others",
     .condition = "there are capable entrants of its layer",
     .effect = "asks each of them within a few weeks",
     .evidence = "S63",
     .on = SignalKind::kWaiver,
     .concerns = Hub,
     .chance = [](const Self&, const Signal&) { return 1.0; },
     .act =
         [](Self& me, const Signal& waiver, Deeds& deeds) {
           const std::string& layer = me.roll[static_cast<size_t>(waiver.from)]->supply().layer();
           for (size_t k = 1; k < me.roll.size(); ++k) {
             // Drawn for everybody, so that one more in talks shifts nobody's day.
             const double delay = deeds.Exponential(30);
             const Who whom = static_cast<Who>(k);
             if (!Supplier(*me.roll[k]) || me.roll[k]->supply().layer() != layer ||
                 whom == waiver.from || me.threads[k].stage != Stage::kNone) {
               continue;
             }
             deeds.Approach(whom, delay);
           }
         }},

    {.id = "R22",
     .family = "orchestration",
     .whose = "the hub",
     .trigger = "a supplier will not talk",
     .condition = "",
     .effect = "goes to the next with a larger story: asks grow by story_growth",
     .evidence = "S33-41",
     .on = SignalKind::kRefuse,
     .concerns = Hub,
     .chance = [](const Self&, const Signal&) { return 1.0; },
     .act = GrowStory},

    {.id = "R33",
     .family = "orchestration",
     .whose = "the hub",
     .trigger = "a supplier doubts the hub in public",
     .condition = "",
     .effect = "L += .4: it has to show them",
     .evidence = "S35-37",
     .on = SignalKind::kPublicRefusal,
     .concerns = Hub,
     .chance = [](const Self&, const Signal&) { return 1.0; },
     .act = [](Self&, const Signal&, Deeds& deeds) { deeds.AddFace(0.4); }},

    {.id = "R23",
     .family = "orchestration",
     .whose = "the hub",
     .trigger = "a deal of the hub is announced",
     .condition = "the headline is 100 bn or more",
     .effect = "owners of sites offer theirs: building becomes 3 % cheaper, 15 % at most",
     .evidence = "S47",
     .on = SignalKind::kAnnouncement,
     .concerns = Hub,
     .chance =
         [](const Self& me, const Signal& deal) {
           return deal.usd_bn >= 100 && me.sites_eased < 0.15 ? 1.0 : 0.0;
         },
     .act =
         [](Self& me, const Signal&, Deeds& deeds) {
           me.sites_eased += 0.03;
           deeds.OfferSites();
         }},

    {.id = "R34",
     .family = "orchestration",
     .whose = "the hub",
     .trigger = "a deal of the hub is announced",
     .condition = "",
     .effect = "the story grows: asks grow by story_growth",
     .evidence = "S25, S109; model: O4",
     .on = SignalKind::kAnnouncement,
     .concerns = Hub,
     .chance = [](const Self&, const Signal&) { return 1.0; },
     .act = GrowStory},

    {.id = "R36",
     .family = "orchestration",
     .whose = "the hub",
     .trigger = "a deal of the hub is announced",
     .condition = "a joint venture that does not leave the choice of sites to the partner (site "
                  "control < .6)",
     .effect = "counts on half of its capacity, and asks elsewhere for the rest",
     .evidence = "S45; model: R20",
     .on = SignalKind::kAnnouncement,
     .concerns = Hub,
     .chance =
         [](const Self&, const Signal& deal) {
           const bool venture = deal.sheet.place[deal::IndexOf(deal::Issue::kBinding)] == 0;
           return venture && deal.sheet.Value(deal::Issue::kSites) < 0.6 ? 1.0 : 0.0;
         },
     .act = [](Self& me, const Signal& deal,
               Deeds&) { me.delivers[static_cast<size_t>(deal.about)] = 0.5; }},

    {.id = "R35",
     .family = "orchestration",
     .whose = "the hub",
     .trigger = "a day goes by",
     .condition =
         "talks with a supplier of little incumbency (< .3) have been open for a month and it has "
         "not been courted",
     .effect = "takes trouble over it: a visit, a keynote",
     .evidence = "S41, S89-95",
     .on = SignalKind::kDay,
     .concerns = Hub,
     .chance = [](const Self& me,
                  const Signal&) { return Uncourted(me) == kNobody ? 0.0 : Daily(30); },
     .act =
         [](Self& me, const Signal&, Deeds& deeds) {
           const Who whom = Uncourted(me);
           me.threads[static_cast<size_t>(whom)].courted = true;
           deeds.Court(whom, 0);
         }},
};

}  // namespace

std::span<const Rule> OrchestrationRules() { return kRules; }

}  // namespace oneup::mind
