#include "sims/trace/text.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "sims/report/json.h"
#include "sims/scenario/describe.h"
#include "sims/trace/reader.h"

namespace oneup::trace {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using sims::EnumWords;
using sims::FormatNumber;

// 30500 is "+3.05 %".
std::string Percent(int64_t ppm) {
  return absl::StrFormat("%+.2f %%", static_cast<double>(ppm) / 1e4);
}

std::string Span(uint32_t interval_s) {
  return interval_s == 0 ? "session" : absl::StrCat(interval_s, " s");
}

std::string Say(const v1::Happening& m) {
  return absl::StrCat(m.event_id(), ", ", EnumWords(m.kind()), " by ",
                      absl::StrJoin(m.actors(), ", "),
                      m.public_() ? ": " : " (in secret): ", m.headline());
}

std::string Say(const v1::News& m) {
  return absl::StrCat(m.ticker(), " hears of ", m.event_id(), ": worth ",
                      Percent(m.log_value_ppm()), ", of which headline ",
                      Percent(static_cast<int64_t>(m.headline_ppm())));
}

std::string Say(const v1::BeliefRevision& m) {
  return absl::StrCat(m.ticker(), " on ", m.event_id(), ": ", m.revised(), " of ",
                      uint64_t{m.revised()} + m.waiting(), " traders have taken it in, mean ",
                      Percent(m.mean_log_value_ppm()));
}

std::string Say(const v1::Attention& m) {
  return absl::StrCat(m.ticker(), " draws attention by ", m.event_id(), ": ",
                      Percent(m.change_ppm()), ", now ",
                      Percent(static_cast<int64_t>(m.level_ppm())));
}

std::string Say(const v1::Perception& m) {
  return absl::StrCat(m.actor(), " hears: ", m.signal(),
                      m.about().empty() ? "" : absl::StrCat(" about ", m.about()));
}

std::string Say(const v1::RuleFiring& m) {
  return absl::StrCat("rule ", m.rule(), " acts on ", m.actor(),
                      m.about().empty() ? "" : absl::StrCat(", about ", m.about()));
}

std::string Say(const v1::MindChange& m) {
  const auto level = [](int64_t ppm) { return FormatNumber(static_cast<double>(ppm) / 1e6); };
  return absl::StrCat(m.actor(), ": ", EnumWords(m.state()), " ", level(m.before_ppm()), " to ",
                      level(m.after_ppm()));
}

std::string Say(const v1::Offer& m) {
  const auto billions = [](int64_t millions) {
    return FormatNumber(static_cast<double>(millions) / 1000);
  };
  std::string text = absl::StrCat(m.from(), " to ", m.to(), ": ", EnumWords(m.kind()));
  if (m.has_terms()) {
    absl::StrAppend(&text, ", ", FormatNumber(static_cast<double>(m.terms().capacity_mw()) / 1000),
                    " GW for $", billions(static_cast<int64_t>(m.terms().value_usd_millions())),
                    " bn");
  }
  if (m.worth_usd_millions() != 0 || m.reservation_usd_millions() != 0) {
    absl::StrAppend(&text, "; worth ", billions(m.worth_usd_millions()), " to the sender, who has ",
                    billions(m.reservation_usd_millions()), " without");
  }
  return text;
}

std::string Say(const v1::ThreadChange& m) {
  return absl::StrCat("talks with ", m.supplier(), ": ", EnumWords(m.stage()));
}

std::string Say(const v1::InterventionEffect& m) {
  return absl::StrCat("'", m.intervention(), "' ", m.effect(),
                      m.actor().empty() ? "" : absl::StrCat(" (", m.actor(), ")"));
}

std::string Say(const v1::Bar& m, const Prices& prices) {
  const auto price = [&](int64_t ticks) { return FormatNumber(prices.Price(m.ticker(), ticks)); };
  return absl::StrCat(m.ticker(), " ", Span(m.interval_s()), ": open ", price(m.open_ticks()),
                      ", high ", price(m.high_ticks()), ", low ", price(m.low_ticks()), ", close ",
                      price(m.close_ticks()), "; ", m.volume(), " shares in ", m.trades(),
                      " trades, ", m.auction_volume(), " in auctions");
}

std::string Say(const v1::Flow& m) {
  return absl::StrCat(m.ticker(), " ", Span(m.interval_s()), ": ", EnumWords(m.population()),
                      " sent ", m.orders(), " orders, bought ", m.bought(), ", sold ", m.sold());
}

std::string Say(const v1::Auction& m, const Prices& prices) {
  const std::string name = absl::StrCat(m.ticker(), " ", EnumWords(m.kind()));
  if (m.volume() == 0) return absl::StrCat(name, ": nothing traded");
  return absl::StrCat(name, ": ", m.volume(), " shares at ",
                      FormatNumber(prices.Price(m.ticker(), m.price_ticks())));
}

std::string Say(const v1::Halt& m, const Prices& prices) {
  return absl::StrCat(m.ticker(), m.begins() ? " stops at " : " goes on at ",
                      FormatNumber(prices.Price(m.ticker(), m.price_ticks())),
                      ", middle of the band ",
                      FormatNumber(prices.Price(m.ticker(), m.reference_ticks())));
}

std::string Say(const v1::Fill& m, const Prices& prices) {
  const bool buys = m.taker_side() == v1::TRADE_SIDE_BUY;
  return absl::StrCat(m.ticker(), " ", m.quantity(), " at ",
                      FormatNumber(prices.Price(m.ticker(), m.price_ticks())), ": ", m.taker(),
                      buys ? " buys from " : " sells to ", m.maker(),
                      m.auction() ? " in an auction" : "");
}

std::string Say(const v1::Reaction& m) {
  std::string text = absl::StrCat(m.ticker(), " to ", m.event_id());
  const char* separator = ": ";
  const auto add = [&](const char* name, bool simulated, int64_t figure, bool recorded,
                       int64_t real) {
    if (!simulated && !recorded) return;
    absl::StrAppend(&text, separator, name, " ", simulated ? Percent(figure) : "n/a");
    if (recorded) absl::StrAppend(&text, " (recorded ", Percent(real), ")");
    separator = ", ";
  };
  const v1::ReactionFigures& s = m.simulated();
  const v1::ReactionFigures& r = m.recorded();
  add("gap", s.has_gap_ppm(), s.gap_ppm(), r.has_gap_ppm(), r.gap_ppm());
  add("first day", s.has_first_day_ppm(), s.first_day_ppm(), r.has_first_day_ppm(),
      r.first_day_ppm());
  add("abnormal", s.has_abnormal_ppm(), s.abnormal_ppm(), r.has_abnormal_ppm(), r.abnormal_ppm());
  return text;
}

std::string Say(const v1::Record& record, const Prices& prices) {
  switch (record.body_case()) {
    case v1::Record::kHappening:
      return Say(record.happening());
    case v1::Record::kPerception:
      return Say(record.perception());
    case v1::Record::kRuleFiring:
      return Say(record.rule_firing());
    case v1::Record::kMindChange:
      return Say(record.mind_change());
    case v1::Record::kOffer:
      return Say(record.offer());
    case v1::Record::kThreadChange:
      return Say(record.thread_change());
    case v1::Record::kInterventionEffect:
      return Say(record.intervention_effect());
    case v1::Record::kNews:
      return Say(record.news());
    case v1::Record::kBeliefRevision:
      return Say(record.belief_revision());
    case v1::Record::kAttention:
      return Say(record.attention());
    case v1::Record::kBar:
      return Say(record.bar(), prices);
    case v1::Record::kFlow:
      return Say(record.flow());
    case v1::Record::kAuction:
      return Say(record.auction(), prices);
    case v1::Record::kHalt:
      return Say(record.halt(), prices);
    case v1::Record::kFill:
      return Say(record.fill(), prices);
    case v1::Record::kReaction:
      return Say(record.reaction());
    case v1::Record::kHeader:
    case v1::Record::kChecksum:
    case v1::Record::kFooter:
    case v1::Record::BODY_NOT_SET:
      break;
  }
  return "written by a later version of the program";
}

void WriteFields(sims::JsonWriter& json, const Message& message);

// One value: the field's, or the list's at `index`.
void WriteValue(sims::JsonWriter& json, const Message& message, const FieldDescriptor* field,
                int index) {
  const Reflection& r = *message.GetReflection();
  const bool list = field->is_repeated();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      json.Value(list ? r.GetRepeatedInt32(message, field, index) : r.GetInt32(message, field));
      break;
    case FieldDescriptor::CPPTYPE_INT64:
      json.Value(list ? r.GetRepeatedInt64(message, field, index) : r.GetInt64(message, field));
      break;
    case FieldDescriptor::CPPTYPE_UINT32:
      json.Value(list ? r.GetRepeatedUInt32(message, field, index) : r.GetUInt32(message, field));
      break;
    case FieldDescriptor::CPPTYPE_UINT64:
      json.Value(list ? r.GetRepeatedUInt64(message, field, index) : r.GetUInt64(message, field));
      break;
    case FieldDescriptor::CPPTYPE_DOUBLE:
      json.Value(list ? r.GetRepeatedDouble(message, field, index) : r.GetDouble(message, field));
      break;
    case FieldDescriptor::CPPTYPE_FLOAT:
      json.Value(
          double{list ? r.GetRepeatedFloat(message, field, index) : r.GetFloat(message, field)});
      break;
    case FieldDescriptor::CPPTYPE_BOOL:
      json.Value(list ? r.GetRepeatedBool(message, field, index) : r.GetBool(message, field));
      break;
    case FieldDescriptor::CPPTYPE_ENUM:
      json.Value(EnumText(field, list ? r.GetRepeatedEnumValue(message, field, index)
                                      : r.GetEnumValue(message, field)));
      break;
    case FieldDescriptor::CPPTYPE_STRING: {
      const std::string text =
          list ? r.GetRepeatedString(message, field, index) : r.GetString(message, field);
      // As protobuf's own JSON has bytes.
      json.Value(field->type() == FieldDescriptor::TYPE_BYTES ? absl::Base64Escape(text) : text);
      break;
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      json.Object();
      WriteFields(
          json, list ? r.GetRepeatedMessage(message, field, index) : r.GetMessage(message, field));
      json.EndObject();
      break;
  }
}

void WriteFields(sims::JsonWriter& json, const Message& message) {
  const Reflection& reflection = *message.GetReflection();
  const google::protobuf::Descriptor* type = message.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (field->has_presence() && !reflection.HasField(message, field)) continue;
    json.Key(field->name());
    if (!field->is_repeated()) {
      WriteValue(json, message, field, 0);
      continue;
    }
    json.Array();
    const int size = reflection.FieldSize(message, field);
    for (int k = 0; k < size; ++k) WriteValue(json, message, field, k);
    json.EndArray();
  }
}

}  // namespace

