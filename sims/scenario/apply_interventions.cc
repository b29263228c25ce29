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
#include "sims/scenario/aliases.h"
#include "sims/scenario/calendars.h"
#include "sims/scenario/change_numbers.h"
#include "sims/scenario/check_switches.h"
#include "sims/scenario/checks.h"
#include "sims/scenario/suggest.h"
#include "sims/scenario/trait_path.h"

namespace oneup::sims {
namespace {

// The states that can be pinned, and whose they are.
struct PinnedState {
  const char* name;
  bool hub;
  bool supplier;
  double most;
};
constexpr PinnedState kStates[] = {{"fomo", true, true, 1000},
                                   {"face", true, true, 1000},
                                   {"credibility", true, false, 1},
                                   {"trust", false, true, 1000}};

// Numbers that a run reads at its start only, by their last names.
constexpr const char* kReadAtStart[] = {"trait_sd", "own_headline_usd_bn", "credibility",
                                        "in_talks"};

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
    Resolve(*scenario_.mutable_interventions(index));
    const v1::Intervention intervention = scenario_.interventions(index);
    if (!intervention.from().empty() && intervention.from() > scenario_.end_date()) {
      Report(".from", absl::StrCat("is '", intervention.from(),
                                   "', after the scenario's last day, ", scenario_.end_date()));
    }
    switch (intervention.what_case()) {
      case v1::Intervention::kDrop:
        return DropEvents(intervention);
      case v1::Intervention::kAdd:
        CheckNoFrom(intervention);
        *scenario_.add_events() = intervention.add();
        return;
      case v1::Intervention::kMove:
        CheckNoFrom(intervention);
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
        Report("",
               "says nothing; one of drop, add, move, set, scale, pin, force, rule_off, rule_on");
    }
  }

 private:
  void Report(const std::string& field, const std::string& message) {
    AddProblem(problems_, locations_.Find(at_ + field), at_ + field, message);
  }

  // Puts an event's own id in the place of another name of it.
  void Resolve(v1::Intervention& intervention) {
    if (scenario_.principals().empty()) return;
    if (intervention.has_drop()) ResolveEvent(intervention.mutable_drop()->mutable_event());
    if (!intervention.has_force()) return;
    v1::Force& force = *intervention.mutable_force();
    ResolveEvent(force.mutable_event());
    // Who is to accept its own deal does not wait for it.
    for (const v1::Actor& actor : scenario_.actors()) {
      if (actor.id() == force.actor() &&
          force.event() == absl::StrCat(mind::StemOf(mind::SignalKind::kAnnouncement), "_",
                                        OrganisationOf(actor))) {
        force.clear_event();
      }
    }
  }

  void ResolveEvent(std::string* id) {
    const bool own = std::ranges::any_of(scenario_.events(),
                                         [&](const v1::Event& event) { return event.id() == *id; });
    const std::string event = own ? "" : EventOfAlias(*id);
    if (!event.empty()) *id = event;
  }

  // In whose name an actor acts.
  static const std::string& OrganisationOf(const v1::Actor& actor) {
    return actor.organisation().empty() ? actor.id() : actor.organisation();
  }

  void CheckNoFrom(const v1::Intervention& intervention) {
    if (intervention.from().empty()) return;
    Report(".from",
           "is not needed here: an event that is added or moved changes the run on its day");
  }

