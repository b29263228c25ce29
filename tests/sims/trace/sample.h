// A small trace with a record of every kind, for the tests of this folder.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "oneup/v1/trace.pb.h"
#include "sims/trace/writer.h"

namespace oneup::trace {

inline constexpr int64_t kSampleTime = 1'757'448'300'000'000'000;  // 2025-09-09T20:05:00Z

// A header of full detail with two listings: NVDA in cents, 9984.T in yen.
v1::Header SampleHeader();

// A deal of 300 billion, its news, and what the market did: one record of every kind.
std::vector<v1::Record> SampleRecords();

// Writes the records after the header to memory; the test fails if that fails.
std::string WriteTrace(const v1::Header& header, const std::vector<v1::Record>& records);
std::string SampleTrace();

}  // namespace oneup::trace
