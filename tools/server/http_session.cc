#include "tools/server/http_session.h"

#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "tools/server/socket_session.h"

namespace oneup::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;

Request PlainRequest(http::request<http::string_body>&& from) {
  Request request;
  request.method = std::string(from.method_string());
  request.target = std::string(from.target());
  for (const auto& field : from) {
    request.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
  }
  request.body = std::move(from.body());
  return request;
}

class HttpSession : public std::enable_shared_from_this<HttpSession> {
 public:
  HttpSession(Core& core, asio::ip::tcp::socket socket, std::shared_ptr<Counted> counted)
      : core_(core),
        counted_(std::move(counted)),
        stream_(std::move(socket)),
        buffer_(core.limits.header + core.limits.body),
        rate_(core.limits.requests_a_second) {}

  void Start() {
    error_code ignored;
    stream_.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
    Wait(core_.limits.request);
  }

  void RefuseAndClose() {
    stream_.expires_after(core_.limits.request);
    keep_ = false;
    Write(core_.site.Guarded(Failure(503, "the server has too many connections"), Request()));
  }

 private:
  // For the first byte of a request; from then on it has its time.
  void Wait(std::chrono::seconds time) {
    if (buffer_.size() > 0) return Read();
    stream_.expires_after(time);
    stream_.async_read_some(buffer_.prepare(kFirst),
                            [self = shared_from_this()](error_code error, size_t size) {
                              if (error) return;  // gone, or idle too long
                              self->buffer_.commit(size);
                              self->Read();
                            });
  }

  void Read() {
    head_ = false;
    request_ = {};  // what is answered before it is read has no Host
    parser_.emplace();
    parser_->header_limit(static_cast<uint32_t>(core_.limits.header));
    parser_->body_limit(core_.limits.body);
    stream_.expires_after(core_.limits.request);
    http::async_read(
        stream_, buffer_, *parser_,
        [self = shared_from_this()](error_code error, size_t) { self->OnRead(error); });
  }

  void OnRead(error_code error) {
    if (error) return OnBadRead(error);
    head_ = parser_->get().method() == http::verb::head;
    keep_ = parser_->get().keep_alive();
    version_ = parser_->get().version();
    if (!rate_.Take(Rate::Clock::now())) {
      keep_ = false;
      return Answer(Failure(429, "too many requests a second"));
    }
    if (beast::websocket::is_upgrade(parser_->get())) return Upgrade();
    request_ = PlainRequest(parser_->release());
    // Strangers get no further than here.
    if (std::optional<Response> refused = core_.site.Refused(request_)) {
      return Write(*std::move(refused));
    }
    if (!Site::TakesLong(request_)) return Write(core_.site.Handle(request_));
    const bool taken = core_.workshop.scheduler.Post(
        [self = shared_from_this()] {
          asio::post(self->core_.io,
                     [self, response = self->core_.site.Handle(self->request_)]() mutable {
                       self->Write(std::move(response));
                     });
        },
        static_cast<size_t>(core_.limits.requests));
    if (!taken) Answer(Failure(503, "too many requests wait already; ask again"));
  }

  void OnBadRead(error_code error) {
    keep_ = false;
    if (error == http::error::header_limit || error == http::error::buffer_overflow) {
      return Answer(Failure(431, "the request's header is too large"));
    }
    if (error == http::error::body_limit) {
      return Answer(Failure(413, "the request's body is too large"));
    }
    // Gone, or too slow.
    if (error.category() != make_error_code(http::error::bad_method).category() ||
        error == http::error::end_of_stream || error == http::error::partial_message) {
      return;
    }
    Answer(Failure(400, "this is no request of HTTP/1.1"));
  }

  void Upgrade() {
    http::request<http::string_body> upgrade = parser_->release();
    http::request<http::string_body> copy = upgrade;
    request_ = PlainRequest(std::move(copy));
    if (std::optional<Response> refused = core_.site.RefusedSocket(request_)) {
      keep_ = false;
      return Write(*std::move(refused));
    }
    if (!OffersProtocol(request_)) {
      keep_ = false;
      return Answer(Failure(400, "subprotocol: allowed is oneup.v1"));
    }
    StartSocket(core_, stream_.release_socket(), std::move(counted_), std::move(upgrade));
  }

  // An answer that the site has not seen.
  void Answer(Response response) { Write(core_.site.Guarded(std::move(response), request_)); }

  template <typename Body>
  void Fill(const Response& from, http::response<Body>* to) {
    to->version(version_);
    to->result(static_cast<unsigned>(from.status));
    to->reason(std::string(ReasonOf(from.status)));
    to->keep_alive(keep_);
    if (!from.content_type.empty()) to->set(http::field::content_type, from.content_type);
    for (const auto& [name, value] : from.headers) to->set(name, value);
    to->content_length(from.body.size());
  }

  void Write(Response response) {
    stream_.expires_after(core_.limits.request);
    const auto done = [self = shared_from_this()](error_code error, size_t) {
      self->OnWritten(error);
    };
    if (head_) {
      Fill(response, &no_body_.emplace());
      return http::async_write(stream_, *no_body_, done);
    }
    Fill(response, &with_body_.emplace());
    with_body_->body() = std::move(response.body);
    http::async_write(stream_, *with_body_, done);
  }

  void OnWritten(error_code error) {
    if (error) return;
    if (!keep_) {
      error_code ignored;
      stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
      buffer_.clear();
      stream_.expires_after(kDrain);
      return Drain(0);
    }
    Wait(core_.limits.idle);
  }

  // A connection that is closed with bytes unread is reset, and the answer may be lost with it.
  void Drain(size_t drained) {
    if (drained > kMostDrained) return;
    stream_.async_read_some(buffer_.prepare(kFirst),
                            [self = shared_from_this(), drained](error_code error, size_t size) {
                              if (!error) self->Drain(drained + size);
                            });
  }

  static constexpr size_t kFirst = 4096;
  static constexpr std::chrono::seconds kDrain{1};
  static constexpr size_t kMostDrained = 1 << 20;

  Core& core_;
  std::shared_ptr<Counted> counted_;
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  Request request_;
  std::optional<http::response<http::string_body>> with_body_;
  std::optional<http::response<http::empty_body>> no_body_;
  Rate rate_;
  bool head_ = false;
  bool keep_ = true;
  unsigned version_ = 11;
};

}  // namespace

void StartHttp(Core& core, asio::ip::tcp::socket socket, std::shared_ptr<Counted> counted) {
  std::make_shared<HttpSession>(core, std::move(socket), std::move(counted))->Start();
}

void RefuseHttp(Core& core, asio::ip::tcp::socket socket, std::shared_ptr<Counted> counted) {
  std::make_shared<HttpSession>(core, std::move(socket), std::move(counted))->RefuseAndClose();
}

}  // namespace oneup::server
