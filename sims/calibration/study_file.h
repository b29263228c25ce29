// The studies of a recovery (identifiability.h) in a file that grows by one whenever one is
// finished, so that hours of work outlive being stopped or killed at any instant. CSV, a line a
// study and parameter:
//
//   study,parameter,truth,fit,posterior_mean,low_50,high_50,low_90,high_90,rank,settings
//
// `settings` is the same in all lines: what tells whether studies are of one kind. Numbers are
// written so that they read back as the same doubles.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "sims/calibration/identifiability.h"

namespace oneup::sims {

class StudyFile {
 public:
  // Begins a file of studies of these parameters, or, with `resume`, goes on with what is there: a
  // study that is not whole, as the last may be after a kill, is cut off. Errors name the file:
  // AlreadyExists if it is there and not to be gone on with, FailedPrecondition if it holds other
  // settings, other parameters or something else, DataLoss for a line that cannot be read, and the
  // system's.
  static absl::StatusOr<StudyFile> Open(const std::string& path,
                                        const std::vector<std::string>& parameters,
                                        const std::string& settings, bool resume);

  // Those that were there.
  const std::vector<RecoveryStudy>& studies() const { return studies_; }

  // Adds the next study and flushes it to the disk. Error: the system's; the file is as before.
  absl::Status Append(const RecoveryStudy& study);

 private:
  StudyFile(std::string path, std::vector<std::string> parameters, std::string settings)
      : path_(std::move(path)),
        parameters_(std::move(parameters)),
        settings_(std::move(settings)) {}

  absl::Status Read(const std::string& text);
  absl::Status Write(const std::string& text);

  std::string path_;
  std::vector<std::string> parameters_;
  std::string settings_;
  std::vector<RecoveryStudy> studies_;
  size_t count_ = 0;   // studies in the file
  int64_t bytes_ = 0;  // of the file that are whole
};

}  // namespace oneup::sims
