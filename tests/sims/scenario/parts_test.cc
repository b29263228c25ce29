// The parts of the loader, one by one.
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "oneup/v1/intervention.pb.h"
#include "oneup/v1/rules.pb.h"
#include "oneup/v1/trace.pb.h"
#include "sims/scenario/calendars.h"
#include "sims/scenario/describe.h"
#include "sims/scenario/files.h"
#include "sims/scenario/partial_date.h"
#include "sims/scenario/scenario.h"
#include "sims/scenario/sha256.h"
#include "sims/scenario/suggest.h"
#include "sims/scenario/text_format.h"
#include "tests/sims/scenario/small_scenario.h"

namespace oneup::sims {
namespace {

// ---- The schema ----

void CheckNumbersHaveRules(const google::protobuf::Descriptor& type,
                           std::set<const google::protobuf::Descriptor*>* seen) {
  if (!seen->insert(&type).second) return;
  for (int i = 0; i < type.field_count(); ++i) {
    const auto& field = *type.field(i);
    if (field.message_type() != nullptr) {
      CheckNumbersHaveRules(*field.message_type(), seen);
      continue;
    }
    const v1::Rule& rule = field.options().GetExtension(v1::rule);
    const auto kind = field.cpp_type();
    if (kind == google::protobuf::FieldDescriptor::CPPTYPE_DOUBLE) {
      EXPECT_TRUE(rule.has_min() && rule.has_max()) << field.full_name();
      EXPECT_LT(rule.min(), rule.max()) << field.full_name();
    } else if (kind == google::protobuf::FieldDescriptor::CPPTYPE_UINT32) {
      EXPECT_TRUE(rule.has_max()) << field.full_name();
    }
  }
}

TEST(Schema, EveryNumberHasARange) {
  std::set<const google::protobuf::Descriptor*> seen;
  CheckNumbersHaveRules(*v1::Scenario::descriptor(), &seen);
  EXPECT_GT(seen.size(), 20u);
}

// What EnumWords cuts off a name is its type's, as the linter has it.
void CheckEnum(const google::protobuf::EnumDescriptor& type) {
  const std::string none = type.value(0)->name();
  ASSERT_TRUE(none.ends_with("_UNSPECIFIED")) << none;
  const std::string prefix = none.substr(0, none.size() - std::string("UNSPECIFIED").size());
  for (int i = 0; i < type.value_count(); ++i) {
    EXPECT_TRUE(type.value(i)->name().starts_with(prefix)) << type.value(i)->name();
  }
}

TEST(Schema, ValuesOfAnEnumBeginWithItsName) {
  for (const auto* file : {v1::Event::descriptor()->file(), v1::Terms::descriptor()->file(),
                           v1::Record::descriptor()->file(), v1::Scenario::descriptor()->file(),
                           v1::Intervention::descriptor()->file()}) {
    EXPECT_GT(file->enum_type_count(), 0) << file->name();
    for (int i = 0; i < file->enum_type_count(); ++i) CheckEnum(*file->enum_type(i));
  }
}

// ---- Files ----

TEST(Files, ImportsAreReadFirstAndOwnFieldsWin) {
  auto files = SmallFiles("name: \"small\"", "imports: \"parts/more.textproto\"\nname: \"small\"");
  files.push_back({"parts/more.textproto",
                   "name: \"more\" description: \"from the import\" actors { id: \"eve\" name: "
                   "\"Eve\" kind: ACTOR_KIND_PERSON }"});
  const auto loaded = LoadScenarioFromTexts(files);
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_EQ(loaded->proto.name(), "small");
  EXPECT_EQ(loaded->proto.description(), "from the import");
  EXPECT_EQ(loaded->proto.actors(0).id(), "eve");
  EXPECT_EQ(loaded->sources.size(), 3u);
}

TEST(Files, ProblemsOfAnImportCarryItsNameAndLine) {
  auto files = SmallFiles("name: \"small\"", "imports: \"more.textproto\"\nname: \"small\"");
  files.push_back(
      {"more.textproto", "\nactors { id: \"Eve\" name: \"Eve\" kind: ACTOR_KIND_PERSON }"});
  const auto loaded = LoadScenarioFromTexts(files);
  ASSERT_FALSE(loaded.ok());
  EXPECT_THAT(std::string(loaded.status().message()),
              ::testing::StartsWith("more.textproto:2:10: actors[0].id: is 'Eve'"));
}

TEST(Files, ImportsInACircleAreRefused) {
  const auto own = LoadScenarioFromTexts(
      SmallFiles("name: \"small\"", "imports: \"small.textproto\"\nname: \"small\""));
  ASSERT_FALSE(own.ok());
  EXPECT_EQ(own.status().message(),
            "small.textproto: imports: 'small.textproto' imports this file in its turn: a circle");
  auto files = SmallFiles("name: \"small\"", "imports: \"a.textproto\"\nname: \"small\"");
  files.push_back({"a.textproto", "imports: \"b.textproto\""});
  files.push_back({"b.textproto", "imports: \"a.textproto\""});
  const auto others = LoadScenarioFromTexts(files);
  ASSERT_FALSE(others.ok());
  EXPECT_EQ(others.status().message(),
            "b.textproto: imports: 'a.textproto' imports this file in its turn: a circle");
}

TEST(Files, AFileThatTwoImportIsReadOnce) {
  auto files = SmallFiles("name: \"small\"",
                          "imports: \"a.textproto\" imports: \"b.textproto\"\nname: \"small\"");
  files.push_back({"a.textproto", "imports: \"eve.textproto\""});
  files.push_back({"b.textproto", "imports: \"eve.textproto\""});
  files.push_back(
      {"eve.textproto", "actors { id: \"eve\" name: \"Eve\" kind: ACTOR_KIND_PERSON }"});
  EXPECT_TRUE(LoadScenarioFromTexts(files).ok()) << LoadScenarioFromTexts(files).status();
}

TEST(Files, AMissingImportIsNamedWithItsImporter) {
  const auto loaded = LoadScenarioFromTexts(
      SmallFiles("name: \"small\"", "imports: \"none.textproto\"\nname: \"small\""));
  ASSERT_FALSE(loaded.ok());
  EXPECT_EQ(loaded.status().message(), "small.textproto: imports: none.textproto: no such file");
}

TEST(Files, AFileOnDiskEqualsTheBuiltinAndCanImportIt) {
  const std::filesystem::path folder =
      std::filesystem::path(::testing::TempDir()) / "oneup_scenario_files_test";
  std::filesystem::create_directories(folder / "history");
  const auto builtin = LoadScenario("2025");
  ASSERT_TRUE(builtin.ok()) << builtin.status();
  for (const SourceText& source : builtin->sources) {
    std::ofstream(folder / source.name.substr(source.name.find(':') + 1)) << source.text;
  }
  const auto on_disk = LoadScenario((folder / "2025.textproto").string());
  ASSERT_TRUE(on_disk.ok()) << on_disk.status();
  EXPECT_EQ(on_disk->digest, builtin->digest);
  EXPECT_EQ(on_disk->proto.SerializeAsString(), builtin->proto.SerializeAsString());

  std::filesystem::create_directories(folder / "mine");
  std::ofstream(folder / "mine" / "what_if.textproto")
      << "imports: \"2025.textproto\" name: \"what_if\" title: \"What if\"";
  const auto mine = LoadScenario((folder / "mine" / "what_if.textproto").string());
  ASSERT_TRUE(mine.ok()) << mine.status();
  EXPECT_EQ(mine->proto.name(), "what_if");
  EXPECT_EQ(mine->proto.events_size(), builtin->proto.events_size());
  EXPECT_NE(mine->digest, builtin->digest);
  std::filesystem::remove_all(folder);
}

TEST(Files, TheDigestChangesWithAnyByte) {
  const auto one = LoadScenarioFromTexts(SmallFiles());
  const auto other = LoadScenarioFromTexts(SmallFiles("100.5", "100.6"));
  ASSERT_TRUE(one.ok() && other.ok());
  EXPECT_NE(one->digest, other->digest);
}

TEST(Files, OnlyPathsBelowAreRelative) {
  for (const char* good : {"a", "a/b.csv", "..a/b", "a.b/c"}) EXPECT_TRUE(IsRelativeFile(good));
  for (const char* bad : {"", "/a", "../a", "a/../b", "a//b", "a/", "a\\b"}) {
    EXPECT_FALSE(IsRelativeFile(bad)) << bad;
  }
}

// ---- Prices ----

TEST(Prices, AreFoundByDay) {
  const auto loaded = LoadScenarioFromTexts(SmallFiles());
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  const RecordedPrices* prices = loaded->FindPrices("NVDA");
  ASSERT_NE(prices, nullptr);
  EXPECT_EQ(prices->Find(kernel::CivilDay(2025, 1, 3))->close, 10.5);
  EXPECT_EQ(prices->Find(kernel::CivilDay(2025, 1, 4)), nullptr);
  EXPECT_EQ(prices->Before(kernel::CivilDay(2025, 1, 3))->close, 10);
  EXPECT_EQ(prices->Before(kernel::CivilDay(2025, 1, 2)), nullptr);
  EXPECT_EQ(prices->Before(kernel::CivilDay(2026, 1, 1))->volume, 500);
  EXPECT_EQ(loaded->FindPrices("FOO"), nullptr);
}

// ---- Dates ----

TEST(PartialDate, CoversItsPeriod) {
  using kernel::CivilDay;
  EXPECT_EQ(ParsePartialDate("2024-02"), (DayRange{CivilDay(2024, 2, 1), CivilDay(2024, 2, 29)}));
  EXPECT_EQ(ParsePartialDate("2025"), (DayRange{CivilDay(2025, 1, 1), CivilDay(2025, 12, 31)}));
  EXPECT_EQ(ParsePartialDate("2025-12"), (DayRange{CivilDay(2025, 12, 1), CivilDay(2025, 12, 31)}));
  EXPECT_EQ(ParsePartialDate("2025-09-10"),
            (DayRange{CivilDay(2025, 9, 10), CivilDay(2025, 9, 10)}));
  for (const char* bad : {"", "25", "2025-13", "2025-9", "2025-02-30", "2025/09", "abcd"}) {
    EXPECT_FALSE(ParsePartialDate(bad).has_value()) << bad;
  }
}

// ---- Calendars ----

TEST(Calendars, SayEverythingThatCannotBeRead) {
  v1::TradingCalendar calendar;
  calendar.set_id("XNYS");
  calendar.set_first_date("soon");
  calendar.set_last_date("2025-01-31");
  calendar.add_session_rules()->set_open("noon");
  const auto spec = ToCalendarSpec(calendar);
  ASSERT_FALSE(spec.ok());
  const std::string message(spec.status().message());
  EXPECT_THAT(message, ::testing::HasSubstr("\"soon\""));
  EXPECT_THAT(message, ::testing::HasSubstr("\"noon\""));
}

// ---- Words ----

TEST(Suggest, CountsEditsWithoutCase) {
  EXPECT_EQ(EditDistance("kitten", "sitting"), 3);
  EXPECT_EQ(EditDistance("NVDA", "nvda"), 0);
  EXPECT_EQ(EditDistance("2052", "2025"), 1);  // neighbours swapped
  EXPECT_EQ(EditDistance("", "abc"), 3);
}

TEST(Suggest, StaysSilentWhenNothingIsNear) {
  EXPECT_EQ(DidYouMean("oracel", {"amd", "oracle"}), "; did you mean 'oracle'?");
  EXPECT_EQ(DidYouMean("intel", {"amd", "oracle"}), "");
  EXPECT_EQ(DidYouMean("", {"a"}), "");
}

TEST(Sha256, AgreesWithTheStandardsExamples) {
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256Hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(Sha256Hex(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Utf8, FindsTheFirstBadByte) {
  EXPECT_EQ(FindBadUtf8("caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80"), std::string_view::npos);
  const std::pair<const char*, size_t> bad[] = {
      {"a\xff", 1},        {"\xc0\xaf", 0},         {"ab\xe0\x80\x80", 2},
      {"\xed\xa0\x80", 0}, {"\xf4\x90\x80\x80", 0}, {"\xe2\x82", 0}};
  for (const auto& [text, at] : bad) EXPECT_EQ(FindBadUtf8(text), at);
}

TEST(Words, ValuesOfEnums) {
  EXPECT_EQ(EnumWords(v1::EVENT_KIND_ANALYST_NOTE), "analyst note");
  EXPECT_EQ(EnumWords(v1::STAGE_WHITE_HOUSE), "white house");
  EXPECT_EQ(EnumWords(v1::MIND_STATE_UNSPECIFIED), "unspecified");
  EXPECT_EQ(EnumWords(static_cast<v1::MindState>(-3)), "-3");
}

TEST(Words, DatesSayHowExactTheyAre) {
  v1::Event event;
  event.set_date("2025-04");
  event.set_precision(v1::PRECISION_SEASON);
  EXPECT_EQ(DateText(event), "spring 2025");
  event.set_date("2025-09-18");
  event.set_precision(v1::PRECISION_APPROXIMATE);
  EXPECT_EQ(DateText(event), "about 2025-09-18");
}

TEST(Words, LinesWrapAtSpaces) {
  EXPECT_THAT(WrapText("one two  three four", 9),
              ::testing::ElementsAre("one two", "three", "four"));
  EXPECT_THAT(WrapText("\xc3\xa9\xc3\xa9 \xc3\xa9", 4),
              ::testing::ElementsAre("\xc3\xa9\xc3\xa9 \xc3\xa9"));
  EXPECT_TRUE(WrapText("", 10).empty());
}

}  // namespace
}  // namespace oneup::sims
