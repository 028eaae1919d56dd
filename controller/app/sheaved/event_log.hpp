#pragma once
// One line on standard error per event of note, from the main thread only.

#include "controller/session/manager.hpp"

namespace sheave::app {

/// What is said of an update that is in the log; empty: nothing of note. Pure.
std::string describe(const session::LogEntry& entry);

class EventLog final : public session::Observer {
 public:
  explicit EventLog(session::Manager& manager) : manager_(manager) { manager_.add_observer(this); }
  ~EventLog() override { manager_.remove_observer(this); }
  EventLog(const EventLog&) = delete;
  EventLog& operator=(const EventLog&) = delete;

  void on_update(const session::Update& update) override;
  void on_frames(const control::Frame*, std::size_t) override {}

 private:
  session::Manager& manager_;
  safety::MachineState state_ = safety::MachineState::kBoot;
  safety::Reaction reaction_ = safety::Reaction::kNone;
};

}  // namespace sheave::app
