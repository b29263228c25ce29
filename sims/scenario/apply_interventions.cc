#include "sims/scenario/apply_interventions.h"

#include <algorithm>
#include <optional>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "agents/mind/rules/rules.h"
#include "agents/mind/signal.h"
#include "market/kernel/civil_time.h"
#include "market/kernel/trading_calendar.h"
#include "sims/scenario/calendars.h"
#include "sims/scenario/checks.h"
#include "sims/scenario/field_path.h"
#include "sims/scenario/rules_check.h"
#include "sims/scenario/suggest.h"
#include "sims/scenario/trait_path.h"

namespace oneup::sims {
namespace {

// The states that can be pinned, and whose they are.
struct PinnedState {
  const char* name;
  bool hub;
  bool supplier;
};
constexpr PinnedState kStates[] = {
    {"fomo", true, true}, {"face", true, true}, {"credibility", true, false}, {"trust", false, true}};

std::optional<kernel::TradingCalendar> CalendarOf(const v1::Scenario& scenario,
                                                  const std::string& id) {
  for (const v1::TradingCalendar& calendar : scenario.calendars()) {
    if (calendar.id() != id) continue;
    auto spec = ToCalendarSpec(calendar);
    if (!spec.ok()) return std::nullopt;
    auto made = kernel::TradingCalendar::Create(*std::move(spec));
    if (made.ok()) return *std::move(made);
  }
  return std::nullopt;
}

// The calendar by which an announcement's first session is told: that of the first exposed listing,
// else of the index.
std::optional<kernel::TradingCalendar> CalendarOf(const v1::Scenario& scenario,
                                                  const v1::Announcement& announcement) {
  for (const v1::Exposure& exposure : announcement.exposures()) {
    for (const v1::Listing& listing : scenario.listings()) {
      if (listing.ticker() == exposure.company()) return CalendarOf(scenario, listing.calendar());
    }
  }
  for (const v1::Listing& listing : scenario.listings()) {
    if (listing.is_index()) return CalendarOf(scenario, listing.calendar());
  }
  return std::nullopt;
}

// A day so many days later, as text; what is no day stays as it is.
void Shift(int64_t days, std::string* day) {
  const absl::StatusOr<kernel::CivilDay> parsed = kernel::ParseDay(*day);
  if (parsed.ok()) *day = kernel::FormatDay(*parsed + days);
}

class Applier {
 public:
  Applier(const LocationMap& locations, v1::Scenario& scenario, std::vector<Problem>* problems)
      : locations_(locations), scenario_(scenario), problems_(problems) {}

  void Apply(int index) {
    at_ = absl::StrCat("interventions[", index, "]");
    const v1::Intervention intervention = scenario_.interventions(index);
    if (!intervention.from().empty() && intervention.from() > scenario_.end_date()) {
      Report(".from", absl::StrCat("is '", intervention.from(), "', after the scenario's last day, ",
                                   scenario_.end_date()));
    }
    switch (intervention.what_case()) {
      case v1::Intervention::kDrop:
        return DropEvents(intervention);
      case v1::Intervention::kAdd:
        *scenario_.add_events() = intervention.add();
        return;
      case v1::Intervention::kMove:
        return MoveEvent(intervention.move());
      case v1::Intervention::kSet:
      case v1::Intervention::kScale:
        return Change(intervention);
      case v1::Intervention::kPin:
        return CheckPin(intervention.pin());
      case v1::Intervention::kForce:
        return CheckForce(intervention.force());
      case v1::Intervention::kRuleOff:
        return CheckRule(".rule_off", intervention.rule_off());
      case v1::Intervention::kRuleOn:
        return CheckRule(".rule_on", intervention.rule_on());
      case v1::Intervention::WHAT_NOT_SET:
        Report("", "says nothing; one of drop, add, move, set, scale, pin, force, rule_off, rule_on");
    }
  }

 private:
  void Report(const std::string& field, const std::string& message) {
    AddProblem(problems_, locations_.Find(at_ + field), at_ + field, message);
  }

  void DropEvents(const v1::Intervention& intervention) {
    const v1::Drop& drop = intervention.drop();
    std::set<std::string> dropped;
    for (const v1::Event& event : scenario_.events()) {
      const auto days = DaysOf(event);
      const bool late = days && kernel::FormatDay(days->told) >= intervention.from();
      if (late && Matches(drop.event(), event.id())) dropped.insert(event.id());
    }
    if (dropped.empty() && !CanEmerge(drop.event())) return;
    // Events name earlier ones only: one pass finds all that follow.
    for (const v1::Event& event : scenario_.events()) {
      const bool follows = std::ranges::any_of(
          event.after(), [&](const std::string& earlier) { return dropped.contains(earlier); });
      if (drop.and_what_follows() && follows) dropped.insert(event.id());
    }
    const auto gone = [&](const std::string& id) { return dropped.contains(id); };
    auto& events = *scenario_.mutable_events();
    events.erase(std::remove_if(events.begin(), events.end(),
                                [&](const v1::Event& event) { return gone(event.id()); }),
                 events.end());
    for (v1::Event& event : events) {
      auto& after = *event.mutable_after();
      after.erase(std::remove_if(after.begin(), after.end(), gone), after.end());
    }
    auto& held_out = *scenario_.mutable_held_out();
    held_out.erase(
        std::remove_if(held_out.begin(), held_out.end(),
                       [&](const v1::HeldOutValuation& held) { return gone(held.event()); }),
        held_out.end());
  }

