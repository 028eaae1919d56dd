// Face pull: toward the eyes, elbows high, the rope pulled apart, and held there. The hold is what makes it one: without it the
// movement is a row at eye level and counts nothing.

#include "shared/form.hpp"
#include "shared/handle.hpp"
#include "shared/params.hpp"
#include "shared/peak_hold.hpp"
#include "sheave_sdk.hpp"

namespace {

using sheave::exercises::first_cue;
using sheave::exercises::Handle;
using sheave::exercises::mean_of_active;
using sheave::sdk::ExerciseActions;
using sheave::sdk::ExerciseView;
using sheave::sdk::Param;
using sheave::sdk::Tick;

class FacePull final : public sheave::sdk::Exercise {
 public:
  static constexpr sheave::sdk::About kAbout{
      .id = "face-pull",
      .name = "Face pull",
      .vendor = "Sheave",
      .version = "1.0.0",
      .description = "Counts pulls to the face that are held at the peak; cues the pull apart and high elbows.",
      .max_tick_us = 20};

  void on_start() override {
    hold_.reset();
    candidates_ = 0;
    cued_apart_ = cued_elbows_ = false;
  }

  Tick on_tick(const ExerciseView& in, ExerciseActions& out) override {
    const Handle handle = mean_of_active(in);
    if (handle.valid) {
      hold_.follow(handle, in.time().dt_ns, {.band = hold_band_share_, .slow_mps = hold_speed_mps_});
      cue_ahead(handle, out);
    }
    in.for_each_candidate([&](const sheave_rep_candidate_t& c) {
      judge(c, out);
      hold_.reset();
      ++candidates_;
      cued_apart_ = cued_elbows_ = false;
    });
    return Tick::kRun;
  }

 private:
  // What to do in this pull, said before it is too late for it. Needs the range; once per pull each.
  void cue_ahead(const Handle& handle, ExerciseActions& out) {
    if (handle.speed_mps < hold_speed_mps_) return;
    if (!cued_elbows_ && candidates_ < elbows_cue_reps_ && handle.rom_share >= kElbowsShare && handle.rom_share < cue_apart_share_) {
      cued_elbows_ = true;
      out.cue(SHEAVE_CUE_ELBOWS_HIGH);
    }
    if (!cued_apart_ && handle.rom_share >= cue_apart_share_) {
      cued_apart_ = true;
      out.cue(SHEAVE_CUE_PULL_APART);
    }
  }

  void judge(const sheave_rep_candidate_t& c, ExerciseActions& out) const {
    const double hold_s = hold_.hold_s();
    const bool held = hold_s >= hold_s_;
    const bool too_long = c.rom_m > max_rom_m_;
    const bool full = c.rom_share < 0.0 || c.rom_share >= min_rom_share_;
    std::uint32_t form = 0;
    if (too_long) form |= SHEAVE_FORM_TOO_LONG;
    if (!full) form |= SHEAVE_FORM_SHORT_ROM;
    if (!held) form |= SHEAVE_FORM_NO_HOLD;
    if (c.eccentric_s < min_return_s_) form |= SHEAVE_FORM_TOO_FAST_RETURN;

    // A short pull is first of all short: it is shown as a partial rep, held or not. A full one without the hold is another exercise.
    sheave_verdict_t verdict = SHEAVE_VERDICT_COUNTED;
    if (!full) verdict = SHEAVE_VERDICT_PARTIAL;
    if (too_long || (full && !held)) verdict = SHEAVE_VERDICT_REJECTED;
    out.verdict(c, verdict, form, hold_s);
    if (const sheave_cue_t cue = first_cue(form); cue != SHEAVE_CUE_NONE) out.cue(cue);
  }

  static constexpr double kElbowsShare = 0.1;  // the pull has begun in earnest

  Param<double> hold_s_{*this,
                        {.id = 1,
                         .name = "hold_s",
                         .unit = "s",
                         .help = "A pull counts when it is held at the peak for this long.",
                         .min = 0.1,
                         .max = 10.0,
                         .initial = 0.5,
                         .live = true}};
  Param<double> hold_band_share_{*this,
                                 {.id = 2,
                                  .name = "hold_band_share",
                                  .unit = "1",
                                  .help = "Held is within this share of the range from the pull's own peak.",
                                  .min = 0.01,
                                  .max = 0.2,
                                  .initial = 0.05,
                                  .live = true}};
  Param<double> hold_speed_mps_{*this,
                                {.id = 3,
                                 .name = "hold_speed_mps",
                                 .unit = "m/s",
                                 .help = "Held is slower than this.",
                                 .min = 0.01,
                                 .max = 0.2,
                                 .initial = 0.05,
                                 .live = true}};
  Param<double> min_rom_share_{*this, sheave::exercises::min_rom_share(4, 0.5)};
  Param<double> max_rom_m_{*this,
                           {.id = 5,
                            .name = "max_rom_m",
                            .unit = "m",
                            .help = "A longer pull is no face pull: from stretched arms to the face it is less.",
                            .min = 0.3,
                            .max = 1.5,
                            .initial = 0.75,
                            .live = true}};
  Param<double> cue_apart_share_{*this,
                                 {.id = 6,
                                  .name = "cue_apart_share",
                                  .unit = "1",
                                  .help = "Share of the range at which to pull the rope apart is said.",
                                  .min = 0.3,
                                  .max = 0.95,
                                  .initial = 0.6,
                                  .live = true}};
  Param<std::uint32_t> elbows_cue_reps_{*this,
                                        {.id = 7,
                                         .name = "elbows_cue_reps",
                                         .unit = "1",
                                         .help = "Pulls at the start of a set in which high elbows are said.",
                                         .min = 0,
                                         .max = 20,
                                         .initial = 2,
                                         .live = true}};
  Param<double> min_return_s_{*this, sheave::exercises::min_return_s(8, 5.0, 0.8)};

  sheave::exercises::PeakHold hold_;
  std::uint32_t candidates_ = 0;
  bool cued_apart_ = false, cued_elbows_ = false;
};

}  // namespace

SHEAVE_PLUGINS(FacePull);
