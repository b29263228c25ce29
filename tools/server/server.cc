#include "tools/server/server.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/host_name.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdio>
#include <exception>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tools/server/core.h"
#include "tools/server/http_session.h"
#include "tools/server/own_addresses.h"

namespace oneup::server {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr int kToldThatItIsFull = 64;

absl::StatusOr<asio::ip::address> AddressOf(asio::io_context& io, const std::string& bind) {
  error_code error;
  const asio::ip::address address = asio::ip::make_address(bind, error);
  if (!error) return address;
  tcp::resolver resolver(io);
  const auto found = resolver.resolve(bind, "", error);
  if (!error && !found.empty()) return found.begin()->endpoint().address();
  return absl::InvalidArgumentError(absl::StrCat(
      "--bind '", bind, "': allowed is an address or a name of this machine, such as 127.0.0.1"));
}

std::string InUrl(const std::string& host) {
  return host.find(':') == std::string::npos ? host : absl::StrCat("[", host, "]");
}

// Loopback addresses need no token; all others do.
AccessRules RulesFor(const ServerOptions& options, const asio::ip::address& address,
                     uint16_t port) {
  AccessRules rules;
  rules.port = port;
  error_code is_name;
  asio::ip::make_address(options.bind, is_name);
  // Of an address the form that browsers send.
  rules.host = is_name ? options.bind : address.to_string();
  rules.address = address.to_string();
  rules.loopback = address.is_loopback();
  rules.any_address = address.is_unspecified();
  if (rules.any_address) {
    error_code ignored;
    rules.machine = asio::ip::host_name(ignored);
  }
  rules.token = options.token;
  if (rules.token.empty() && !rules.loopback) rules.token = NewToken();
  return rules;
}

std::string UrlOf(const AccessRules& rules, const std::string& host) {
  return absl::StrCat("http://", InUrl(host), ":", rules.port, "/",
                      rules.token.empty() ? "" : "?token=", rules.token);
}

// Of all that a person may open the one to name first.
std::string FirstUrl(const AccessRules& rules) {
  return UrlOf(rules, rules.any_address && !rules.machine.empty() ? rules.machine : rules.host);
}

std::vector<std::string> OtherUrls(const AccessRules& rules) {
  std::vector<std::string> urls;
  if (!rules.any_address) return urls;
  const bool both = rules.address.find(':') != std::string::npos;  // of IPv6 and of IPv4
  for (const std::string& address : AddressesOfMachine()) {
    if (both || address.find(':') == std::string::npos) urls.push_back(UrlOf(rules, address));
  }
  return urls;
}

}  // namespace

struct Server::Parts {
  Parts(const Library& library, const ServerOptions& options, AccessRules rules)
      : url(FirstUrl(rules)),
        other_urls(OtherUrls(rules)),
        port(rules.port),
        workshop(library, options.limits, options.threads),
        site(library, options.limits, std::move(rules), options.files),
        core(site, workshop),
        acceptor(core.io),
        timer(core.io) {}

  void Accept() {
    acceptor.async_accept([this](error_code error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (error) {
        // Out of descriptors, say: it will pass.
        timer_for_accept.expires_after(std::chrono::milliseconds(100));
        timer_for_accept.async_wait([this](error_code ended) {
          if (!ended) Accept();
        });
        return;
      }
      // First of all: whatever becomes of this connection, the next one is taken.
      Accept();
      auto counted = std::make_shared<Counted>(core);
      const int beyond = core.connections - core.limits.connections;
      // Some are told so; of a flood they would take all descriptors.
      if (beyond > kToldThatItIsFull) return;
      const auto start = beyond > 0 ? RefuseHttp : StartHttp;
      start(core, std::move(socket), std::move(counted));
    });
  }

  void EverySecond() {
    timer.expires_after(std::chrono::seconds(1));
    timer.async_wait([this](error_code ended) {
      if (ended) return;
      EverySecond();
      GiveWay(workshop, core.conversations, StreamJob::Clock::now());
    });
  }

  ~Parts() {
    workshop.scheduler.Stop();
    core.io.stop();
    if (thread.joinable()) thread.join();
  }

  const std::string url;
  const std::vector<std::string> other_urls;
  const uint16_t port;
  Workshop workshop;
  Site site;
  Core core;
  tcp::acceptor acceptor;
  asio::steady_timer timer;
  asio::steady_timer timer_for_accept{core.io};
  std::thread thread;
};

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Server::~Server() = default;

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const Library& library,
                                                      const ServerOptions& options) {
  asio::io_context io;
  const absl::StatusOr<asio::ip::address> address = AddressOf(io, options.bind);
  if (!address.ok()) return address.status();
  // Bound before anything is made, since that can fail.
  error_code error;
  const tcp::endpoint wanted(*address, options.port);
  tcp::acceptor bound(io);
  bound.open(wanted.protocol(), error);
  if (!error) bound.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) bound.bind(wanted, error);
  if (!error) bound.listen(asio::socket_base::max_listen_connections, error);
  if (error == asio::error::address_in_use) {
    return absl::UnavailableError(absl::StrCat("--port ", options.port, ": is in use at ",
                                               options.bind, "; another, or 0 for any free one"));
  }
  if (error) {
    return absl::UnavailableError(
        absl::StrCat("--bind ", options.bind, " --port ", options.port, ": ", error.message()));
  }
  const uint16_t port = bound.local_endpoint(error).port();
  auto parts = std::make_unique<Parts>(library, options, RulesFor(options, *address, port));
  parts->acceptor.assign(wanted.protocol(), bound.release(), error);
  if (error) return absl::UnavailableError(absl::StrCat("--port: ", error.message()));
  parts->Accept();
  parts->EverySecond();
  parts->thread = std::thread([running = &parts->core.io] {
    // One connection that fails unforeseen (no memory) does not end the others.
    while (!running->stopped()) {
      try {
        running->run();
      } catch (const std::exception& failure) {
        std::fprintf(stderr, "oneup serve: a connection failed: %s\n", failure.what());
      }
    }
  });
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

uint16_t Server::port() const { return parts_->port; }
const std::string& Server::url() const { return parts_->url; }
const std::vector<std::string>& Server::other_urls() const { return parts_->other_urls; }

}  // namespace oneup::server
