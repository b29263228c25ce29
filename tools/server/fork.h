// What a page asks about a fork before it is run: whether its lines are right, and the scenario as
// a text of its own.
#pragma once

#include <string_view>

#include "tools/server/http.h"
#include "tools/server/library.h"
#include "tools/server/limits.h"

namespace oneup::server {

// Both take the JSON {"scenario", "lines": [...], "until"?, "seed"?, "resolution"?} and answer 400
// with one line if it is no such.

// {"ok": true, "lines": [as they are understood]} or {"ok": false, "problems": [...]}.
Response CheckFork(const Library& library, const Limits& limits, std::string_view body);
// A scenario's file that imports the one of the program; 400 with all problems if there are any.
Response ForkText(const Library& library, const Limits& limits, std::string_view body);

}  // namespace oneup::server
