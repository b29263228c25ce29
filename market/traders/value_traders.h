// Traders with a belief of what a share is worth. Each demands
//     D (r / p - 1) shares at price p,   r = V exp(opinion + news) / (1 + x / D),
// where V is the value that all see, x what he holds, and r his reservation price
// (linear demand: Chiarella and Iori 2002, Quantitative Finance 2). News reaches
// him with a delay of his own and is read in a way of his own.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "market/kernel/random.h"
#include "market/traders/desk.h"
#include "market/traders/draws.h"
#include "market/traders/news.h"
#include "market/traders/scale.h"

namespace oneup::v1 {
class ValueTraderParameters;
}

namespace oneup::traders {

class ValueTraders {
 public:
  // count: number of traders; owners are first_owner .. first_owner + count - 1.
  ValueTraders(const v1::ValueTraderParameters& parameters, const Scale& scale, uint32_t count,
               exchange::OwnerId first_owner, uint64_t seed, uint32_t entity);

  uint32_t count() const { return static_cast<uint32_t>(traders_.size()); }

  // Renews the opinions of the day; yesterday's orders have expired.
  void BeginDay();
  // Yesterday's news is disputed less.
  void EndDay();
  // What they hold was redeemed, or what they owe created, at the value: it no longer
  // moves their reservation prices. For shares of a fund.
  void Redeem(const Desk& desk);

  // A piece of news is out; returns its number. The caller wakes each trader after
  // RevisionDelayHours(trader, number) and then calls Revise.
  uint32_t Hear(const News& news);
  double RevisionDelayHours(uint32_t trader, uint32_t number) const;
  // The trader takes the news into his belief, once. Returns false if he had it already.
  bool Revise(uint32_t trader, uint32_t number);
  // Every trader takes in all that is out.
  void ReviseAll();

  // How far a piece of news has been taken in.
  struct Reception {
    uint32_t revised = 0;       // traders who have
    uint32_t waiting = 0;       // traders who have not
    double mean_log_value = 0;  // what it has done to the mean of all traders' log values
  };
  Reception ReceptionOf(uint32_t number) const;

  // In the continuous session: replaces his order by one at his reservation price.
  // A price far from what he believes makes him look for news first.
  void Act(uint32_t trader, double value, Desk& desk, const Draws& draws);
  // The randomness of what he does about it at once.
  Draws DrawsOnRevision(uint32_t trader, uint32_t number) const;

  // A call auction: a share of the traders, and everyone with fresh news, brings his
  // demand on each side of his reservation price in two steps, the larger the more the
  // news is disputed. Draws one word a trader.
  void BringToCall(double value, double share, Desk& desk, kernel::Stream& stream);

 private:
  struct Trader {
    double opinion = 0;                         // log price
    double daily_opinion = 0;                   // log price
    double news = 0;                            // log price, sum of what he has taken in
    double fresh_news = 0;                      // what of it is still disputed
    double multiplier = 1;                      // exp of the sum
    double redeemed = 0;                        // shares of the account that are no position
    std::array<exchange::OrderId, 4> orders{};  // live ones, in any order
  };
  struct Heard {
    News news;
    double consensus = 1;       // how this market reads it
    std::vector<bool> revised;  // by trader
    uint32_t waiting = 0;       // traders who have not revised
    double revision_sum = 0;    // log value, of those who have
  };

  void UpdateMultiplier(Trader& trader) const;
  double Reservation(uint32_t trader, double value, const Desk& desk) const;
  void Quote(uint32_t trader, double value, Desk& desk);
  void LookForNews(uint32_t trader);
  static void Withdraw(Trader& trader, Desk& desk);

  exchange::OwnerId first_owner_;
  uint64_t seed_;
  uint32_t entity_;
  double demand_;  // D, shares per unit of log mispricing, one trader
  double opinion_sd_;
  double daily_opinion_sd_;
  double margin_;  // relative
  double chase_;   // relative
  double delay_hours_;
  double alert_;  // relative
  double reading_sd_;
  double consensus_sd_;
  double order_quantity_;
  kernel::Stream opinions_;
  std::vector<Trader> traders_;
  std::vector<Heard> heard_;
};

}  // namespace oneup::traders
