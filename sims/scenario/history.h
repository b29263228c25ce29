// Recorded prices: CSV files of daily bars.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sims/scenario/problem.h"
#include "sims/scenario/scenario.h"

namespace oneup::sims {

// Reads lines of date,ticker,open,high,low,close,volume (that heading first; lines that
// begin with # are comments) and appends them to the tickers' bars. At most 20 problems of
// one file are reported, the others counted.
void ReadHistory(const SourceText& file, std::map<std::string, RecordedPrices>* prices,
                 std::vector<Problem>* problems);

}  // namespace oneup::sims
