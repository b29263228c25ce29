#include "tools/server/fork.h"

#include <google/protobuf/text_format.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "market/kernel/civil_time.h"
#include "sims/compare/result.h"
#include "tools/server/prepare.h"
#include "tools/server/wrong.h"

namespace oneup::server {
namespace {

using Json = nlohmann::ordered_json;

absl::Status TakeText(const std::string& key, const Json& value, std::string* to) {
  if (!value.is_string()) return Wrong(absl::StrCat(key, ": allowed is a text"));
  *to = value.get<std::string>();
  return absl::OkStatus();
}

absl::StatusOr<v1::Simulation> ReadFork(const Limits& limits, std::string_view body) {
  const Json json = Json::parse(body, nullptr, false);
  if (!json.is_object()) {
    return Wrong("the body: allowed is a JSON object with scenario and lines");
  }
  v1::Simulation asked;
  for (const auto& [key, value] : json.items()) {
    absl::Status status;
    if (key == "scenario") {
      status = TakeText(key, value, asked.mutable_scenario());
    } else if (key == "until") {
      if (!value.is_null()) status = TakeText(key, value, asked.mutable_until());
    } else if (key == "resolution") {
      if (!value.is_null()) status = TakeText(key, value, asked.mutable_resolution());
    } else if (key == "seed") {
      if (value.is_number_unsigned()) {
        asked.set_seed(value.get<uint64_t>());
      } else if (!value.is_null()) {
        status = Wrong("seed: allowed is a whole number from 0 on");
      }
    } else if (key == "lines") {
      if (!value.is_array() || value.size() > static_cast<size_t>(limits.interventions)) {
        return Wrong(
            absl::StrCat("lines: allowed is an array of at most ", limits.interventions, " texts"));
      }
      for (const Json& line : value) {
        status.Update(TakeText("lines", line, asked.add_interventions()));
      }
    } else {
      status = Wrong(absl::StrCat("'", Shown(key),
                                  "': allowed are scenario, lines, until, seed and resolution"));
    }
    if (!status.ok()) return status;
  }
  return asked;
}

std::string TextOf(const v1::Scenario& scenario) {
  std::string text;
  google::protobuf::TextFormat::Printer printer;
  printer.SetUseUtf8StringEscaping(true);
  printer.PrintToString(scenario, &text);
  return text;
}

}  // namespace

Response CheckFork(const Library& library, const Limits& limits, std::string_view body) {
  const auto asked = ReadFork(limits, body);
  if (!asked.ok()) return Failure(400, std::string(asked.status().message()));
  const auto prepared = Prepare(library, limits, *asked, "default");
  Json json;
  json["ok"] = prepared.ok();
  if (prepared.ok()) {
    json["lines"] = sims::LinesOf(prepared->what_if);
  } else {
    const std::vector<std::string> problems =
        absl::StrSplit(std::string(prepared.status().message()), '\n', absl::SkipEmpty());
    json["problems"] = problems;
  }
  return JsonAnswer(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Response ForkText(const Library& library, const Limits& limits, std::string_view body) {
  const auto asked = ReadFork(limits, body);
  if (!asked.ok()) return Failure(400, std::string(asked.status().message()));
  const auto prepared = Prepare(library, limits, *asked, "default");
  if (!prepared.ok()) {
    return Failure(400,
                   absl::StrReplaceAll(std::string(prepared.status().message()), {{"\n", "; "}}));
  }
  v1::Scenario fork;
  fork.add_imports(asked->scenario() + ".textproto");
  fork.set_name(asked->scenario() + "-fork");
  fork.set_title(
      absl::StrCat(prepared->baseline->proto.title(),
                   prepared->what_if.title.empty() ? "" : ". What if: ", prepared->what_if.title));
  if (asked->has_seed()) fork.set_default_seed(asked->seed());
  for (const v1::Intervention& one : prepared->what_if.interventions) {
    *fork.add_interventions() = one;
  }
  // A scenario has no resolution, and cannot end while events lie behind.
  std::string how;
  if (!asked->resolution().empty()) absl::StrAppend(&how, " --resolution ", asked->resolution());
  if (!asked->until().empty()) {
    absl::StrAppend(&how, " --until ", kernel::FormatDay(prepared->run.until));
  }
  if (!how.empty()) how = absl::StrCat("# It was run with", how, "\n");
  Response response;
  response.content_type = "text/plain; charset=utf-8";
  response.body = absl::StrCat(
      "# proto-file: proto/oneup/v1/scenario.proto\n# proto-message: oneup.v1.Scenario\n#\n"
      "# Written by the viewer: a fork of the scenario that it imports.\n",
      how, "\n", TextOf(fork));
  return response;
}

}  // namespace oneup::server
