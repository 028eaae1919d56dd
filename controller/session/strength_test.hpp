#pragma once
// What a person could pull over the range of motion, measured: read off the recordings of a session of a test program. Nothing else is
// stored of it, so that a test is its session's owner's: given to another with "not me", and nobody's once they are erased.
//
// - Isokinetic: the machine holds a speed and resists as hard as the person pulls. Of each counted rep the part counts in which the speed
//   was held and the force neither built up nor was let off. Efforts within a tenth of the best one are averaged.
// - Isometric: the machine holds a place. The best mean force over one second at it counts.
//
// Forces are those in the hand: measured tension less what the feed-forward added. At a standstill friction may hide as much again.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "controller/session/journal.hpp"
#include "controller/session/program.hpp"
#include "controller/session/records.hpp"
#include "controller/session/strength_curve.hpp"

namespace sheave::session {

struct StrengthTest {
  std::string session_id, program_id;
  TestKind kind = TestKind::kNone;
  double speed_mps = 0;       ///< That was held; 0 where places were.
  WallTime at;                ///< Of its first set.
  std::uint32_t efforts = 0;  ///< Reps or holds that could be read.
  double peak_n = kUnknown;   ///< Mean over the best tenth of a second (isokinetic) or second (isometric).
  double mean_n = kUnknown;   ///< Over the range, of the best effort; isometric: over the places.
  StrengthCurve curve;
  std::string_view unknown_reason;  ///< Why there are no shares_of(curve); empty: there are.
};

inline constexpr std::string_view kNotHeld = "NOT_HELD";             ///< No effort at the speed or the place for long enough.
inline constexpr std::string_view kTooFewPlaces = "TOO_FEW_PLACES";  ///< Of the range; see shares_of().

struct RecordedSet {
  SetRecord set;
  std::vector<control::Frame> frames;
};

/// @param sets of one session of `program`, oldest first; those cut short are left out. @pre program.test
StrengthTest read_strength_test(const Program& program, const std::vector<RecordedSet>& sets);

/// Of one session. `sets` oldest first; the recordings are fetched. `done` is called once, on [main].
void fetch_strength_test(Journal& journal, const Program& program, std::vector<SetRecord> sets, std::function<void(StrengthTest)> done);

/// A member's tests of the exercise whose set_up_key() is `set_up`, newest first, at most kTestsKept. A store that cannot answer makes it
/// none. `catalog` outlives the call's answer.
inline constexpr std::size_t kTestsKept = 8;
void fetch_strength_tests(Journal& journal, const Catalog& catalog, const std::string& member_id, const std::string& set_up,
                          std::function<void(std::vector<StrengthTest>)> done);

}  // namespace sheave::session
