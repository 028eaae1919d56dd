#include "controller/safety/jog.hpp"

#include <algorithm>

namespace sheave::safety {

JogPress::Verdict JogPress::take(const JogCall& call, std::int64_t now_ns) noexcept {
  if (call.press == 0) return Verdict::kNothing;
  if (call.motion == JogMotion::kNone) spent_ = std::max(spent_, call.press);
  if (runs()) {
    if (call.press != call_.press || call.cable != call_.cable || call.motion != call_.motion) return Verdict::kEnds;
    begin({call.press, call.cable, call.motion, std::max(call.alive_until_ns, call_.alive_until_ns)}, now_ns);
    return Verdict::kNothing;
  }
  return call.press > spent_ && call.alive_until_ns > now_ns ? Verdict::kMayBegin : Verdict::kNothing;
}

/// Whatever clock dated the call: never for longer than one made just now.
void JogPress::begin(const JogCall& call, std::int64_t now_ns) noexcept {
  call_ = call;
  call_.alive_until_ns = std::min(call.alive_until_ns, now_ns + kJogAlive_ns);
}

void JogPress::end() noexcept {
  spent_ = std::max(spent_, call_.press);
  call_ = JogCall{};
}

}  // namespace sheave::safety
