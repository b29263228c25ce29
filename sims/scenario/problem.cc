#include "sims/scenario/problem.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"

namespace oneup::sims {

void AddProblem(std::vector<Problem>* problems, SourceLocation location, std::string field,
                std::string message) {
  Problem& problem = problems->emplace_back();
  problem.location = std::move(location);
  problem.field = std::move(field);
  problem.message = std::move(message);
}

void DropRepeated(size_t first, std::vector<Problem>* problems) {
  for (size_t i = first; i < problems->size();) {
    const auto here = problems->begin() + static_cast<std::ptrdiff_t>(i);
    const bool repeated = std::any_of(problems->begin(), here, [&](const Problem& earlier) {
      return !earlier.field.empty() && earlier.field == here->field;
    });
    if (repeated) {
      problems->erase(here);
    } else {
      ++i;
    }
  }
}

std::string FormatProblem(const Problem& problem) {
  std::string text = problem.location.file;
  if (problem.location.line > 0) absl::StrAppend(&text, ":", problem.location.line);
  if (problem.location.column > 0) absl::StrAppend(&text, ":", problem.location.column);
  if (!problem.field.empty()) absl::StrAppend(&text, ": ", problem.field);
  absl::StrAppend(&text, ": ", problem.message);
  return text;
}

absl::Status ProblemsToStatus(std::vector<Problem> problems) {
  if (problems.empty()) return absl::OkStatus();
  // Files keep the order in which they first had a problem.
  std::map<std::string, size_t> file_order;
  for (const Problem& p : problems) file_order.emplace(p.location.file, file_order.size());
  std::stable_sort(problems.begin(), problems.end(), [&](const Problem& a, const Problem& b) {
    return std::make_tuple(file_order.at(a.location.file), a.location.line, a.location.column) <
           std::make_tuple(file_order.at(b.location.file), b.location.line, b.location.column);
  });
  std::string text;
  for (const Problem& p : problems) {
    if (!text.empty()) text += "\n";
    text += FormatProblem(p);
  }
  return absl::InvalidArgumentError(text);
}

std::string NumberText(double value) {
  char text[64];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

}  // namespace oneup::sims
