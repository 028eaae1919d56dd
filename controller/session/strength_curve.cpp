#include "controller/session/strength_curve.hpp"

#include <algorithm>
#include <cmath>

#include "controller/session/program.hpp"
#include "controller/session/weighted_line.hpp"

namespace sheave::session {

namespace {

constexpr double kWindow = 0.2;  // wide enough to smooth a tremor of 5 Hz at 0.25 m/s, narrower than the places are apart
constexpr double kNearest = 0.06;
constexpr int kLeastMoments = 10;
constexpr std::size_t kLeastPlaces = 3;
constexpr double kLeastInCommon = 2.0;

constexpr std::array<const char*, kCurvePlaces.size()> kParams{"at_0", "at_25", "at_50", "at_75", "at_100"};

/// Every place known: ends go on level, what lies between two is on the line between them. @pre curve.known() > 0
std::array<double, kCurvePlaces.size()> filled(const StrengthCurve& curve) {
  std::array<double, kCurvePlaces.size()> force_n = curve.force_n;
  const auto known = [&](std::size_t i) { return std::isfinite(curve.force_n[i]); };
  for (std::size_t i = 0; i < force_n.size(); ++i) {
    if (known(i)) continue;
    std::size_t before = i, after = i;
    while (before > 0 && !known(before)) --before;
    while (after + 1 < force_n.size() && !known(after)) ++after;
    if (!known(before)) before = after;
    if (!known(after)) after = before;
    const double part = after > before ? static_cast<double>(i - before) / static_cast<double>(after - before) : 0.0;
    force_n[i] = curve.force_n[before] + part * (curve.force_n[after] - curve.force_n[before]);
  }
  return force_n;
}

}  // namespace

std::size_t StrengthCurve::known() const noexcept {
  return static_cast<std::size_t>(std::ranges::count_if(force_n, [](double n) { return std::isfinite(n); }));
}

StrengthCurve curve_through(std::span<const ForceAt> moments) {
  StrengthCurve curve;
  for (std::size_t i = 0; i < kCurvePlaces.size(); ++i) {
    WeightedLine line;
    double nearest = kWindow;
    for (const ForceAt& moment : moments) {
      const double off = std::abs(moment.rom_share - kCurvePlaces[i]);
      if (off >= kWindow) continue;
      nearest = std::min(nearest, off);
      line.add(moment.rom_share, moment.force_n, 1.0 - off / kWindow);
    }
    if (line.count() >= kLeastMoments && nearest <= kNearest) curve.force_n[i] = line.at(kCurvePlaces[i]);
  }
  return curve;
}

StrengthCurve curve_between(std::span<const ForceAt> held) {
  StrengthCurve curve;
  for (std::size_t i = 0; i < kCurvePlaces.size(); ++i) {
    for (std::size_t k = 0; k < held.size(); ++k) {
      const ForceAt& from = held[k];
      const ForceAt& to = held[std::min(k + 1, held.size() - 1)];
      if (kCurvePlaces[i] < from.rom_share || kCurvePlaces[i] > to.rom_share) continue;
      const double apart = to.rom_share - from.rom_share;
      const double part = apart > 0.0 ? (kCurvePlaces[i] - from.rom_share) / apart : 0.0;
      curve.force_n[i] = from.force_n + part * (to.force_n - from.force_n);
    }
  }
  return curve;
}

StrengthCurve joined(const StrengthCurve& curve, const StrengthCurve& other) {
  double ratios = 0.0, common = 0.0;
  for (std::size_t i = 0; i < kCurvePlaces.size(); ++i) {
    const double ratio = curve.force_n[i] / other.force_n[i];
    if (std::isfinite(ratio)) ratios += ratio, common += 1.0;
  }
  StrengthCurve both = curve;
  if (common < kLeastInCommon) return both;
  for (std::size_t i = 0; i < kCurvePlaces.size(); ++i) {
    if (!std::isfinite(curve.force_n[i])) both.force_n[i] = other.force_n[i] * ratios / common;
  }
  return both;
}

std::optional<CurveShares> shares_of(const StrengthCurve& curve) {
  if (curve.known() < kLeastPlaces) return std::nullopt;
  const auto force_n = filled(curve);
  const double mean_n = (0.5 * force_n[0] + force_n[1] + force_n[2] + force_n[3] + 0.5 * force_n[4]) / 4.0;
  if (!(mean_n > 0.0)) return std::nullopt;
  CurveShares shares;
  for (std::size_t i = 0; i < force_n.size(); ++i) shares.share[i] = std::clamp(force_n[i] / mean_n, kLeastShare, kMostShare);
  // From the middle outwards: the ends, which are known least, give way.
  for (const int step : {-1, 1}) {
    for (std::size_t i = 2; step < 0 ? i > 0 : i + 1 < force_n.size(); i += static_cast<std::size_t>(step)) {
      double& next = shares.share[i + static_cast<std::size_t>(step)];
      next = std::clamp(next, shares.share[i] - kMostStep, shares.share[i] + kMostStep);
    }
  }
  return shares;
}

void give_curve(PluginUse& link, const CurveShares& shares, Given given) {
  for (std::size_t i = 0; i < kParams.size(); ++i) {
    if (given == Given::kAlways) {
      link.params[kParams[i]] = shares.share[i];
    } else {
      link.params.try_emplace(kParams[i], shares.share[i]);
    }
  }
}

CurveShares stated_curve(const PluginUse& link) {
  CurveShares shares;
  for (std::size_t i = 0; i < kParams.size(); ++i) {
    if (const auto at = link.params.find(kParams[i]); at != link.params.end()) shares.share[i] = at->second;
  }
  return shares;
}

}  // namespace sheave::session
