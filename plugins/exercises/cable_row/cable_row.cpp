// Seated cable row: handle to the torso, straight back. A rep is a full pull; what the handle's movement tells about the torso
// (momentum) and about the return is said as form, one cue at a time.

#include "shared/form.hpp"
#include "shared/params.hpp"
#include "sheave_sdk.hpp"

namespace {

using sheave::exercises::first_cue;
using sheave::exercises::swings;
using sheave::sdk::ExerciseActions;
using sheave::sdk::ExerciseView;
using sheave::sdk::Param;
using sheave::sdk::Tick;

class CableRow final : public sheave::sdk::Exercise {
 public:
  static constexpr sheave::sdk::About kAbout{.id = "cable-row",
                                             .name = "Cable row",
                                             .vendor = "Sheave",
                                             .version = "1.0.0",
                                             .description = "Counts full pulls to the torso; sees a swinging torso and a dropped return.",
                                             .max_tick_us = 20};

  Tick on_tick(const ExerciseView& in, ExerciseActions& out) override {
    in.for_each_candidate([&](const sheave_rep_candidate_t& c) { judge(c, out); });
    return Tick::kRun;
  }

 private:
  void judge(const sheave_rep_candidate_t& c, ExerciseActions& out) const {
    const bool full = c.rom_share < 0.0 || c.rom_share >= min_rom_share_;  // without a calibrated range every pull is a full one
    std::uint32_t form = 0;
    if (!full) form |= SHEAVE_FORM_SHORT_ROM;
    if (swings(c, swing_speed_mps_, swing_ratio_)) form |= SHEAVE_FORM_SWING;
    if (c.eccentric_s < min_return_s_) form |= SHEAVE_FORM_TOO_FAST_RETURN;
    out.verdict(c, full ? SHEAVE_VERDICT_COUNTED : SHEAVE_VERDICT_PARTIAL, form);
    if (const sheave_cue_t cue = first_cue(form); cue != SHEAVE_CUE_NONE) out.cue(cue);
  }

  Param<double> min_rom_share_{*this, sheave::exercises::min_rom_share(1, 0.5)};
  Param<double> swing_ratio_{*this,
                             {.id = 2,
                              .name = "swing_ratio",
                              .unit = "1",
                              .help = "Speed in the first fifth of the pull over that in the last, from which the torso swings.",
                              .min = 1.2,
                              .max = 10.0,
                              .initial = 2.5,
                              .live = true}};
  Param<double> swing_speed_mps_{*this, sheave::exercises::swing_speed_mps(3)};
  Param<double> min_return_s_{*this, sheave::exercises::min_return_s(4, 5.0, 0.8)};
};

}  // namespace

SHEAVE_PLUGINS(CableRow);
