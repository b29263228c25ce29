// From an announcement to the listings that it moves: roles, spillovers, holdings, doubt.
#include "sims/world/news_desk.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>

#include "agents/deal/valuation.h"

namespace oneup::sims {
namespace {

// Two makers of chips, two clouds, a holder of a company that is not listed, a stranger.
// The sector's revenue is 400.
constexpr char kMarket[] = R"(
  listings { ticker: "INDEX" is_index: true }
  listings {
    ticker: "CHIP" sector: "ai" layer: "chips" forward_revenue_usd_bn: 100
    capitalisations { date: "2025-01-02" usd_bn: 1000 }
    capitalisations { date: "2025-06-02" usd_bn: 2000 }
  }
  listings {
    ticker: "RIVAL" sector: "ai" layer: "chips" forward_revenue_usd_bn: 50
    capitalisations { date: "2025-01-02" usd_bn: 500 }
  }
  listings {
    ticker: "CLOUD" sector: "ai" layer: "cloud" forward_revenue_usd_bn: 150 operating_margin: 0.4
    capitalisations { date: "2025-01-02" usd_bn: 1500 }
  }
  listings {
    ticker: "HOLDER" sector: "ai" layer: "funding" forward_revenue_usd_bn: 100
    capitalisations { date: "2025-01-02" usd_bn: 80 }
    stakes {
      company: "ARMS" owned_share: 0.9 company_value_usd_bn: 160 forward_revenue_usd_bn: 5
      price_to_holdings: 0.5 sector: "ai" layer: "design"
    }
  }
  listings {
    ticker: "SOAP" sector: "household" layer: "soap" forward_revenue_usd_bn: 10
    capitalisations { date: "2025-01-02" usd_bn: 30 }
  }
)";

v1::ValuationParameters Parameters() {
  v1::ValuationParameters parameters;
  parameters.set_elasticity(0.5);
  parameters.mutable_credibility()->set_letter_of_intent(0.5);
  parameters.mutable_credibility()->set_definitive(0.8);
  parameters.set_signal_discount(0.35);
  parameters.set_habituation(0.1);
  parameters.set_warrant_value(0.5);
  parameters.set_equity_loss(0.2);
  parameters.set_complement(0.3);
  parameters.set_substitute(-0.2);
  parameters.set_doubt(-0.02);
  return parameters;
}

class Desk {
 public:
  // events: text of the scenario's events, of which the last one is read.
  explicit Desk(const std::string& events) {
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(kMarket + events, &scenario_.proto));
  }
  // Log returns by ticker, of those that the event moves.
  std::map<std::string, double> Read() const {
    std::map<std::string, double> moves;
    for (const Impact& impact : Impacts()) moves[Ticker(impact)] = impact.log_return;
    return moves;
  }
  std::map<std::string, double> Headlines() const {
    std::map<std::string, double> headlines;
    for (const Impact& impact : Impacts()) headlines[Ticker(impact)] = impact.headline;
    return headlines;
  }

 private:
  std::vector<Impact> Impacts() const {
    return NewsDesk(scenario_).Read(*scenario_.proto.events().rbegin(), Parameters());
  }
  std::string Ticker(const Impact& impact) const {
    return scenario_.proto.listings(impact.listing).ticker();
  }
  LoadedScenario scenario_;
};

// A definitive contract: 100 a year for five years, as much as CHIP has.
std::string Contract(const std::string& exposures, const std::string& more_terms = "") {
  return R"(events {
    id: "deal"
    terms { value_usd_bn: 500 term_years: 5 contract_class: CONTRACT_CLASS_DEFINITIVE )" +
         more_terms + "} announcement { first_session: \"2025-03-03\" " + exposures + "} }";
}

constexpr char kChipSupplies[] = "exposures { company: \"CHIP\" role: EXPOSURE_ROLE_SUPPLIER } ";

// x = .8 x 100 / 100; the sector's X = ln(1 + .8 x 100 / 400).
const double kSupplier = 0.5 * std::log(1.8);
const double kSector = std::log(1.2);

TEST(NewsDesk, AContractMovesItsSupplierByItsWorthAndTheSectorByItsShadow) {
  const std::map<std::string, double> moves = Desk(Contract(kChipSupplies)).Read();
  EXPECT_NEAR(moves.at("CHIP"), kSupplier, 1e-12);
  EXPECT_NEAR(moves.at("RIVAL"), -0.2 * kSector, 1e-12);  // works in the same layer
  EXPECT_NEAR(moves.at("CLOUD"), 0.3 * kSector, 1e-12);
  EXPECT_FALSE(moves.contains("SOAP"));
  EXPECT_FALSE(moves.contains("INDEX"));
}

