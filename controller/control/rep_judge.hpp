#pragma once
// Between the detector's movements and the exercise's verdicts: asks, keeps what is not answered yet, counts what was.

#include <array>
#include <cstddef>
#include <cstdint>

#include "controller/control/rep_detector.hpp"
#include "controller/core/motion.hpp"
#include "plugins/abi/sheave/ext/exercise.h"

namespace sheave::control {

/// One per set. Pure arithmetic, O(open candidates), no allocation. [control]
class RepJudge {
 public:
  /// Most movements that may wait for a verdict. An exercise that answers later than this many movements is not judging reps; the
  /// oldest question is then dropped and its answer, should it come, refused.
  static constexpr std::size_t kMaxOpen = 16;

  /// Forgets the set.
  void reset() noexcept { *this = RepJudge(); }

  /// The question to the exercise about a movement that the detector saw. What is unknown is NaN, but for the shares, which are
  /// negative, as the ABI says.
  sheave_rep_candidate_t ask(const Rep& rep, const CandidateDetail& detail) noexcept;

  /// The exercise's answer, made into the one rep that is streamed and stored: verdict, form, index, speed loss, and the hold where
  /// the exercise measures it. False, and `rep` untouched, for a candidate that is not open.
  bool answer(const sheave_rep_verdict_t& verdict, Rep& rep) noexcept;

  /// The verdict where no exercise judges (calibration, replay): every movement counts.
  void count(Rep& rep) noexcept;

  std::uint32_t counted() const noexcept { return counted_; }

 private:
  std::array<Rep, kMaxOpen> open_{};  // oldest first
  std::size_t open_count_ = 0;
  std::uint32_t counted_ = 0;
  double fastest_mps_ = 0.0;
};

}  // namespace sheave::control
