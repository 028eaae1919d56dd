#pragma once
// One self-test, from the command to its result: gathers the frames, tells the person what to do, works out what they say.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "controller/control/port.hpp"
#include "controller/core/status.hpp"
#include "controller/session/identification.hpp"
#include "controller/session/note.hpp"

namespace sheave::session {

/// All [main].
class SelfTestRun {
 public:
  using Done = std::function<void(Result<std::vector<CableTest>>)>;

  /// @param plan on its way to the control thread. @param done is called once, from on_event().
  SelfTestRun(const control::SetPlan& plan, std::size_t axis_count, Done done);

  void on_frames(const control::Frame* frames, std::size_t count);
  void on_event(const control::Event& event);

  bool over() const noexcept { return over_; }
  /// What the person is to do now.
  Note note() const;

 private:
  void end(Result<std::vector<CableTest>> result);
  Result<std::vector<CableTest>> evaluate() const;

  std::uint64_t plan_id_;
  std::vector<std::vector<TestSample>> cables_;
  Done done_;
  std::int64_t began_ns_ = 0;
  Phase phase_ = Phase::kRest;  // the first cable's
  std::uint32_t runs_ = 0;
  bool over_ = false;
};

}  // namespace sheave::session
