#pragma once
// What a person can pull at each place of the range of motion, and what a load becomes that follows it.

#include <array>
#include <cstddef>
#include <optional>
#include <span>

#include "controller/core/motion.hpp"

namespace sheave::session {

struct PluginUse;

/// Shares of the calibrated range, from its start to its end.
inline constexpr std::array<double, 5> kCurvePlaces{0.0, 0.25, 0.5, 0.75, 1.0};

/// The most that was pulled at each place, total at the handle. NaN where nothing near it was measured.
struct StrengthCurve {
  std::array<double, kCurvePlaces.size()> force_n{kUnknown, kUnknown, kUnknown, kUnknown, kUnknown};
  std::size_t known() const noexcept;
};

/// One measured moment: a place and what was pulled there.
struct ForceAt {
  double rom_share = 0, force_n = 0;
};

/// Through evenly spread moments: at each place a straight line fitted to those within a fifth of the range, the nearer the heavier, so
/// that the ends are not drawn towards the middle. Unknown where fewer than ten lie there, or none within 6 % of the range.
StrengthCurve curve_through(std::span<const ForceAt> moments);

/// Of few held places: straight between them, unknown beyond. @param held sorted by place.
StrengthCurve curve_between(std::span<const ForceAt> held);

/// `curve`, and where it is not known what `other` says, a test of another kind: scaled to it, for a hold is stronger than a pull, by the
/// places that both know. Those of `curve` stay; fewer than two in common, and nothing is taken over.
StrengthCurve joined(const StrengthCurve& curve, const StrengthCurve& other);

/// Of the load, at each place; 1 everywhere is the load as it is.
struct CurveShares {
  std::array<double, kCurvePlaces.size()> share{1.0, 1.0, 1.0, 1.0, 1.0};
};

/// The shares that make a load follow `curve`: as the curve over its own mean, so that a rep is the same work as with the load held level.
/// Ends that are not known go on level. Each share is kept within kLeastShare to kMostShare, whatever was measured, and no neighbours more
/// than kMostStep apart: a curve with a slip in it must not become a jerk. None where fewer than three places are known.
inline constexpr double kLeastShare = 0.6, kMostShare = 1.3, kMostStep = 0.25;
std::optional<CurveShares> shares_of(const StrengthCurve& curve);

enum class Given { kAlways, kWhereNotStated };
/// As the parameters at_0 to at_100 of a load profile.
void give_curve(PluginUse& link, const CurveShares& shares, Given given);
/// What give_curve() gave; 1 where it did not.
CurveShares stated_curve(const PluginUse& link);

}  // namespace sheave::session
