#pragma once
// Parameters that more than one exercise has, under an id of its own in each: what they mean is said once.

#include <cstdint>

#include "sheave_sdk.hpp"

namespace sheave::exercises {

constexpr sdk::ParamSpec min_rom_share(std::uint32_t id, double min) {
  return {.id = id,
          .name = "min_rom_share",
          .unit = "1",
          .help = "A pull counts from this share of the calibrated range.",
          .min = min,
          .max = 1.0,
          .initial = 0.8,
          .live = true};
}

constexpr sdk::ParamSpec min_return_s(std::uint32_t id, double max, double initial) {
  return {.id = id,
          .name = "min_return_s",
          .unit = "s",
          .help = "A faster return is let go rather than lowered.",
          .min = 0.0,
          .max = max,
          .initial = initial,
          .live = true};
}

constexpr sdk::ParamSpec swing_speed_mps(std::uint32_t id) {
  return {.id = id,
          .name = "swing_speed_mps",
          .unit = "m/s",
          .help = "A pull that starts slower than this has no swing to speak of.",
          .min = 0.1,
          .max = 3.0,
          .initial = 0.5,
          .live = true};
}

}  // namespace sheave::exercises
