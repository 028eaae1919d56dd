#include "joint_fit.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "capacity.hpp"

namespace sheave::progressions {
namespace {

using Eigen::Index;
using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

enum Unknown : Index {
  kOnce,        // ln of the 1RM [kg], today if it were a usual day
  kGain,        // of it, by visit
  kEpley,       // of the curve
  kSecondCost,  // ln of what is left of strength for the second set of a visit, by a usual first
  kLaterCost,   // for those after it
  kAnswerBias,  // [reps]
  kLimit,       // [m/s] of a rep that leaves none
  kPerRep,      // ln of what a rep that is left makes faster [m/s], near the end
  kUnloaded,    // [m/s] of a fresh rep
  kPerShare,    // [m/s] slower by the share of the 1RM
  kForm,        // ln of a day's strength over the usual, of each visit, the present one first
};

struct Prior {
  double mean, spread;
};
// Wide, but for what differs little: strength by 4 % from day to day (Grgic 2020). People say too few rather than too many, by less the
// fewer are left (Halperin 2022). The last speeds of rows and pulls: 0.40 to 0.52 m/s published, slower ones are common on cables.
constexpr Prior kGainPrior{0.003, 0.004}, kEpleyPrior{0.6, 0.3}, kSecondCostPrior{-0.025, 0.05}, kLaterCostPrior{-0.05, 0.08};
constexpr Prior kAnswerBiasPrior{-0.25, 0.8}, kLimitPrior{0.35, 0.12}, kUnloadedPrior{1.5, 0.5}, kPerSharePrior{1.1, 0.5};
constexpr double kFormSpread = 0.035, kPerRepUsual_mps = 0.045, kPerRepSpread = 0.6, kPerRepSpreadKnown = 0.3;
constexpr double kLeastEpley = -0.1, kMostEpley = 1.2;  // beyond, the curve turns

// Visits that count; who trains twice a week is another one after two months.
constexpr std::uint32_t kVisits = 16;

// How far readings are off. Strength differs a little from set to set for no reason that anybody sees.
constexpr double kSetSpread = 0.012;
constexpr double kEndError_reps = 0.3;                          // help: none was left, or a part of one
constexpr double kDoneError_reps = 0.4, kDoneSlack_reps = 0.3;  // what was done could be done
constexpr double kSaidError_reps = 0.5, kSaidErrorPerRep = 0.2, kSaidErrorTo_reps = 6.0;
constexpr double kNoneSaid = 0.2, kManySaid = 4.8;  // "0" and "5+" say no more than: not above, not below
// Of the speed of a set's end: noise of two reps, and what is another one in each set (half a rep and more; Garcia-Ramos 2020). Further
// from the end the fall of speed is nobody's straight line.
constexpr double kSpeedNoise = 0.035, kLeastSpeedNoise_mps = 0.012, kBetweenSets_mps = 0.03, kFarError = 0.5, kNear_reps = 1.5;
constexpr double kBend_reps = 8.0;                      // as the host's line falls (session/reserve_line.cpp)
constexpr double kRepNoise = 0.05, kLineNoise = 0.015;  // of a fresh set's mean speed: by its reps, and of the line
// A slip of the finger or a pause in mid-set decides nothing: Student's distribution, by degrees of freedom. A failure is no slip.
constexpr double kSaidTails = 4.0, kSpeedTails = 6.0, kNoTails = 0.0;
constexpr double kFormTails = 4.0;

// What a set takes from those after it, over what one does that ends where it should: to failure more (Moran-Navarro 2017), with many left
// hardly anything, and where not one rep went nothing.
constexpr double kFailedEffort = 1.4, kEffortFades_reps = 6.0, kManyMeans_reps = 8.0;

constexpr int kMostSteps = 20;
constexpr double kSettled = 1e-3, kMostDamping = 1e6;

double bent(double reps) { return kBend_reps * std::log1p(std::max(reps, -0.5 * kBend_reps) / kBend_reps); }
double bent_slope(double reps) { return 1.0 / (1.0 + std::max(reps, -0.5 * kBend_reps) / kBend_reps); }

struct Turn {
  std::uint32_t visit, place;
  double spent;  // by the sets before it in its visit, of each in the mean, over what a usual one spends
};

struct Worked {
  Turn turn;
  double ln_kg, reps;
  bool helped;
  int answer;
  double end_mps;  // of its last two reps; NaN: not known
};

struct Fresh {
  std::uint32_t visit;
  double kg, mps, error_mps;
};

/// Of the posterior: minus its logarithm, with slope and curvature.
class Surface {
 public:
  explicit Surface(Index unknowns) : slope(Vector::Zero(unknowns)), curvature(Matrix::Zero(unknowns, unknowns)) {}
  /// @param off of a reading, in its errors. @param by how much more, by each unknown.
  void add(double off, const Vector& by, double tails) {
    const double weight = weigh(off, tails);
    slope += weight * off * by;
    curvature.noalias() += weight * by * by.transpose();
  }
  /// The same of what is known of one unknown beforehand.
  void add_prior(Index unknown, double off, double spread, double tails) {
    const double weight = weigh(off, tails);
    slope[unknown] += weight * off / spread;
    curvature(unknown, unknown) += weight / (spread * spread);
  }
  double height = 0.0;
  Vector slope;
  Matrix curvature;

