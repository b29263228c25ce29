// The program `oneup`: finds the subcommand and turns every outcome, a full disk
// and an unforeseen exception included, into one line and an exit code.
#include <google/protobuf/stubs/logging.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <string>
#include <vector>

#include "sims/provenance/build.h"
#include "sims/scenario/suggest.h"
#include "tools/cli/commands.h"

namespace oneup::cli {
namespace {

void PrintHelp(FILE* out) {
  std::fprintf(out,
               "oneup - an agent-based market simulator of AI infrastructure deals\n\n"
               "usage: oneup COMMAND [OPTIONS]\n\ncommands:\n");
  for (const Command& command : AllCommands()) {
    std::fprintf(out, "  %-12s %s\n", command.name, command.summary);
  }
  std::fprintf(out,
               "\n`oneup help COMMAND` explains a command and its options; "
               "`oneup --version` prints the version.\n");
}

int Run(std::vector<std::string> words) {
  if (words.empty()) {
    PrintHelp(stderr);
    return kUsage;
  }
  std::string name = words.front();
  words.erase(words.begin());
  if (name == "--version" || name == "-V") {
    std::printf("%s\n", sims::ThisBuild().c_str());
    return kOk;
  }
  if (name == "help" || name == "--help" || name == "-h") {
    if (words.empty()) {
      PrintHelp(stdout);
      return kOk;
    }
    // The words between are a command's own subcommands: `help trace diff`.
    name = words.front();
    words.erase(words.begin());
    words.push_back("--help");
  }
  std::vector<std::string> names;
  for (const Command& command : AllCommands()) {
    if (name == command.name) return command.run(words);
    names.push_back(command.name);
  }
  std::fprintf(stderr, "oneup: no command '%s'%s (`oneup help` lists them)\n", name.c_str(),
               sims::DidYouMean(name, names).c_str());
  return kUsage;
}

// What is still in stdout's buffer must reach its file before success is claimed.
int CloseOutput(int code) {
  errno = 0;
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
  std::fprintf(stderr, "oneup: cannot write to standard output: %s\n",
               errno != 0 ? std::strerror(errno) : "an earlier write failed");
  return code == kOk ? kIoError : code;
}

}  // namespace
}  // namespace oneup::cli

int main(int argc, char** argv) {
  // What cannot be parsed is said by whoever reads it, in one line.
  google::protobuf::SetLogHandler(nullptr);
  try {
    return oneup::cli::CloseOutput(oneup::cli::Run({argv + 1, argv + argc}));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "oneup: internal error: %s\n", error.what());
    return oneup::cli::kInternal;
  }
}