  // Whether something of this id may emerge in public; reports if nothing can.
  bool CanEmerge(const std::string& pattern) {
    std::vector<std::string> known;
    for (const v1::Event& event : scenario_.events()) known.push_back(event.id());
    std::vector<std::string> stems;
    for (const v1::Principal& principal : scenario_.principals()) {
      for (const v1::Actor& actor : scenario_.actors()) {
        if (actor.id() != principal.actor()) continue;
        const std::string& whose = actor.organisation().empty() ? actor.id() : actor.organisation();
        for (int kind = 0; kind < mind::kSignalKinds; ++kind) {
          if (!mind::IsPublic(static_cast<mind::SignalKind>(kind))) continue;
          stems.push_back(
              absl::StrCat(mind::StemOf(static_cast<mind::SignalKind>(kind)), "_", whose));
        }
      }
    }
    const bool can = std::ranges::any_of(stems, [&](const std::string& stem) {
      // leak_nvidia, leak_nvidia_2, leak_nvidia*, leak*
      if (Matches(pattern, stem)) return true;
      const std::string rest = pattern.starts_with(stem) ? pattern.substr(stem.size()) : "x";
      return rest == "_*" || (rest.size() > 1 && rest[0] == '_' &&
                              std::ranges::all_of(rest.substr(1), [](char c) {
                                return (c >= '0' && c <= '9') || c == '*';
                              }));
    });
    if (can) return true;
    known.insert(known.end(), stems.begin(), stems.end());
    Report(".drop.event",
           absl::StrCat("'", pattern, "' is no event of this scenario",
                        scenario_.principals().empty() ? "" : ", nor one that can emerge in public",
                        DidYouMean(pattern, known)));
    return false;
  }

  void MoveEvent(const v1::Move& move) {
    std::vector<std::string> known;
    const auto to = kernel::ParseDay(move.to());
    for (v1::Event& event : *scenario_.mutable_events()) {
      known.push_back(event.id());
      if (event.id() != move.event()) continue;
      const auto days = DaysOf(event);
      if (!days || !to.ok()) return;  // the field's own rule reports it
      Place(event, *to - days->told, *to);
      return CutBackwardLinks(event, *to);
    }
    Report(".move.event", absl::StrCat("'", move.event(), "' is no event of this scenario",
                                       DidYouMean(move.event(), known)));
  }

  // Tells an event on another day, so many days away; whoever knew of it knows as much before.
  void Place(v1::Event& event, int64_t days, kernel::CivilDay to) {
    if (event.precision() != v1::PRECISION_INSTANT) event.set_precision(v1::PRECISION_DAY);
    event.set_date(kernel::FormatDay(to));
    event.clear_told_on();
    v1::Visibility& visibility = *event.mutable_visibility();
    Shift(days, visibility.mutable_public_from());
    for (v1::Witness& witness : *visibility.mutable_witnesses()) Shift(days, witness.mutable_since());
    if (!event.has_announcement()) return;
    v1::Announcement& announcement = *event.mutable_announcement();
    std::string day = announcement.at().substr(0, announcement.at().find('T'));
    const size_t length = day.size();
    Shift(days, &day);
    announcement.set_at(day + announcement.at().substr(length));
    const auto at = kernel::ParseInstant(announcement.at());
    const auto calendar = CalendarOf(scenario_, announcement);
    if (!at.ok() || !calendar) return;
    if (const kernel::Session* session = calendar->SessionAtOrAfter(*at)) {
      announcement.set_first_session(kernel::FormatDay(session->day));
    }
  }

  // An event answers earlier ones only: where the move has turned the order round, the link is
  // gone.
  void CutBackwardLinks(v1::Event& moved, kernel::CivilDay to) {
    for (v1::Event& event : *scenario_.mutable_events()) {
      const auto days = DaysOf(event);
      if (!days || &event == &moved) continue;
      if (days->told == to) continue;
      // Whoever comes first now answers the other no more.
      const bool moved_is_first = days->told > to;
      auto& after = *(moved_is_first ? moved : event).mutable_after();
      const std::string& other = moved_is_first ? event.id() : moved.id();
      after.erase(std::remove(after.begin(), after.end(), other), after.end());
    }
  }

