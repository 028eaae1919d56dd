#include "controller/session/preview_loads.hpp"

#include <algorithm>
#include <cmath>

#include "controller/session/progression_question.hpp"
#include "controller/session/proposal.hpp"
#include "controller/session/set_book.hpp"

namespace sheave::session {

namespace {

constexpr std::int64_t kVisitsApart_ns = kNsPerS * 3 * 86'400;    // two or three visits a week
constexpr std::int64_t kFirstVisit_ns = 1'700'000'000 * kNsPerS;  // any day will do: only differences are asked for
constexpr std::size_t kMostSets = 40;                             // of one visit: a progression that probes for ever ends somewhere

class Supposer {
 public:
  Supposer(const Program& program, const LoadGrid& grid, const PreviewMovement& movement, const Decider& decider, Supposed supposed)
      : program_(program), grid_(grid), movement_(movement), decider_(decider), supposed_(supposed) {}

  std::vector<PreviewSet> run(std::optional<double> load_kg) {
    for (visit_ = 1; visit_ <= kPreviewVisits; ++visit_) {
      Proposal next;
      if (visit_ == 1 && load_kg) {
        next.load_kg = *load_kg;
      } else {
        next = ask(SHEAVE_DECIDE_FIRST_SET);
      }
      visit(next);
      history_.insert(history_.begin(), present_.rbegin(), present_.rend());
      history_.resize(std::min(history_.size(), kHistorySets));
      present_.clear();
    }
    return std::move(seen_);
  }

 private:
  void visit(Proposal next) {
    double time_s = 0.0;
    while (!next.stop && present_.size() < kMostSets && planned_done(present_, next.next_kind) < program_.prescription.sets) {
      time_s += do_set(next, time_s) + program_.prescription.rest_s;
      if (planned_done(present_, std::nullopt) >= program_.prescription.sets) return;
      next = ask(SHEAVE_DECIDE_NEXT_SET);
    }
  }

  Proposal ask(sheave_decision_point_t point) const {
    const ProgressionQuestion question(point, program_, grid_, HistoryView{history_, present_}, program_.prescription.sets,
                                       planned_done(present_, std::nullopt), 0, today());
    const SetRecord* last = present_.empty() ? nullptr : &present_.back();
    const double previous_kg = last != nullptr ? last->load_kg : history_.empty() ? kUnknown : history_.front().load_kg;
    return make_proposal(decider_.decide(question.in()), ProposalContext{program_, grid_, last, previous_kg});
  }

  /// Returns its duration.
  double do_set(const Proposal& proposal, double start_s) {
    const Prescription& p = program_.prescription;
    const bool top = supposed_ == Supposed::kTop;
    const bool probe = proposal.next_kind == SetKind::kProbe;
    const std::uint32_t most = probe && proposal.rep_goal > 0 ? proposal.rep_goal : std::max(p.rep_top, proposal.rep_goal);
    const std::uint32_t least = probe && proposal.rep_goal > 0 ? std::min(proposal.rep_goal, p.rep_bottom) : p.rep_bottom;
    SetRecord set;
    set.session_id = std::to_string(visit_);
    set.index = static_cast<std::uint32_t>(present_.size()) + 1;
    set.kind = proposal.next_kind;
    set.load_kg = proposal.load_kg;
    set.started = today();
    set.end = SetEndReason::kRacked;
    set.counted = top ? most : least - 1;
    for (std::uint32_t i = 0; i < set.counted; ++i) set.reps.push_back(rep(true));
    if (!top) set.reps.push_back(rep(false));
    set.duration_s = static_cast<double>(set.reps.size()) * (movement_.concentric_s + movement_.hold_s + movement_.eccentric_s);
    seen_.push_back({visit_, set.index, set.kind, set.load_kg, set.counted, start_s, set.duration_s, proposal.reason});
    present_.push_back(std::move(set));
    return seen_.back().duration_s;
  }

  Rep rep(bool counted) const {
    constexpr double kShortShare = 0.5;
    Rep rep;
    rep.verdict = counted ? RepVerdict::kCounted : RepVerdict::kPartial;
    rep.rom_share = counted ? 1.0 : kShortShare;
    rep.concentric_s = movement_.concentric_s;
    rep.mean_speed_mps = movement_.rom_m * rep.rom_share / movement_.concentric_s;
    return rep;
  }

  WallTime today() const { return {kFirstVisit_ns + visit_ * kVisitsApart_ns, true}; }

  const Program& program_;
  const LoadGrid& grid_;
  const PreviewMovement& movement_;
  const Decider& decider_;
  Supposed supposed_;
  std::uint32_t visit_ = 1;
  std::vector<SetRecord> history_, present_;  // newest first; oldest first
  std::vector<PreviewSet> seen_;
};

}  // namespace

Result<std::vector<PreviewSet>> suppose(const Program& program, const LoadGrid& grid, PluginSource& plugins,
                                        const PreviewMovement& movement, Supposed supposed, std::optional<double> load_kg) {
  if (program.progression.id.empty()) return std::vector<PreviewSet>{};
  const Result<std::shared_ptr<const Decider>> decider = plugins.make_decider(program);
  if (!decider) return decider.status();
  return Supposer(program, grid, movement, **decider, supposed).run(load_kg);
}

}  // namespace sheave::session
