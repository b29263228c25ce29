// manifest.json: what a batch was, what it is made of, and how to make any run of it again.
#pragma once

#include <string>
#include <vector>

#include "oneup/v1/batch.pb.h"
#include "sims/batch/tables.h"

namespace oneup::sims {

// digests: of the shards, in order. No time, no machine: equal batches have equal manifests.
std::string ManifestText(const v1::BatchPlan& plan, const std::vector<std::string>& digests,
                         const BatchCounts& counts);

}  // namespace oneup::sims
