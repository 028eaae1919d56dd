#pragma once
// Slows whoever tries PINs: per member number, known or not, so that neither a PIN nor which numbers exist can be found by trying.

#include <cstdint>
#include <deque>
#include <map>

namespace sheave::session {

/// Pure but for its own state; time is an argument, host monotonic. [main]
class PinGuard {
 public:
  static constexpr std::uint32_t kFree = 5;                         ///< Wrong ones before the first wait: a person mistypes.
  static constexpr std::int64_t kFirstWait_ns = 30'000'000'000;     ///< Doubled with each further one.
  static constexpr std::int64_t kLongestWait_ns = 900'000'000'000;  ///< Fifteen minutes; forgotten a day after the last try.
  static constexpr std::uint32_t kAnybodyPerMinute = 20;            ///< Of all numbers together: more is no gym.

  /// How long until `number` may be tried again; 0: now.
  std::int64_t wait_ns(std::uint32_t number, std::int64_t now_ns) const noexcept;
  void wrong(std::uint32_t number, std::int64_t now_ns);
  void right(std::uint32_t number);  ///< The last one told as wrong() was not.
  /// Nobody could say whether the one told as wrong() at `at_ns` was: it is as though it had not been tried. Unlike right() it forgets none
  /// of the others.
  void take_back(std::uint32_t number, std::int64_t at_ns);

 private:
  struct Tries {
    std::uint32_t wrong = 0;
    std::int64_t until_ns = 0, last_ns = 0;
  };
  std::map<std::uint32_t, Tries> tries_;
  std::deque<std::int64_t> recent_ns_;  // wrong ones of the last minute, at most kAnybodyPerMinute
};

}  // namespace sheave::session
