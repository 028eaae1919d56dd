#pragma once
// Counts what the link and the loop miss, in milliseconds: buckets that fill with loss and leak with time.

#include <cstdint>

#include "controller/safety/input.hpp"

namespace sheave::safety {

/// Fills by what was lost and leaks at half of real time, as LinuxCNC's hm2_eth does (+2 per miss, -1 per good packet): full
/// after `limit` of solid loss, and for ever above a third of sustained loss.
class LeakyBucket {
 public:
  void add(std::int64_t lost_ns, std::int64_t passed_ns) noexcept;
  std::int64_t level_ns() const noexcept { return level_ns_; }
  void clear() noexcept { level_ns_ = 0; }

 private:
  std::int64_t level_ns_ = 0;
};

/// One for the stack: any cable's missed answer counts, for a reaction hits both. [control]
class LinkMonitor {
 public:
  void step(const SafetyInput& in, ConditionSet& found) noexcept;

 private:
  LeakyBucket missed_;
  LeakyBucket late_;
  std::int64_t silent_ns_ = 0;
};

}  // namespace sheave::safety
