#include "sims/calibration/study_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "sims/report/json.h"
#include "sims/stats/csv.h"
#include "sims/trace/replaced_file.h"

namespace oneup::sims {
namespace {

constexpr std::string_view kHeader =
    "study,parameter,truth,fit,posterior_mean,low_50,high_50,low_90,high_90,rank,settings\n";
constexpr size_t kNumbers = 7;  // from the truth to high_90
constexpr size_t kFields = 2 + kNumbers + 2;

std::array<double, kNumbers> NumbersOf(const ParameterStudy& study) {
  return {study.truth,          study.fit,           study.mean,          study.middle_50.low,
          study.middle_50.high, study.middle_90.low, study.middle_90.high};
}

std::string LineOf(size_t number, const std::string& parameter, const ParameterStudy& study,
                   const std::string& settings) {
  std::string line = absl::StrCat(number, ",", parameter);
  for (const double each : NumbersOf(study)) absl::StrAppend(&line, ",", FormatNumber(each));
  return absl::StrCat(line, ",", study.rank, ",", settings, "\n");
}

// False if it is no such line.
bool ParseLine(const std::vector<std::string>& fields, size_t number, const std::string& parameter,
               ParameterStudy& study) {
  size_t its_number = 0;
  if (fields.size() != kFields || !absl::SimpleAtoi(fields[0], &its_number) ||
      its_number != number || fields[1] != parameter) {
    return false;
  }
  std::array<double, kNumbers> numbers{};
  for (size_t i = 0; i < kNumbers; ++i) {
    numbers[i] = ParseDecimal(fields[2 + i]);
    if (std::isnan(numbers[i])) return false;
  }
  study = {.truth = numbers[0],
           .fit = numbers[1],
           .mean = numbers[2],
           .middle_50 = {numbers[3], numbers[4]},
           .middle_90 = {numbers[5], numbers[6]}};
  return absl::SimpleAtoi(fields[2 + kNumbers], &study.rank) && study.rank >= 0;
}

}  // namespace

absl::StatusOr<StudyFile> StudyFile::Open(const std::string& path,
                                          const std::vector<std::string>& parameters,
                                          const std::string& settings, bool resume) {
  StudyFile file(path, parameters, settings);
  std::error_code error;
  if (std::filesystem::exists(path, error)) {
    if (!resume) {
      return absl::AlreadyExistsError(
          absl::StrCat(path, ": is there already; --resume goes on with it"));
    }
    std::ifstream stream(path, std::ios::binary);
    if (!stream) return trace::FileError("read", path, errno);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (const absl::Status status = file.Read(text); !status.ok()) return status;
  }
  file.count_ = file.studies_.size();
  const absl::Status status = file.Write(file.bytes_ == 0 ? std::string(kHeader) : "");
  if (!status.ok()) return status;
  return file;
}

absl::Status StudyFile::Read(const std::string& text) {
  if (kHeader.starts_with(text)) return absl::OkStatus();
  if (!text.starts_with(kHeader)) {
    return absl::FailedPreconditionError(
        absl::StrCat(path_, ": holds something else than studies; give another --out"));
  }
  size_t at = kHeader.size();
  int line = 1;
  while (true) {
    bytes_ = static_cast<int64_t>(at);
    RecoveryStudy study(parameters_.size());
    for (size_t i = 0; i < parameters_.size(); ++i) {
      const size_t end = text.find('\n', at);
      if (end == std::string::npos) return absl::OkStatus();
      ++line;
      const std::vector<std::string> fields = absl::StrSplit(text.substr(at, end - at), ',');
      if (fields.size() == kFields && fields.back() != settings_) {
        return absl::FailedPreconditionError(
            absl::StrCat(path_,
                         ": holds studies of another scenario, specification or options, or "
                         "of another version; give another --out"));
      }
      if (!ParseLine(fields, studies_.size(), parameters_[i], study[i])) {
        return absl::DataLossError(absl::StrCat(path_, ":", line, ": is damaged: no line of study ",
                                                studies_.size(), " and ", parameters_[i]));
      }
      at = end + 1;
    }
    studies_.push_back(std::move(study));
  }
}

absl::Status StudyFile::Append(const RecoveryStudy& study) {
  std::string text;
  for (size_t i = 0; i < parameters_.size(); ++i) {
    text += LineOf(count_, parameters_[i], study[i], settings_);
  }
  const absl::Status status = Write(text);
  if (status.ok()) ++count_;
  return status;
}

absl::Status StudyFile::Write(const std::string& text) {
  const int fd = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (fd < 0) return trace::FileError("write to", path_, errno);
  int64_t end = bytes_;
  bool failed = ::ftruncate(fd, bytes_) != 0;
  for (std::string_view rest = text; !failed && !rest.empty();) {
    const ssize_t written = ::pwrite(fd, rest.data(), rest.size(), end);
    failed = written < 0 && errno != EINTR;
    if (written < 0) continue;
    end += written;
    rest.remove_prefix(static_cast<size_t>(written));
  }
  failed = failed || ::fsync(fd) != 0;
  const int error = errno;
  if (failed) {
    // Half a study is worth nothing; if this fails too, it is cut off when the file is read.
    [[maybe_unused]] const int cut = ::ftruncate(fd, bytes_);
  }
  ::close(fd);
  if (failed) return trace::FileError("write to", path_, error);
  bytes_ = end;
  return absl::OkStatus();
}

}  // namespace oneup::sims
