// `oneup trace cat`: records as lines.
#include <algorithm>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "market/kernel/civil_time.h"
#include "sims/scenario/suggest.h"
#include "sims/trace/query.h"
#include "sims/trace/table.h"
#include "sims/trace/text.h"
#include "tools/cli/command.h"
#include "tools/cli/options.h"
#include "tools/cli/trace_commands.h"

namespace oneup::cli {
namespace {

namespace po = boost::program_options;

constexpr char kText[] =
    "Prints the records of a trace, one a line, in the order of time. Filters can be given\n"
    "together and must then all hold; --actor, --kind, --listing and --event can be repeated,\n"
    "and one of the values must hold.\n\n"
    "A JSON line has id, time, time_ns, cause_id, kind, and the record's fields under the name\n"
    "of its kind.\n\n"
    "  oneup trace cat run.binpb --kind happening --kind reaction\n"
    "  oneup trace cat run.binpb --actor altman --from 2025-09-01 --until 2025-09-30\n"
    "  oneup trace cat run.binpb --format json --kind bar --listing ORCL | jq .bar.close_ticks";

constexpr int64_t kDayNs = int64_t{24} * 3600 * 1'000'000'000;

using Words = std::vector<std::string>;

// A day, of which `until` means the end, or an instant.
bool ParseTime(const std::string& text, bool until, int64_t* ns) {
  if (const auto day = kernel::ParseDay(text); day.ok()) {
    *ns = kernel::ToTime(*day, {}, absl::UTCTimeZone()).ns + (until ? kDayNs - 1 : 0);
    return true;
  }
  const auto instant = kernel::ParseInstant(text);
  if (instant.ok()) *ns = instant->ns;
  return instant.ok();
}

int BadTime(const std::string& option, const std::string& text) {
  return Fail(kTraceName,
              option + " '" + text +
                  "': allowed is a day such as 2025-09-10 (in UTC) or an instant "
                  "such as 2025-09-10T13:30:00Z",
              kUsage);
}

// A name that is not in the trace is a mistake, not an empty answer.
std::optional<int> CheckListings(const Words& listings, const v1::Header& header) {
  Words tickers;
  for (const v1::TracedListing& listing : header.listings()) tickers.push_back(listing.ticker());
  for (const std::string& listing : listings) {
    if (std::find(tickers.begin(), tickers.end(), listing) != tickers.end()) continue;
    return NotAllowed("--listing", listing,
                      absl::StrJoin(tickers, ", ") + sims::DidYouMean(listing, tickers));
  }
  return std::nullopt;
}

int ReportNotSeen(const Words& lines) {
  for (const std::string& line : lines) Fail(kTraceName, line, kFailed);
  return lines.empty() ? kOk : kFailed;
}

}  // namespace

int TraceCat(const std::vector<std::string>& args) {
  std::string file;
  std::string from;
  std::string until;
  std::string format = "text";
  Words actors, kinds, listings, events;
  OptionParser parser("trace cat FILE [OPTIONS]", kText);
  parser.AddPositional("file", &file);
  parser.Add()("format", po::value(&format)->value_name("F"), "text or json")(
      "from", po::value(&from)->value_name("TIME"), "from this day (UTC) or instant on")(
      "until", po::value(&until)->value_name("TIME"), "up to this day or instant, included")(
      "actor", po::value(&actors)->value_name("ID"),
      "what this person or company did, and what came of it: news, beliefs, reactions")(
      "kind", po::value(&kinds)->value_name("K"),
      ("records of this kind: " + absl::StrJoin(trace::KindNames(), ", ")).c_str())(
      "listing", po::value(&listings)->value_name("TICKER"), "records of this listing")(
      "event", po::value(&events)->value_name("ID"), "records of this event: oracle_300");
  if (const std::optional<int> code = parser.Parse(args)) return *code;
  if (file.empty()) return Missing("cat", "a file");
  if (format != "text" && format != "json") return NotAllowed("--format", format, "text, json");
  trace::Filter filter;
  if (!from.empty() && !ParseTime(from, false, &filter.from_ns)) return BadTime("--from", from);
  if (!until.empty() && !ParseTime(until, true, &filter.until_ns)) return BadTime("--until", until);
  for (const std::string& kind : kinds) {
    uint32_t number = 0;
    for (const trace::Table& table : trace::Tables()) {
      if (table.name == kind) number = table.kind;
    }
    if (number == 0) {
      return NotAllowed(
          "--kind", kind,
          absl::StrJoin(trace::KindNames(), ", ") + sims::DidYouMean(kind, trace::KindNames()));
    }
    filter.kinds.insert(number);
  }
  filter.actors.insert(actors.begin(), actors.end());
  filter.listings.insert(listings.begin(), listings.end());
  filter.events.insert(events.begin(), events.end());

  const auto reader = trace::TraceReader::Open(file);
  if (!reader.ok()) return FailToRead(reader.status());
  if (const std::optional<int> code = CheckListings(listings, (*reader)->header())) return *code;
  const trace::Prices prices((*reader)->header());
  trace::FilteredRecords filtered(filter);
  const bool json = format == "json";
  while (std::cout) {
    const absl::StatusOr<const v1::Record*> record = (*reader)->Next();
    if (!record.ok()) {
      std::cout.flush();
      return FailToRead(record.status());
    }
    if (*record == nullptr) {
      std::cout.flush();
      return ReportNotSeen(filtered.NamesNotSeen());
    }
    if (!filtered.Takes(**record)) continue;
    std::cout << (json ? trace::JsonLine(**record) : trace::TextLine(**record, prices)) << '\n';
  }
  return kOk;
}

}  // namespace oneup::cli
