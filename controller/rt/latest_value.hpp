#pragma once
// The newest value of something, from one writer thread to one reader thread. The other of the two shapes that cross threads.

#include <array>
#include <atomic>
#include <cstdint>
#include <type_traits>

namespace sheave::rt {

/// A triple buffer: the writer never waits, the reader always sees a whole value, possibly the one it saw before.
template <typename T>
class LatestValue {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  /// [writer]
  void store(const T& value) noexcept {
    slots_[write_] = value;
    write_ = middle_.exchange(static_cast<std::uint8_t>(write_ | kNew), std::memory_order_acq_rel) & kIndex;
  }

  /// [reader] The newest value; `T{}` before the first store().
  const T& load() noexcept {
    if ((middle_.load(std::memory_order_relaxed) & kNew) != 0) {
      read_ = middle_.exchange(read_, std::memory_order_acq_rel) & kIndex;
    }
    return slots_[read_];
  }

 private:
  static constexpr std::uint8_t kNew = 4;
  static constexpr std::uint8_t kIndex = 3;
  std::array<T, 3> slots_{};
  std::atomic<std::uint8_t> middle_{1};
  std::uint8_t write_ = 0;  // writer's own
  std::uint8_t read_ = 2;   // reader's own
};

}  // namespace sheave::rt
