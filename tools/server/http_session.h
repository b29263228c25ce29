// One connection of HTTP: reads a request, answers it, reads the next. What takes long is answered
// by the workshop's threads. A request for a WebSocket takes the connection over.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <memory>

#include "tools/server/core.h"

namespace oneup::server {

void StartHttp(Core& core, boost::asio::ip::tcp::socket socket, std::shared_ptr<Counted> counted);
// Says that the server is full, and closes.
void RefuseHttp(Core& core, boost::asio::ip::tcp::socket socket, std::shared_ptr<Counted> counted);

}  // namespace oneup::server
