#include "tools/server/socket_session.h"

#include <atomic>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/websocket.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_split.h"
#include "tools/server/wire.h"

namespace oneup::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;

constexpr char kProtocol[] = "oneup.v1";
// A close frame has room for so many bytes of a reason.
constexpr size_t kMostReason = 120;

// A page that takes frames quickly gives credit for each of them.
bool IsCredit(std::string_view message) {
  const absl::StatusOr<v1::ClientMessage> read = ReadClientMessage(message);
  return read.ok() && read->has_credit();
}

class SocketSession : public std::enable_shared_from_this<SocketSession> {
 public:
  SocketSession(Core& core, asio::ip::tcp::socket socket, std::shared_ptr<Counted> counted)
      : core_(core),
        counted_(std::move(counted)),
        socket_(std::move(socket)),
        rate_(core.limits.messages_a_second),
        credits_(core.limits.credits_a_second) {}
  ~SocketSession() { End(); }

  void Start(beast::http::request<beast::http::string_body> request) {
    beast::get_lowest_layer(socket_).expires_never();
    socket_.set_option(websocket::stream_base::timeout{core_.limits.request, core_.limits.silent,
                                                       /*keep_alive_pings=*/true});
    socket_.set_option(websocket::stream_base::decorator([](websocket::response_type& response) {
      response.set(beast::http::field::sec_websocket_protocol, kProtocol);
    }));
    socket_.read_message_max(core_.limits.message);
    socket_.binary(true);
    socket_.auto_fragment(false);
    request_ = std::move(request);
    socket_.async_accept(request_, [self = shared_from_this()](error_code error) {
      if (!error) self->OnOpen();
    });
  }

 private:
  void OnOpen() {
    request_ = {};
    // The workshop's threads may still call it when this session is gone.
    const auto wake = [io = &core_.io, to = weak_from_this(),
                       coming = std::make_shared<std::atomic<bool>>(false)] {
      if (coming->exchange(true)) return;
      asio::post(*io, [to, coming] {
        coming->store(false);
        if (const auto self = to.lock()) self->Write();
      });
    };
    conversation_.emplace(core_.workshop, ++core_.last_conversation, wake);
    core_.conversations.insert(&*conversation_);
    Read();
  }

  void Read() {
    socket_.async_read(
        buffer_, [self = shared_from_this()](error_code error, size_t) { self->OnRead(error); });
  }

  void OnRead(error_code error) {
    // A write may have failed before.
    if (error || !conversation_) return End();
    if (!socket_.got_binary()) {
      return Close(websocket::close_code::unknown_data, "messages are binary");
    }
    const std::string_view message(static_cast<const char*>(buffer_.cdata().data()),
                                   buffer_.size());
    Rate& rate = IsCredit(message) ? credits_ : rate_;
    if (!rate.Take(Rate::Clock::now())) {
      return Close(websocket::close_code::policy_error, "too many messages a second");
    }
    const absl::Status status = conversation_->OnMessage(message);
    buffer_.consume(buffer_.size());
    if (!status.ok()) {
      return Close(websocket::close_code::protocol_error, std::string(status.message()));
    }
    Write();
    Read();
  }

  // The next message, if none is on its way.
  void Write() {
    if (writing_ || !conversation_) return;
    std::optional<std::string> message = conversation_->Next();
    if (!message) return;
    message_ = *std::move(message);
    writing_ = true;
    socket_.async_write(asio::buffer(message_),
                        [self = shared_from_this()](error_code error, size_t) {
                          self->writing_ = false;
                          if (error) return self->End();
                          self->Write();
                        });
  }

  void Close(websocket::close_code code, const std::string& why) {
    End();
    websocket::close_reason reason(code);
    reason.reason = why.substr(0, kMostReason);
    socket_.async_close(reason, [self = shared_from_this()](error_code) {});
  }

  void End() {
    if (!conversation_) return;
    core_.conversations.erase(&*conversation_);
    conversation_.reset();
  }

  Core& core_;
  std::shared_ptr<Counted> counted_;
  websocket::stream<beast::tcp_stream> socket_;
  beast::http::request<beast::http::string_body> request_;
  beast::flat_buffer buffer_;
  std::optional<Conversation> conversation_;  // while the socket is open
  std::string message_;                       // that is being written
  bool writing_ = false;
  Rate rate_;
  Rate credits_;
};

}  // namespace

bool OffersProtocol(const Request& request) {
  const std::string offered(request.Find("sec-websocket-protocol").value_or(""));
  for (const absl::string_view word : absl::StrSplit(offered, absl::ByAnyChar(", "))) {
    if (word == kProtocol) return true;
  }
  return false;
}

void StartSocket(Core& core, asio::ip::tcp::socket socket, std::shared_ptr<Counted> counted,
                 beast::http::request<beast::http::string_body> request) {
  std::make_shared<SocketSession>(core, std::move(socket), std::move(counted))
      ->Start(std::move(request));
}

}  // namespace oneup::server