TEST(NewsDesk, OnlyTheSupplierMakesAHeadline) {
  const std::map<std::string, double> headlines = Desk(Contract(kChipSupplies)).Headlines();
  EXPECT_NEAR(headlines.at("CHIP"), kSupplier, 1e-12);
  EXPECT_EQ(headlines.at("RIVAL"), 0);
  EXPECT_EQ(headlines.at("CLOUD"), 0);
}

TEST(NewsDesk, AnEventWithoutAnAnnouncementMovesNobody) {
  EXPECT_TRUE(Desk(R"(events { id: "secret" terms { value_usd_bn: 500 } })").Read().empty());
}

TEST(NewsDesk, TermsAreCostsOfTheSupplierByHand) {
  const std::string given =
      "vendor_warrants { percent_of_shares: 10 } vendor_equity { total_usd_bn: 50 } ";
  // .8 (.1 x .5 + 50 x .2 / 1000)
  EXPECT_NEAR(Desk(Contract(kChipSupplies, given)).Read().at("CHIP"), kSupplier - 0.048, 1e-12);
}

TEST(NewsDesk, ACompanyIsAsLargeAsOnTheEve) {
  const std::string given = "vendor_equity { total_usd_bn: 50 } ";
  std::string later = Contract(kChipSupplies, given);
  later.replace(later.find("2025-03-03"), 10, "2025-07-01");
  EXPECT_NEAR(Desk(later).Read().at("CHIP"), kSupplier - 0.8 * 50 * 0.2 / 2000, 1e-12);
  later.replace(later.find("2025-07-01"), 10, "2025-06-02");  // the close of that day comes after
  EXPECT_NEAR(Desk(later).Read().at("CHIP"), kSupplier - 0.8 * 50 * 0.2 / 1000, 1e-12);
}

TEST(NewsDesk, TheExposuresOwnRevenueGoesBeforeTheContracts) {
  const std::string half =
      "exposures { company: \"CHIP\" role: EXPOSURE_ROLE_SUPPLIER revenue_usd_bn: 250 } ";
  EXPECT_NEAR(Desk(Contract(half)).Read().at("CHIP"), 0.5 * std::log(1.4), 1e-12);
}

TEST(NewsDesk, RevenueAtHalfTheOwnMarginIsWorthHalfTheProfit) {
  const std::string thin =
      "exposures { company: \"CLOUD\" role: EXPOSURE_ROLE_SUPPLIER operating_margin: 0.2 } ";
  // .8 x 100 / 150 x .2 / .4
  EXPECT_NEAR(Desk(Contract(thin)).Read().at("CLOUD"), 0.5 * std::log(1 + 0.4 / 1.5), 1e-12);
  // The sector's revenue grows by as much as with any other margin.
  EXPECT_NEAR(Desk(Contract(thin)).Read().at("CHIP"), 0.3 * kSector, 1e-12);
}

TEST(NewsDesk, WhoIsDisplacedLosesWhatTheSupplierWins) {
  const std::string displaced =
      "exposures { company: \"RIVAL\" role: EXPOSURE_ROLE_DISPLACED revenue_usd_bn: 100 } ";
  const std::map<std::string, double> moves = Desk(Contract(displaced)).Read();
  EXPECT_NEAR(moves.at("RIVAL"), 0.5 * std::log(1 - 0.8 * 20 / 50), 1e-12);
  // Its rival wins by it, a cloud does not.
  EXPECT_GT(moves.at("CHIP"), 0);
  EXPECT_LT(moves.at("CLOUD"), 0);
}

TEST(NewsDesk, AFunderPaysAndACustomerOrPartnerDoesNot) {
  const std::string exposures =
      "exposures { company: \"HOLDER\" role: EXPOSURE_ROLE_FUNDER capital_at_risk_usd_bn: 10 } "
      "exposures { company: \"CLOUD\" role: EXPOSURE_ROLE_CUSTOMER } "
      "exposures { company: \"RIVAL\" role: EXPOSURE_ROLE_PARTNER } ";
  const std::map<std::string, double> moves = Desk(Contract(exposures)).Read();
  EXPECT_NEAR(moves.at("HOLDER"), -0.8 * 10 * 0.2 / 80, 1e-12);
  EXPECT_FALSE(moves.contains("CLOUD"));
  EXPECT_FALSE(moves.contains("RIVAL"));
}

