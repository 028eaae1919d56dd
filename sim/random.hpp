#pragma once
// The simulator's own random numbers: the same seed gives the same bits with every compiler and standard library.

#include <array>
#include <cstdint>

namespace sheave::sim {

/// xoshiro256** seeded by splitmix64 (Blackman and Vigna, public domain reference code). Not for secrets.
class Random {
 public:
  explicit Random(std::uint64_t seed) noexcept {
    for (auto& word : state_) {
      seed += 0x9E3779B97F4A7C15U;
      std::uint64_t z = seed;
      z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
      z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
      word = z ^ (z >> 31U);
    }
  }

  std::uint64_t next() noexcept {
    const std::uint64_t result = rotate_left(state_[1] * 5U, 7U) * 9U;
    const std::uint64_t t = state_[1] << 17U;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = rotate_left(state_[3], 45U);
    return result;
  }

  /// [0, 1), all 53 bits of the mantissa.
  double uniform() noexcept { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }

  /// Mean 0, variance 1, never past +-6: the sum of twelve uniforms. No logarithm, so the bits do not depend on libm.
  double normal() noexcept {
    double sum = -6.0;
    for (int i = 0; i < 12; ++i) sum += uniform();
    return sum;
  }

  bool chance(double probability) noexcept { return uniform() < probability; }

 private:
  static constexpr std::uint64_t rotate_left(std::uint64_t x, unsigned k) noexcept { return (x << k) | (x >> (64U - k)); }

  std::array<std::uint64_t, 4> state_{};
};

}  // namespace sheave::sim
