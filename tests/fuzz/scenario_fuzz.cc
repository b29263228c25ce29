// Any bytes are a scenario or are refused with a message; never a crash, a hang, or a
// scenario that breaks what the loader promises. The input is up to three files, one after
// the other, with a line "%%%" between them: the scenario, prices.csv, more.textproto.
#include <google/protobuf/text_format.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "sims/scenario/scenario.h"

namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

std::vector<oneup::sims::SourceText> Split(std::string_view input) {
  constexpr std::string_view kBorder = "\n%%%\n";
  std::vector<oneup::sims::SourceText> files;
  for (const char* name : {"small.textproto", "prices.csv", "more.textproto"}) {
    const size_t border = input.find(kBorder);
    files.push_back({name, std::string(input.substr(0, border))});
    if (border == std::string_view::npos) break;
    input.remove_prefix(border + kBorder.size());
  }
  return files;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto files = Split({reinterpret_cast<const char*>(data), size});
  const auto loaded = oneup::sims::LoadScenarioFromTexts(files);
  if (!loaded.ok()) {
    Require(!loaded.status().message().empty());
    return 0;
  }
  Require(loaded->digest.size() == 64);
  Require(loaded->index().is_index());
  Require(static_cast<int>(loaded->schedule.size()) == loaded->proto.events_size());
  Require(static_cast<int>(loaded->calendars.size()) == loaded->proto.calendars_size());
  for (size_t i = 1; i < loaded->schedule.size(); ++i) {
    Require(loaded->schedule[i - 1].at <= loaded->schedule[i].at);
  }
  for (const auto& listing : loaded->proto.listings()) {
    Require(loaded->FindCalendar(listing.calendar()) != nullptr);
  }
  // What was read, printed, reads as the same.
  std::string text;
  google::protobuf::TextFormat::PrintToString(loaded->proto, &text);
  oneup::v1::Scenario again;
  Require(google::protobuf::TextFormat::ParseFromString(text, &again));
  Require(again.SerializeAsString() == loaded->proto.SerializeAsString());
  return 0;
}
