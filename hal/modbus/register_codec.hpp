#pragma once
// Numbers in Modbus registers: 16 or 32 bit, signed or not, either word order, scaled. Bytes inside a register are always
// big-endian (Modbus). Own packing: libmodbus' 32-bit helpers are wrong for negative words before 3.1.7.

#include <cstddef>
#include <cstdint>
#include <limits>

namespace sheave::hal::modbus {

enum class WordOrder : std::uint8_t { kHighFirst, kLowFirst };
enum class RegisterType : std::uint8_t { kU16, kI16, kU32, kI32 };

/// Registers that a value of `type` takes: 1 or 2.
constexpr std::uint16_t width(RegisterType type) noexcept { return type == RegisterType::kU16 || type == RegisterType::kI16 ? 1 : 2; }

std::int64_t lowest(RegisterType type) noexcept;
std::int64_t highest(RegisterType type) noexcept;

/// Where a value lies in a block of registers, and what one count of it means.
struct RegisterField {
  std::uint16_t offset = 0;  ///< Registers from the start of the block.
  RegisterType type = RegisterType::kU16;
  double scale = 1.0;    ///< SI units per count; negative where the device counts the other way.
  bool present = false;  ///< The device has it.
};

/// A field that is commanded. `maximum` and `safe` are in SI units.
struct CommandField {
  RegisterField field;
  double maximum = std::numeric_limits<double>::infinity();  ///< What the device accepts at most; more is cut to it.
  double safe = 0.0;                                         ///< Sent in the place of a value that is no number.
  bool has_none = false;                                     ///< The device knows "no limit" ...
  std::int64_t none_counts = 0;                              ///< ... as this count; an infinite value becomes it.
};

/// The counts of `field`; `block` are the block's bytes, big enough for the field. Any field of the map. [any]
std::int64_t load_counts(const std::uint8_t* block, const RegisterField& field, WordOrder order) noexcept;

/// Saturates at the type's range. [any]
void store_counts(std::uint8_t* block, const RegisterField& field, WordOrder order, std::int64_t counts) noexcept;

/// Counts times scale; NaN where the field is not present. [any]
double load_value(const std::uint8_t* block, const RegisterField& field, WordOrder order) noexcept;

/// Stores a commanded value that is never negative: below 0 becomes 0, above the maximum or the type's range is cut to it, no
/// number becomes `safe`. Returns false where the value had to be replaced because it was no number. Does nothing and returns
/// true where the field is not present. [any]
bool store_command(std::uint8_t* block, const CommandField& command, WordOrder order, double value) noexcept;

}  // namespace sheave::hal::modbus
