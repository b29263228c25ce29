// Two sides that alternate: what no session may do, whoever they are.
#include "agents/talks/side.h"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "market/kernel/math.h"
#include "tests/agents/talks/parties.h"

namespace oneup::talks {
namespace {

using deal::TermSheet;
using WorthOf = std::function<double(const TermSheet&)>;

constexpr int kRoundDays = 2;

// One of the two: its side, and what it is.
struct Party {
  WorthOf worth;
  double d = 0;
  deal::Table table;
  Temper temper;
  Side side = {};
};

struct Outcome {
  std::optional<TermSheet> agreed;
  double days = 0;
  int moves = 0;
};

// They take turns until one accepts or both are at the end of their patience. Every move is
// checked for what holds of all.
Outcome Talk(Party& first, Party& second, bool check = true) {
  Outcome outcome;
  Time now;
  first.side.Open(now);
  second.side.Open(now);
  const std::array<Party*, 2> turn = {&first, &second};
  while (true) {
    Party& mover = *turn[static_cast<size_t>(outcome.moves % 2)];
    Party& other = *turn[static_cast<size_t>((outcome.moves + 1) % 2)];
    ++outcome.moves;
    const std::optional<TermSheet> heard = mover.side.heard();
    const Move move = mover.side.Next(now, mover.worth, mover.d, mover.table, mover.temper);
    if (move.kind == Move::Kind::kAccept) {
      if (check) {
        // Two consents to one sheet: what it accepts is what the other said last.
        EXPECT_TRUE(other.side.said() == move.sheet);
        EXPECT_TRUE(heard == move.sheet);
        EXPECT_GE(mover.worth(move.sheet), mover.d);
        EXPECT_GE(other.worth(move.sheet), other.d);
        EXPECT_TRUE(deal::Check(move.sheet, mover.table).ok());
        EXPECT_TRUE(deal::Check(move.sheet, other.table).ok());
      }
      outcome.agreed = move.sheet;
      break;
    }
    if (move.kind == Move::Kind::kOffer) {
      if (check) {
        EXPECT_GE(move.target, mover.d);
        EXPECT_GE(mover.worth(move.sheet), move.target);
        EXPECT_TRUE(deal::Check(move.sheet, mover.table).ok());
        EXPECT_TRUE(mover.side.said() == move.sheet);
      }
      other.side.Hear(move.sheet);
    }
    now = now + Duration::Days(kRoundDays);
    const bool over = first.side.Elapsed(now, first.temper) > 1.1 &&
                      second.side.Elapsed(now, second.temper) > 1.1;
    if (over) break;
  }
  outcome.days = (now - Time{}).seconds() / 86400;
  return outcome;
}

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

Temper RandomTemper(kernel::Stream& random, double days) {
  Temper temper;
  temper.concession = math::Exp(random.Uniform(-1.5, 1.5));
  temper.patience_days = days * random.Uniform(0.5, 1.5);
  temper.imitation = random.Uniform(0, 0.5);
  return temper;
}

TEST(Side, AHundredThousandShortSessionsKeepToTheRules) {
  kernel::Stream random(31, 0, 0);
  int agreed = 0;
  for (int n = 0; n < 100'000; ++n) {
    Party first, second;
    for (Party* party : {&first, &second}) {
      party->worth = RandomSum(random);
      party->d = random.Uniform(-2, 2);
      party->temper = RandomTemper(random, 16);
    }
    first.table = RandomTable(random, 5, 4);
    // As in the story the second bargains over what the first can give, or over a table that only
    // overlaps with it.
    second.table = n % 4 == 0 ? RandomTable(random, 5, 4).Within(first.table) : first.table;
    agreed += Talk(first, second).agreed ? 1 : 0;
    ASSERT_FALSE(testing::Test::HasFailure()) << "session " << n;
  }
  RecordProperty("agreed", agreed);
  EXPECT_GT(agreed, 10'000);
  EXPECT_LT(agreed, 99'000);
}

TEST(Side, SuppliersAndHubsKeepToTheRulesOverTheWholeTable) {
  kernel::Stream random(32, 0, 0);
  int agreed = 0;
  for (int n = 0; n < 2000; ++n) {
    const Parties parties(random);
    const SupplierWorth supplier(parties.supplier);
    const HubWorth hub(parties.hub);
    const double supplier_d = random.Uniform(-10, 30);
    const double hub_d = random.Uniform(-10, 60);
    Party first = {[&](const TermSheet& sheet) { return supplier.Of(sheet).total(); }, supplier_d,
                   WholeTable(), RandomTemper(random, 60)};
    Party second = {[&](const TermSheet& sheet) { return hub.Of(sheet).total(); }, hub_d,
                    WholeTable(), RandomTemper(random, 60)};
    agreed += (n % 2 == 0 ? Talk(first, second) : Talk(second, first)).agreed ? 1 : 0;
    ASSERT_FALSE(HasFailure()) << "session " << n;
  }
  RecordProperty("agreed", agreed);
  EXPECT_GT(agreed, 500);
}

TEST(Side, AnEmptyZoneNeverAgreesAndAWideOneMostlyDoes) {
  kernel::Stream random(33, 0, 0);
  int empty = 0, wide = 0, wide_agreed = 0;
  for (int n = 0; n < 4000; ++n) {
    Party first, second;
    for (Party* party : {&first, &second}) {
      party->worth = RandomSum(random);
      party->d = random.Uniform(-1, 4);
      party->temper = RandomTemper(random, 24);
    }
    first.table = second.table = RandomTable(random, 5, 4);
    int both = 0, all = 0;
    ForAll(first.table, [&](const TermSheet& sheet) {
      ++all;
      both += first.worth(sheet) >= first.d && second.worth(sheet) >= second.d ? 1 : 0;
    });
    const bool agreed = Talk(first, second).agreed.has_value();
    if (both == 0) {
      ++empty;
      EXPECT_FALSE(agreed);
    } else if (both > all / 10) {
      ++wide;
      wide_agreed += agreed ? 1 : 0;
    }
  }
  RecordProperty("empty", empty);
  RecordProperty("wide", wide);
  RecordProperty("wide_agreed", wide_agreed);
  EXPECT_GT(empty, 500);
  EXPECT_GT(wide, 300);
  EXPECT_GT(wide_agreed, 95 * wide / 100);
}

TEST(Side, WaitsWhereNothingIsWorthWhatItHas) {
  Side side;
  const auto worth = [](const TermSheet&) { return 1.0; };
  EXPECT_EQ(side.Next(Time{}, worth, 2, WholeTable(), {}).kind, Move::Kind::kWait);
  EXPECT_EQ(side.Next(Time{}, worth, 1, WholeTable(), {}).kind, Move::Kind::kOffer);
}

TEST(Side, AsksForTheMostAtFirstAndForTheLeastAtTheEnd) {
  kernel::Stream random(34, 0, 0);
  const WorthOf worth = RandomSum(random);
  const deal::Table table = WholeTable();
  Side side;
  side.Open(Time{});
  const Temper temper = {.concession = 1, .patience_days = 50};
  const double most = worth(*side.BestOf(worth, table));
  const double d = most - 10;
  EXPECT_NEAR(side.Next(Time{}, worth, d, table, temper).target, most, 1e-9);
  // Linear in between, with an exponent of 1.
  EXPECT_NEAR(side.Next(Time{} + Duration::Days(25), worth, d, table, temper).target, d + 5, 1e-9);
  EXPECT_NEAR(side.Next(Time{} + Duration::Days(50), worth, d, table, temper).target, d, 1e-9);
  EXPECT_NEAR(side.Next(Time{} + Duration::Days(500), worth, d, table, temper).target, d, 1e-9);
}

TEST(Side, ABoulwareAsksForMoreThanAConcederAtEveryTimeInBetween) {
  kernel::Stream random(35, 0, 0);
  const WorthOf worth = RandomSum(random);
  double last[3] = {1e9, 1e9, 1e9};
  for (int day = 1; day < 50; ++day) {
    double target[3];
    const double exponents[3] = {0.3, 1, 3};
    for (size_t k = 0; k < 3; ++k) {
      Side side;
      const Temper temper = {.concession = exponents[k], .patience_days = 50};
      target[k] = side.Next(Time{} + Duration::Days(day), worth, 0, WholeTable(), temper).target;
      EXPECT_LT(target[k], last[k]);
      last[k] = target[k];
    }
    EXPECT_GT(target[0], target[1]);
    EXPECT_GT(target[1], target[2]);
  }
}

// ---- Fear of missing out ----

// What F does to a supplier: docs/minds.md 2, with the model's parameters.
Party Frightened(const Party& calm, double fomo, double fear_usd_bn) {
  Party party = calm;
  const double f = fomo / (1 + fomo);
  party.d -= fear_usd_bn * f;
  party.temper.concession *= math::Exp(0.9 * f);
  party.temper.patience_days *= math::Exp(-0.5 * f);
  return party;
}

TEST(Side, FearCostsShareAndSpeedsAgreement) {
  constexpr double kFomo[] = {0, 0.5, 1, 2};
  kernel::Stream random(36, 0, 0);
  double share[4] = {}, days[4] = {};
  int paired = 0, agreed[4] = {}, less = 0, sooner = 0, not_later = 0, not_more = 0;
  for (int n = 0; n < 1500; ++n) {
    const Parties parties(random);
    const SupplierWorth supplier(parties.supplier);
    const HubWorth hub(parties.hub);
    const WorthOf supplies = [&](const TermSheet& sheet) { return supplier.Of(sheet).total(); };
    const WorthOf buys = [&](const TermSheet& sheet) { return hub.Of(sheet).total(); };
    const double fraction = random.Uniform(0, 0.5);
    const Temper supplier_temper = RandomTemper(random, 60);
    const Temper hub_temper = RandomTemper(random, 60);
    Party calm = {supplies, 0, WholeTable(), supplier_temper};
    const double most = supplies(*calm.side.BestOf(supplies, WholeTable()));
    calm.d = fraction * most;
    std::array<Outcome, 4> outcomes;
    for (size_t k = 0; k < 4; ++k) {
      Party first = Frightened(calm, kFomo[k], 0.5 * most);
      Party second = {buys, 0.2 * buys(*Side().BestOf(buys, WholeTable())), WholeTable(),
                      hub_temper};
      outcomes[k] = Talk(first, second);
      agreed[k] += outcomes[k].agreed ? 1 : 0;
    }
    // Whoever agrees calm agrees frightened, or the pair says nothing.
    bool all = true;
    for (const Outcome& outcome : outcomes) all = all && outcome.agreed.has_value();
    if (!all) continue;
    ++paired;
    for (size_t k = 0; k < 4; ++k) {
      share[k] += supplies(*outcomes[k].agreed) / most;
      days[k] += outcomes[k].days;
    }
    const double change = supplies(*outcomes[3].agreed) - supplies(*outcomes[0].agreed);
    less += change < 0 ? 1 : 0;
    not_more += change <= 0 ? 1 : 0;
    sooner += outcomes[3].days < outcomes[0].days ? 1 : 0;
    not_later += outcomes[3].days <= outcomes[0].days ? 1 : 0;
  }
  for (size_t k = 0; k < 4; ++k) {
    RecordProperty("agreed_" + std::to_string(k), agreed[k]);
    RecordProperty("share_" + std::to_string(k), std::to_string(share[k] / paired));
    RecordProperty("days_" + std::to_string(k), std::to_string(days[k] / paired));
  }
  RecordProperty("paired", paired);
  RecordProperty("less", less);
  RecordProperty("not_more", not_more);
  RecordProperty("sooner", sooner);
  RecordProperty("not_later", not_later);
  ASSERT_GT(paired, 300);
  for (size_t k = 1; k < 4; ++k) {
    EXPECT_LT(share[k], share[k - 1]);
    EXPECT_LT(days[k], days[k - 1]);
    EXPECT_GE(agreed[k], agreed[k - 1]);
  }
  EXPECT_GT(not_more, 95 * paired / 100);
  EXPECT_GT(not_later, 95 * paired / 100);
}

}  // namespace
}  // namespace oneup::talks
