// Velocity loss: a set is as long as its speed lasts, measured against its own fastest rep. The load follows how many reps that was.
// The host ends the set (the program's prescription says at which loss); here is what it means for the next.

#include "base.hpp"
#include "by_reps.hpp"

namespace {

using namespace sheave::progressions;
using sheave::sdk::Decision;
using sheave::sdk::Param;

/// Of the last rep against the set's fastest; negative: not known.
double loss_of(const SetFacts& set) {
  return set.fastest_mps > 0 && set.last_mps > 0 && set.reps > 1 ? 1.0 - set.last_mps / set.fastest_mps : -1.0;
}

class VelocityLoss final : public Base {
 public:
  static constexpr sheave::sdk::About kAbout{
      .id = "velocity-loss",
      .name = "Velocity loss",
      .vendor = "Sheave",
      .version = "1.0.0",
      .description = "The load follows how many reps were done before the set lost a share of its speed."};

 private:
  void decide_first_set(const Question& q, Decision& out) const override { start_by_reps(q, out); }

  void decide_next_set(const Question& q, Decision& out) const override {
    constexpr Rule kBefore[] = {stop_for_pain, hold_unjudged, follow_probe, hold_at_the_limit};
    if (decide_by_rank(kBefore, q, out)) return;
    const double loss = loss_of(q.last());
    const bool fast_enough = loss < loss_share_;  // also where it is not known: then reps alone decide
    constexpr Rule kAfter[] = {lower_below_range, hold_in_range};
    if (at_top(q) && !fast_enough) {
      hold(q, out, "HOLD_SPEED_LOST");
    } else if (!at_top(q) || !raise_at_top(q, out)) {
      decide_by_rank(kAfter, q, out);
    }
    if (loss >= 0) out.evidence("speed_loss_share", loss);
  }

  Param<double> loss_share_{*this,
                            {.id = 10,
                             .name = "loss_share",
                             .unit = "1",
                             .help = "The top of the range earns more weight only with less speed lost than this.",
                             .min = 0.05,
                             .max = 0.5,
                             .initial = 0.2}};
};

}  // namespace

SHEAVE_PLUGINS(VelocityLoss);
