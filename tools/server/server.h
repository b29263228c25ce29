// The viewer's server: one page for a browser, an API, and a WebSocket that streams runs as they
// are made. docs/viewer.md is the guide.
//
//   absl::StatusOr<std::unique_ptr<Library>> library = Library::Open(traces);
//   absl::StatusOr<std::unique_ptr<Server>> server = Server::Start(**library, options);
//   std::puts((*server)->url().c_str());
//   ... it serves until it ends
//
// One thread talks to the network, `threads` simulate.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/server/library.h"
#include "tools/server/limits.h"
#include "tools/server/site.h"

namespace oneup::server {

struct ServerOptions {
  // An address of this machine, or a name of it. 0.0.0.0 and :: are all of them.
  std::string bind = "127.0.0.1";
  uint16_t port = 8025;  // 0: any that is free
  // Who knows it may ask; none is needed if it is empty and the address is a loopback one, else
  // one is made up.
  std::string token;
  int threads = 1;
  Limits limits;
  PageFiles files;
};

class Server {
 public:
  // The library outlives it. Errors: InvalidArgument for what is no address, Unavailable if it is
  // not this machine's or the port cannot be had; one line.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const Library& library,
                                                       const ServerOptions& options);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  // Ends all connections and what runs for them, within a slice of simulation.
  ~Server();

  uint16_t port() const;
  // What a person opens, with the token if there is one.
  const std::string& url() const;
  // Bound to all addresses: by each of them, where a network does not know the machine's name.
  const std::vector<std::string>& other_urls() const;

 private:
  struct Parts;
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace oneup::server
