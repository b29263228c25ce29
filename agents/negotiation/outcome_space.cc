#include "agents/negotiation/outcome_space.h"

#include <cassert>
#include <charconv>
#include <string_view>
#include <utility>

namespace oneup::negotiation {
namespace {

constexpr uint64_t kTooMany = uint64_t{1} << 63;

// String.hashCode() of Java: h = 31 h + unit over the UTF-16 units. Bytes that are no UTF-8 count
// as they are.
uint32_t JavaHash(std::string_view text) {
  uint32_t hash = 0;
  for (size_t i = 0; i < text.size();) {
    const auto byte = [&](size_t at) {
      return at < text.size() ? static_cast<uint32_t>(static_cast<unsigned char>(text[at])) : 0u;
    };
    const uint32_t lead = byte(i);
    const size_t length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    uint32_t point = length == 1 ? lead : lead & (0xFFu >> (length + 1));
    for (size_t k = 1; k < length; ++k) point = point << 6 | (byte(i + k) & 0x3F);
    i += length;
    if (point >= 0x10000) {
      hash = 31 * hash + (0xD800 + ((point - 0x10000) >> 10));
      point = 0xDC00 + ((point - 0x10000) & 0x3FF);
    }
    hash = 31 * hash + point;
  }
  return hash;
}

uint32_t ValueHash(const Issue& issue, const std::string& value) {
  if (!issue.integer) return JavaHash(value);
  int64_t number = 0;
  std::from_chars(value.data(), value.data() + value.size(), number);
  return static_cast<uint32_t>(number);
}

}  // namespace

OutcomeSpace::OutcomeSpace(std::vector<Issue> issues) : issues_(std::move(issues)) {
  for (const Issue& issue : issues_) {
    assert(!issue.values.empty());
    strides_.push_back(size_);
    size_ *= issue.values.size();
    hashes_.emplace_back();
    for (const std::string& value : issue.values) {
      hashes_.back().push_back(ValueHash(issue, value));
    }
  }
}

Outcome OutcomeSpace::Find(const std::vector<size_t>& values) const {
  Outcome outcome = 0;
  for (size_t i = 0; i < values.size(); ++i) outcome += strides_[i] * values[i];
  return outcome;
}

uint32_t OutcomeSpace::GeniusHash(Outcome outcome) const {
  uint32_t hash = 0;
  for (size_t i = 0; i < issues_.size(); ++i) hash += hashes_[i][Value(outcome, i)];
  return hash;
}

uint64_t CountOutcomes(const std::vector<Issue>& issues) {
  uint64_t count = 1;
  for (const Issue& issue : issues) {
    const uint64_t values = issue.values.size();
    if (values != 0 && count >= kTooMany / values) return kTooMany;
    count *= values;
  }
  return count;
}

}  // namespace oneup::negotiation
