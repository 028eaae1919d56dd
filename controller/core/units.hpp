#pragma once
// SI inside, kilograms and pounds only at the edges.

#include <cmath>
#include <cstddef>
#include <cstdint>

namespace sheave {

inline constexpr std::size_t kMaxAxes = 2;
inline constexpr double kGravity_mps2 = 9.80665;  // CGPM 1901
inline constexpr double kKgPerLb = 0.45359237;    // exact, by definition of the pound
inline constexpr std::int64_t kNsPerMs = 1'000'000;
inline constexpr std::int64_t kNsPerS = 1'000'000'000;

constexpr double newton_from_kg(double kg) noexcept { return kg * kGravity_mps2; }
constexpr double kg_from_newton(double n) noexcept { return n / kGravity_mps2; }
constexpr double seconds(std::int64_t ns) noexcept { return static_cast<double>(ns) * 1e-9; }
constexpr std::int64_t from_seconds(double s) noexcept { return static_cast<std::int64_t>(s * 1e9); }

}  // namespace sheave
