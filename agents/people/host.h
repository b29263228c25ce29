// What the story needs of the world around it, and what it tells it.
#pragma once

#include <cstdint>
#include <string>

#include "market/kernel/civil_time.h"

namespace oneup::v1 {
class Event;
class Record;
}  // namespace oneup::v1

namespace oneup::people {

class Host {
 public:
  virtual ~Host() = default;

  // Market value of a listing, by its place in the scenario, now, billion USD: what its stock is
  // quoted at.
  virtual double CapitalisationUsdBn(int listing) const = 0;
  // Revenue that is expected of it this year, billion USD.
  virtual double ForwardRevenueUsdBn(int listing) const = 0;
  // The first session of a listing that can trade on what becomes public now.
  virtual kernel::CivilDay FirstSession(const std::string& ticker) const = 0;

  // Something has happened: public, then it reaches the market now, or known to its witnesses.
  // Returns the id of its record.
  virtual uint64_t Happen(const v1::Event& event, uint64_t cause) = 0;

  // Whether anybody wants the records below.
  virtual bool Recording() const = 0;
  // One record without id and time; returns its id.
  virtual uint64_t Record(v1::Record& record) = 0;
};

}  // namespace oneup::people
