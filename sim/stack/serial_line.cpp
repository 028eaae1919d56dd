#include "sim/stack/serial_line.hpp"

#include <algorithm>

namespace sheave::sim {

SerialLine::SerialLine(const SerialSpec& spec) noexcept {
  const double bits = spec.parity == 'N' ? 10.0 : 11.0;
  const double character_s = bits / static_cast<double>(spec.baud);
  character_ns_ = static_cast<std::int64_t>(character_s * 1e9);
  gap_ns_ = spec.fixed_gap && spec.baud > 19200 ? 1'750'000 : static_cast<std::int64_t>(3.5 * character_s * 1e9);
}

std::int64_t SerialLine::carry(std::int64_t now_ns, std::size_t bytes) noexcept {
  busy_until_ns_ = std::max(now_ns, busy_until_ns_) + static_cast<std::int64_t>(bytes) * character_ns_;
  return busy_until_ns_;
}

}  // namespace sheave::sim
