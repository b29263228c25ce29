// The addresses by which others on a network reach this machine.
#pragma once

#include <string>
#include <vector>

namespace oneup::server {

// Those of its interfaces that are up, as a person writes them; none of loopback, none that holds
// on one link only. Empty where the system does not tell.
std::vector<std::string> AddressesOfMachine();

}  // namespace oneup::server
