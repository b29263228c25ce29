// A trace for Perfetto, in the Trace Event Format (JSON).
#include <algorithm>
#include <limits>
#include <map>

#include "absl/strings/str_format.h"
#include "sims/report/json.h"
#include "sims/scenario/describe.h"
#include "sims/trace/export.h"
#include "sims/trace/query.h"
#include "sims/trace/sink.h"
#include "sims/trace/text.h"

namespace oneup::trace {
namespace {

constexpr size_t kFlushAt = size_t{256} << 10;
// Rows of a process.
enum Row : int { kNews = 1, kSessions = 2, kTrades = 3 };
constexpr int kStory = 1;         // process of the happenings
constexpr int kFirstListing = 2;  // processes of the listings, in the header's order

constexpr int64_t kSecond = 1'000'000'000;
constexpr int64_t kEarliest = std::numeric_limits<int64_t>::min();

double Percent(int64_t ppm) { return static_cast<double>(ppm) / 1e4; }

const char* AuctionName(v1::AuctionKind kind) {
  switch (kind) {
    case v1::AUCTION_KIND_OPENING:
      return "opening auction";
    case v1::AUCTION_KIND_CLOSING:
      return "closing auction";
    case v1::AUCTION_KIND_REOPENING:
      return "reopening auction";
    default:
      return "auction";
  }
}

class Perfetto {
 public:
  Perfetto(const v1::Header& header, ByteSink& sink) : prices_(header), sink_(sink) {
    text_ = "{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n";
    Name(kStory, 0, "story: " + header.scenario_name());
    Name(kStory, kNews, "happenings");
    for (int i = 0; i < header.listings_size(); ++i) {
      const v1::TracedListing& listing = header.listings(i);
      const int process = kFirstListing + i;
      processes_[listing.ticker()] = process;
      currencies_[listing.ticker()] = listing.currency();
      Name(process, 0, listing.ticker() + " " + listing.name());
      Name(process, kNews, "news");
      Name(process, kSessions, "sessions");
      Name(process, kTrades, "trades");
    }
  }

  absl::Status Add(const v1::Record& record) {
    time_ns_ = record.time_ns();
    record_ = &record;
    ticker_ = TickerOf(record);
    const auto process = processes_.find(ticker_);
    process_ = process != processes_.end() ? process->second : kStory;
    AddBody(record);
    return text_.size() < kFlushAt ? absl::OkStatus() : Flush();
  }

  absl::Status Finish() {
    text_ += "\n]}\n";
    if (absl::Status status = Flush(); !status.ok()) return status;
    return sink_.Close();
  }

 private:
  void AddBody(const v1::Record& r) {
    switch (r.body_case()) {
      case v1::Record::kHappening:
        return Instant(r.happening().event_id(), kNews, "p");
      case v1::Record::kPerception:
        return Instant(r.perception().actor() + " hears: " + r.perception().signal(), kNews, "t");
      case v1::Record::kRuleFiring:
        return Instant(r.rule_firing().actor() + " " + r.rule_firing().rule(), kNews, "t");
      case v1::Record::kMindChange:
        return Counter(r.mind_change().actor() + " " + sims::EnumWords(r.mind_change().state()),
                       "level", static_cast<double>(r.mind_change().after_ppm()) * 1e-6);
      case v1::Record::kOffer:
        return Instant(r.offer().from() + " to " + r.offer().to(), kNews, "t");
      case v1::Record::kThreadChange:
        return Instant("talks with " + r.thread_change().supplier(), kNews, "t");
      case v1::Record::kInterventionEffect:
        return Instant(r.intervention_effect().intervention(), kNews, "t");
      case v1::Record::kNews:
        return Instant(r.news().event_id(), kNews, "t");
      case v1::Record::kReaction:
        return Instant("reaction to " + r.reaction().event_id(), kNews, "t");
      case v1::Record::kBeliefRevision:
        return Counter("belief " + r.belief_revision().event_id(), "mean, %",
                       Percent(r.belief_revision().mean_log_value_ppm()));
      case v1::Record::kAttention:
        return Counter("attention", "level, %",
                       Percent(static_cast<int64_t>(r.attention().level_ppm())));
      case v1::Record::kAuction:
        if (r.auction().kind() == v1::AUCTION_KIND_OPENING) opened_ns_[ticker_] = time_ns_;
        if (r.auction().volume() > 0) Price(r.auction().price_ticks());
        return Instant(AuctionName(r.auction().kind()), kSessions, "t");
      case v1::Record::kHalt:
        return Instant(r.halt().begins() ? "halt" : "trading goes on", kSessions, "t");
      case v1::Record::kFill:
        Price(r.fill().price_ticks());
        return Instant("fill", kTrades, "t");
      case v1::Record::kFlow:
        return Counter(
            "flow " + sims::EnumWords(r.flow().population()), "shares",
            static_cast<double>(r.flow().bought()) - static_cast<double>(r.flow().sold()));
      case v1::Record::kBar:
        return Bar(r.bar());
      case v1::Record::kHeader:
      case v1::Record::kChecksum:
      case v1::Record::kFooter:
      case v1::Record::BODY_NOT_SET:
        return;
    }
  }