std::string OneLine(std::string text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool after_c2 = i > 0 && text[i - 1] == '\xc2';  // U+0080 to U+009F in UTF-8
    if (after_c2 && byte >= 0x80 && byte < 0xa0) text[i - 1] = text[i] = ' ';
    if (byte < ' ' || byte == 0x7f) text[i] = ' ';
  }
  return text;
}

std::string TextLine(const v1::Record& record, const Prices& prices) {
  const uint32_t kind = KindOf(record);
  const Table* table = FindTable(kind);
  std::string line = absl::StrFormat("%7d  %s  %-15s  %s", record.id(), TimeText(record.time_ns()),
                                     table != nullptr ? table->name : absl::StrCat("kind ", kind),
                                     Say(record, prices));
  if (record.cause_id() > 0) absl::StrAppend(&line, "  (caused by ", record.cause_id(), ")");
  return OneLine(std::move(line));
}

void WriteJson(const v1::Record& record, sims::JsonWriter& json) {
  const uint32_t kind = KindOf(record);
  const Table* table = FindTable(kind);
  json.Object().Key("id").Value(record.id()).Key("time").Value(TimeText(record.time_ns()));
  json.Key("time_ns").Value(int64_t{record.time_ns()}).Key("cause_id").Value(record.cause_id());
  if (table == nullptr) {
    json.Key("kind").Value(kind);
  } else {
    json.Key("kind").Value(table->name).Key(table->name);
    WriteValue(json, record, v1::Record::descriptor()->FindFieldByNumber(static_cast<int>(kind)),
               0);
  }
  json.EndObject();
}

std::string JsonLine(const v1::Record& record) {
  sims::JsonWriter json;
  WriteJson(record, json);
  return json.text();
}

}  // namespace oneup::trace
