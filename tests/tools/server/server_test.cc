// The server on a real loopback port, with several pages at once (run under the thread sanitizer
// too).
#include "tools/server/server.h"

#include <gtest/gtest.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/tools/server/asking.h"

namespace oneup::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::pair<std::string_view, std::string_view> kFiles[] = {{"index.html", "a page"}};

std::unique_ptr<Server> Started(const Limits& limits = {}) {
  ServerOptions options;
  options.port = 0;
  options.threads = 2;
  options.limits = limits;
  options.files = kFiles;
  auto server = Server::Start(TestLibrary(), options);
  EXPECT_TRUE(server.ok()) << server.status();
  return *std::move(server);
}

// A connection that sends bytes as they are.
class Raw {
 public:
  explicit Raw(const Server& server)
      : socket_(io_), host_("127.0.0.1:" + std::to_string(server.port())) {
    socket_.connect({asio::ip::address_v4::loopback(), server.port()});
  }
  void Send(const std::string& bytes) { asio::write(socket_, asio::buffer(bytes)); }
  // Until the other side closes.
  std::string Rest() {
    std::string all;
    error_code error;
    asio::read(socket_, asio::dynamic_buffer(all), error);
    return all;
  }
  std::string Get(const std::string& path) {
    Send("GET " + path + " HTTP/1.1\r\nHost: " + host_ + "\r\nConnection: close\r\n\r\n");
    return Rest();
  }
  const std::string& host() const { return host_; }

 private:
  asio::io_context io_;
  tcp::socket socket_;
  std::string host_;
};

// A page's WebSocket.
class Page {
 public:
  explicit Page(const Server& server) : socket_(io_) {
    socket_.next_layer().connect({asio::ip::address_v4::loopback(), server.port()});
    socket_.set_option(
        beast::websocket::stream_base::decorator([](beast::websocket::request_type& request) {
          request.set(beast::http::field::sec_websocket_protocol, "oneup.v1");
        }));
    socket_.handshake("127.0.0.1:" + std::to_string(server.port()), "/ws", error_);
    socket_.binary(true);
  }
  void Ask(const std::string& message) { socket_.write(asio::buffer(message), error_); }
  // The next message; without a stream when the connection is over.
  v1::ServerMessage Next() {
    beast::flat_buffer buffer;
    socket_.read(buffer, error_);
    v1::ServerMessage message;
    if (!error_) {
      EXPECT_TRUE(message.ParseFromArray(buffer.cdata().data(), static_cast<int>(buffer.size())));
    }
    return message;
  }
  std::string All(uint32_t stream) {
    std::string all;
    for (;;) {
      const v1::ServerMessage message = Next();
      if (message.has_advance()) continue;
      if (!message.has_records()) return all;
      all += message.records().SerializeAsString();
      Ask(CreditMessage(stream, 1));
    }
  }
  error_code error() const { return error_; }
  beast::websocket::close_code closed_for() const {
    return static_cast<beast::websocket::close_code>(socket_.reason().code);
  }

 private:
  asio::io_context io_;
  beast::websocket::stream<tcp::socket> socket_;
  error_code error_;
};

TEST(Server, ServesManyPagesAtOnceEachItsOwnRun) {
  const auto server = Started();
  // One reads nothing of all that it asks for, with credit for everything: its connection fills up.
  Page stuck(*server);
  v1::Simulation years = Month(99);
  years.clear_until();
  for (uint32_t stream = 1; stream <= 8; ++stream)
    stuck.Ask(WatchMessage(stream, years, 1'000'000));
  std::vector<std::thread> pages;
  std::vector<int> right(6, 0);
  for (size_t i = 0; i < right.size(); ++i) {
    pages.emplace_back([&, i] {
      Page page(*server);
      const v1::Simulation simulation = Month(i + 1);
      page.Ask(WatchMessage(1, simulation, 3, i % 2));
      right[i] = page.All(1) == TraceOf(simulation, v1::DETAIL_MARKET);
    });
  }
  for (std::thread& page : pages) page.join();
  EXPECT_EQ(right, std::vector<int>(right.size(), 1));
  EXPECT_NE(Raw(*server).Get("/").find("a page"), std::string::npos);
}

TEST(Server, EndsWhileRunsAreUnderWayAndPagesAreConnected) {
  auto server = Started();
  std::vector<std::unique_ptr<Page>> pages;
  for (uint64_t i = 0; i < 4; ++i) {
    pages.push_back(std::make_unique<Page>(*server));
    v1::Simulation years = Month(i);
    years.clear_until();
    pages.back()->Ask(WatchMessage(1, years, 1'000'000));
    pages.back()->Ask(WatchMessage(2, years, 0));
    EXPECT_NE(pages.back()->Next().stream(), 0u);
  }
  server.reset();
  for (const auto& page : pages) {
    while (page->Next().stream() != 0) {
    }
    EXPECT_TRUE(page->error());
  }
}