  void Bar(const v1::Bar& bar) {
    if (bar.trades() > 0) Price(bar.close_ticks());
    Counter("volume", "shares", static_cast<double>(bar.volume()));
    const auto opened = opened_ns_.find(ticker_);
    if (bar.interval_s() > 0) {
      Slice(std::max(time_ns_, kEarliest + kSecond * bar.interval_s()) - kSecond * bar.interval_s(),
            "bar");
    } else if (opened != opened_ns_.end()) {
      Slice(opened->second, "session");
    } else {
      Instant("close", kSessions, "t");
    }
    opened_ns_.erase(ticker_);
  }

  void Price(int64_t ticks) {
    Counter("price", currencies_[ticker_], prices_.Price(ticker_, ticks));
  }

  // Microseconds, to the nanosecond.
  static std::string Micros(uint64_t ns) {
    return absl::StrFormat("%d.%03d", ns / 1000, ns % 1000);
  }
  static std::string Micros(int64_t ns) {
    const auto size = static_cast<uint64_t>(ns);
    return ns < 0 ? "-" + Micros(uint64_t{0} - size) : Micros(size);
  }

  void Begin() {
    if (!first_) text_ += ",\n";
    first_ = false;
  }

  void Name(int process, int row, const std::string& name) {
    sims::JsonWriter json;
    json.Object().Key("ph").Value("M").Key("pid").Value(process).Key("tid").Value(row);
    json.Key("name").Value(row == 0 ? "process_name" : "thread_name");
    json.Key("args").Object().Key("name").Value(name).EndObject().EndObject();
    Begin();
    text_ += json.text();
  }

  // The event's common part is written by hand: times have more digits than a double.
  void Event(const char* phase, const std::string& name, int row, int64_t at_ns,
             const std::string& rest) {
    sims::JsonWriter quoted;
    quoted.Value(name);
    Begin();
    text_ += absl::StrFormat(R"({"ph":"%s","name":%s,"pid":%d,"tid":%d,"ts":%s,%s})", phase,
                             quoted.text(), process_, row, Micros(at_ns), rest);
  }

  void Instant(const std::string& name, Row row, const char* scope) {
    Event("i", name, row, time_ns_,
          absl::StrFormat(R"("s":"%s","args":%s)", scope, JsonLine(*record_)));
  }

  void Slice(int64_t from_ns, const std::string& name) {
    const uint64_t length = static_cast<uint64_t>(time_ns_) - static_cast<uint64_t>(from_ns);
    Event("X", name, kSessions, from_ns,
          absl::StrFormat(R"("dur":%s,"args":%s)", Micros(length), JsonLine(*record_)));
  }

  void Counter(const std::string& name, const std::string& unit, double value) {
    sims::JsonWriter args;
    args.Object().Key(unit).Value(value).EndObject();
    Event("C", name, 0, time_ns_, "\"args\":" + args.text());
  }

  absl::Status Flush() {
    absl::Status status = sink_.Write(text_);
    text_.clear();
    return status;
  }

  Prices prices_;
  ByteSink& sink_;
  std::string text_;
  bool first_ = true;
  std::map<std::string, int> processes_;           // by ticker
  std::map<std::string, std::string> currencies_;  // by ticker
  std::map<std::string, int64_t> opened_ns_;       // by ticker: the session under way

  // The record under way.
  const v1::Record* record_ = nullptr;
  int64_t time_ns_ = 0;
  std::string ticker_;
  int process_ = kStory;
};

}  // namespace

absl::Status ExportPerfetto(TraceReader& reader, const std::string& path) {
  absl::StatusOr<std::unique_ptr<ByteSink>> sink = OpenFileSink(path);
  if (!sink.ok()) return sink.status();
  Perfetto perfetto(reader.header(), **sink);
  for (;;) {
    const absl::StatusOr<const v1::Record*> record = reader.Next();
    if (!record.ok()) return record.status();
    if (*record == nullptr) return perfetto.Finish();
    if (absl::Status status = perfetto.Add(**record); !status.ok()) return status;
  }
}

}  // namespace oneup::trace
