// Who wants to know what happens in a run, as it happens. Nobody's listening changes it.
#pragma once

#include <cstdint>

#include "market/exchange/venue.h"
#include "market/kernel/time.h"
#include "market/traders/listing_market.h"
#include "sims/scenario/scenario.h"
#include "sims/world/news_desk.h"

namespace oneup::v1 {
class Record;
}

namespace oneup::sims {

// Retail's attention for a listing, in log-return units.
struct AttentionChange {
  int listing = 0;
  double level = 0;  // after the change
  double change = 0;
};

// Ids of records that others cause are passed back as `cause`; 0 is no cause. Of one instant,
// calls come in the order in which things happen.
class RunListener {
 public:
  virtual ~RunListener() = default;

  // An event of the scenario; returns the id of its record.
  virtual uint64_t OnEvent(const ScheduledEvent& event) = 0;
  // It reaches the market of a listing, as the next piece of news that its traders hear;
  // returns the id of its record.
  virtual uint64_t OnImpact(Time at, const v1::Event& event, const Impact& impact,
                            uint64_t cause) = 0;
  // It has changed the attention for a listing: `cause` is what OnImpact returned for this
  // listing, or for the one with the loudest headline where attention spilt over.
  virtual void OnAttention(Time, const v1::Event&, const AttentionChange&, uint64_t /*cause*/) {}

  // The agents of the run have made something happen; returns the id of its record.
  virtual uint64_t OnEmerged(Time, const v1::Event&, uint64_t /*cause*/) { return 0; }
  // How it came about: perceptions, rules, minds, offers, threads, as records without id and time;
  // returns the id. Only called where WantsStory().
  virtual uint64_t OnStory(Time, v1::Record&) { return 0; }
  virtual bool WantsStory() const { return false; }

  // A session of a listing opens; its opening call comes next.
  virtual void OnOpen(Time, int /*listing*/, const traders::ListingMarket&) {}
  // A call auction has been cleared.
  virtual void OnAuction(Time, int /*listing*/, const exchange::AuctionResult&) {}
  // Trading stops or goes on.
  virtual void OnHalt(Time, int /*listing*/, const exchange::HaltNotice&) {}
  // A session of a listing has closed.
  virtual void OnClose(Time at, int listing, const traders::ListingMarket& market) = 0;

  // One trade. Only called where WantsFills().
  virtual void OnFill(Time, int /*listing*/, const exchange::Fill&) {}
  virtual bool WantsFills() const { return false; }
  // One order that the venue has taken. Only called where WantsOrders().
  virtual void OnOrder(int /*listing*/, exchange::OwnerId) {}
  virtual bool WantsOrders() const { return false; }
};

}  // namespace oneup::sims