TEST(Server, PagesComeAndGoInTheMiddleOfTheirRuns) {
  Limits limits;
  limits.simulations = 2;
  const auto server = Started(limits);
  for (uint64_t i = 0; i < 20; ++i) {
    Page page(*server);
    v1::Simulation years = Month(i);
    years.clear_until();
    for (uint32_t stream = 1; stream <= 3; ++stream) page.Ask(WatchMessage(stream, years, 2));
    page.Next();
    if (i % 2 == 0) page.Ask(CancelMessage(1));
  }
  // All places are free again.
  Page page(*server);
  page.Ask(WatchMessage(1, Month(7), 3));
  EXPECT_TRUE(page.All(1) == TraceOf(Month(7), v1::DETAIL_MARKET));
}

TEST(Server, ConnectionsAreKeptAndAnswerInOrder) {
  const auto server = Started();
  Raw raw(*server);
  const std::string host = "Host: " + raw.host() + "\r\n";
  const std::string body = R"({"scenario":"2025","lines":[]})";
  raw.Send("GET / HTTP/1.1\r\n" + host + "\r\nHEAD / HTTP/1.1\r\n" + host +
           "\r\nPOST /api/check HTTP/1.1\r\n" + host +
           "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body + "GET /nothing HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n");
  const std::string answers = raw.Rest();
  const size_t page = answers.find("a page");
  const size_t check = answers.find("{\"ok\":true");
  const size_t nothing = answers.find("404 Not Found");
  EXPECT_LT(page, check);
  EXPECT_LT(check, nothing);
  EXPECT_NE(nothing, std::string::npos);
  EXPECT_EQ(answers.find("a page", page + 1), std::string::npos) << "HEAD has no body";
}

TEST(Server, DropsWhoTakesTooLongToAsk) {
  Limits limits;
  limits.request = std::chrono::seconds(3);
  limits.idle = std::chrono::seconds(1);
  const auto server = Started(limits);
  Raw silent(*server);
  Raw slow(*server);
  slow.Send("GET / HTTP/1.1\r\nHost: ");
  Raw body(*server);
  body.Send("POST /api/check HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc");
  Raw kept(*server);
  kept.Send("GET / HTTP/1.1\r\nHost: " + kept.host() + "\r\n\r\n");
  EXPECT_EQ(silent.Rest(), "");
  EXPECT_EQ(slow.Rest(), "");
  EXPECT_EQ(body.Rest(), "");
  EXPECT_NE(kept.Rest().find("a page"), std::string::npos);
}

TEST(Server, DropsAPageThatDoesNotEvenAnswerAPing) {
  Limits limits;
  limits.silent = std::chrono::seconds(1);
  const auto server = Started(limits);
  Raw raw(*server);
  raw.Send(
      "GET /ws HTTP/1.1\r\nHost: " + raw.host() +
      "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: oneup.v1\r\n\r\n");
  EXPECT_NE(raw.Rest().find("101 Switching Protocols"), std::string::npos);
}

TEST(Server, HasRoomForSoManyConnectionsAndSaysSo) {
  Limits limits;
  limits.connections = 2;
  const auto server = Started(limits);
  Raw first(*server);
  auto second = std::make_unique<Raw>(*server);
  Raw third(*server);
  EXPECT_NE(third.Rest().find("503 Service Unavailable"), std::string::npos);
  second.reset();
  // The server hears of that soon.
  std::string answer;
  while (answer.find("a page") == std::string::npos) {
    Raw again(*server);
    try {
      answer = again.Get("/");
    } catch (const std::exception&) {
      // Closed before it was asked.
    }
  }
}

TEST(Server, ClosesWhatAsksTooOften) {
  Limits limits;
  limits.requests_a_second = 1;
  limits.messages_a_second = 1;
  limits.credits_a_second = 1;
  const auto server = Started(limits);
  Raw raw(*server);
  std::string requests;
  for (int i = 0; i < 10; ++i) requests += "GET / HTTP/1.1\r\nHost: " + raw.host() + "\r\n\r\n";
  raw.Send(requests);
  EXPECT_NE(raw.Rest().find("429 Too Many Requests"), std::string::npos);
  Page page(*server);
  page.Ask(WatchMessage(1, Month(1), 0));
  for (int i = 0; i < 10 && !page.error(); ++i) page.Ask(CreditMessage(1, 0));
  while (page.Next().stream() != 0) {
  }
  EXPECT_EQ(page.closed_for(), beast::websocket::close_code::policy_error);
}

TEST(Server, APortThatIsTakenIsSaid) {
  const auto server = Started();
  ServerOptions options;
  options.port = server->port();
  const auto second = Server::Start(TestLibrary(), options);
  EXPECT_TRUE(absl::IsUnavailable(second.status())) << second.status();
}

}  // namespace
}  // namespace oneup::server
