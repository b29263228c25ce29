#include "sims/calibration/study_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace oneup::sims {
namespace {

using ::testing::HasSubstr;

const std::vector<std::string> kParameters = {"pull", "haste"};
constexpr char kSettings[] = "0123abcd";

RecoveryStudy StudyOf(int number) {
  const double third = number + 1 / 3.0;  // no short decimal
  const ParameterStudy first = {third, 2 * third, 3 * third, {.1, .7}, {1e-9, 1e9}, number};
  ParameterStudy second = first;
  second.rank = 19;
  return {first, second};
}

class StudyFiles : public testing::Test {
 protected:
  StudyFiles() : path_(testing::TempDir() + "/studies.csv") { std::filesystem::remove(path_); }
  ~StudyFiles() override { std::filesystem::remove(path_); }

  absl::StatusOr<StudyFile> Open(bool resume, const std::string& settings = kSettings) {
    return StudyFile::Open(path_, kParameters, settings, resume);
  }
  void AppendUpTo(int studies) {
    StudyFile file = Open(true).value();
    for (auto i = static_cast<int>(file.studies().size()); i < studies; ++i) {
      ASSERT_TRUE(file.Append(StudyOf(i)).ok());
    }
  }
  std::string Bytes() const {
    std::ifstream stream(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  void Put(const std::string& bytes) const {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes;
  }
  std::string Why(const std::string& settings = kSettings) {
    return std::string(Open(true, settings).status().message());
  }

  std::string path_;
};

TEST_F(StudyFiles, NumbersComeBackAsTheyWere) {
  AppendUpTo(2);
  const StudyFile file = Open(true).value();
  ASSERT_EQ(file.studies().size(), 2u);
  for (int i = 0; i < 2; ++i) {
    const RecoveryStudy expected = StudyOf(i);
    for (size_t k = 0; k < 2; ++k) {
      const ParameterStudy& each = file.studies()[static_cast<size_t>(i)][k];
      EXPECT_EQ(each.truth, expected[k].truth);
      EXPECT_EQ(each.fit, expected[k].fit);
      EXPECT_EQ(each.mean, expected[k].mean);
      EXPECT_EQ(each.middle_50.low, expected[k].middle_50.low);
      EXPECT_EQ(each.middle_90.high, expected[k].middle_90.high);
      EXPECT_EQ(each.rank, expected[k].rank);
    }
  }
}

// A kill leaves the beginning of what was being written.
TEST_F(StudyFiles, CutAnywhereItGoesOnToTheSameBytes) {
  AppendUpTo(3);
  const std::string whole = Bytes();
  for (size_t left = 0; left < whole.size(); left += 3) {
    Put(whole.substr(0, left));
    AppendUpTo(3);
    ASSERT_EQ(Bytes(), whole) << left;
  }
}

TEST_F(StudyFiles, WhatIsThereIsNotLost) {
  AppendUpTo(1);
  const std::string before = Bytes();
  EXPECT_EQ(Open(false).status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_THAT(Why("others"), HasSubstr("studies of another scenario, specification or options"));
  EXPECT_EQ(Bytes(), before);
  Put("name,day\nDaniel,1\n");
  EXPECT_THAT(Why(), HasSubstr("holds something else than studies"));
  EXPECT_EQ(Bytes(), "name,day\nDaniel,1\n");
}

TEST_F(StudyFiles, ADamagedLineIsTold) {
  AppendUpTo(2);
  std::string bytes = Bytes();
  bytes.replace(bytes.find("\n0,haste,") + 9, 1, "x");
  Put(bytes);
  EXPECT_THAT(Why(), HasSubstr("studies.csv:3: is damaged: no line of study 0 and haste"));
  EXPECT_EQ(Bytes(), bytes);
}

TEST_F(StudyFiles, AFolderThatIsNotThereIsTheSystemsError) {
  path_ += ".none/studies.csv";
  EXPECT_EQ(Open(false).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace oneup::sims
