// A number of a message by its path: principals[huang].supply.margin. What settings of a scenario,
// calibrations and experiments name parameters by.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace google::protobuf {
class Message;
}

namespace oneup::sims {

// Names of fields with dots between them; a value of a repeated field in brackets, by the string in
// its first field (its id, actor, ticker or name), or by its place from 0. The field must be a
// number or a bool. One line says what is wrong otherwise: which part of the path, and what there
// is instead.
absl::Status SetField(const std::string& path, double value, google::protobuf::Message& message);
absl::StatusOr<double> GetField(const std::string& path, const google::protobuf::Message& message);

// The paths of all values of a repeated field, for the one '[*]' in a path
// (principals[altman].demand.outlook[*].need_gw), as far as the number is stated in them; a path
// without is itself. Errors as above, and for none.
absl::StatusOr<std::vector<std::string>> ExpandStar(const std::string& path,
                                                    const google::protobuf::Message& message);

}  // namespace oneup::sims