  void DropEvents(const v1::Intervention& intervention) {
    const v1::Drop& drop = intervention.drop();
    std::set<std::string> dropped;
    for (const v1::Event& event : scenario_.events()) {
      if (!mind::Matches(drop.event(), event.id())) continue;
      const auto days = DaysOf(event);
      if (!days) continue;  // its own rule reports it
      const std::string told = kernel::FormatDay(days->told);
      if (told >= intervention.from()) {
        dropped.insert(event.id());
      } else if (drop.event() == event.id()) {
        return Report(".from", absl::StrCat("is '", intervention.from(), "', after ", event.id(),
                                            " is told, ", told));
      }
    }
    if (dropped.empty() && !CanHappen(drop.event(), ".drop.event", true)) return;
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

  // Whether something of this id is in the scenario or may emerge, in public if need be; reports
  // if nothing can.
  bool CanHappen(const std::string& pattern, const char* field, bool in_public) {
    std::vector<std::string> known;
    for (const v1::Event& event : scenario_.events()) {
      if (!in_public && event.id() == pattern) return true;
      known.push_back(event.id());
    }
    std::vector<std::string> stems;
    for (const v1::Principal& principal : scenario_.principals()) {
      for (const v1::Actor& actor : scenario_.actors()) {
        if (actor.id() != principal.actor()) continue;
        for (int kind = 0; kind < mind::kSignalKinds; ++kind) {
          if (in_public && !mind::IsPublic(static_cast<mind::SignalKind>(kind))) continue;
          stems.push_back(absl::StrCat(mind::StemOf(static_cast<mind::SignalKind>(kind)), "_",
                                       OrganisationOf(actor)));
        }
      }
    }
    const bool can = std::ranges::any_of(stems, [&](const std::string& stem) {
      // leak_nvidia, leak_nvidia_2, leak_nvidia*, leak*
      if (mind::Matches(pattern, stem)) return true;
      const std::string rest = pattern.starts_with(stem) ? pattern.substr(stem.size()) : "x";
      return rest == "_*" ||
             (rest.size() > 1 && rest[0] == '_' && std::ranges::all_of(rest.substr(1), [](char c) {
                return (c >= '0' && c <= '9') || c == '*';
              }));
    });
    if (can) return true;
    known.insert(known.end(), stems.begin(), stems.end());
    if (!stems.empty()) {
      for (const v1::Alias& alias : Aliases()) known.push_back(alias.name());
    }
    Report(field, absl::StrCat("'", pattern, "' is no event of this scenario",
                               scenario_.principals().empty() ? ""
                               : in_public ? ", nor one that can emerge in public"
                                           : ", nor one that can emerge",
                               DidYouMean(pattern, known)));
    return false;
  }

  void MoveEvent(const v1::Move& move) {
    std::vector<std::string> known;
    const auto to = kernel::ParseDay(move.to());
    if (move.to() < scenario_.start_date() || move.to() > scenario_.end_date()) {
      return Report(".move.to", absl::StrCat("is '", move.to(), "'; the scenario runs from ",
                                             scenario_.start_date(), " to ", scenario_.end_date()));
    }
    for (v1::Event& event : *scenario_.mutable_events()) {
      known.push_back(event.id());
      if (event.id() != move.event()) continue;
      const auto days = DaysOf(event);
      if (!days || !to.ok()) return;  // the field's own rule reports it
      Place(event, *to - days->told, *to);
      return CutBackwardLinks(event, *to);
    }
    const std::string emerging = scenario_.principals().empty() ? "" : EventOfAlias(move.event());
    Report(".move.event",
           absl::StrCat("'", move.event(), "' is no event of this scenario",
                        emerging.empty() ? DidYouMean(move.event(), known)
                                         : absl::StrCat("; here '", emerging,
                                                        "' may emerge, which can be dropped, but "
                                                        "has no day to be moved from")));
  }

  // Tells an event on another day, so many days away; whoever knew of it knows as much before.
  void Place(v1::Event& event, int64_t days, kernel::CivilDay to) {
    if (event.precision() != v1::PRECISION_INSTANT) event.set_precision(v1::PRECISION_DAY);
    event.set_date(kernel::FormatDay(to));
    event.clear_told_on();
    v1::Visibility& visibility = *event.mutable_visibility();
    Shift(days, visibility.mutable_public_from());
    for (v1::Witness& witness : *visibility.mutable_witnesses())
      Shift(days, witness.mutable_since());
    if (!event.has_announcement()) return;
    v1::Announcement& announcement = *event.mutable_announcement();
    const auto at = kernel::ParseInstant(announcement.at());
    const auto calendar = CalendarOf(scenario_, announcement);
    if (!at.ok() || !calendar) return;
    // The same time of the day there, whatever the clocks do in between.
    const absl::TimeZone& zone = calendar->zone();
    const kernel::CivilDay day = kernel::DayAt(*at, zone);
    const Time moved = kernel::ToTime(day + days, {}, zone) + (*at - kernel::ToTime(day, {}, zone));
    announcement.set_at(kernel::FormatInstant(moved, zone));
    if (const kernel::Session* session = calendar->SessionAtOrAfter(moved)) {
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
    const std::string& written = set ? intervention.set().path() : intervention.scale().path();
    for (const char* own : {"interventions", "set", "default_seed"}) {
      if (written.starts_with(own)) {
        return Report(field, absl::StrCat("'", written, "' changes nothing of the world"));
      }
    }
    if (intervention.from().empty()) {
      const absl::Status status = ChangeNumbers(intervention, scenario_);
      if (!status.ok()) Report(field, std::string(status.message()));
      return;
    }
    const auto paths = ExpandPath(written, scenario_);
    if (!paths.ok()) return Report(field, std::string(paths.status().message()));
    for (const std::string& path : *paths) {
      const bool within = path.starts_with("principals[") || path.starts_with("minds.") ||
                          path.starts_with("valuation.") || path.starts_with("held_out[");
      const bool at_start = std::ranges::any_of(
          kReadAtStart, [&](const char* name) { return path.ends_with(std::string(".") + name); });
      if (!within || at_start) {
        return Report(field, absl::StrCat("'", path, "' takes no 'from': ",
                                          within ? "a run reads it at its start only"
                                                 : "only numbers of principals, minds and "
                                                   "valuation can change within a run"));
      }
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
      if (has && pin.state() == state.name) {
        if (pin.value() > state.most) {
          Report(".pin.value",
                 absl::StrCat("is ", pin.value(), "; ", state.name, " is 0 to ", state.most));
        }
        return;
      }
      if (has) allowed.emplace_back(state.name);
    }
    Report(".pin.state", absl::StrCat("is '", pin.state(), "'; of ", pin.actor(), " it must be ",
                                      allowed.empty() ? "none" : absl::StrJoin(allowed, ", "),
                                      " (other numbers: set ", pin.actor(), ".NAME VALUE)"));
  }

  void CheckForce(const v1::Force& force) {
    const v1::Principal* principal = PrincipalOf(force.actor(), ".force.actor");
    if (principal == nullptr) return;
    if (principal->part() != v1::PART_SUPPLIER) {
      Report(".force.actor", absl::StrCat("'", force.actor(), "' is no supplier of the hub"));
    } else if (!force.event().empty()) {
      CanHappen(force.event(), ".force.event", false);
    }
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
  const size_t before = problems->size();
  bool within = false;
  for (int i = first; i < scenario.interventions_size(); ++i) {
    applier.Apply(i);
    within = within || ChangesWithin(scenario.interventions(i));
  }
  if (problems->size() == before) CheckSwitches(first, locations, scenario, problems);
  if (within && problems->size() == before) TryChanges(locations, scenario, problems);
}

}  // namespace oneup::sims
