// Purposes of the principals' random streams. Old numbers keep their meaning.
#pragma once

#include <cstdint>

namespace oneup::people {

inline constexpr uint32_t kTraits = 1;    // temper of this run
inline constexpr uint32_t kLatency = 2;   // how long one takes to answer
inline constexpr uint32_t kCourting = 3;  // whom the hub asks next, and when
inline constexpr uint32_t kGossip = 4;    // what leaks by itself
inline constexpr uint32_t kRules = 1000;  // + the number of the rule

}  // namespace oneup::people