 private:
  /// Less, the further off a reading with tails is.
  double weigh(double off, double tails) {
    height += tails > 0.0 ? 0.5 * (tails + 1.0) * std::log1p(off * off / tails) : 0.5 * off * off;
    return tails > 0.0 ? (tails + 1.0) / (tails + off * off) : 1.0;
  }
};

class JointFit {
 public:
  explicit JointFit(const Question& q) {
    read_worked(q);
    read_fresh(q);
    if (!worked_.empty()) settle(q);
  }
  bool tells() const { return !worked_.empty(); }
  Ability ability(std::uint32_t place, double about_reps) const;

 private:
  void read_worked(const Question& q);
  void read_fresh(const Question& q);
  void set_priors(const Question& q);
  void settle(const Question& q);
  Surface surface(const Vector& at) const;
  void add_worked(const Vector& at, const Worked& set, Surface& out) const;
  void add_fresh(const Vector& at, const Fresh& set, Surface& out) const;

  /// ln of the 1RM as a set begins, and its slope.
  Vector ln_once_slope(const Turn& turn) const;

  double spent_now_ = 0.0;  // by the present visit's
  std::vector<Worked> worked_;
  std::vector<Fresh> fresh_;
  std::uint32_t visits_ = 1;
  Vector prior_mean_, prior_spread_, likely_;
  Matrix covariance_;
};

/// Mean of the last reps' speeds at the set's last load.
double end_mps(const SetFacts& set) {
  constexpr std::size_t kLeast = 3, kEnd = 2;
  const std::size_t n = set.speeds_mps.size();
  if (n < kLeast) return std::numeric_limits<double>::quiet_NaN();
  if (set.lightened() && set.loads_kg[n - kLeast] != set.loads_kg[n - 1]) return std::numeric_limits<double>::quiet_NaN();
  double sum = 0.0;
  for (std::size_t i = n - kEnd; i < n; ++i) sum += set.speeds_mps[i];
  return sum > 0.0 ? sum / kEnd : std::numeric_limits<double>::quiet_NaN();
}

/// What it was made lighter from and to, as one load for all its reps.
double same_work_kg(const Question& q, const SetFacts& set) {
  if (!set.lightened()) return set.load_kg;
  const Curve usual(kEpleyPrior.mean);
  const double left = reserve_of(q, set).value_or(Reserve{kReserve_reps}).reps;
  return one_rm_kg(usual, set, left) * std::exp(-usual.log_share(set.reps + left));
}

double effort(const Question& q, const SetFacts& set) {
  const auto reserve = reserve_of(q, set);
  if (!reserve) return 1.0;
  if (set.helped) return set.reps > 0 ? kFailedEffort : 0.0;
  const double left = reserve->reps < kManyLeft_reps ? reserve->reps : kManyMeans_reps;
  return std::exp(-(left - kReserve_reps) / kEffortFades_reps);
}

void JointFit::read_worked(const Question& q) {
  std::uint32_t visit = 0, place = 0;
  double sum = 0.0;
  for (std::size_t i = q.history.size(); i-- > 0;) {  // oldest first
    const SetFacts& set = q.history[i];
    if (set.session_index >= kVisits || set.kind != SHEAVE_SET_WORKING || !set.judged || !(set.load_kg > 0.0)) continue;
    place = set.session_index == visit ? place + 1 : 1;
    visit = set.session_index;
    if (place == 1) sum = 0.0;
    const double spent = place > 1 ? sum / (place - 1) : 0.0;
    sum += effort(q, set);
    if (visit == 0) spent_now_ = sum / place;
    const double reps = set.helped && set.reps == 0 ? 0.5 : set.reps;
    worked_.push_back({{visit, place, spent}, std::log(same_work_kg(q, set)), reps, set.helped, set.answer, end_mps(set)});
    visits_ = std::max(visits_, visit + 1);
  }
}

/// Warm-ups and probes tire nobody: their speed over load is the line of the day.
void JointFit::read_fresh(const Question& q) {
  for (std::uint32_t i = 0; i < q.in.set_count; ++i) {
    if (q.in.sets[i].kind == SHEAVE_SET_WORKING || q.in.sets[i].session_index >= kVisits) continue;
    const SetFacts set = read_set(q.in, i, q.settings.pause_limit_s);
    double sum = 0.0, reps = 0.0;
    for (std::size_t rep = set.speeds_mps.size() > 2 ? 1 : 0; rep < set.speeds_mps.size(); ++rep) {
      if (set.speeds_mps[rep] > 0.0) sum += set.speeds_mps[rep], reps += 1.0;
    }
    if (reps == 0.0 || !(set.begun_kg > 0.0)) continue;
    const double mps = sum / reps;
    fresh_.push_back({set.session_index, set.begun_kg, mps, mps * std::hypot(kRepNoise / std::sqrt(reps), kLineNoise)});
    visits_ = std::max(visits_, set.session_index + 1);
  }
}

void JointFit::set_priors(const Question& q) {
  const Index unknowns = kForm + static_cast<Index>(visits_);
  prior_mean_ = Vector::Zero(unknowns);
  prior_spread_ = Vector::Constant(unknowns, kFormSpread);
  const auto set = [this](Unknown unknown, const Prior& prior) {
    prior_mean_[unknown] = prior.mean, prior_spread_[unknown] = prior.spread;
  };
  const Worked& last = worked_.back();
  const double left = last.helped ? 0.0 : last.answer >= 0 ? last.answer : kReserve_reps;
  set(kOnce, {last.ln_kg + Curve(kEpleyPrior.mean).log_share(last.reps + left), 1.0});  // where to begin to look
  set(kGain, kGainPrior), set(kEpley, kEpleyPrior), set(kSecondCost, kSecondCostPrior), set(kLaterCost, kLaterCostPrior);
  set(kAnswerBias, kAnswerBiasPrior), set(kLimit, kLimitPrior), set(kUnloaded, kUnloadedPrior), set(kPerShare, kPerSharePrior);
  const bool known = q.in.strength != nullptr && q.in.strength->per_rep_mps > 0.0;
  const double stated = bent(2.0) / 2.0;  // the host states the fall over the last two reps
  set(kPerRep,
      known ? Prior{std::log(q.in.strength->per_rep_mps / stated), kPerRepSpreadKnown} : Prior{std::log(kPerRepUsual_mps), kPerRepSpread});
}

/// Levenberg and Marquardt's steps.
void JointFit::settle(const Question& q) {
  set_priors(q);
  likely_ = prior_mean_;
  Surface here = surface(likely_);
  double damping = 1e-3;
  for (int step = 0; step < kMostSteps && damping < kMostDamping; ++step) {
    Matrix damped = here.curvature;
    damped.diagonal() *= 1.0 + damping;
    Vector there = likely_ - damped.ldlt().solve(here.slope);
    there[kEpley] = std::clamp(there[kEpley], kLeastEpley, kMostEpley);
    Surface next = surface(there);
    if (next.height < here.height) {
      const bool settled = here.height - next.height < kSettled;
      likely_ = there, here = std::move(next), damping *= 0.3;
      if (settled) break;
    } else {
      damping *= 8.0;
    }
  }
  covariance_ = here.curvature.ldlt().solve(Matrix::Identity(likely_.size(), likely_.size()));
}

Vector JointFit::ln_once_slope(const Turn& turn) const {
  Vector slope = Vector::Zero(prior_mean_.size());
  slope[kOnce] = slope[kForm + turn.visit] = 1.0;
  slope[kGain] = -static_cast<double>(turn.visit);
  if (turn.place == 2) slope[kSecondCost] = turn.spent;
  if (turn.place > 2) slope[kLaterCost] = turn.spent;
  return slope;
}

Surface JointFit::surface(const Vector& at) const {
  Surface out(at.size());
  const Vector off = (at - prior_mean_).cwiseQuotient(prior_spread_);
  for (Index i = 0; i < at.size(); ++i) {
    out.add_prior(i, off[i], prior_spread_[i], i < kForm ? kNoTails : kFormTails);
  }
  for (const Worked& set : worked_) add_worked(at, set, out);
  for (const Fresh& set : fresh_) add_fresh(at, set, out);
  return out;
}

void JointFit::add_worked(const Vector& at, const Worked& set, Surface& out) const {
  const Curve curve(at[kEpley]);
  Vector by = ln_once_slope(set.turn);
  const double reps = curve.reps(by.dot(at) - set.ln_kg);
  const double reps_per_ln = 1.0 / curve.slope(reps), left = reps - set.reps, spread = kSetSpread * reps_per_ln;
  by[kEpley] = -curve.slope_by_epley(reps);
  by *= reps_per_ln;  // of reps to failure

  const double done_error = std::hypot(set.helped ? kEndError_reps : kDoneError_reps, spread);
  const double done_off = set.helped ? left : std::min(0.0, left + kDoneSlack_reps);
  if (done_off != 0.0) out.add(done_off / done_error, by / done_error, kNoTails);
  if (!set.helped && set.answer >= 0) {
    const double foretold = left + at[kAnswerBias];
    const bool none = set.answer == 0, many = set.answer >= static_cast<int>(kManyLeft_reps);
    const double said = none ? kNoneSaid : many ? kManySaid : set.answer;
    const double error = std::hypot(kSaidError_reps + kSaidErrorPerRep * std::clamp(left, 0.0, kSaidErrorTo_reps), spread);
    Vector said_by = by;
    said_by[kAnswerBias] = 1.0;
    if (!(none && foretold < said) && !(many && foretold > said)) out.add((foretold - said) / error, said_by / error, kSaidTails);
  }
  if (!std::isfinite(set.end_mps)) return;
  const double at_left = left + 0.5;  // between the last two reps
  const double per_rep = std::exp(at[kPerRep]), faster = per_rep * bent(at_left);
  const double noise = std::max(kSpeedNoise * set.end_mps, kLeastSpeedNoise_mps), far = std::max(0.0, faster - per_rep * kNear_reps);
  const double error = std::sqrt(noise * noise + kBetweenSets_mps * kBetweenSets_mps + spread * spread * per_rep * per_rep +
                                 kFarError * kFarError * far * far);
  by *= per_rep * bent_slope(at_left);
  by[kLimit] = 1.0, by[kPerRep] = faster;
  out.add((at[kLimit] + faster - set.end_mps) / error, by / error, kSpeedTails);
}

void JointFit::add_fresh(const Vector& at, const Fresh& set, Surface& out) const {
  Vector by = ln_once_slope({set.visit, 1, 0.0});
  const double share = set.kg * std::exp(-by.dot(at));
  by *= at[kPerShare] * share;
  by[kUnloaded] = 1.0, by[kPerShare] = -share;
  out.add((at[kUnloaded] - at[kPerShare] * share - set.mps) / set.error_mps, by / set.error_mps, kSpeedTails);
}

Ability JointFit::ability(std::uint32_t place, double about_reps) const {
  Vector by = ln_once_slope({0, place, spent_now_});
  Ability ability;
  ability.one_rm_kg = std::exp(by.dot(likely_));
  const double spread = std::sqrt(covariance_(kEpley, kEpley));
  ability.curve = Curve(likely_[kEpley]);
  ability.flatter = Curve(std::max(kLeastEpley, likely_[kEpley] - spread));
  ability.steeper = Curve(std::min(kMostEpley, likely_[kEpley] + spread));
  by[kEpley] = -ability.curve.slope_by_epley(about_reps);
  ability.error_share = std::sqrt(by.dot(covariance_ * by) + kSetSpread * kSetSpread);
  return ability;
}

}  // namespace

std::optional<Ability> joint_fit(const Question& q, std::uint32_t place, double about_reps) {
  const JointFit fit(q);
  if (!fit.tells()) return std::nullopt;
  const Ability ability = fit.ability(place, about_reps);
  return std::isfinite(ability.one_rm_kg) && std::isfinite(ability.error_share) ? std::optional(ability) : std::nullopt;
}

}  // namespace sheave::progressions
