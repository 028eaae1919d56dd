#pragma once
// The range of motion from three light pulls: the median of their starts and of their peaks, per cable.

#include <array>
#include <cstdint>
#include <vector>

#include "controller/core/motion.hpp"
#include "controller/session/note.hpp"

namespace sheave::session {

/// Three: the vote of the middle one survives one odd pull; Vitruvian and Technogym ask for three too.
inline constexpr std::size_t kCalibrationReps = 3;

/// Pure but for its own state. [main]
class Calibration {
 public:
  /// @param min_rom_m no range is shorter.
  Calibration(std::size_t axis_count, double min_rom_m);

  /// True once the newest three pulls of every cable agree: rom() is the range. An odd pull among them is let go of with the
  /// oldest, so that the person just goes on pulling; problem() says why.
  bool add(const Rep& rep);
  std::uint32_t reps() const noexcept;  ///< 0 to 3, of the cable with the fewest.
  const Note& problem() const noexcept { return problem_; }
  /// Per cable. @pre add() returned true
  std::vector<Rom> rom() const;

 private:
  struct Pull {
    double start_m, peak_m;
  };
  bool agree(std::vector<Pull>& pulls);

  std::size_t axis_count_;
  double min_rom_m_;
  std::array<std::vector<Pull>, kMaxAxes> pulls_;
  Note problem_;
};

}  // namespace sheave::session
