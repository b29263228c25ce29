#include "sims/scenario/scenario.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "sims/scenario/apply_interventions.h"
#include "sims/scenario/checks.h"
#include "sims/scenario/field_path.h"
#include "sims/scenario/files.h"
#include "sims/scenario/history.h"
#include "sims/scenario/rules_check.h"
#include "sims/scenario/sha256.h"
#include "sims/scenario/text_format.h"

namespace oneup::sims {
namespace {

constexpr size_t kMaxFiles = 256;

// Reads a scenario file by file and gathers what is wrong with it.
class Loader {
 public:
  explicit Loader(const FileFinder& find) : find_(find) {}

  absl::StatusOr<LoadedScenario> Load(SourceText root) {
    locations_.set_default_file(root.name);
    ReadScenario(std::move(root));
    // Half a scenario would be blamed for what its unreadable part says.
    if (!complete_) return ProblemsToStatus(std::move(problems_));
    for (const SourceLocation& place : stand_ins_) {
      const std::string path = locations_.PathAt(place);
      if (!path.empty()) stand_in_paths_.push_back(path);
    }
    ApplySettings();
    ApplyInterventions(0, locations_, loaded_.proto, &problems_);
    const size_t reported = problems_.size();
    CheckRules(loaded_.proto, locations_, &problems_);
    DropRepeated(reported, &problems_);
    // A value that nobody wrote is not to blame for its range ...
    Forgive(reported, [](const std::string& field) { return field; });
    ReadHistories();
    const size_t ruled = problems_.size();
    const CheckContext context{loaded_.proto, locations_, &problems_};
    const Calendars calendars = CheckParts(context);
    CheckPrices(context, calendars, prices_);
    // ... nor the event or listing around it for not fitting to it.
    Forgive(ruled, [](const std::string& field) { return field.substr(0, field.find('.')); });
    if (!problems_.empty()) return ProblemsToStatus(std::move(problems_));
    Finish(calendars);
    return std::move(loaded_);
  }

 private:
  void ReadScenario(SourceText file) {
    const size_t slot = loaded_.sources.size();
    loaded_.sources.push_back(std::move(file));
    // The vector grows below: no reference into it is kept.
    const SourceText source = loaded_.sources[slot];
    const ParsedFile parsed = ParseScenarioText(source, &problems_);
    complete_ = complete_ && parsed.text->complete;
    stand_ins_.insert(stand_ins_.end(), parsed.text->stand_ins.begin(),
                      parsed.text->stand_ins.end());
    importers_.push_back(source.name);
    for (const std::string& import : parsed.message.imports()) {
      auto imported = Find(source.name, import, "imports");
      complete_ = complete_ && imported.has_value();
      if (!imported) continue;
      if (std::find(importers_.begin(), importers_.end(), imported->name) != importers_.end()) {
        AddProblem(&problems_, {source.name, 0, 0}, "imports",
                   "'" + import + "' imports this file in its turn: a circle");
        complete_ = false;
      } else if (!IsRead(imported->name)) {
        ReadScenario(*std::move(imported));
      }
    }
    importers_.pop_back();
    MergeScenario(source, parsed, &loaded_.proto, &locations_, &problems_);
  }

  void ApplySettings() {
    const auto settings = loaded_.proto.set();
    for (int i = 0; i < settings.size(); ++i) {
      const absl::Status status = SetField(settings[i].path(), settings[i].value(), loaded_.proto);
      if (status.ok()) continue;
      const std::string path = "set[" + std::to_string(i) + "].path";
      AddProblem(&problems_, locations_.Find(path), path, std::string(status.message()));
    }
  }

  // Drops the problems from `first` on that blame a stand-in: part(field) is what of the two
  // fields has to be equal.
  template <typename Part>
  void Forgive(size_t first, Part part) {
    const auto blames_stand_in = [&](const Problem& problem) {
      return std::any_of(
          stand_in_paths_.begin(), stand_in_paths_.end(),
          [&](const std::string& path) { return part(path) == part(problem.field); });
    };
    problems_.erase(std::remove_if(problems_.begin() + static_cast<std::ptrdiff_t>(first),
                                   problems_.end(), blames_stand_in),
                    problems_.end());
  }

