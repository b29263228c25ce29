#include "sims/validation/check.h"

#include <cmath>
#include <cstdio>
#include <utility>

namespace oneup::sims {

Check AgainstPublished(std::string name, std::string source, double measured, double standard_error,
                       double published) {
  char expected[96];
  std::snprintf(expected, sizeof expected, "%.6g within 4 standard errors of %.2g", published,
                standard_error);
  return {std::move(name), std::move(source), measured, expected,
          std::abs(measured - published) <= 4 * standard_error};
}

Check WithinRange(std::string name, std::string source, double measured, double low, double high) {
  char expected[64];
  std::snprintf(expected, sizeof expected, "%.6g to %.6g", low, high);
  return {std::move(name), std::move(source), measured, expected,
          measured >= low && measured <= high};
}

}  // namespace oneup::sims
