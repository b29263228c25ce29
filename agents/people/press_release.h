// What principals do, as an event of the story: in words, with terms, exposures and witnesses, as
// if the scenario had told it.
#pragma once

#include <functional>
#include <string>

#include "agents/mind/signal.h"
#include "oneup/v1/scenario.pb.h"

namespace oneup::people {

// Who is who, for words.
struct Names {
  struct Name {
    std::string actor;         // "huang"
    std::string person;        // "Jensen Huang"
    std::string organisation;  // id: "nvidia"; empty for none
    std::string company;       // "Nvidia"
    std::string ticker;        // empty if not listed
  };
  std::vector<Name> by_place;
  const Name& Of(mind::Who who) const { return by_place[static_cast<size_t>(who)]; }
};

// An event without id, dates and first session, which the caller knows. invests: the one it is
// about is a funder, no supplier.
v1::Event EventOf(const mind::Signal& signal, const Names& names, bool invests);

}  // namespace oneup::people
