// A class room: many viewers of one server over real loopback WebSockets, each with a simulation of
// its own that it watches as it is made, so many updates a second. The server is a process of its
// own; all viewers are one thread of this one. docs/performance.md has what it shows.
//
//   build/bin/serve_bench        200 viewers, 20 updates (simulated days) a second each
//
// Counters: updates_s, of all viewers; late, the share of updates for which there was no answer
// when the next was due; p50_ms, p99_ms and most_ms from asking to having; cpu, the processors that
// the server took; mem_mb, its resident memory; ready_ms, from opening a connection to its first
// record, 99th percentile.
#include <benchmark/benchmark.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/websocket.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "oneup/v1/serve.pb.h"
#include "tools/server/server.h"

namespace oneup::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

double Milliseconds(Clock::duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

void Require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "serve_bench: %s\n", what);
  std::exit(1);
}

// `oneup serve` in a process of its own.
class ServerProcess {
 public:
  explicit ServerProcess(int threads) {
    int ends[2];
    Require(::pipe(ends) == 0, "no pipe");
    pid_ = ::fork();
    Require(pid_ >= 0, "no process");
    if (pid_ == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      ServerOptions options;
      options.port = 0;
      options.threads = threads;
      const auto library = Library::Open({});
      Require(library.ok(), "no scenarios");
      const auto server = Server::Start(**library, options);
      Require(server.ok(), "no server");
      const uint16_t port = (*server)->port();
      Require(::write(ends[1], &port, sizeof port) == sizeof port, "no pipe");
      for (;;) ::pause();
    }
    Require(::read(ends[0], &port_, sizeof port_) == sizeof port_, "the server does not start");
    ::close(ends[0]);
    ::close(ends[1]);
  }
  ~ServerProcess() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }

  uint16_t port() const { return port_; }

  // Seconds of processors that it has taken so far.
  double CpuSeconds() const {
    std::ifstream file("/proc/" + std::to_string(pid_) + "/stat");
    std::string word;
    double ticks = 0;
    for (int i = 1; i <= 15 && file >> word; ++i) {
      if (i >= 14) ticks += std::stod(word);  // utime, stime
    }
    return ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
  }
  double ResidentMb() const {
    std::ifstream file("/proc/" + std::to_string(pid_) + "/statm");
    double pages = 0;
    file >> pages >> pages;
    return pages * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1 << 20);
  }

 private:
  pid_t pid_ = 0;
  uint16_t port_ = 0;
};

// What all viewers have seen.
struct Seen {
  bool counting = false;
  int64_t asked = 0;
  int64_t late = 0;
  int64_t bytes = 0;
  std::vector<double> latencies_ms;
  std::vector<double> ready_ms;
  int failed = 0;
};

class Viewer : public std::enable_shared_from_this<Viewer> {
 public:
  Viewer(asio::io_context& io, uint16_t port, uint64_t seed, std::string resolution,
         Clock::duration every, Seen* seen)
      : socket_(io),
        timer_(io),
        port_(port),
        seed_(seed),
        resolution_(std::move(resolution)),
        every_(every),
        seen_(seen) {}

  void Start(Clock::time_point first) {
    next_ = first;
    opened_ = Clock::now();
    auto& stream = beast::get_lowest_layer(socket_);
    stream.async_connect(tcp::endpoint(asio::ip::address_v4::loopback(), port_),
                         [self = shared_from_this()](error_code error) {
                           if (error) return self->Fail();
                           self->Shake();
                         });
  }

 private:
  void Shake() {
    beast::get_lowest_layer(socket_).socket().set_option(tcp::no_delay(true));
    socket_.set_option(
        beast::websocket::stream_base::decorator([](beast::websocket::request_type& request) {
          request.set(beast::http::field::sec_websocket_protocol, "oneup.v1");
        }));
    socket_.binary(true);
    socket_.async_handshake("127.0.0.1:" + std::to_string(port_), "/ws",
                            [self = shared_from_this()](error_code error) {
                              if (error) return self->Fail();
                              self->Watch();
                              self->Read();
                              self->Wait();
                            });
  }

  void Watch() {
    v1::ClientMessage message;
    message.set_stream(++stream_);
    v1::Watch& watch = *message.mutable_watch();
    watch.mutable_simulation()->set_scenario("autonomous");
    watch.mutable_simulation()->set_seed(seed_ + 1000 * stream_);
    watch.mutable_simulation()->set_resolution(resolution_);
    watch.set_days(1);
    watch.set_credit(1);  // the header
    waits_ = true;
    asked_ = Clock::now();
    Send(message);
  }

  // Asks for the next update when it is due, if the last has come.
  void Wait() {
    timer_.expires_at(next_);
    timer_.async_wait([self = shared_from_this()](error_code error) {
      if (error) return;
      self->next_ += self->every_;
      self->Tick();
      self->Wait();
    });
  }

