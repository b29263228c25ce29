// Reading a command's words: one way for all commands to say what they take, to answer
// --help, and to turn down what they do not understand.
#pragma once

#include <boost/program_options.hpp>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace oneup::cli {

// The value of an option that takes a seed: 0 to 2^64 - 1. (A plain uint64_t would take -1 for
// the greatest.)
struct Seed {
  uint64_t value = 0;
};
void validate(boost::any& result, const std::vector<std::string>& words, Seed*, int);

class OptionParser {
 public:
  // usage: the line after "usage: oneup ", e.g. "replay [SCENARIO] [OPTIONS]".
  // text: what the command does, for --help.
  OptionParser(std::string usage, std::string text);

  // To add options, in the order of the help; --help is there already.
  boost::program_options::options_description_easy_init Add() { return shown_.add_options(); }
  // Words that are no option, in order, go to these names; only as many as there are names.
  void AddPositional(const char* name, std::string* value);
  // All words that are no option go here.
  void AddPositionals(const char* name, std::vector<std::string>* values);

  // Reads the words into the variables that the options name. A value: the command ends
  // with that exit code (help was shown, or what is wrong was said in one line).
  std::optional<int> Parse(const std::vector<std::string>& args);

  // Whether the option was given.
  bool Has(const char* name) const { return values_.count(name) > 0 && !values_[name].defaulted(); }

 private:
  std::string usage_;
  std::string text_;
  boost::program_options::options_description shown_{"options", 100};
  boost::program_options::options_description hidden_;
  boost::program_options::positional_options_description positional_;
  boost::program_options::variables_map values_;
};

// The threads that were asked for, or, for 0, as many as the machine has.
int ThreadsOf(int asked);
// One line says what is not allowed of --threads, and of --format where it is text, json or csv.
absl::Status CheckThreads(const OptionParser& given, int threads);
absl::Status CheckFormat(const std::string& format);

// The exit code of a failure: what the file system refused, what a file holds, what is missing.
int CodeOf(const absl::Status& status);

// Says "oneup NAME: message" on standard error and returns the code.
int Fail(const std::string& command, const std::string& message, int code);

}  // namespace oneup::cli
