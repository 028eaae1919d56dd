// Any pull along a cable: what makes it this exercise and not its look-alike is parameters. The catalog serves every exercise with
// it that has no plugin of its own; with its defaults it counts whatever goes out and comes back ("just pull").

#include "shared/form.hpp"
#include "shared/handle.hpp"
#include "shared/params.hpp"
#include "shared/peak_hold.hpp"
#include "sheave_sdk.hpp"

namespace {

using sheave::exercises::Handle;
using sheave::exercises::PeakHold;
using sheave::sdk::ExerciseActions;
using sheave::sdk::ExerciseView;
using sheave::sdk::Param;
using sheave::sdk::Tick;

constexpr sheave::exercises::HoldRule kHeld{};  // as in the face pull

class Pull final : public sheave::sdk::Exercise {
 public:
  static constexpr sheave::sdk::About kAbout{
      .id = "pull",
      .name = "Pull",
      .vendor = "Sheave",
      .version = "1.0.0",
      .description = "Counts any pull out and back; range, hold, tempo, momentum and speed are parameters.",
      .max_tick_us = 20};

  void on_start() override {
    hold_.reset();
    warned_ = false;
  }

  Tick on_tick(const ExerciseView& in, ExerciseActions& out) override {
    if (const Handle handle = sheave::exercises::mean_of_active(in); handle.valid) {
      hold_.follow(handle, in.time().dt_ns, kHeld);
      warn_of_the_stop(handle, out);
    }
    in.for_each_candidate([&](const sheave_rep_candidate_t& c) {
      judge(c, out);
      hold_.reset();
      warned_ = false;
    });
    return Tick::kRun;
  }

 private:
  /// While the handle still moves up: after the rep it would be too late for the shoulder. Once per pull.
  void warn_of_the_stop(const Handle& handle, ExerciseActions& out) {
    if (warned_ || handle.speed_mps < kHeld.slow_mps || !(handle.rom_share > max_peak_share_)) return;
    warned_ = true;
    out.cue(SHEAVE_CUE_STOP_LOWER);
  }

  void judge(const sheave_rep_candidate_t& c, ExerciseActions& out) const {
    const double hold_s = hold_.hold_s();
    const std::uint32_t form = form_of(c, hold_s);
    // Another exercise is not shown as a bad rep of this one; a part of this one is.
    std::uint32_t another = SHEAVE_FORM_TOO_LONG | SHEAVE_FORM_ABOVE_PEAK | SHEAVE_FORM_NO_HOLD;
    if (strict_) another |= SHEAVE_FORM_SWING | SHEAVE_FORM_TOO_FAST_PULL | SHEAVE_FORM_TOO_SLOW_PULL | SHEAVE_FORM_TOO_FAST_RETURN;
    sheave_verdict_t verdict = SHEAVE_VERDICT_COUNTED;
    if ((form & another) != 0) verdict = SHEAVE_VERDICT_REJECTED;
    if ((form & (SHEAVE_FORM_SHORT_ROM | SHEAVE_FORM_NO_FULL_RETURN)) != 0) verdict = SHEAVE_VERDICT_PARTIAL;
    out.verdict(c, verdict, form, hold_s);
    if (const sheave_cue_t cue = sheave::exercises::first_cue(form); cue != SHEAVE_CUE_NONE) out.cue(cue);
  }

