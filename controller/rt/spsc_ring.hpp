#pragma once
// A bounded queue between exactly one producer thread and exactly one consumer thread. One of the two shapes that cross threads.

#include <array>
#include <atomic>
#include <cstddef>
#include <type_traits>

namespace sheave::rt {

/// Wait-free on both sides; never allocates after construction. N is a power of two. What does not fit is refused, and the
/// producer counts it: nothing is overwritten.
template <typename T, std::size_t N>
class SpscRing {
  static_assert(std::is_trivially_copyable_v<T>);
  static_assert(N >= 2 && (N & (N - 1)) == 0, "N is a power of two");

 public:
  /// [producer] False when full.
  bool push(const T& value) noexcept {
    const std::size_t tail = tail_.load(std::memory_order_relaxed);
    if (tail - head_seen_ == N) {
      head_seen_ = head_.load(std::memory_order_acquire);
      if (tail - head_seen_ == N) return false;
    }
    slots_[tail & (N - 1)] = value;
    tail_.store(tail + 1, std::memory_order_release);
    return true;
  }

  /// [consumer] False when empty.
  bool pop(T& value) noexcept {
    const std::size_t head = head_.load(std::memory_order_relaxed);
    if (head == tail_seen_) {
      tail_seen_ = tail_.load(std::memory_order_acquire);
      if (head == tail_seen_) return false;
    }
    value = slots_[head & (N - 1)];
    head_.store(head + 1, std::memory_order_release);
    return true;
  }

  /// [consumer] Whether pop() would find nothing.
  bool empty() const noexcept { return head_.load(std::memory_order_relaxed) == tail_.load(std::memory_order_acquire); }

 private:
  static constexpr std::size_t kCacheLine = 64;
  alignas(kCacheLine) std::atomic<std::size_t> head_{0};
  std::size_t tail_seen_ = 0;  // consumer's view
  alignas(kCacheLine) std::atomic<std::size_t> tail_{0};
  std::size_t head_seen_ = 0;  // producer's view
  alignas(kCacheLine) std::array<T, N> slots_{};
};

}  // namespace sheave::rt
