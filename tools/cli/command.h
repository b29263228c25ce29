// A subcommand of `oneup`: a name, one line of help, and a function. Each lives
// in a file of its own (cmd_<name>.cc) and is listed once, in commands.h.
#pragma once

#include <string>
#include <vector>

namespace oneup::cli {

// Exit codes (sysexits.h where it has one).
enum ExitCode : int {
  kOk = 0,
  kFailed = 1,        // the work ran, and its answer is "no": a failed validation, a difference
  kUsage = 64,        // unknown option or missing argument
  kBadInput = 65,     // a file's content is wrong
  kNoInput = 66,      // a file is missing or unreadable
  kUnavailable = 69,  // a service cannot be offered: its port is in use
  kInternal = 70,
  kCantCreate = 73,
  kIoError = 74,
};

struct Command {
  const char* name;
  const char* summary;  // one line, shown by `oneup help`
  // args: the words after the subcommand's name. Returns an ExitCode.
  int (*run)(const std::vector<std::string>& args);
};

}  // namespace oneup::cli