  /// Without a calibrated range (negative shares) what is said of shares of it cannot be a fault.
  std::uint32_t form_of(const sheave_rep_candidate_t& c, double hold_s) const {
    const bool ranged = c.rom_share >= 0.0 && c.peak_share >= 0.0;
    std::uint32_t form = 0;
    if (ranged && c.peak_share - c.rom_share > max_start_share_) form |= SHEAVE_FORM_NO_FULL_RETURN;
    if (ranged && c.rom_share < min_rom_share_) form |= SHEAVE_FORM_SHORT_ROM;
    if (ranged && c.peak_share > max_peak_share_) form |= SHEAVE_FORM_ABOVE_PEAK;
    if (c.rom_m > max_rom_m_) form |= SHEAVE_FORM_TOO_LONG;
    if (hold_s < hold_s_) form |= SHEAVE_FORM_NO_HOLD;
    if (swing_ratio_ > 0.0 && sheave::exercises::swings(c, swing_speed_mps_, swing_ratio_)) form |= SHEAVE_FORM_SWING;
    if (c.concentric_s < min_pull_s_) form |= SHEAVE_FORM_TOO_FAST_PULL;
    if (max_pull_s_ > 0.0 && c.concentric_s > max_pull_s_) form |= SHEAVE_FORM_TOO_SLOW_PULL;
    if (c.peak_speed_mps < min_peak_mps_) form |= SHEAVE_FORM_TOO_SLOW_PULL;
    const bool came_back = (c.flags & SHEAVE_CANDIDATE_NO_RETURN) == 0;
    if (came_back && c.eccentric_s < min_return_s_) form |= SHEAVE_FORM_TOO_FAST_RETURN;
    return form;
  }

  Param<double> min_rom_share_{*this, sheave::exercises::min_rom_share(1, 0.3)};
  Param<double> max_start_share_{*this,
                                 {.id = 2,
                                  .name = "max_start_share",
                                  .unit = "1",
                                  .help = "A pull that begins above this share of the range was not let back far enough to count.",
                                  .min = 0.05,
                                  .max = 1.0,
                                  .initial = 0.3,
                                  .live = true}};
  Param<double> max_peak_share_{*this,
                                {.id = 3,
                                 .name = "max_peak_share",
                                 .unit = "1",
                                 .help = "The stop: a pull past this share of the calibrated range is warned of and does not count.",
                                 .min = 1.0,
                                 .max = 5.0,
                                 .initial = 5.0,
                                 .live = true}};
  Param<double> max_rom_m_{*this,
                           {.id = 4,
                            .name = "max_rom_m",
                            .unit = "m",
                            .help = "A longer pull is another exercise.",
                            .min = 0.1,
                            .max = 3.0,
                            .initial = 3.0,
                            .live = true}};
  Param<double> hold_s_{*this,
                        {.id = 5,
                         .name = "hold_s",
                         .unit = "s",
                         .help = "A pull counts when it is held at the peak for this long; 0: no hold.",
                         .min = 0.0,
                         .max = 10.0,
                         .initial = 0.0,
                         .live = true}};
  Param<double> min_pull_s_{*this,
                            {.id = 6,
                             .name = "min_pull_s",
                             .unit = "s",
                             .help = "A faster pull is thrown.",
                             .min = 0.0,
                             .max = 10.0,
                             .initial = 0.0,
                             .live = true}};
  Param<double> max_pull_s_{*this,
                            {.id = 7,
                             .name = "max_pull_s",
                             .unit = "s",
                             .help = "A slower pull is too slow; 0: any is right.",
                             .min = 0.0,
                             .max = 30.0,
                             .initial = 0.0,
                             .live = true}};
  Param<double> min_return_s_{*this, sheave::exercises::min_return_s(8, 10.0, 0.0)};
  Param<double> min_peak_mps_{*this,
                              {.id = 9,
                               .name = "min_peak_mps",
                               .unit = "m/s",
                               .help = "Explosive exercises: a pull whose highest speed is below this is too slow; 0: any.",
                               .min = 0.0,
                               .max = 4.0,
                               .initial = 0.0,
                               .live = true}};
  Param<double> swing_ratio_{*this,
                             {.id = 10,
                              .name = "swing_ratio",
                              .unit = "1",
                              .help = "Speed in the first fifth of the pull over that in the last, from which it is swung; 0: any.",
                              .min = 0.0,
                              .max = 10.0,
                              .initial = 0.0,
                              .live = true}};
  Param<double> swing_speed_mps_{*this, sheave::exercises::swing_speed_mps(11)};
  Param<bool> strict_{*this,
                      {.id = 12,
                       .name = "strict",
                       .unit = "1",
                       .help = "1: a swung pull, or one outside its tempo or speed, does not count; 0: it counts and is cued.",
                       .min = 0,
                       .max = 1,
                       .initial = 0,
                       .live = true}};

  PeakHold hold_;
  bool warned_ = false;
};

}  // namespace

SHEAVE_PLUGINS(Pull);
