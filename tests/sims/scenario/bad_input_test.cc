// A table of mistakes and what a user is told about each: file, line, field, value, and
// what is allowed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <set>

#include "sims/scenario/scenario.h"
#include "tests/sims/scenario/small_scenario.h"

namespace oneup::sims {
namespace {

using ::testing::HasSubstr;

TEST(SmallScenario, HasNoProblems) {
  const auto loaded = LoadScenarioFromTexts(SmallFiles());
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_EQ(loaded->schedule.size(), 2u);
  EXPECT_EQ(loaded->index().ticker(), "SPY");
}

struct Mistake {
  const char* name;
  std::string from;  // in the small scenario
  std::string to;
  std::vector<std::string> lines;  // each a part of one line of the message
};

void PrintTo(const Mistake& mistake, std::ostream* out) { *out << mistake.name; }

class AMistake : public ::testing::TestWithParam<Mistake> {};

TEST_P(AMistake, IsExplained) {
  const auto files = SmallFiles(GetParam().from, GetParam().to);
  ASSERT_TRUE(files[0].text != kSmallText || files[1].text != kSmallPrices);
  const auto loaded = LoadScenarioFromTexts(files);
  ASSERT_FALSE(loaded.ok());
  EXPECT_EQ(loaded.status().code(), absl::StatusCode::kInvalidArgument);
  const std::string message(loaded.status().message());
  for (const std::string& line : GetParam().lines) EXPECT_THAT(message, HasSubstr(line));
  // Nothing else is reported.
  EXPECT_EQ(std::count(message.begin(), message.end(), '\n') + 1,
            static_cast<long>(GetParam().lines.size()))
      << message;
}

// The small scenario's text from the class of its contract to the company exposed by it.
constexpr char kFromClassToExposure[] = R"(    contract_class: CONTRACT_CLASS_DEFINITIVE
  }
  committed_by: "buyer"
  announcement {
    at: "2025-01-06T18:00-05:00"
    first_session: "2025-01-07"
    exposures { company: "NVDA" role: EXPOSURE_ROLE_SUPPLIER })";

const Mistake kMistakes[] = {
    // Text.
    {"UnknownFields",
     "name: \"small\"",
     "nam: \"small\" name: \"x\"\ntitel: \"T\"",
     {"small.textproto:1:1: Scenario has no field 'nam'; did you mean 'name'?",
      "small.textproto:2:1: Scenario has no field 'titel'; did you mean 'title'?"}},
    {"UnknownEnum",
     "kind: EVENT_KIND_TALKS",
     "kind: EVENT_KIND_TALK",
     {"small.textproto:42:9: kind cannot be 'EVENT_KIND_TALK'; did you mean 'EVENT_KIND_TALKS'?; "
      "allowed: EVENT_KIND_ANNOUNCEMENT, "}},
    {"EnumNumber",
     "kind: EVENT_KIND_TALKS",
     "kind: 999",
     {"small.textproto:42:3: events[0].kind: is 999; write the value's name"}},
    {"Syntax", "hub: \"buyer\"", "hub: \"buyer", {"small.textproto:6:"}},
    {"Octal",
     "default_seed: 1",
     "default_seed: 010",
     {"small.textproto:5:1: default_seed: a number with a leading 0 would be read as octal"}},
    {"Twice",
     "name: \"small\"",
     "name: \"small\" name: \"again\"",
     {"Non-repeated field \"name\" is specified multiple times"}},
    {"BadUtf8",
     "name: \"small\"",
     "name: \"sm\xffll\"",
     {"small.textproto:1:10: the file is not UTF-8 text from here on"}},
    {"EscapedBadUtf8",
     "title: \"A small scenario\"",
     "title: \"\\377\"",
     {"small.textproto:2:1: title: holds bytes that are not UTF-8 text"}},
    // Numbers.
    {"NaN",
     "capacity_gw: 2 ",
     "capacity_gw: nan ",
     {"small.textproto:56:5: events[1].terms.capacity_gw: is nan; it must be a finite number, "
      "above 0, at most 1000 (GW)",
      "events[1].terms.value_usd_bn: is 10; capacity times price is nan"}},
    {"Infinity",
     "beta_to_market: 1 ",
     "beta_to_market: -inf ",
     {"listings[1].beta_to_market: is -inf; it must be a finite number"}},
    {"Overflow",
     "tax_rate: 0.2",
     "tax_rate: 1e999",
     {"listings[1].tax_rate: is inf; it must be a finite number, at least 0, at most 1"}},
    {"OutOfRange",
     "owned_share: 0.5",
     "owned_share: 1.5",
     {"listings[1].stakes[0].owned_share: is 1.5; it must be above 0, at most 1 (share)"}},
    {"NotAboveZero",
     "usd_bn: 20 ",
     "usd_bn: 0 ",
     {"capitalisations[0].usd_bn: is 0; it must be above 0",
      "capitalisations[0].usd_bn: does not fit the recorded close"}},
    // What is missing.
    {"MissingField", "title: \"A small scenario\"\n", "", {"small.textproto: title: is missing"}},
    {"MissingEnum",
     " kind: ACTOR_KIND_PERSON",
     "",
     {"small.textproto:38:1: actors[2].kind: is missing; one of ACTOR_KIND_PERSON"}},
    {"MissingEvidence",
     "  adjustment: \"none\"\n  evidence { source: \"a test\" status: EVIDENCE_STATUS_ASSUMED }",
     "  adjustment: \"none\"",
     {"histories[0].evidence: is missing; at least one is required"}},
    {"MissingSurprise",
     "surprise { prior_signals: 0 overlap: 0 reason: \"none\" }",
     "",
     {"events[1].announcement.surprise: is missing"}},
    {"MissingModelField",
     "sector: \"chips\" ",
     "",
     {"listings[1].sector: is missing; every listing but the index needs it"}},
    // How strings are written.
    {"Date",
     "start_date: \"2025-01-02\"",
     "start_date: \"2025-02-30\"",
     {"start_date: is '2025-02-30'; it must be a date such as 2025-09-10"}},
    {"Instant",
     "at: \"2025-01-06T18:00-05:00\"",
     "at: \"2025-01-06 18:00\"",
     {"announcement.at: is '2025-01-06 18:00'; it must be an instant with its offset"}},
    {"Clock",
     "open: \"09:30\"",
     "open: \"9:30\"",
     {"calendars[0].session_rules[0].open: is '9:30'; it must be a time of the day such as 09:30"}},
    {"Zone",
     "zone: \"America/New_York\"",
     "zone: \"America/Gotham\"",
     {"calendars[0].zone: is 'America/Gotham'; it must be a zone",
      "small.textproto:7:1: calendars[0]: "}},
    {"ZoneIsNoFile",
     "zone: \"America/New_York\"",
     "zone: \"file:/dev/zero\"",
     {"calendars[0].zone: is 'file:/dev/zero'; it must be a zone",
      "small.textproto:7:1: calendars[0]: "}},
    {"Identifier",
     "id: \"talks\"",
     "id: \"Talks\"",
     {"events[0].id: is 'Talks'; it must be lower-case letters", "'talks' is no event"}},
    {"FileAbove",
     "file: \"prices.csv\"",
     "file: \"../prices.csv\"",
     {"histories[0].file: is '../prices.csv'; it must be a path",
      "histories[0].file: '../prices.csv' must be a path", "the index needs recorded prices"}},
    {"FileMissing",
     "file: \"prices.csv\"",
     "file: \"price.csv\"",
     {"small.textproto:19: histories[0].file: price.csv: no such file",
      "the index needs recorded prices"}},
    // References.
    {"UnknownActor",
     "actors: \"ada\"",
     "actors: \"adda\"",
     {"small.textproto:43:3: events[0].actors[0]: 'adda' is no actor of this scenario; did you "
      "mean 'ada'?"}},
    {"UnknownListing",
     "ticker: \"NVDA\" first_day",
     "ticker: \"NVDX\" first_day",
     {"recorded[0].ticker: 'NVDX' is no listing of this scenario; did you mean 'NVDA'?"}},
    {"UnknownCompany",
     "company: \"NVDA\"",
     "company: \"FOO\"",
     {"exposures[0].company: 'FOO' is no listing or company of a stake of this scenario"}},
    {"UnknownCalendar",
     "mic: \"XNAS\" calendar: \"XNYS\"",
     "mic: \"XNAS\" calendar: \"XNYC\"",
     {"listings[1].calendar: 'XNYC' is no calendar of this scenario; did you mean 'XNYS'?"}},
    {"DuplicateId",
     "id: \"ada\"",
     "id: \"buyer\"",
     {"actors[2].id: 'buyer' is already used at small.textproto:36", "'buyer' is a person",
      "'ada' is no actor", "'ada' is no actor", "'ada' is no actor"}},
    // The market.
    {"CalendarTooShort",
     "last_date: \"2025-01-31\"",
     "last_date: \"2025-01-09\"",
     {"calendars[0].first_date: the calendar must cover the scenario, 2025-01-02 to 2025-01-10"}},
    {"HolidaysOutOfOrder",
     "holidays { date: \"2025-01-01\" name: \"New Year's Day\" }",
     "holidays { date: \"2025-01-10\" name: \"New Year's Day\" }",
     {"calendars[0].holidays[1].date: is '2025-01-09'; it must come after the one before"}},
    {"CloseBeforeOpen",
     "close: \"16:00\"",
     "close: \"09:00\"",
     {"small.textproto:7:1: calendars[0]: calendar XNYS: "}},
    {"TwoIndexes",
     "shares_outstanding_bn: 2",
     "shares_outstanding_bn: 2 is_index: true",
     {"listings[1].is_index: only one listing can be the index; SPY already is"}},
    {"NoIndex",
     " is_index: true",
     "",
     {"one listing must be the index", "listings[0].beta_to_market", "listings[0].daily_idio",
      "listings[0].daily_turnover", "listings[0].forward", "listings[0].operating",
      "listings[0].sector", "listings[0].layer", "listings[0].capitalisations"}},
    {"StakeInItself",
     "company: \"OTHER\"",
     "company: \"NVDA\"",
     {"listings[1].stakes[0].company: a listing cannot hold a stake in itself"}},
    {"StakeWithoutValue",
     " company_value_usd_bn: 3",
     "",
     {"stakes[0].company_value_usd_bn: is missing; 'OTHER' is no listing"}},
    {"CapitalisationInMillions",
     "usd_bn: 20 ",
     "usd_bn: 20000 ",
     {"capitalisations[0].usd_bn: does not fit the recorded close times the shares, which is 20 "
      "billion USD"}},
    {"BarOnHoliday",
     "2025-01-03,NVDA",
     "2025-01-09,NVDA",
     {"listings[1].calendar: 1 recorded days of NVDA are no sessions of XNYS: 2025-01-09"}},
    {"HistoryOfUnknown",
     "2025-01-03,NVDA",
     "2025-01-03,NVDX",
     {"histories: prices of 'NVDX', which is no listing of this scenario; did you mean 'NVDA'?"}},
    // Terms.
    {"ValueIsNotTheProduct",
     "value_usd_bn: 10 ",
     "value_usd_bn: 11 ",
     {"small.textproto:56:43: events[1].terms.value_usd_bn: is 11; capacity times price is 10"}},
    {"UpfrontAboveTotal",
     "upfront_usd_bn: 1 ",
     "upfront_usd_bn: 5 ",
     {"vendor_equity.upfront_usd_bn: is more than the total, 4",
      "vendor_equity.usd_bn_per_gw: the tranches of all the capacity come to more"}},
    {"VestingAboveAll",
     "percent_of_shares: 3 vesting",
     "percent_of_shares: 2 vesting",
     {"vendor_warrants.vesting: the tranches add up to 3 percent, more than the 2"}},
    {"HoldingsAboveAll",
     "capacity_gw: 2 ",
     "capacity_gw: 2 holdings { holder: \"a\" percent: 60 } holdings { holder: \"b\" percent: 50 "
     "} ",
     {"events[1].terms.holdings: the parts add up to 110 percent"}},
    {"NulByte",
     "title: \"A small",
     std::string("title: \"A\0small", 15),
     {"small.textproto:2:10: "
      "a NUL byte; this is no text file"}},
    {"CommitmentWithoutSum",
     "kind: EVENT_KIND_TALKS",
     "kind: EVENT_KIND_TALKS committed_by: \"buyer\"",
     {"events[0].committed_by: needs terms"}},
    {"SupplierWithoutTerm",
     " term_years: 5",
     "",
     {"events[1].terms: need term_years and contract_class: NVDA is a supplier"}},
    {"FunderWithoutCapital",
     "EXPOSURE_ROLE_SUPPLIER",
     "EXPOSURE_ROLE_FUNDER",
     {"exposures[0].capital_at_risk_usd_bn: is missing; a funder needs it"}},
    {"MarginBesideNone",
     "exposures { company: \"NVDA\" role: EXPOSURE_ROLE_SUPPLIER }",
     "exposures { company: \"SPY\" role: EXPOSURE_ROLE_PARTNER operating_margin: 0.2 }",
     {"exposures[0].operating_margin: is relative to the company's own, but SPY is no listing with "
      "an operating_margin above 0"}},
    {"SupplierWithoutClass",
     "    contract_class: CONTRACT_CLASS_DEFINITIVE\n",
     "",
     {"events[1].terms: need term_years and contract_class: NVDA is a supplier"}},
    {"UnknownClass",
     "CONTRACT_CLASS_DEFINITIVE",
     "CONTRACT_CLASS_HANDSHAKE",
     {"contract_class cannot be 'CONTRACT_CLASS_HANDSHAKE'; did you mean"}},
    {"CustomerWithoutClass",
     kFromClassToExposure,
     "  }\n  announcement {\n    at: \"2025-01-06T18:00-05:00\"\n"
     "    first_session: \"2025-01-07\"\n    exposures { company: \"NVDA\" "
     "role: EXPOSURE_ROLE_CUSTOMER revenue_usd_bn: 5 }",
     {"events[1].terms: need term_years and contract_class: NVDA earns or loses by it"}},
    {"FunderWithoutClass",
     kFromClassToExposure,
     "  }\n  announcement {\n    at: \"2025-01-06T18:00-05:00\"\n"
     "    first_session: \"2025-01-07\"\n    exposures { company: \"NVDA\" "
     "role: EXPOSURE_ROLE_FUNDER capital_at_risk_usd_bn: 5 }",
     {"events[1].terms.contract_class: is missing; what NVDA puts at risk counts by it"}},
    {"NewsOfACompanyWithoutBooks",
     "exposures { company: \"NVDA\"",
     "exposures { company: \"OTHER\"",
     {"exposures[0].company: 'OTHER' is known by the stake of NVDA only, which needs "
      "forward_revenue_usd_bn for it"}},
    // Time.
    {"WrongFirstSession",
     "first_session: \"2025-01-07\"",
     "first_session: \"2025-01-08\"",
     {"first_session: is '2025-01-08'; the first session of XNYS after 2025-01-06T18:00-05:00 is "
      "on 2025-01-07"}},
    {"NotTold",
     " told_on: \"2025-01-03\"",
     "",
     {"events[0].told_on: is missing; '2025-01' is no single day"}},
    {"ToldOutside",
     "told_on: \"2025-01-03\"",
     "told_on: \"2024-12-31\"",
     {"events[0].told_on: is '2024-12-31'; it must lie from 2025-01-01 to 2025-01-31"}},
    {"PrecisionAndDate",
     "date: \"2025-01\"",
     "date: \"2025-01-03\"",
     {"events[0].date: is '2025-01-03'; with PRECISION_MONTH it must be a month"}},
    {"AfterTheEnd",
     "told_on: \"2025-01-03\"",
     "told_on: \"2025-01-31\"",
     {"events[0].date: lies after the scenario's end, 2025-01-10",
      "events[1].after[0]: 'talks' (2025-01-31) does not come before 'deal' (2025-01-07)"}},
    {"CauseIsLater",
     "told_on: \"2025-01-03\"",
     "told_on: \"2025-01-08\"",
     {"events[1].after[0]: 'talks' (2025-01-08) does not come before 'deal' (2025-01-07)"}},
    {"AnnouncedBefore",
     "date: \"2025-01-07\" precision",
     "date: \"2025-01-08\" precision",
     {"announcement.at: is '2025-01-06T18:00-05:00'; it must not come before the event's date"}},
    {"SecretNews",
     "public_from: \"2025-01-06\" ",
     "",
     {"visibility.public_from: is missing; an event with an announcement is public"}},
    {"PublicAfterNews",
     "public_from: \"2025-01-06\"",
     "public_from: \"2025-01-07\"",
     {"visibility.public_from: is '2025-01-07'; it must not come after the announcement"}},
    {"LateWitness",
     "since: \"2025-01-03\"",
     "since: \"2025-01-09\"",
     {"witnesses[0].since: is '2025-01-09'; the event is public from 2025-01-06"}},
    // People.
    {"ListedPerson",
     "kind: ACTOR_KIND_PERSON",
     "kind: ACTOR_KIND_PERSON ticker: \"NVDA\"",
     {"actors[2].ticker: a person has no share"}},
    {"OrganisationIsAPerson",
     "name: \"Maker\" kind: ACTOR_KIND_ORGANISATION",
     "name: \"Maker\" kind: ACTOR_KIND_ORGANISATION organisation: \"ada\"",
     {"actors[1].organisation: 'ada' is a person"}},
    // History.
    {"HistoryHeading",
     "date,ticker,open,high,low,close,volume",
     "date,open,high,low,close,volume",
     {"prices.csv:2: the heading must be date,ticker,open,high,low,close,volume",
      "the index needs recorded prices"}},
    {"HistoryLines",
     "10,10.5,9.5,10,500",
     "10,nan,9.5,10,500\n2025-01-02,NVDA,10,10.5,9.5,10\n2025-02-30,NVDA,1,1,1,1,1\n"
     "2025-01-02,NVDA,10,9,9,9,1\n2025-01-02,NVDA,10,10,10,10,-1\n2025-01-02,nvda,1,1,1,1,1",
     {"prices.csv:5: high must be a number above 0", "prices.csv:6: a line must have 7 cells",
      "prices.csv:7: date must be a date", "prices.csv:8: open and close must lie between",
      "prices.csv:9: volume must be a whole number", "prices.csv:10: ticker must be capitals"}},
    {"HistoryOrder",
     "2025-01-03,SPY",
     "2025-01-02,SPY",
     {"prices.csv:4: dates of SPY must ascend; 2025-01-02 comes before"}},
};

INSTANTIATE_TEST_SUITE_P(Table, AMistake, ::testing::ValuesIn(kMistakes),
                         [](const auto& mistake) { return std::string(mistake.param.name); });

TEST(BadInput, AllProblemsAreReportedAtOnceInTheOrderOfTheFile) {
  auto files = SmallFiles("tick_size: 0.01", "tick_size: -1");
  files[0].text.replace(files[0].text.find("tax_rate: 0.2"), 13, "tax_rate: 2.0");
  files[0].text.replace(files[0].text.find("precision: PRECISION_DAY"), 24, "");
  files[1].text += "2025-01-03,NVDA,1\n";
  const auto loaded = LoadScenarioFromTexts(files);
  ASSERT_FALSE(loaded.ok());
  const std::string message(loaded.status().message());
  size_t at = 0;
  for (const char* part : {"listings[0].tick_size: is -1", "listings[1].tick_size: is -1",
                           "listings[1].tax_rate: is 2;", "events[1].precision: is missing",
                           "prices.csv:7: a line must have 7 cells"}) {
    const size_t found = message.find(part, at);
    ASSERT_NE(found, std::string::npos) << part << " in\n" << message;
    at = found;
  }
}

// Values that the library's parser cannot read do not hide what else is wrong.
TEST(BadInput, UnreadableValuesAreReportedWithAllElse) {
  auto files = SmallFiles("kind: EVENT_KIND_TALKS", "kind: EVENT_KIND_TALK");
  const auto change = [&](std::string_view from, const std::string& to) {
    const size_t at = files[0].text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    files[0].text.replace(at, from.size(), to);
  };
  change("default_seed: 1", "default_seed: -1");
  change("capacity_gw: 2 ", "capacity_gw: \"two\" ");
  change("CONTRACT_CLASS_DEFINITIVE", "CONTRACT_CLASS_HANDSHAKE");
  change("is_index: true", "is_index: surely");
  change("tax_rate: 0.2", "tax_rate: 2");
  change("owned_share: 0.5", "owned_share: half");
  change("actors: \"ada\"", "actors: \"adda\"");
  const auto loaded = LoadScenarioFromTexts(files);
  ASSERT_FALSE(loaded.ok());
  const std::string message(loaded.status().message());
  for (const char* part :
       {"Expected integer, got: -", "is_index", "Expected double, got: half", "tax_rate: is 2;",
        "kind cannot be 'EVENT_KIND_TALK'; did you mean 'EVENT_KIND_TALKS'?",
        "Expected double, got: \"two\"", "contract_class cannot be 'CONTRACT_CLASS_HANDSHAKE'",
        "'adda' is no actor"}) {
    EXPECT_THAT(message, HasSubstr(part));
  }
}

TEST(BadInput, AnEmptyFileIsNoScenario) {
  for (const char* text : {"", "\n", "# only words\n"}) {
    const auto loaded = LoadScenarioFromTexts({{"empty.textproto", text}});
    ASSERT_FALSE(loaded.ok());
    EXPECT_EQ(loaded.status().message(), "empty.textproto: the file is empty: it sets no field");
  }
}

TEST(BadInput, DeepNestingIsRefusedEverywhere) {
  for (const std::string field : {"unknown {", "events {", "x: ["}) {
    std::string text;
    for (int i = 0; i < 20000; ++i) text += field + "\n";
    const auto loaded = LoadScenarioFromTexts({{"deep.textproto", text}});
    ASSERT_FALSE(loaded.ok());
    EXPECT_THAT(std::string(loaded.status().message()),
                HasSubstr("more than 100 brackets within each other"));
  }
}

TEST(BadInput, BracketsInTextDoNotNest) {
  const auto files = SmallFiles("A small scenario", std::string(500, '{'));
  EXPECT_TRUE(LoadScenarioFromTexts(files).ok());
}

TEST(BadInput, AMissingFileIsNotFound) {
  const auto loaded = LoadScenario("no/such/file.textproto");
  EXPECT_EQ(loaded.status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(loaded.status().message(), "no/such/file.textproto: no such file");
  EXPECT_THAT(std::string(LoadScenario("./").status().message()), HasSubstr("is a directory"));
}

TEST(BadInput, AMistypedNameIsGuessed) {
  const auto loaded = LoadScenario("2052");
  EXPECT_EQ(loaded.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(loaded.status().message()), HasSubstr("did you mean '2025'?"));
}

TEST(BadInput, AFileWithoutANameIsNoBuiltinScenario) {
  EXPECT_EQ(LoadScenario("calendars").status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace oneup::sims
