// Each rule alone: whose it is, when it acts and how likely, what it does; and what must not be
// missing for that.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "market/kernel/math.h"
#include "tests/agents/mind/people.h"
#include "tests/agents/mind/settings.h"

namespace oneup::mind {
namespace {

using deal::Issue;

std::vector<Case> Cases() {
  const Setting silent = Talks(kHub, Stage::kNone);
  const Setting rival = All({About(kUnderdog, 150), Regards(kUnderdog, 0.8)});
  const Setting slow = All({Talks(kHub, Stage::kOpen, 60, 0.6), Offered(-1), Fomo(0.05)});
  const Setting stalled = All(
      {Talks(kIncumbent, Stage::kStalled, 22), Talks(kUnderdog, Stage::kOpen, 9), Credible(0.9)});
  const Setting refused_home = All(
      {[](Self& me, Signal&) { me.exclusivity = 1; }, Word(Issue::kCapacity, 0.5), Record(100)});
  return {
      // ---- fomo.cc ----
      // .1 x .8 x log2(1 + 150 / 10) = .32
      {"R01", kCloud, rival, 0, "F +0.32", {About(kCloud, 150), Regards(kUnderdog, 0)}},
      // .5 x .9 x .8 x min(1, 150 / 300) = .18
      {"R02",
       kIncumbent,
       All({rival, Record(300)}),
       0,
       "F +0.18; L +0.4",
       {About(kIncumbent, 150), Regards(kUnderdog, 0)}},
      // .1 x .8 x .25 / .1 = .2
      {"R03",
       kCloud,
       All({rival, [](Self&, Signal& s) { s.share = 0.25; }}),
       0,
       "F +0.2",
       {About(kCloud), Regards(kUnderdog, 0), [](Self&, Signal& s) { s.share = -0.25; }}},
      {"R04",
       kCloud,
       All({silent, Fomo(0.6)}),
       7,
       "approach hub",
       {Fomo(0.5), Talks(kHub, Stage::kOpen), Talks(kHub, Stage::kStalled),
        Word(Issue::kCapacity, 0.3)}},
      {"R04", kCloud, All({Talks(kHub, Stage::kRefused), Fomo(0.6)}), 7, "approach hub"},
      {"R05",
       kCloud,
       slow,
       14,
       "pause hub",
       {Fomo(0.1), Talks(kHub, Stage::kOpen, 60, 0.5), Talks(kHub, Stage::kAgreed, 60, 0.6),
        Offered(0)}},
      {"R11", kCloud, All({About(kCloud, 150), Record(300)}), 0, "F x0.55", {About(kUnderdog)}},
      {"R11", kCloud, About(kCloud, 300), 0, "F x0.1"},
      {"R29",
       kCloud,
       All({Talks(kHub, Stage::kStalled), Fomo(1)}),
       60 * math::Exp(-1.0),
       "call hub",
       {Fomo(0.1), Talks(kHub, Stage::kOpen)}},
      // ---- leaks.cc ----
      // .6 x .9 x 1
      {"R07",
       kIncumbent,
       All({About(kIncumbent), Talks(kHub, Stage::kStalled)}),
       0,
       "F +0.54; call hub in 1.5 d",
       {About(kUnderdog)}},
      {"R07", kIncumbent, About(kIncumbent), 0, "F +0.54"},
      {"R31", kPress, About(kIncumbent), 0, "report on incumbent in 4 d"},
      {"R32",
       kHub,
       All({About(kIncumbent), Credible(0.6)}),
       0,
       "deny about incumbent in 3 d; credibility -0.05",
       {Credible(0.5)}},
      {"R27", kAnalyst, From(kHome), 0, "write about home in 5 d"},
      // ---- ego.cc ----
      {"R30", kCloud, rival, 0, "L +0.4", {Record(151), About(kCloud, 150), Regards(kUnderdog, 0)}},
      {"R09",
       kIncumbent,
       About(kIncumbent),
       0,
       "amplify; L -0.2",
       {About(kUnderdog)},
       [](const Self& me) { return me.leak_credibility == 0.8; }},
      {"R16",
       kHome,
       All({Fomo(0.6), Face(0.4)}),
       7,
       "counter-programme; L -0.4",
       {Fomo(0.5), Face(0.3), Countered(1, 60)},
       [](const Self& me) { return me.countered == 1 && me.countered_at == me.now; }},
      {"R16", kHome, All({Fomo(0.6), Face(0.4), Countered(1, 61)}), 7, "counter-programme; L -0.4"},
      {"R17",
       kHome,
       All({Fomo(0.6), Countered(1, 40)}),
       14,
       "approach hub",
       {Fomo(0.5), Countered(0, 40), Countered(1, 27), Countered(1, 57),
        Talks(kHub, Stage::kOpen)}},
      {"R25",
       kIncumbent,
       All({About(kUnderdog), Regards(kUnderdog, 0.9), Sheet(Issue::kWarrants, 10)}),
       0,
       "mock underdog's warrants; word: warrants <= 0",
       {Regards(kUnderdog, 0.8), About(kIncumbent), Sheet(Issue::kWarrants, 0)}},
      // ---- talks.cc ----
      // 3 (100 / 5 - 10) = 30 > 20 x 1/3 + .1 x 100 x .4 = 10.7
      {"R13",
       kHome,
       All({Ask(100, 5), Fomo(0.5)}),
       0,
       "refuse hub; word: capacity <= 0.5",
       {Ask(100, 10), Ask(60, 5), All({Ask(70, 5), Fomo(9)})}},
      {"R21",
       kFoundry,
       Ask(201, 5),
       0,
       "refuse hub in public",
       {Ask(200, 5), Talks(kHub, Stage::kRefused)}},
      {"R18",
       kCloud,
       From(kHub),
       0,
       "",
       {Courted(kHub)},
       [](const Self& me) {
         const Thread& thread = me.threads[kHub];
         return thread.courted && thread.concession == 1.3 && thread.patience == 0.7;
       }},
      {"R19",
       kBeliever,
       [](Self& me, Signal&) { me.trust = 2; },
       0,
       "",
       {[](Self& me, Signal&) { me.vision = 2; }},
       [](const Self& me) { return me.trust == 4 && me.vision == 2; }},
      {"R08",
       kIncumbent,
       All({About(kIncumbent), Fomo(0.18)}),
       0,
       "unlock equity",
       {Fomo(0.17), Unlocked(Issue::kEquity), About(kUnderdog)}},
      {"R10",
       kIncumbent,
       All({From(kHub), Unlocked(Issue::kEquity), Fomo(0.43)}),
       0,
       "unlock guarantee",
       {Fomo(0.42), Unlocked(Issue::kGuarantee), [](Self& me, Signal&) { me.unlocked = {}; }}},
      {"R10",
       kIncumbent,
       All({From(kHub), Unlocked(Issue::kEquity), Talks(kHub, Stage::kOpen, 9, 0.6), Offered(-1)}),
       0,
       "unlock guarantee",
       {Offered(0), Talks(kHub, Stage::kOpen, 9, 0.5)}},
      {"R12",
       kUnderdog,
       Talks(kHub, Stage::kOpen, 30, 0.34),
       0,
       "unlock warrants",
       {Talks(kHub, Stage::kOpen, 30, 0.33), Talks(kHub, Stage::kStalled, 30, 0.34),
        Unlocked(Issue::kWarrants)}},
      {"R14",
       kHome,
       refused_home,
       30,
       "waive to 0",
       {Record(99), Word(Issue::kCapacity, 0.05), [](Self& me, Signal&) { me.exclusivity = 0; }}},
      {"R20",
       kBeliever,
       All({About(kBeliever), Sheet(Issue::kSites, 0.5)}),
       0,
       "",
       {Sheet(Issue::kSites, 1), About(kUnderdog)},
       [](const Self& me) { return me.vision == 0.5; }},
      {"R24",
       kCloud,
       All({Talks(kHub, Stage::kOpen), About(kUnderdog), Regards(kUnderdog, 0.9)}),
       0,
       "",
       {Talks(kHub, Stage::kStalled), Regards(kUnderdog, 0.8), About(kCloud)},
       [](const Self& me) { return me.threads[kHub].patience == 0.3; }},
      {"R28",
       kCloud,
       [](Self& me, Signal&) {
         me.known.hub_usd_bn = 250;
         me.hub_revenue_usd_bn = 10;
         me.trust = 1;
       },
       0,
       "",
       {[](Self& me, Signal&) { me.known.hub_usd_bn = 249; },
        [](Self& me, Signal&) { me.thresholds = 25; },
        [](Self& me, Signal&) {
          me.known.hub_usd_bn = 1000;
          me.thresholds = 75;
        }},
       [](const Self& me) { return me.thresholds == 25 && me.trust == 0.8; }},
      // ---- orchestration.cc ----
      {"R06",
       kHub,
       stalled,
       7,
       "leak that underdog replaces incumbent",
       {Credible(0.5), Talks(kIncumbent, Stage::kStalled, 20), Talks(kIncumbent, Stage::kOpen, 22),
        Talks(kUnderdog, Stage::kNone), Talks(kUnderdog, Stage::kRefused)},
       [](const Self& me) { return me.threads[kIncumbent].since == me.now; }},
      {"R15", kHub, From(kHome), 0, "approach cloud in 30 d"},
      {"R15", kHub, All({From(kHome), Talks(kCloud, Stage::kOpen)}), 0, ""},
      {"R22", kHub, From(kHome), 0, "", {}, [](const Self& me) { return NearTo(me.story, 1.1); }},
      {"R33", kHub, From(kFoundry), 0, "L +0.4"},
      {"R23",
       kHub,
       About(kCloud, 100),
       0,
       "sites",
       {About(kCloud, 99), [](Self& me, Signal&) { me.sites_eased = 0.15; }},
       [](const Self& me) { return me.sites_eased == 0.03; }},
      {"R34",
       kHub,
       About(kCloud, 1),
       0,
       "",
       {},
       [](const Self& me) { return NearTo(me.story, 1.1); }},
      {"R36",
       kHub,
       All({About(kCloud, 1), Sheet(Issue::kSites, 0.5)}),
       0,
       "",
       {Sheet(Issue::kSites, 1), Sheet(Issue::kBinding, 0.4)},
       [](const Self& me) { return me.delivers[kCloud] == 0.5; }},
      {"R35",
       kHub,
       Talks(kUnderdog, Stage::kOpen, 31),
       30,
       "court underdog",
       {Talks(kUnderdog, Stage::kOpen, 30), Talks(kUnderdog, Stage::kStalled, 31),
        Courted(kUnderdog)},
       [](const Self& me) { return me.threads[kUnderdog].courted; }},
  };
}

TEST(EachRule, ActsWhereItsConditionHolds) {
  for (const Case& c : Cases()) {
    SCOPED_TRACE(c.id);
    const Rule& rule = RuleOf(c.id);
    EXPECT_TRUE(rule.concerns(People()[static_cast<size_t>(c.who)]));
    Self me = SelfOf(c.who);
    Signal signal;
    signal.kind = rule.on;
    c.given(me, signal);
    const double chance = c.mean_days > 0 ? -math::Expm1(-1 / c.mean_days) : 1;
    EXPECT_NEAR(rule.chance(me, signal), chance, 1e-12);
    NotedDeeds deeds(me);
    rule.act(me, signal, deeds);
    EXPECT_EQ(deeds.text(), c.deeds);
    EXPECT_TRUE(c.after(me));
  }
}

TEST(EachRule, RestsWhereAPartOfItsConditionIsMissing) {
  for (const Case& c : Cases()) {
    const Rule& rule = RuleOf(c.id);
    for (size_t k = 0; k < c.unless.size(); ++k) {
      Self me = SelfOf(c.who);
      Signal signal;
      signal.kind = rule.on;
      c.given(me, signal);
      c.unless[k](me, signal);
      EXPECT_EQ(rule.chance(me, signal), 0) << c.id << ", exception " << k;
    }
  }
}

// Who has no share of the hub's business loses none.
TEST(EachRule, ALeakAboutOneWhoSuppliesNothingFrightensNobody) {
  Self me = SelfOf(kFoundry);
  Signal leak;
  leak.kind = SignalKind::kLeak;
  leak.about = kFoundry;
  EXPECT_EQ(RuleOf("R07").chance(me, leak), 0);
}

TEST(EachRule, HasACase) {
  std::set<std::string> ids;
  for (const Case& c : Cases()) ids.insert(c.id);
  for (const Rule& rule : Rules()) EXPECT_TRUE(ids.contains(rule.id)) << rule.id;
}

// A chance is one, whatever a mind is in: nothing, and much of everything.
TEST(EachRule, ChancesAreProbabilities) {
  for (const Rule& rule : Rules()) {
    for (size_t who = 0; who < People().size(); ++who) {
      if (!rule.concerns(People()[who])) continue;
      for (const bool much : {false, true}) {
        Self me = SelfOf(static_cast<Who>(who));
        Signal signal;
        signal.kind = rule.on;
        signal.from = kHub;
        signal.about = kCloud;
        signal.other = kUnderdog;
        signal.usd_bn = signal.years = 1;
        if (much) {
          me.mind.AddFomo(1e6);
          me.mind.AddFace(1e6);
          me.regards.assign(me.regards.size(), 1);
          for (Thread& thread : me.threads) thread.stage = Stage::kStalled;
          signal.usd_bn = signal.share = 1e6;
          signal.years = 1e-3;
        }
        const double chance = rule.chance(me, signal);
        EXPECT_GE(chance, 0) << rule.id;
        EXPECT_LE(chance, 1) << rule.id;
      }
    }
  }
}

}  // namespace
}  // namespace oneup::mind
