#include "controller/session/pin_guard.hpp"

#include <algorithm>

namespace sheave::session {

namespace {
constexpr std::int64_t kForget_ns = 24LL * 3600 * 1'000'000'000, kMinute_ns = 60'000'000'000;
}  // namespace

std::int64_t PinGuard::wait_ns(std::uint32_t number, std::int64_t now_ns) const noexcept {
  std::int64_t until_ns = now_ns;
  if (const auto at = tries_.find(number); at != tries_.end()) until_ns = std::max(until_ns, at->second.until_ns);
  if (recent_ns_.size() >= kAnybodyPerMinute) until_ns = std::max(until_ns, recent_ns_.front() + kMinute_ns);
  return until_ns - now_ns;
}

void PinGuard::wrong(std::uint32_t number, std::int64_t now_ns) {
  // At most twenty a minute come in, so that a day's are 28,800 entries at the worst.
  std::erase_if(tries_, [&](const auto& t) { return now_ns - t.second.last_ns > kForget_ns; });
  Tries& tries = tries_[number];
  ++tries.wrong;
  tries.last_ns = now_ns;
  if (tries.wrong >= kFree) {
    std::int64_t wait_ns = kFirstWait_ns;
    for (std::uint32_t i = kFree; i < tries.wrong && wait_ns < kLongestWait_ns; ++i) wait_ns *= 2;
    tries.until_ns = now_ns + std::min(wait_ns, kLongestWait_ns);
  }
  recent_ns_.push_back(now_ns);
  while (recent_ns_.size() > kAnybodyPerMinute || (!recent_ns_.empty() && now_ns - recent_ns_.front() > kMinute_ns)) recent_ns_.pop_front();
}

void PinGuard::right(std::uint32_t number) {
  tries_.erase(number);
  if (!recent_ns_.empty()) recent_ns_.pop_back();
}

/// It was let in, so no wait of earlier ones held then: a wait that holds now is its own, or that of one tried after it.
void PinGuard::take_back(std::uint32_t number, std::int64_t at_ns) {
  if (const auto at = tries_.find(number); at != tries_.end()) {
    Tries& tries = at->second;
    if (tries.last_ns == at_ns) tries.until_ns = 0;
    if (--tries.wrong == 0) tries_.erase(at);
  }
  if (const auto recent = std::ranges::find(recent_ns_, at_ns); recent != recent_ns_.end()) recent_ns_.erase(recent);
}

}  // namespace sheave::session
