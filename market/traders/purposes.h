// What random numbers are drawn for: the third part of a stream's key (seed,
// entity, purpose). Never reuse or renumber: a number is a promise to old traces.
#pragma once

#include <cstdint>

namespace oneup::traders {

enum Purpose : uint32_t {
  kArrivals = 1,     // times and deeds of order arrivals
  kInformation = 2,  // rate and value of unnamed news
  kOpinions = 3,
  kConsensus = 4,     // the market's common reading of one piece of news
  kReading = 5,       // one trader's reading of it
  kDelay = 6,         // one trader's delay
  kAuction = 7,       // who takes part in a call
  kRevisionDeed = 8,  // what a trader does on revising
  kIndexPath = 9,     // the index within a day
};

}  // namespace oneup::traders
