#include "controller/session/set_book.hpp"

#include <algorithm>
#include <utility>

namespace sheave::session {

namespace {

constexpr int kMaxEffort = 10;

}  // namespace

void SetBook::begin(SetRecord set, std::int64_t now_ns) {
  set.session_id = session_id_;
  set.index = next_index();
  began_ns_ = now_ns;
  ledger_.begin_set(running_.emplace(std::move(set)));
}

void SetBook::add(const Rep& rep) {
  running_->reps.push_back(rep);
  if (rep.verdict == RepVerdict::kCounted) ++running_->counted;
  ledger_.add_rep(session_id_, running_->index, rep);
}

void SetBook::tune(TunedParam param, std::int64_t now_ns) {
  if (!running_) return;
  param.time_s = seconds(std::max<std::int64_t>(now_ns - began_ns_, 0));
  running_->tuned.push_back(std::move(param));
}

void SetBook::lighten(double load_kg, bool by_person, std::int64_t now_ns) {
  const double time_s = seconds(std::max<std::int64_t>(now_ns - began_ns_, 0));
  running_->lightened.push_back({running_->counted, load_kg, time_s, by_person});
}

void SetBook::end(SetEndReason reason, SampleBlob samples, std::int64_t now_ns) {
  running_->end = reason;
  running_->duration_s = seconds(now_ns - began_ns_);
  running_->samples_lost = samples.lost;
  ledger_.finish_set(*running_);
  if (!samples.bytes.empty()) ledger_.put_samples(std::move(samples));
  ended_.push_back(*std::exchange(running_, std::nullopt));
}

void SetBook::put_proposal(const Proposal& proposal) {
  if (!ended_.empty()) {
    ended_.back().proposal = proposal;
    ledger_.put_proposal(ended_.back());
    return;
  }
  SetRecord before_the_first;
  before_the_first.session_id = session_id_;
  before_the_first.proposal = proposal;
  ledger_.put_proposal(before_the_first);
}

Result<SetRecord*> SetBook::find(std::uint32_t index) {
  if (running_ && running_->index == index) {
    return Status::error(StatusCode::kFailedPrecondition, "SET_ACTIVE", "this set still runs; answer once it has ended");
  }
  if (index == 0 || index > ended_.size()) {
    return Status::error(StatusCode::kNotFound, "SET_NOT_FOUND",
                         "session " + session_id_ + " has no set " + std::to_string(index) + "; it has " + std::to_string(ended_.size()));
  }
  return &ended_[index - 1];
}

Status SetBook::put_effort(std::uint32_t index, int reps_in_reserve) {
  if (reps_in_reserve < 0 || reps_in_reserve > kMaxEffort) {
    return Status::error(StatusCode::kInvalidArgument, "EFFORT_RANGE", "reps in reserve are 0 to 10");
  }
  Result<SetRecord*> set = find(index);
  if (!set) return set.status();
  (*set)->answer_rir = reps_in_reserve;
  ledger_.put_answers(**set);
  return {};
}

Status SetBook::put_stop_reason(std::uint32_t index, StopAnswer answer) {
  Result<SetRecord*> set = find(index);
  if (!set) return set.status();
  (*set)->stop_answer = answer;
  ledger_.put_answers(**set);
  return {};
}

std::uint32_t planned_done(const std::vector<SetRecord>& ended, std::optional<SetKind> next) noexcept {
  std::uint32_t done = 0;
  for (std::size_t i = 0; i < ended.size(); ++i) {
    if (ended[i].side == Side::kLeft) continue;
    const std::optional<SetKind> after = i + 1 < ended.size() ? std::optional(ended[i + 1].kind) : next;
    if (ended[i].kind == SetKind::kWorking || (ended[i].kind == SetKind::kProbe && after == SetKind::kWorking)) ++done;
  }
  return done;
}

}  // namespace sheave::session
