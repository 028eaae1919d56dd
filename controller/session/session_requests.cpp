// What a person asks of the present session.

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "controller/session/own_curve.hpp"
#include "controller/session/session_run.hpp"

namespace sheave::session {

using control::CommandKind;
using safety::MachineState;

namespace {

bool takes_load(MachineState state) {
  return state != MachineState::kBoot && state != MachineState::kSafeOff && state != MachineState::kFaultStop &&
         state != MachineState::kEstop && state != MachineState::kService;
}

}  // namespace

Status SessionRun::refuse_while_set_runs(const char* instead) const {
  if (!book_.running()) return {};
  return Status::error(StatusCode::kFailedPrecondition, "SET_ACTIVE",
                       "set " + std::to_string(book_.current()->index) + " runs; " + instead);
}

Status SessionRun::arm() {
  if (Status status = refuse_when_over(); !status.ok()) return status;
  if (Status status = refuse_while_set_runs("it needs no start"); !status.ok()) return status;
  if (!takes_load(machine_.state)) {
    return Status::error(StatusCode::kFailedPrecondition, "NOT_READY",
                         "the machine takes no load at the moment; clear what it reports, acknowledge it, and start again");
  }
  if (next_.standing() && !next_.answered()) {
    if (Status status = next_.accept("", std::nullopt); !status.ok()) return status;
  }
  resume();
  set_up_due_ = false;
  tap_due_ = false;
  turn_over_ = false;
  arm_requested_ = attempt_ == Attempt::kNone;
  return {};
}

void SessionRun::resume() {
  waiting_since_ns_ = now_ns_;
  retry_at_ns_ = 0;
  note_ = {};
  if (!held()) return;
  record_.state = SessionState::kActive;
  services_.ledger.put_session(record_);
}

void SessionRun::hold(const Note& why) {
  if (over()) return;
  note_ = why;
  arm_requested_ = false;
  waiting_since_ns_ = now_ns_;
  if (held()) return;
  record_.state = SessionState::kPaused;
  services_.ledger.put_session(record_);
}

Status SessionRun::refuse_when_over() const {
  if (!over()) return {};
  return Status::error(StatusCode::kFailedPrecondition, "NOT_READY", "this session has ended; start another");
}

Status SessionRun::accept(const std::string& etag, std::optional<double> load_kg) {
  if (Status status = refuse_when_over(); !status.ok()) return status;
  if (attempt_ == Attempt::kSet) {
    return Status::error(StatusCode::kFailedPrecondition, "NOT_RESTING", "the set is armed or runs; its load is settled");
  }
  if (load_kg) {
    const Result<double> load = services_.grid.check(*load_kg);
    if (!load) return load.status();
    load_kg = *load;
  }
  if (next_.standing() && next_.standing()->stop) {
    return Status::error(StatusCode::kFailedPrecondition, "NOT_RESTING", "no further set is proposed: " + next_.standing()->text);
  }
  waiting_since_ns_ = waiting_since_ns_ >= 0 ? now_ns_ : -1;
  warm_up_kg_.reset();
  return next_.accept(etag, load_kg);
}

/// Of the warm-up to come alone: what it leads to stays as it was agreed.
Status SessionRun::set_warm_up_load(double load_kg) {
  if (Status status = refuse_when_over(); !status.ok()) return status;
  const Result<double> load = services_.grid.check(load_kg);
  if (!load) return load.status();
  if (*load > next_.load_kg()) {
    return Status::error(
        StatusCode::kInvalidArgument, "LOAD_ABOVE_LIMIT",
        fmt::format("a warm-up is no heavier than the {:g} kg that it leads to; change those when it is over", next_.load_kg()));
  }
  waiting_since_ns_ = waiting_since_ns_ >= 0 ? now_ns_ : -1;
  warm_up_kg_ = *load;
  return {};
}

Status SessionRun::set_load(double load_kg) {
  if (attempt_ != Attempt::kSet) return upcoming().kind == SetKind::kWarmUp ? set_warm_up_load(load_kg) : accept("", load_kg);
  const Result<double> load = services_.grid.check(load_kg);
  if (!load) return load.status();
  // Control raises while READY only; the same rule here gives the person a reason instead of nothing.
  if (*load > set_.load_kg && machine_.state != MachineState::kReady) {
    return Status::error(StatusCode::kFailedPrecondition, "SET_ACTIVE", "a load is raised at rest only; lower it, or wait for the rest");
  }
  if (book_.running() && *load < set_.load_kg) book_.lighten(*load, true, now_ns_);
  set_.load_kg = *load;
  services_.commands.push({CommandKind::kSetLoad, services_.grid.per_cable_n(*load), nullptr});
  return {};
}

Status SessionRun::set_profile_parameter(const std::string& profile, const std::string& parameter, double value) {
  if (Status status = refuse_when_over(); !status.ok()) return status;
  const auto link = std::ranges::find(program_.load_chain, profile, &PluginUse::id);
  if (link == program_.load_chain.end()) {
    std::string links;
    for (const PluginUse& use : program_.load_chain) links += (links.empty() ? "" : ", ") + use.id;
    return Status::error(StatusCode::kNotFound, "PROFILE_UNKNOWN",
                         "\"" + profile + "\" is no load profile of program \"" + program_.id + "\"; it has " + links);
  }
  const Result<std::uint32_t> param = services_.plans.live_param(profile, parameter, value);
  if (!param) return param.status();
  const auto index = static_cast<std::size_t>(link - program_.load_chain.begin());
  tuned_[index][parameter] = value;
  book_.tune({static_cast<std::uint32_t>(index), profile, parameter, value}, now_ns_);
  if (attempt_ == Attempt::kSet) {
    services_.commands.push({CommandKind::kSetParam, value, nullptr, plan_id_, static_cast<std::uint32_t>(index), *param});
  }
  return {};
}

std::vector<TunedParam> SessionRun::tuned_now() const {
  std::vector<TunedParam> all;
  for (const auto& [link, values] : tuned_) {
    for (const auto& [parameter, value] : values) {
      all.push_back({static_cast<std::uint32_t>(link), program_.load_chain[link].id, parameter, value});
    }
  }
  return all;
}

Program SessionRun::given_for_set() const {
  Program program = for_set(program_, curve_, book_.next_index());
  for (const auto& [link, values] : tuned_) {
    for (const auto& [parameter, value] : values) program.load_chain[link].params[parameter] = value;
  }
  return program;
}

Status SessionRun::pause() {
  if (Status status = refuse_while_set_runs("bring the handle home, or stop it"); !status.ok()) return status;
  if (attempt_ != Attempt::kNone) services_.commands.push({CommandKind::kEndSet, 0.0, nullptr});
  hold({"PAUSED", "Paused; start when you are ready.", {}});
  return {};
}

void SessionRun::finish(std::function<void(const Status& stored)> done) {
  if (over()) return done({});
  finishing_ = true;
  finish_waiters_.push_back(std::move(done));
  if (attempt_ != Attempt::kNone) {
    services_.commands.push({CommandKind::kEndSet, 0.0, nullptr});
  } else if (!at_machine_ || machine_settled()) {
    close(finish_note_);
  }
}

void SessionRun::finish_part(std::function<void(const Status& stored)> done) {
  if (!over()) goes_on_ = true;
  finish(std::move(done));
}

void SessionRun::end(const Note& why) {
  finish_note_ = why;
  finish([](const Status&) {});
}

Status SessionRun::report_effort(std::uint32_t set_index, int reps_in_reserve) {
  if (Status status = book_.put_effort(set_index, reps_in_reserve); !status.ok()) return status;
  const bool open = !over() && attempt_ == Attempt::kNone && set_index == book_.ended().size() && !next_.answered();
  if (open && decides_by(*book_.last()) && more_planned()) ask_next();
  return {};
}

Status SessionRun::report_stop_reason(std::uint32_t set_index, StopAnswer answer) {
  if (Status status = book_.put_stop_reason(set_index, answer); !status.ok()) return status;
  // Pain outranks everything, also a load that was agreed to.
  const bool open = !over() && attempt_ == Attempt::kNone && set_index == book_.ended().size();
  if (open && keeps_weight()) {
    if (answer == StopAnswer::kPain) hold({"PAIN", "You felt pain. Go on only if it is gone; if it stays, ask a doctor.", {}});
  } else if (open && more_planned() && ((decides_by(*book_.last()) && !next_.answered()) || answer == StopAnswer::kPain)) {
    ask_next();
  }
  return {};
}

Status SessionRun::calibrate() {
  if (Status status = refuse_while_set_runs("measure the range again at rest"); !status.ok()) return status;
  if (Status status = refuse_when_over(); !status.ok()) return status;
  if (attempt_ == Attempt::kSet) services_.commands.push({CommandKind::kEndSet, 0.0, nullptr});
  if (attempt_ != Attempt::kCalibration) rom_.clear();
  resume();
  arm_requested_ = attempt_ != Attempt::kCalibration;
  return {};
}

}  // namespace sheave::session
