// From an announcement to what it does to the value of each listing: the exposed
// companies by the terms of the deal, their holders by look-through, the rest of the
// sector by spillover. The formulas are in agents/deal/valuation.h; this file finds
// their inputs in the scenario. No event has a number of its own here.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "agents/deal/valuation.h"
#include "oneup/v1/valuation.pb.h"
#include "sims/scenario/scenario.h"

namespace oneup::sims {

// What one announcement does to one listing, read by everybody alike.
struct Impact {
  int listing = 0;        // index into the scenario's listings
  double log_return = 0;  // of the value
  // How much of it is news about this company itself, in log-return units, >= 0: what
  // draws attention. The rest comes from others' news.
  double headline = 0;
};

class NewsDesk {
 public:
  // What a listing is worth on the eve of a day, billion USD.
  using MarketValue = std::function<double(const v1::Listing& listing, const std::string& date)>;

  // Values as the scenario records them. The scenario must outlive the desk.
  explicit NewsDesk(const LoadedScenario& scenario) : scenario_(scenario) {}
  // Values as this says: of a run whose stocks go their own way.
  NewsDesk(const LoadedScenario& scenario, MarketValue value)
      : scenario_(scenario), value_(std::move(value)) {}

  // One entry for each listing that the event moves, in the scenario's order of
  // listings; none for an event that never reached the market.
  std::vector<Impact> Read(const v1::Event& event, const v1::ValuationParameters& parameters) const;

  // A deal that the scenario does not hold was announced: the market remembers it.
  void Remember(const v1::Event& event) { remembered_.push_back(event); }

  // Market value of a listing before the day, billion USD.
  double Capitalisation(const v1::Listing& listing, const std::string& date) const;

 private:
  // What is known of a company: of a listing, or else of the first stake in it.
  struct Books {
    deal::Company company;
    double operating_margin = 0;  // 0: unknown
    std::string sector;
    std::string layer;
  };
  struct CompanyNews {
    double log_return = 0;
    bool direct = false;
  };
  struct Context {
    const v1::Event& event;
    const v1::ValuationParameters& parameters;
    int mega_deals = 0;
  };

  // Expected in the year of the day, billion USD.
  double Revenue(const v1::Listing& listing, const std::string& date) const;
  std::optional<Books> BooksOf(const std::string& company, const std::string& date) const;
  int MegaDealsBefore(const v1::Event& event) const;
  CompanyNews Direct(const Context& context, const std::string& company) const;
  double Spillover(const Context& context, const std::string& sector,
                   const std::string& layer) const;

  const LoadedScenario& scenario_;
  MarketValue value_;
  std::vector<v1::Event> remembered_;
};

}  // namespace oneup::sims
