// Records in words and in JSON, one line each.
#pragma once

#include <string>

#include "oneup/v1/trace.pb.h"
#include "sims/report/json.h"
#include "sims/trace/table.h"

namespace oneup::trace {

// Control characters become blanks, so that a text of the file's neither breaks a line nor
// steers a terminal.
std::string OneLine(std::string text);

// "     12  2025-09-10T13:30:00Z  auction  NVDA opening: 900 shares at 175.5  (caused by 2)".
std::string TextLine(const v1::Record& record, const Prices& prices);

// {"id":12,"time":"2025-09-10T13:30:00Z","time_ns":1757511000000000000,"cause_id":2,
//  "kind":"auction","auction":{"ticker":"NVDA",...}}, on one line. Fields are named as in
// the schema; integers are numbers, enum values their names; optional fields that are not
// set are left out, others are there even if they are 0.
std::string JsonLine(const v1::Record& record);
// The same as a value within other JSON.
void WriteJson(const v1::Record& record, sims::JsonWriter& json);

}  // namespace oneup::trace
