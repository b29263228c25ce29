#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "tools/cli/commands.h"

namespace {

void PrintHelp(FILE* out) {
  std::fprintf(out,
               "oneup - an agent-based market simulator of AI infrastructure deals\n\n"
               "usage: oneup COMMAND [OPTIONS]\n\ncommands:\n");
  for (const oneup::cli::Command& command : oneup::cli::AllCommands()) {
    std::fprintf(out, "  %-12s %s\n", command.name, command.summary);
  }
  std::fprintf(out, "\n`oneup COMMAND --help` explains a command and its options.\n");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    PrintHelp(stderr);
    return oneup::cli::kUsage;
  }
  const std::string name = argv[1];
  if (name == "help" || name == "--help" || name == "-h") {
    PrintHelp(stdout);
    return oneup::cli::kOk;
  }
  for (const oneup::cli::Command& command : oneup::cli::AllCommands()) {
    if (name == command.name) return command.run({argv + 2, argv + argc});
  }
  std::fprintf(stderr, "oneup: no command '%s'; `oneup help` lists them\n", name.c_str());
  return oneup::cli::kUsage;
}