  void Tick() {
    if (seen_->counting) ++seen_->asked;
    if (waits_) {
      if (seen_->counting) ++seen_->late;
      return;
    }
    v1::ClientMessage message;
    message.set_stream(stream_);
    message.mutable_credit()->set_frames(1);
    waits_ = true;
    asked_ = Clock::now();
    Send(message);
  }

  void Send(const v1::ClientMessage& message) {
    out_.push_back(message.SerializeAsString());
    if (out_.size() == 1) Write();
  }
  void Write() {
    socket_.async_write(asio::buffer(out_.front()),
                        [self = shared_from_this()](error_code error, size_t) {
                          if (error) return self->Fail();
                          self->out_.pop_front();
                          if (!self->out_.empty()) self->Write();
                        });
  }

  void Read() {
    socket_.async_read(buffer_, [self = shared_from_this()](error_code error, size_t) {
      if (error) return self->Fail();
      self->Take();
      self->Read();
    });
  }

  void Take() {
    v1::ServerMessage message;
    if (!message.ParseFromArray(buffer_.cdata().data(), static_cast<int>(buffer_.size()))) {
      return Fail();
    }
    if (seen_->counting) seen_->bytes += static_cast<int64_t>(buffer_.size());
    buffer_.consume(buffer_.size());
    if (message.has_refusal()) return Fail();
    if (message.has_done()) return Watch();
    if (!message.has_records() || !waits_) return;
    waits_ = false;
    const double taken = Milliseconds(Clock::now() - asked_);
    if (!ready_) {
      ready_ = true;
      seen_->ready_ms.push_back(Milliseconds(Clock::now() - opened_));
    } else if (seen_->counting) {
      seen_->latencies_ms.push_back(taken);
    }
  }

  void Fail() { ++seen_->failed; }

  beast::websocket::stream<beast::tcp_stream> socket_;
  asio::steady_timer timer_;
  const uint16_t port_;
  const uint64_t seed_;
  const std::string resolution_;
  const Clock::duration every_;
  Seen* const seen_;
  beast::flat_buffer buffer_;
  std::deque<std::string> out_;
  uint32_t stream_ = 0;
  bool waits_ = false;
  bool ready_ = false;
  Clock::time_point opened_, asked_, next_;
};

double Quantile(std::vector<double>& values, double p) {
  if (values.empty()) return 0;
  const auto at = static_cast<std::ptrdiff_t>(p * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<size_t>(at)];
}

void Viewers(benchmark::State& state, const std::string& resolution) {
  const auto viewers = static_cast<int>(state.range(0));
  constexpr int kUpdates = 20;  // a second and viewer
  constexpr auto kWarm = std::chrono::seconds(3);
  constexpr auto kMeasured = std::chrono::seconds(15);
  for (auto _ : state) {
    const ServerProcess server(/*threads=*/2);
    asio::io_context io{1};
    Seen seen;
    const Clock::duration every = std::chrono::nanoseconds(1'000'000'000 / kUpdates);
    const Clock::time_point start = Clock::now();
    for (int i = 0; i < viewers; ++i) {
      // Their clocks tick evenly spread.
      std::make_shared<Viewer>(io, server.port(), static_cast<uint64_t>(i) + 1, resolution, every,
                               &seen)
          ->Start(start + std::chrono::seconds(1) + i * every / viewers);
    }
    io.run_for(kWarm);
    seen.counting = true;
    const double cpu = server.CpuSeconds();
    const Clock::time_point from = Clock::now();
    io.run_for(kMeasured);
    const double seconds = std::chrono::duration<double>(Clock::now() - from).count();
    state.SetIterationTime(seconds);
    Require(seen.failed == 0, "a viewer was dropped or refused");
    state.counters["updates_s"] = static_cast<double>(seen.latencies_ms.size()) / seconds;
    state.counters["late"] = static_cast<double>(seen.late) / static_cast<double>(seen.asked);
    state.counters["p50_ms"] = Quantile(seen.latencies_ms, 0.5);
    state.counters["p99_ms"] = Quantile(seen.latencies_ms, 0.99);
    state.counters["most_ms"] = Quantile(seen.latencies_ms, 1);
    state.counters["ready_ms"] = Quantile(seen.ready_ms, 0.99);
    state.counters["kb_s"] = static_cast<double>(seen.bytes) / 1024 / seconds;
    state.counters["cpu"] = (server.CpuSeconds() - cpu) / seconds;
    state.counters["mem_mb"] = server.ResidentMb();
  }
}

BENCHMARK_CAPTURE(Viewers, low, "low")
    ->Arg(50)
    ->Arg(200)
    ->Iterations(1)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Viewers, default, "default")
    ->Arg(200)
    ->Iterations(1)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace oneup::server
