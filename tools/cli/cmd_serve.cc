// `oneup serve`: the viewer, in a browser.
#include <chrono>
#include <iostream>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "oneup/embedded/viewer.h"
#include "tools/cli/command.h"
#include "tools/cli/interrupt.h"
#include "tools/cli/options.h"
#include "tools/server/access.h"
#include "tools/server/server.h"

namespace oneup::cli {
namespace {

constexpr char kName[] = "serve";
constexpr int kMostSimulations = 10'000;

constexpr char kText[] =
    "Serves the viewer: a page that replays, steps and forks the story in a browser. Prints the\n"
    "address to open, and serves until Ctrl-C. docs/viewer.md is the guide.\n"
    "\n"
    "  oneup serve                              this machine's browser: http://127.0.0.1:8025/\n"
    "  oneup serve --trace run.binpb            ... with a run that was recorded before\n"
    "  oneup serve --bind 0.0.0.0               a class room: open the address that is printed,\n"
    "                                           its token included\n"
    "\n"
    "Without --bind only this machine can ask. With another address everybody needs the token\n"
    "of the address that is printed; what is sent is not encrypted.\n"
    "\n"
    "exit status: 0 ended by Ctrl-C or SIGTERM, 64 wrong usage, 65 a trace is damaged,\n"
    "66 a trace is missing, 69 the port cannot be had";

struct Arguments {
  int port = 8025;
  std::string bind = "127.0.0.1";
  std::vector<std::string> traces;
  std::string token;
  int threads = 0;
  int simulations = server::Limits().simulations;
};

absl::Status CheckArguments(const OptionParser& given, const Arguments& a) {
  const auto error = [](const std::string& message) { return absl::InvalidArgumentError(message); };
  if (a.port < 0 || a.port > 65535) {
    return error(absl::StrCat("--port ", a.port, ": allowed are 0 (any that is free) to 65535"));
  }
  if (const absl::Status status = CheckThreads(given, a.threads); !status.ok()) return status;
  if (a.simulations < 1 || a.simulations > kMostSimulations) {
    return error(
        absl::StrCat("--simulations ", a.simulations, ": allowed are 1 to ", kMostSimulations));
  }
  if (a.bind.empty()) return error("--bind: is empty");
  if (given.Has("token")) {
    if (const auto wrong = server::WrongWithToken(a.token)) return error(*wrong);
  }
  return absl::OkStatus();
}

int CodeOfStart(const absl::Status& status) {
  return absl::IsUnavailable(status) ? kUnavailable : kUsage;
}

int Serve(const std::vector<std::string>& args) {
  namespace po = boost::program_options;
  Arguments a;
  OptionParser parser("serve [OPTIONS]", kText);
  parser.Add()("port", po::value(&a.port)->value_name("N"), "port (8025); 0 takes any free one")(
      "bind", po::value(&a.bind)->value_name("ADDRESS"),
      "address or name of this machine to serve at (127.0.0.1);\n0.0.0.0 for all of them")(
      "trace", po::value(&a.traces)->multitoken()->value_name("FILE..."),
      "runs that were recorded (--trace of run and replay)")(
      "token", po::value(&a.token)->value_name("TOKEN"),
      "16 to 128 letters, digits, - and _ that one must know to ask;\n"
      "without it one is made up where --bind needs it")(
      "threads", po::value(&a.threads)->value_name("N"),
      "threads that simulate; as many as the machine has processors")(
      "simulations", po::value(&a.simulations)->value_name("N"),
      "runs in memory at a time, 256 without it; more wait for their turn");
  if (const std::optional<int> code = parser.Parse(args)) return *code;
  if (const absl::Status status = CheckArguments(parser, a); !status.ok()) {
    return Fail(kName, std::string(status.message()), kUsage);
  }
  const auto library = server::Library::Open(a.traces);
  if (!library.ok()) {
    return Fail(kName, std::string(library.status().message()),
                absl::IsInternal(library.status()) ? kInternal : CodeOf(library.status()));
  }
  server::ServerOptions options;
  options.bind = a.bind;
  options.port = static_cast<uint16_t>(a.port);
  options.token = a.token;
  options.threads = ThreadsOf(a.threads);
  options.limits.simulations = a.simulations;
  options.files = embedded::viewer::Files();
  const Interrupt interrupt;
  const auto server = server::Server::Start(**library, options);
  if (!server.ok()) {
    return Fail(kName, std::string(server.status().message()), CodeOfStart(server.status()));
  }
  std::cout << (*server)->url() << "\n";
  for (const std::string& url : (*server)->other_urls()) std::cout << url << "\n";
  std::cout << std::flush;
  while (!interrupt.asked()) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  return kOk;
}

}  // namespace

extern const Command kServeCommand = {
    kName, "show the story in a browser: replay, step and fork it", Serve};

}  // namespace oneup::cli
