// What is wrong with a scenario: a place, the value found there, and what is allowed.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace oneup::sims {

// A place in a text file. Line and column count from 1; 0 means the whole file.
struct SourceLocation {
  std::string file;
  int line = 0;
  int column = 0;

  bool operator==(const SourceLocation&) const = default;
};

struct Problem {
  SourceLocation location;
  // Path of the field: events[3].terms.capacity_gw; empty for a syntax error.
  std::string field;
  // What is wrong, with the value and what is allowed.
  std::string message;
};

// Appends a problem.
void AddProblem(std::vector<Problem>* problems, SourceLocation location, std::string field,
                std::string message);

// Drops, from the first-th on, each problem of a field that has one before it: a field is told of
// once, by whoever knows best what it may be.
void DropRepeated(size_t first, std::vector<Problem>* problems);

// A number as messages write it: the shortest text that reads back as the same.
std::string NumberText(double value);

// "2025.textproto:12:5: events[3].terms.capacity_gw: -6 is not allowed; ..."
std::string FormatProblem(const Problem& problem);

// OK for no problems; else InvalidArgument with one line a problem, in the order of
// files and lines.
absl::Status ProblemsToStatus(std::vector<Problem> problems);

}  // namespace oneup::sims
