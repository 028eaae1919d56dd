#pragma once
// One line of a benchmark's output.

#include <algorithm>
#include <cstdio>
#include <vector>

namespace sheave::bench {

/// @param limit the goal; @param reference what `value` is measured against, in words.
inline void print_figure(const char* name, double value, const char* unit, double limit, const char* reference) {
  std::printf(R"({"name":"%s","value":%.6g,"unit":"%s","limit":%g,"reference":"%s"})"
              "\n",
              name, value, unit, limit, reference);
  std::fflush(stdout);
}

/// @param share 0..1. Reorders `values`. 0 where there are none.
inline double percentile(std::vector<double>& values, double share) {
  if (values.empty()) return 0.0;
  const auto rank = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + rank, values.end());
  return values[static_cast<std::size_t>(rank)];
}

}  // namespace sheave::bench
