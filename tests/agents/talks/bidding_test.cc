// The search for bids against brute force on tables small enough to look at every sheet. What was
// measured is among the properties of the test's XML (--gtest_output=xml).
#include "agents/talks/bidding.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/agents/talks/parties.h"

namespace oneup::talks {
namespace {

using deal::TermSheet;
using WorthOf = std::function<double(const TermSheet&)>;

// A worth that is a sum over issues, any value of each.
WorthOf RandomSum(kernel::Stream& random) {
  std::array<std::array<double, 10>, deal::kIssues> worth;
  for (auto& issue : worth) {
    for (double& value : issue) value = random.Uniform(-1, 1);
  }
  return [worth](const TermSheet& sheet) {
    double sum = 0;
    for (size_t i = 0; i < deal::kIssues; ++i) sum += worth[i][sheet.place[i]];
    return sum;
  };
}

WorthOf Of(const SupplierWorth& worth) {
  return [worth](const TermSheet& sheet) { return worth.Of(sheet).total(); };
}
WorthOf Of(const HubWorth& worth) {
  return [worth](const TermSheet& sheet) { return worth.Of(sheet).total(); };
}

struct Share {
  int tables = 0;
  int found = 0;     // Best is the best
  double worst = 0;  // largest shortfall, of the table's range of worths
  double share() const { return static_cast<double>(found) / tables; }
};

Share ShareOfBest(const std::function<WorthOf(kernel::Stream&)>& make, int tables) {
  kernel::Stream random(21, 0, 0);
  Share share;
  for (int n = 0; n < tables; ++n) {
    const WorthOf worth = make(random);
    const deal::Table table = RandomTable(random, 5, 4);
    bool any = false;
    double most = 0, least = 0;
    ForAll(table, [&](const TermSheet& sheet) {
      const double value = worth(sheet);
      most = any ? std::max(most, value) : value;
      least = any ? std::min(least, value) : value;
      any = true;
    });
    const auto best = Best(worth, table, RandomSheet(random, table));
    if (best) {
      EXPECT_TRUE(deal::Check(*best, table).ok());
    }
    EXPECT_EQ(best.has_value(), any);
    if (!any || most == least) continue;
    ++share.tables;
    const double shortfall = best ? (most - worth(*best)) / (most - least) : 1;
    EXPECT_GE(shortfall, -1e-12);
    share.worst = std::max(share.worst, shortfall);
    share.found += shortfall < 1e-9 ? 1 : 0;
  }
  return share;
}

void Report(const Share& share) {
  testing::Test::RecordProperty("tables", share.tables);
  testing::Test::RecordProperty("share", std::to_string(share.share()));
  testing::Test::RecordProperty("worst", std::to_string(share.worst));
}

TEST(Best, IsTheBestSheetOfNearlyAllTablesOfASupplier) {
  std::vector<std::unique_ptr<Parties>> kept;
  const Share share = ShareOfBest(
      [&](kernel::Stream& random) {
        kept.push_back(std::make_unique<Parties>(random));
        return Of(SupplierWorth(kept.back()->supplier));
      },
      2000);
  Report(share);
  EXPECT_GT(share.share(), 0.94);
}

TEST(Best, IsTheBestSheetOfNearlyAllTablesOfTheHub) {
  std::vector<std::unique_ptr<Parties>> kept;
  const Share share = ShareOfBest(
      [&](kernel::Stream& random) {
        kept.push_back(std::make_unique<Parties>(random));
        return Of(HubWorth(kept.back()->hub));
      },
      2000);
  Report(share);
  // Equity and contract work together in what backs his debts: a step of both may be needed.
  EXPECT_GT(share.share(), 0.9);
}

TEST(Best, IsTheBestSheetOfNearlyAllTablesOfAnySum) {
  const Share share = ShareOfBest(RandomSum, 2000);
  Report(share);
  EXPECT_GT(share.share(), 0.94);
}

TEST(Best, FindsNoneWhereNoneIsValid) {
  deal::Table table;  // half a gigawatt, with warrants
  table.SetRange(deal::Issue::kWarrants, 5, 10);
  EXPECT_FALSE(Best([](const TermSheet&) { return 1.0; }, table, {}));
}

int Apart(const TermSheet& a, const TermSheet& b) {
  int steps = 0;
  for (size_t i = 0; i < deal::kIssues; ++i) steps += std::abs(a.place[i] - b.place[i]);
  return steps;
}

// The wish, moved onto the table.
TermSheet Onto(const deal::Table& table, TermSheet sheet) {
  for (size_t i = 0; i < deal::kIssues; ++i) {
    sheet.place[i] = std::clamp(sheet.place[i], table.least[i], table.most[i]);
  }
  return sheet;
}

struct Concession {
  WorthOf worth;
  deal::Table table;
  TermSheet from, towards, to;
  double target = 0;
};

// Calls check with concessions of suppliers, hubs and sums, on small tables and the whole one.
void ForConcessions(int count, const std::function<void(const Concession&)>& check) {
  kernel::Stream random(22, 0, 0);
  for (int n = 0; n < count; ++n) {
    const Parties parties(random);
    Concession c;
    c.worth = n % 3 == 0   ? Of(SupplierWorth(parties.supplier))
              : n % 3 == 1 ? Of(HubWorth(parties.hub))
                           : RandomSum(random);
    c.table = n % 2 == 0 ? RandomTable(random, 5, 4) : WholeTable();
    const auto best = Best(c.worth, c.table, RandomSheet(random, c.table));
    if (!best) continue;
    c.from = *best;
    c.towards = RandomSheet(random, WholeTable());
    c.target = c.worth(c.from) - random.Uniform(0, 10);
    Weights weights;
    for (double& weight : weights) weight = random.Uniform(0.1, 1);
    c.to = Concede(c.worth, c.table, c.from, c.target, c.towards, weights);
    check(c);
  }
}

TEST(Concede, NeverGoesBelowTheTargetNorOffTheTable) {
  ForConcessions(6000, [](const Concession& c) {
    EXPECT_GE(c.worth(c.to), c.target);
    EXPECT_TRUE(deal::Check(c.to, c.table).ok()) << deal::Check(c.to, c.table);
  });
}

TEST(Concede, GoesTowardsTheOthersWishOnEveryIssue) {
  int moved = 0;
  ForConcessions(6000, [&](const Concession& c) {
    const TermSheet wish = Onto(c.table, c.towards);
    for (size_t i = 0; i < deal::kIssues; ++i) {
      EXPECT_GE(c.to.place[i], std::min(c.from.place[i], wish.place[i]));
      EXPECT_LE(c.to.place[i], std::max(c.from.place[i], wish.place[i]));
    }
    EXPECT_LE(Apart(c.to, wish), Apart(c.from, wish));
    moved += c.to == c.from ? 0 : 1;
  });
  EXPECT_GT(moved, 3000);
}

TEST(Concede, StopsOnlyWhereNoStepIsLeft) {
  ForConcessions(6000, [](const Concession& c) {
    const TermSheet wish = Onto(c.table, c.towards);
    for (size_t i = 0; i < deal::kIssues; ++i) {
      if (c.to.place[i] == wish.place[i]) continue;
      TermSheet step = c.to;
      step.place[i] =
          static_cast<uint8_t>(step.place[i] + (wish.place[i] > step.place[i] ? 1 : -1));
      if (deal::Valid(step)) {
        EXPECT_LT(c.worth(step), c.target);
      }
    }
  });
}

TEST(Concede, GivesAllTheWayWhereItCan) {
  kernel::Stream random(23, 0, 0);
  Weights weights;
  weights.fill(1);
  for (int n = 0; n < 1000; ++n) {
    const deal::Table table = WholeTable();
    const WorthOf worth = RandomSum(random);
    TermSheet towards = RandomSheet(random, table);
    while (!deal::Valid(towards)) towards = RandomSheet(random, table);
    TermSheet from = RandomSheet(random, table);
    while (!deal::Valid(from)) from = RandomSheet(random, table);
    EXPECT_EQ(Concede(worth, table, from, -100, towards, weights), towards);
  }
}

// The point of the own indifference curve nearest to the other's wish, in steps.
TEST(Concede, IsNearTheNearestSheetThatIsStillEnough) {
  int tables = 0, nearest = 0, extra = 0;
  ForConcessions(6000, [&](const Concession& c) {
    if (c.table.most == WholeTable().most) return;
    const TermSheet wish = Onto(c.table, c.towards);
    int least = Apart(c.from, wish);
    ForAll(c.table, [&](const TermSheet& sheet) {
      if (c.worth(sheet) >= c.target) least = std::min(least, Apart(sheet, wish));
    });
    ++tables;
    nearest += Apart(c.to, wish) == least ? 1 : 0;
    extra += Apart(c.to, wish) - least;
  });
  testing::Test::RecordProperty("nearest", std::to_string(1.0 * nearest / tables));
  testing::Test::RecordProperty("extra_steps", std::to_string(1.0 * extra / tables));
  EXPECT_GT(nearest, 9 * tables / 10);
}

}  // namespace
}  // namespace oneup::talks