  void ReadHistories() {
    for (int i = 0; i < loaded_.proto.histories_size(); ++i) {
      const std::string path = "histories[" + std::to_string(i) + "].file";
      const std::string& reference = loaded_.proto.histories(i).file();
      if (reference.empty()) continue;
      auto file = Find(locations_.Find(path).file, reference, path);
      if (!file || IsRead(file->name)) continue;
      ReadHistory(*file, &prices_, &problems_);
      loaded_.sources.push_back(*std::move(file));
    }
  }

  std::optional<SourceText> Find(const std::string& importer, const std::string& reference,
                                 const std::string& path) {
    const auto report = [&](std::string message) {
      AddProblem(&problems_, {importer, locations_.Find(path).line, 0}, path, std::move(message));
    };
    if (loaded_.sources.size() >= kMaxFiles) {
      report("more than " + std::to_string(kMaxFiles) + " files");
      return std::nullopt;
    }
    if (!IsRelativeFile(reference)) {
      report("'" + reference + "' must be a path relative to this file, with '/' and without '..'");
      return std::nullopt;
    }
    auto found = find_(importer, reference);
    if (found.ok()) return *std::move(found);
    report(std::string(found.status().message()));
    return std::nullopt;
  }

  bool IsRead(const std::string& name) const {
    return std::any_of(loaded_.sources.begin(), loaded_.sources.end(),
                       [&](const SourceText& source) { return source.name == name; });
  }

  void Finish(const Calendars& calendars) {
    for (const auto& calendar : calendars) loaded_.calendars.push_back(*calendar);
    loaded_.schedule = MakeSchedule(loaded_.proto);
    for (const v1::Listing& listing : loaded_.proto.listings()) {
      const auto found = prices_.find(listing.ticker());
      if (found != prices_.end()) loaded_.prices.push_back(std::move(found->second));
    }
    std::string all;
    for (const SourceText& source : loaded_.sources) {
      all += std::to_string(source.text.size()) + "\n" + source.text;
    }
    loaded_.digest = Sha256Hex(all);
  }

  const FileFinder& find_;
  bool complete_ = true;  // every file so far could be found and read to its end
  LoadedScenario loaded_;
  LocationMap locations_;
  std::map<std::string, RecordedPrices> prices_;
  std::vector<Problem> problems_;
  std::vector<std::string> importers_;     // the files being read, each imported by the one before
  std::vector<SourceLocation> stand_ins_;  // where a value could not be read
  std::vector<std::string> stand_in_paths_;  // and the fields there
};

template <typename List, typename Key>
auto FindIn(const List& list, std::string_view id, Key key) -> decltype(&*list.begin()) {
  for (const auto& value : list) {
    if (key(value) == id) return &value;
  }
  return nullptr;
}

bool DayLess(const DailyBar& bar, kernel::CivilDay day) { return bar.day < day; }

}  // namespace

absl::StatusOr<LoadedScenario> LoadScenarioFrom(SourceText root, const FileFinder& find) {
  return Loader(find).Load(std::move(root));
}

const DailyBar* RecordedPrices::Find(kernel::CivilDay day) const {
  const auto it = std::lower_bound(bars.begin(), bars.end(), day, DayLess);
  return it != bars.end() && it->day == day ? &*it : nullptr;
}

const DailyBar* RecordedPrices::Before(kernel::CivilDay day) const {
  const auto it = std::lower_bound(bars.begin(), bars.end(), day, DayLess);
  return it == bars.begin() ? nullptr : &*(it - 1);
}

const v1::Listing* LoadedScenario::FindListing(std::string_view ticker) const {
  return FindIn(proto.listings(), ticker, [](const auto& l) { return l.ticker(); });
}

const v1::Actor* LoadedScenario::FindActor(std::string_view id) const {
  return FindIn(proto.actors(), id, [](const auto& a) { return a.id(); });
}

const v1::Event* LoadedScenario::FindEvent(std::string_view id) const {
  return FindIn(proto.events(), id, [](const auto& e) { return e.id(); });
}

const kernel::TradingCalendar* LoadedScenario::FindCalendar(std::string_view id) const {
  return FindIn(calendars, id, [](const auto& c) { return c.id(); });
}

const RecordedPrices* LoadedScenario::FindPrices(std::string_view ticker) const {
  return FindIn(prices, ticker, [](const auto& p) { return p.ticker; });
}

const v1::Listing& LoadedScenario::index() const {
  return *std::find_if(proto.listings().begin(), proto.listings().end(),
                       [](const v1::Listing& listing) { return listing.is_index(); });
}

}  // namespace oneup::sims
