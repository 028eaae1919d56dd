#pragma once
// Where the calibrated range lies in metres. A load profile is told its share of the range and the extension, both of the same
// estimate: two places of one movement give the straight line between them.

#include <cmath>

namespace sheave::load_profiles {

class RangeInMetres {
 public:
  /// Takes in one place. @param share NaN where no range is known: what was found stays, for when it comes back.
  void see(double extension_m, double share) noexcept {
    if (!std::isfinite(share)) return;
    if (found_ && std::abs(place_m(share) - extension_m) > kAnotherRange_m) *this = {};
    if (found_) return;
    if (!anchored_) {
      anchor_m_ = extension_m;
      anchor_share_ = share;
      anchored_ = true;
    }
    const double apart = share - anchor_share_;
    if (std::abs(apart) < kApart) return;
    length_m_ = (extension_m - anchor_m_) / apart;
    start_m_ = anchor_m_ - anchor_share_ * length_m_;
    found_ = length_m_ > kShortest_m && length_m_ < kLongest_m;
    anchored_ = found_;
  }

  bool found() const noexcept { return found_; }
  double place_m(double share) const noexcept { return start_m_ + share * length_m_; }

 private:
  static constexpr double kApart = 0.02;            // 1 cm of a common range, far above what doubles lose
  static constexpr double kAnotherRange_m = 0.001;  // the host calibrated anew
  static constexpr double kShortest_m = 0.02, kLongest_m = 5.0;

  double start_m_ = 0.0, length_m_ = 0.0;
  double anchor_m_ = 0.0, anchor_share_ = 0.0;
  bool anchored_ = false, found_ = false;
};

}  // namespace sheave::load_profiles
