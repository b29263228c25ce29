// Messages of the WebSocket (proto/oneup/v1/serve.proto) as bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "oneup/v1/serve.pb.h"

namespace oneup::server {

// A ServerMessage with the records of a trace, as they are there: without decoding them.
std::string RecordsMessage(uint32_t stream, std::string_view records);

std::string AdvanceMessage(uint32_t stream, const v1::Advance& advance);
std::string DoneMessage(uint32_t stream, bool cancelled);
// busy: it may be asked again later.
std::string RefusalMessage(uint32_t stream, std::string_view why, bool busy);
std::string ComparisonMessage(uint32_t stream, std::string json);

// What a page has sent. Error: InvalidArgument for what is no ClientMessage, or asks nothing.
absl::StatusOr<v1::ClientMessage> ReadClientMessage(std::string_view bytes);

}  // namespace oneup::server
