#include "controller/app/sheaved/event_log.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace sheave::app {
namespace {

std::string_view name(session::SessionState state) {
  switch (state) {
    case session::SessionState::kPrepared:
      return "prepared";
    case session::SessionState::kActive:
      return "active";
    case session::SessionState::kPaused:
      return "paused";
    case session::SessionState::kFinished:
      return "finished";
    case session::SessionState::kInterrupted:
      return "interrupted";
  }
  return "unknown";
}

}  // namespace

std::string describe(const session::LogEntry& entry) {
  using Kind = session::LogEntry::Kind;
  switch (entry.kind) {
    case Kind::kSession:
      return fmt::format("session {} of {}: {}{}{}", entry.session.id, entry.session.program_id, name(entry.session.state),
                         entry.session.end_note.empty() ? "" : ": ", entry.session.end_note);
    case Kind::kSet:
      if (entry.set.end == session::SetEndReason::kUnknown)
        return fmt::format("set {} begins with {:.2f} kg", entry.set.index, entry.set.load_kg);
      return fmt::format("set {} ended: {} reps with {:.2f} kg", entry.set.index, entry.set.counted, entry.set.load_kg);
    case Kind::kProposal:
      if (!entry.set.proposal) return {};
      return fmt::format("proposal after set {}: {:.2f} kg, {}{}", entry.set_index, entry.set.proposal->load_kg, entry.set.proposal->reason,
                         entry.set.proposal->accepted ? ", accepted" : "");
    case Kind::kFault: {
      const FaultText text = fault_text(entry.fault.code);
      return entry.fault.active ? fmt::format("{}: {} {}", text.name, text.meaning, text.remedy) : fmt::format("{}: over", text.name);
    }
    case Kind::kRep:
      return {};  // the stream's business
  }
  return {};
}

void EventLog::on_update(const session::Update& update) {
  if (update.entry != nullptr) {
    const std::string line = describe(*update.entry);
    if (line.empty()) return;
    const bool bad = update.entry->kind == session::LogEntry::Kind::kFault && update.entry->fault.active;
    spdlog::log(bad ? spdlog::level::warn : spdlog::level::info, "{}", line);
  }
  if (update.snapshot == nullptr) return;
  if (update.snapshot->machine_state != state_ || update.snapshot->reaction != reaction_) {
    state_ = update.snapshot->machine_state;
    reaction_ = update.snapshot->reaction;
    spdlog::info("machine: {}, reaction {}", safety::name(state_), safety::name(reaction_));
  }
}

}  // namespace sheave::app
