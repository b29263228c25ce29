// What a stranger sends to `oneup serve`. The first byte says what the rest is: a request of HTTP
// (method, target, a line a header, an empty line, body), messages of a WebSocket (each with its
// length in two bytes before it), or the bytes of a trace. Every request has one answer, guarded,
// and no answer of 200 to another's Host; every message is taken or refused with one line; what is
// cut into frames is, joined, what was put in.
#include <google/protobuf/stubs/logging.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "oneup/v1/serve.pb.h"
#include "tools/server/conversation.h"
#include "tools/server/frame_cutter.h"
#include "tools/server/site.h"
#include "tools/server/wire.h"

namespace oneup::server {
namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

constexpr char kToken[] = "abcdefghijklmnop";
constexpr std::pair<std::string_view, std::string_view> kFiles[] = {{"index.html", "page"},
                                                                    {"viewer.js", "1"}};

const Library& TheLibrary() {
  static const Library* const library = Library::Open({})->release();
  return *library;
}

std::string_view TakeLine(std::string_view* from) {
  const std::string_view line = from->substr(0, from->find('\n'));
  from->remove_prefix(std::min(from->size(), line.size() + 1));
  return line;
}

Request RequestOf(std::string_view bytes) {
  Request request;
  const std::string_view first = TakeLine(&bytes);
  request.method = first.substr(0, first.find(' '));
  request.target = first.substr(std::min(first.size(), request.method.size() + 1));
  for (;;) {
    const std::string_view line = TakeLine(&bytes);
    if (line.empty()) break;
    const std::string_view name = line.substr(0, line.find(':'));
    request.headers.emplace_back(name, line.substr(std::min(line.size(), name.size() + 1)));
  }
  request.body = bytes;
  return request;
}

const AccessRules kOpen = {
    .host = "127.0.0.1", .address = "", .port = 1, .machine = "", .token = ""};
const AccessRules kGuarded = {.host = "0.0.0.0",
                              .address = "",
                              .port = 1,
                              .loopback = false,
                              .any_address = true,
                              .machine = "lab",
                              .token = kToken};

// In its query, escaped or not, or anywhere in a header.
bool ShowsToken(const Request& request) {
  const std::optional<Target> target = ParseTarget(request.target);
  if (!target) return false;
  for (const auto& [key, value] : target->query) {
    if (key == "token" && value == kToken) return true;
  }
  for (const auto& [key, value] : request.headers) {
    if (value.find(kToken) != std::string::npos) return true;
  }
  return false;
}

void TryRequest(std::string_view bytes) {
  static const Site* const open = new Site(TheLibrary(), Limits(), kOpen, kFiles);
  static const Site* const guarded = new Site(TheLibrary(), Limits(), kGuarded, kFiles);
  const Request request = RequestOf(bytes);
  for (const Site* const site : {open, guarded}) {
    const Response response = site->Handle(request);
    Require(response.status == 200 || response.status == 303 ||
            (response.status >= 400 && response.status < 500));
    bool has_policy = false;
    for (const auto& [name, value] : response.headers) {
      Require((name + value).find_first_of("\r\n") == std::string::npos);
      has_policy = has_policy || name == "Content-Security-Policy";
    }
    Require(has_policy);
    const AccessRules& rules = site == open ? kOpen : kGuarded;
    if (response.status < 400) Require(IsOwnHost(rules, request.Find("host").value_or("")));
    if (response.status < 400 && site == guarded) Require(ShowsToken(request));
    site->RefusedSocket(request);
  }
}

void TryMessages(std::string_view bytes) {
  Limits limits;
  limits.simulations = 2;
  limits.comparisons = 1;
  limits.waiting = 2;
  Workshop workshop(TheLibrary(), limits, 1);
  Conversation conversation(workshop, 1, [] {});
  while (bytes.size() >= 2) {
    const size_t size = static_cast<uint8_t>(bytes[0]) * 256u + static_cast<uint8_t>(bytes[1]);
    const std::string_view message = bytes.substr(2, size);
    bytes.remove_prefix(2 + message.size());
    const absl::Status status = conversation.OnMessage(message);
    if (!status.ok()) {
      Require(std::string(status.message()).find('\n') == std::string::npos);
      return;
    }
    Require(conversation.streams() <= 4 * limits.streams);
    while (const auto answer = conversation.Next()) {
      v1::ServerMessage parsed;
      Require(parsed.ParseFromString(*answer) && parsed.stream() != 0);
    }
  }
}

void TryTrace(std::string_view bytes) {
  std::string joined;
  FrameCutter cutter(1, {}, [&](const std::string& message) {
    // Whether its records are any is another's business: what follows the message's head is
    // compared.
    size_t at = 0;
    while (RecordsMessage(1, std::string_view(message).substr(at)) != message) {
      Require(++at <= message.size());
    }
    joined += message.substr(at);
  });
  const size_t half = bytes.size() / 2;
  if (!cutter.Add(bytes.substr(0, half)).ok() || !cutter.Add(bytes.substr(half)).ok()) return;
  cutter.Cut();
  Require(cutter.pending() == 0);
  Require(bytes.starts_with(joined));
  FrameCutter picky(1, {1, 4, 8, 9}, [](const std::string&) {});
  picky.Add(bytes).IgnoreError();
}

}  // namespace
}  // namespace oneup::server

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  google::protobuf::SetLogHandler(nullptr);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace oneup::server;
  if (size == 0) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0]) {
    case 'M':
      TryMessages(rest);
      break;
    case 'T':
      TryTrace(rest);
      break;
    default:
      TryRequest(rest);
  }
  return 0;
}