  void Change(const v1::Intervention& intervention) {
    const bool set = intervention.has_set();
    const std::string field = set ? ".set" : ".scale";
    if (intervention.from().empty()) {
      const absl::Status status = ChangeNumbers(intervention, scenario_);
      if (!status.ok()) Report(field, std::string(status.message()));
      return;
    }
    const auto paths =
        ExpandPath(set ? intervention.set().path() : intervention.scale().path(), scenario_);
    if (!paths.ok()) return Report(field, std::string(paths.status().message()));
    for (const std::string& path : *paths) {
      if (path.starts_with("principals[") || path.starts_with("minds.") ||
          path.starts_with("valuation.")) {
        continue;
      }
      return Report(field, absl::StrCat("'", path,
                                        "' takes no 'from': only numbers of principals, minds and "
                                        "valuation can change within a run"));
    }
    // Later changes build on earlier ones, so that each is in range whenever it comes.
    v1::Scenario trial = scenario_;
    const absl::Status status = ChangeNumbers(intervention, trial);
    if (!status.ok()) return Report(field, std::string(status.message()));
    std::vector<Problem> problems;
    CheckRules(trial, locations_, &problems);
    std::vector<Problem> before;
    CheckRules(scenario_, locations_, &before);
    for (size_t i = before.size(); i < problems.size(); ++i) {
      Report(field, absl::StrCat(problems[i].field, " ", problems[i].message));
    }
  }

  const v1::Principal* PrincipalOf(const std::string& actor, const std::string& field) {
    std::vector<std::string> known;
    for (const v1::Principal& principal : scenario_.principals()) {
      if (principal.actor() == actor) return &principal;
      known.push_back(principal.actor());
    }
    Report(field, known.empty()
                      ? "needs a scenario whose principals act, such as autonomous"
                      : absl::StrCat("'", actor, "' is no principal", DidYouMean(actor, known)));
    return nullptr;
  }

  void CheckPin(const v1::Pin& pin) {
    const v1::Principal* principal = PrincipalOf(pin.actor(), ".pin.actor");
    if (principal == nullptr) return;
    std::vector<std::string> allowed;
    for (const PinnedState& state : kStates) {
      const bool has = (state.hub && principal->part() == v1::PART_HUB) ||
                       (state.supplier && principal->part() == v1::PART_SUPPLIER);
      if (has && pin.state() == state.name) return;
      if (has) allowed.emplace_back(state.name);
    }
    Report(".pin.state",
           absl::StrCat("is '", pin.state(), "'; of ", pin.actor(), " it must be ",
                        allowed.empty() ? "none" : absl::StrJoin(allowed, ", "),
                        " (other numbers: set ", pin.actor(), ".NAME VALUE)"));
  }

  void CheckForce(const v1::Force& force) {
    const v1::Principal* principal = PrincipalOf(force.actor(), ".force.actor");
    if (principal == nullptr || principal->part() == v1::PART_SUPPLIER) return;
    Report(".force.actor", absl::StrCat("'", force.actor(), "' is no supplier of the hub"));
  }

  void CheckRule(const std::string& field, const std::string& name) {
    if (scenario_.principals().empty()) {
      Report(field, "needs a scenario whose principals act, such as autonomous");
    } else if (!mind::IsSwitch(name)) {
      Report(field,
             absl::StrCat("is '", name, "'; it must be the id of a rule (oneup rules), or one of ",
                          absl::StrJoin(mind::Switches(), ", ")));
    }
  }

  const LocationMap& locations_;
  v1::Scenario& scenario_;
  std::vector<Problem>* problems_;
  std::string at_;
};

}  // namespace

void ApplyInterventions(int first, const LocationMap& locations, v1::Scenario& scenario,
                        std::vector<Problem>* problems) {
  Applier applier(locations, scenario, problems);
  for (int i = first; i < scenario.interventions_size(); ++i) applier.Apply(i);
}

absl::Status ChangeNumbers(const v1::Intervention& intervention, v1::Scenario& scenario) {
  const bool set = intervention.has_set();
  const v1::FieldSetting& setting = set ? intervention.set() : intervention.scale();
  const auto paths = ExpandPath(setting.path(), scenario);
  if (!paths.ok()) return paths.status();
  for (const std::string& path : *paths) {
    double value = setting.value();
    if (!set) {
      const absl::StatusOr<double> present = GetField(path, scenario);
      if (!present.ok()) return present.status();
      value *= *present;
    }
    if (absl::Status status = SetField(path, value, scenario); !status.ok()) return status;
  }
  return absl::OkStatus();
}

bool Matches(std::string_view pattern, std::string_view id) {
  if (!pattern.ends_with('*')) return pattern == id;
  return id.starts_with(pattern.substr(0, pattern.size() - 1));
}

}  // namespace oneup::sims
