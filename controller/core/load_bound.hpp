#pragma once
// The most that a load profile, or a whole chain of them, may ask for.

namespace sheave {

/// `factor` times what comes in at most, and `added_n` on top; both >= 0. What does not say is held to an eccentric overload.
struct LoadBound {
  double factor = 1.5, added_n = 0.0;

  double most_n(double base_n) const noexcept { return factor * base_n + added_n; }
  /// Of this one and `next` behind it in a chain.
  LoadBound then(const LoadBound& next) const noexcept { return {next.factor * factor, next.most_n(added_n)}; }
};

}  // namespace sheave
