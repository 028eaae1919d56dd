#include "hal/modbus/serial_timing.hpp"

#include <algorithm>

namespace sheave::hal::modbus {
namespace {

constexpr std::int64_t kNsPerSecond = 1'000'000'000;
constexpr std::int64_t kFixedGapNs = 1'750'000;
constexpr std::uint32_t kFixedGapAbove = 19200;

// Two crystals of 1 % each would still hold; the rest is the time in which a real-time thread wakes up.
constexpr std::int64_t kMarginPercent = 3;
constexpr std::int64_t kGridNs = 10'000;

}  // namespace

std::int64_t SerialTiming::characters_ns(std::size_t count) const noexcept {
  const std::int64_t bits = parity == Parity::kNone ? 10 : 11;
  return static_cast<std::int64_t>(count) * bits * kNsPerSecond / baud;
}

std::int64_t SerialTiming::gap_ns() const noexcept {
  if (gap == FrameGap::kFixed && baud > kFixedGapAbove) return kFixedGapNs;
  return characters_ns(7) / 2;
}

std::int64_t SerialTiming::exchange_ns(std::size_t request_pdu, std::size_t reply_pdu) const noexcept {
  return characters_ns(request_pdu + reply_pdu + 2 * kRtuOverhead) + 2 * gap_ns() + turnaround_ns;
}

std::int64_t period_for(std::int64_t wire_ns, std::int64_t least_ns) noexcept {
  const std::int64_t wanted_ns = wire_ns + wire_ns * kMarginPercent / 100;
  return std::max(least_ns, (wanted_ns + kGridNs - 1) / kGridNs * kGridNs);
}

}  // namespace sheave::hal::modbus
