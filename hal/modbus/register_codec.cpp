#include "hal/modbus/register_codec.hpp"

#include <algorithm>
#include <cmath>

namespace sheave::hal::modbus {
namespace {

std::uint16_t load_register(const std::uint8_t* at) noexcept { return static_cast<std::uint16_t>(at[0] << 8 | at[1]); }

void store_register(std::uint8_t* at, std::uint32_t value) noexcept {
  at[0] = static_cast<std::uint8_t>(value >> 8);
  at[1] = static_cast<std::uint8_t>(value);
}

}  // namespace

std::int64_t lowest(RegisterType type) noexcept {
  switch (type) {
    case RegisterType::kI16:
      return std::numeric_limits<std::int16_t>::min();
    case RegisterType::kI32:
      return std::numeric_limits<std::int32_t>::min();
    case RegisterType::kU16:
    case RegisterType::kU32:
      break;
  }
  return 0;
}

std::int64_t highest(RegisterType type) noexcept {
  switch (type) {
    case RegisterType::kU16:
      return std::numeric_limits<std::uint16_t>::max();
    case RegisterType::kI16:
      return std::numeric_limits<std::int16_t>::max();
    case RegisterType::kU32:
      return std::numeric_limits<std::uint32_t>::max();
    case RegisterType::kI32:
      return std::numeric_limits<std::int32_t>::max();
  }
  return 0;
}

std::int64_t load_counts(const std::uint8_t* block, const RegisterField& field, WordOrder order) noexcept {
  const std::uint8_t* at = block + 2 * std::size_t{field.offset};
  if (width(field.type) == 1) {
    const std::uint16_t word = load_register(at);
    return field.type == RegisterType::kI16 ? static_cast<std::int16_t>(word) : std::int64_t{word};
  }
  const bool high_first = order == WordOrder::kHighFirst;
  const std::uint32_t high = load_register(high_first ? at : at + 2);
  const std::uint32_t low = load_register(high_first ? at + 2 : at);
  const std::uint32_t both = high << 16 | low;
  return field.type == RegisterType::kI32 ? static_cast<std::int32_t>(both) : std::int64_t{both};
}

void store_counts(std::uint8_t* block, const RegisterField& field, WordOrder order, std::int64_t counts) noexcept {
  const auto bits = static_cast<std::uint32_t>(std::clamp(counts, lowest(field.type), highest(field.type)));
  std::uint8_t* at = block + 2 * std::size_t{field.offset};
  if (width(field.type) == 1) {
    store_register(at, bits);
    return;
  }
  const bool high_first = order == WordOrder::kHighFirst;
  store_register(high_first ? at : at + 2, bits >> 16);
  store_register(high_first ? at + 2 : at, bits);
}

double load_value(const std::uint8_t* block, const RegisterField& field, WordOrder order) noexcept {
  if (!field.present) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(load_counts(block, field, order)) * field.scale;
}

bool store_command(std::uint8_t* block, const CommandField& command, WordOrder order, double value) noexcept {
  const RegisterField& field = command.field;
  if (!field.present) return true;
  const bool none = command.has_none && value == std::numeric_limits<double>::infinity();
  const bool is_number = std::isfinite(value) || none;
  if (!is_number) value = command.safe;
  if (command.has_none && value == std::numeric_limits<double>::infinity()) {
    store_counts(block, field, order, command.none_counts);
    return is_number;
  }
  value = std::clamp(value, 0.0, command.maximum);
  // Within +-2^33 before the cast, which is undefined beyond int64; store_counts() does the rest.
  double counts = std::clamp(std::nearbyint(value / field.scale), -8589934592.0, 8589934592.0);
  if (std::abs(counts * field.scale) > command.maximum) counts -= std::copysign(1.0, counts);  // rounding must not pass it
  const auto limit = static_cast<double>(command.none_counts);
  if (command.has_none && counts >= limit) counts = limit - 1;  // a large limit must not become "none"
  store_counts(block, field, order, static_cast<std::int64_t>(counts));
  return is_number;
}

}  // namespace sheave::hal::modbus
