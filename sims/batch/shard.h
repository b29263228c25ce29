// A shard as a file: consecutive runs of a batch (proto/oneup/v1/batch.proto), written whole or not
// at all, and checked whole when it is read.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "oneup/v1/batch.pb.h"

namespace oneup::sims {

// The header that a shard of this plan must have.
v1::ShardHeader HeaderOf(const v1::BatchPlan& plan, uint64_t shard);

// The bytes of a shard: `shard` holds the header and the runs; the footer is added here. The same
// runs give the same bytes.
std::string ShardBytes(v1::Shard shard);

// Reads a shard and holds it against the plan. Errors name the path: NotFound; DataLoss for one
// that is cut off or changed; FailedPrecondition for one that is whole, but of another experiment,
// version or place.
absl::StatusOr<v1::Shard> ReadShard(const v1::BatchPlan& plan, uint64_t shard,
                                    const std::string& path);

// A whole file. Errors name the path.
absl::StatusOr<std::string> ReadBytes(const std::string& path);
// A file that appears under its name only when it is whole and on the disk.
absl::Status WriteBytes(const std::string& path, std::string_view bytes);

// Of bytes, 32 hexadecimal digits (XXH3, 128 bits).
std::string DigestHex(std::string_view bytes);

}  // namespace oneup::sims