TEST(NewsDesk, APartnerFeelsTheSectorLikeAnyOther) {
  const std::string partner = "exposures { company: \"CLOUD\" role: EXPOSURE_ROLE_PARTNER } ";
  EXPECT_EQ(Desk(Contract(kChipSupplies + partner)).Read(), Desk(Contract(kChipSupplies)).Read());
}

TEST(NewsDesk, AHolderGainsWhatItsCompanyGains) {
  // ARMS is a complement of CHIP: half of 90 % of 160, over 80.
  const double gain = std::exp(0.3 * kSector) - 1;
  const double look_through = std::log(1 + 0.5 * 0.9 * 160 * gain / 80);
  EXPECT_NEAR(Desk(Contract(kChipSupplies)).Read().at("HOLDER"), 0.3 * kSector + look_through,
              1e-12);
}

TEST(NewsDesk, ACompanyThatIsNotListedMovesItsHolderByItsOwnTerms) {
  // 1 a year beside the 5 that it has.
  const std::string arms =
      "exposures { company: \"ARMS\" role: EXPOSURE_ROLE_SUPPLIER revenue_usd_bn: 5 } ";
  const std::map<std::string, double> moves = Desk(Contract(arms)).Read();
  const double gain = std::pow(1 + 0.8 / 5, 0.5) - 1;
  const double shadow = 0.3 * std::log(1 + 0.8 / 400);
  EXPECT_NEAR(moves.at("HOLDER"), shadow + std::log(1 + 0.5 * 0.9 * 160 * gain / 80), 1e-12);
  EXPECT_NEAR(moves.at("CHIP"), shadow, 1e-12);
}

TEST(NewsDesk, DoubtMovesTheWholeSectorDownByItsStrength) {
  const std::string doubt =
      R"(events { id: "note" announcement { first_session: "2025-03-03" doubt: 0.5
          exposures { company: "CLOUD" role: EXPOSURE_ROLE_PARTNER } } })";
  const std::map<std::string, double> moves = Desk(doubt).Read();
  for (const char* ticker : {"CHIP", "RIVAL", "CLOUD"}) {
    EXPECT_NEAR(moves.at(ticker), -0.01, 1e-12) << ticker;
  }
  EXPECT_LT(moves.at("HOLDER"), -0.01);  // and by its stake
  EXPECT_FALSE(moves.contains("SOAP"));
  for (const auto& [ticker, headline] : Desk(doubt).Headlines()) EXPECT_EQ(headline, 0) << ticker;
}

TEST(NewsDesk, DoubtThatNamesNobodyFallsOnEverySector) {
  const std::string doubt =
      R"(events { id: "note" announcement { first_session: "2025-03-03" doubt: 0.5 } })";
  EXPECT_NEAR(Desk(doubt).Read().at("SOAP"), -0.01, 1e-12);
  EXPECT_NEAR(Desk(doubt).Read().at("CHIP"), -0.01, 1e-12);
}

std::string Mega(const std::string& id, const std::string& session, const std::string& value) {
  return "events { id: \"" + id + "\" terms { value_usd_bn: " + value +
         "} announcement { first_session: \"" + session + "\" } }";
}

TEST(NewsDesk, EarlierMegaDealsOfNinetyDaysTireTheMarket) {
  const auto with = [](const std::string& earlier) {
    return Desk(earlier + Contract(kChipSupplies)).Read().at("CHIP") / kSupplier;
  };
  EXPECT_NEAR(with(Mega("a", "2025-02-28", "50")), std::exp(-0.1), 1e-12);
  EXPECT_NEAR(with(Mega("a", "2025-02-28", "50") + Mega("b", "2024-12-03", "900")), std::exp(-0.2),
              1e-12);
  EXPECT_NEAR(with(Mega("a", "2025-02-28", "49")), 1, 1e-12);   // too small
  EXPECT_NEAR(with(Mega("a", "2024-12-02", "900")), 1, 1e-12);  // 91 days
  EXPECT_NEAR(with(Mega("a", "2025-03-03", "900")), 1, 1e-12);  // the same day
}

TEST(NewsDesk, OldNewsMovesNobody) {
  const std::string old = "surprise { prior_signals: 0 overlap: 1 } ";
  EXPECT_TRUE(Desk(Contract(kChipSupplies + old)).Read().empty());
}

}  // namespace
}  // namespace oneup::sims
