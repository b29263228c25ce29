// "Did you mean": the nearest of some names to a mistyped one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace oneup::sims {

// Least number of single-character insertions, deletions, substitutions and swaps of
// neighbours that turn a into b, letters compared without case. O(|a| |b|).
int EditDistance(std::string_view a, std::string_view b);

// "; did you mean 'NVDA'?" if some name is within a third of the word's length (at least
// one edit), else "". The first of equally near names wins.
std::string DidYouMean(std::string_view word, const std::vector<std::string>& names);

}  // namespace oneup::sims
