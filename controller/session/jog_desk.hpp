#pragma once
// The main thread's side of a jog: who presses, and for how long the machine counts as being serviced. What a jog is, and why so, is
// written at safety/jog.hpp; whether the cable moves is decided there, by the tick. Here it is said why it does not.

#include <cstdint>

#include "controller/session/command_queue.hpp"
#include "controller/session/manager.hpp"

namespace sheave::session {

/// All [main]; time is an argument.
class JogDesk {
 public:
  explicit JogDesk(CommandQueue& commands) : commands_(commands) {}

  /// @param may why nobody may move a cable now; OK: they may. @return the press's number. Reasons: those of `may`, JOG_RUNS, JOG_ENDED.
  Result<std::uint64_t> take(const JogRequest& request, const Status& may, std::int64_t now_ns);
  void on_event(const control::Event& event);

  /// A press stands: the cable moves, or is about to.
  bool pressed(std::int64_t now_ns) const noexcept { return press_ != 0 && now_ns - heard_ns_ < safety::kJogAlive_ns; }
  /// And for some moments after it, for they stand there with their hand at the cable: nobody begins a session.
  bool serviced(std::int64_t now_ns) const noexcept { return now_ns < serviced_until_ns_; }

 private:
  Result<std::uint64_t> give_number(const JogRequest& request, const Status& may, std::int64_t now_ns);
  void heard(const JogRequest& request, std::int64_t now_ns) noexcept;
  /// The press is over; its later calls are told why.
  void end(Status why);
  void send(const JogRequest& request, safety::JogMotion motion);

  CommandQueue& commands_;
  std::uint64_t press_ = 0;  // 0: none stands
  std::uint64_t last_ = 0;   // the newest number given out
  JogRequest first_;         // what the press is of
  std::int64_t heard_ns_ = 0, serviced_until_ns_ = 0;
  Status ended_;  // why the newest press is over
};

}  // namespace sheave::session
