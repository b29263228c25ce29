// Who trades a listing, and whose account is whose.
#pragma once

#include <cstddef>
#include <cstdint>

#include "market/exchange/types.h"

namespace oneup::traders {

enum class Population : uint8_t { kValue, kMaker, kInstitution, kMomentum, kNoise, kRetail };
inline constexpr size_t kPopulations = 6;

// Owners of a listing's accounts, in order: institutions, noise, momentum, retail,
// then the makers and the value traders.
inline constexpr exchange::OwnerId kInstitutionOwner = 0;
inline constexpr exchange::OwnerId kNoiseOwner = 1;
inline constexpr exchange::OwnerId kMomentumOwner = 2;
inline constexpr exchange::OwnerId kRetailOwner = 3;
inline constexpr exchange::OwnerId kFirstMaker = 4;

// makers: how many there are.
constexpr Population PopulationOf(exchange::OwnerId owner, uint32_t makers) {
  switch (owner) {
    case kInstitutionOwner:
      return Population::kInstitution;
    case kNoiseOwner:
      return Population::kNoise;
    case kMomentumOwner:
      return Population::kMomentum;
    case kRetailOwner:
      return Population::kRetail;
    default:
      return owner - kFirstMaker < makers ? Population::kMaker : Population::kValue;
  }
}

}  // namespace oneup::traders
