// One WebSocket: carries a conversation's messages to and from its page, and drops a page that is
// silent, too quick, or breaks the protocol.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>

#include "tools/server/core.h"

namespace oneup::server {

// Whether a page that wants a WebSocket speaks "oneup.v1".
bool OffersProtocol(const Request& request);

// The request is one that may open it.
void StartSocket(Core& core, boost::asio::ip::tcp::socket socket, std::shared_ptr<Counted> counted,
                 boost::beast::http::request<boost::beast::http::string_body> request);

}  // namespace oneup::server
