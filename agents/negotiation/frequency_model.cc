#include "agents/negotiation/frequency_model.h"

#include <algorithm>

namespace oneup::negotiation {

FrequencyModel::FrequencyModel(const OutcomeSpace& space)
    : space_(space), kept_(space.issues().size(), 0.0) {
  for (size_t i = 0; i < kept_.size(); ++i) counts_.emplace_back(space.Values(i), 0.0);
  estimate_.worth = counts_;
  for (std::vector<double>& values : estimate_.worth) {
    std::ranges::fill(values, 1.0 / static_cast<double>(kept_.size()));
  }
}

void FrequencyModel::Hear(Outcome offer) {
  if (last_ == offer) return;
  for (size_t i = 0; i < kept_.size(); ++i) {
    const size_t value = space_.Value(offer, i);
    ++counts_[i][value];
    if (last_ && space_.Value(*last_, i) == value) ++kept_[i];
  }
  last_ = offer;

  double total = 0;
  for (const double kept : kept_) total += 1 + kept;
  for (size_t i = 0; i < kept_.size(); ++i) {
    const double weight = (1 + kept_[i]) / total;
    const double most = *std::ranges::max_element(counts_[i]);
    for (size_t v = 0; v < counts_[i].size(); ++v) {
      estimate_.worth[i][v] = weight * (counts_[i][v] / most);
    }
  }
}

}  // namespace oneup::negotiation
