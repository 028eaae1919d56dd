#pragma once
// A controller that plays a script: for what a client does with a session's events and with cut connections.

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "sheave/v1/control.grpc.pb.h"
#include "sheave/v1/machine.grpc.pb.h"
#include "sheave/v1/program.grpc.pb.h"
#include "sheave/v1/session.grpc.pb.h"
#include "sheave/v1/watch.grpc.pb.h"
#include "tests/unit/app/cli/messages.hpp"

namespace sheave::cli::testing {

class FakeController : v1::WatchService::Service,
                       v1::SessionService::Service,
                       v1::ProgramService::Service,
                       v1::ControlService::Service,
                       v1::MachineService::Service {
 public:
  FakeController() {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(static_cast<v1::WatchService::Service*>(this));
    builder.RegisterService(static_cast<v1::SessionService::Service*>(this));
    builder.RegisterService(static_cast<v1::ProgramService::Service*>(this));
    builder.RegisterService(static_cast<v1::ControlService::Service*>(this));
    builder.RegisterService(static_cast<v1::MachineService::Service*>(this));
    server_ = builder.BuildAndStart();
    address_ = "127.0.0.1:" + std::to_string(port);
  }
  ~FakeController() {
    release_.set_value();
    happened(ended_);
    server_->Shutdown(std::chrono::system_clock::now());
  }
  FakeController(const FakeController&) = delete;
  FakeController& operator=(const FakeController&) = delete;

  const std::string& address() const { return address_; }

  // The script. Set before the client begins.
  std::vector<v1::WatchResponse> log;  ///< Entry i has seq i + 1.
  std::size_t cut_after = 0;           ///< Each stream breaks after so many log entries; 0: never.
  int sets_planned = 3;                ///< 0: open.
  std::vector<v1::Set> sets;           ///< What is stored in the end.
  v1::SessionState end = v1::SESSION_STATE_FINISHED;
  grpc::Status refuse_create;
  enum class Mute { kNever, kAtTheEnd, kFromTheStart };
  Mute mute = Mute::kNever;         ///< Stop, Finish and what is asked after them are not answered: at all, or but for Stop and Finish.
  std::function<void()> activated;  ///< Called as the session begins.
  bool fault = false;               ///< The first session is held up by one, until it is acknowledged and armed, or finished.

  bool fault_told = true;  ///< The fault itself is told before what it did, as soon as it is stored.

  // What the client did.
  std::vector<std::uint64_t> resumed_after() {
    const std::lock_guard lock(mutex_);
    return resumed_after_;
  }
  v1::CreateSessionRequest created() {
    const std::lock_guard lock(mutex_);
    return created_;
  }
  int sessions() {
    const std::lock_guard lock(mutex_);
    return sessions_;
  }
  bool acknowledged() {
    const std::lock_guard lock(mutex_);
    return acknowledged_;
  }
  bool armed() {
    const std::lock_guard lock(mutex_);
    return armed_;
  }

 private:
  void happened(bool& what) {
    const std::lock_guard lock(mutex_);
    what = true;
    changed_.notify_all();
  }
  template <typename Condition>
  void await(Condition condition) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return ended_ || finished_ || condition(); });
  }
  /// Each session of its own name; the first one's is that of the messages.
  std::string name() {
    const std::lock_guard lock(mutex_);
    return sessions_ < 2 ? kSession : kSession + std::to_string(sessions_);
  }
  v1::WatchResponse snapshot_of(v1::Stage stage) {
    v1::WatchResponse event = snapshot(stage);
    event.mutable_snapshot()->mutable_session()->set_name(name());
    return event;
  }

  void hold_up(grpc::ServerWriter<v1::WatchResponse>* writer) {
    v1::WatchResponse event;
    event.mutable_fault()->set_id("LINK_LOST");
    event.mutable_fault()->set_code(300);
    event.mutable_fault()->set_active(true);
    if (fault_told) writer->Write(event);
    v1::WatchResponse held = snapshot_of(v1::STAGE_SET_UP);
    held.mutable_snapshot()->mutable_session()->set_state(v1::SESSION_STATE_PAUSED);
    held.mutable_snapshot()->set_machine_state(v1::MACHINE_STATE_FAULT_STOP);
    held.mutable_snapshot()->set_note("The drive does not answer. Check its cable.");
    writer->Write(held);
    await([this] { return acknowledged_; });
    held.mutable_snapshot()->set_machine_state(v1::MACHINE_STATE_IDLE);
    held.mutable_snapshot()->clear_note();
    writer->Write(held);
    await([this] { return armed_; });
  }

  grpc::Status Watch(grpc::ServerContext*, const v1::WatchRequest* request, grpc::ServerWriter<v1::WatchResponse>* writer) override {
    {
      const std::lock_guard lock(mutex_);
      resumed_after_.push_back(request->after().seq());
    }
    v1::WatchResponse first = snapshot_of(v1::STAGE_ARMED);
    first.mutable_cursor()->set_seq(request->after().seq());
    if (!request->has_after()) first.mutable_snapshot()->clear_session();
    writer->Write(first);
    if (mute != Mute::kNever) {
      released_.wait();
      return grpc::Status::CANCELLED;
    }
    if (!request->has_after()) return {grpc::StatusCode::UNAVAILABLE, "cut"};  // the session is there when it comes back
    std::size_t sent = 0;
    for (std::size_t i = request->after().seq(); i < log.size(); ++i) {
      v1::WatchResponse event = log[i];
      event.mutable_cursor()->set_seq(i + 1);
      writer->Write(event);
      if (cut_after > 0 && ++sent == cut_after) return {grpc::StatusCode::UNAVAILABLE, "cut"};
    }
    if (fault && sessions() == 1 && !held_up_.exchange(true)) hold_up(writer);
    v1::WatchResponse last = snapshot_of(v1::STAGE_FINISHED);
    last.mutable_snapshot()->mutable_session()->set_state(end);
    last.mutable_snapshot()->set_sets_planned(sets_planned);
    writer->Write(last);
    return grpc::Status::OK;
  }

  grpc::Status CreateSession(grpc::ServerContext*, const v1::CreateSessionRequest* request, v1::Session*) override {
    const std::lock_guard lock(mutex_);
    created_ = *request;
    ++sessions_;
    return refuse_create;
  }
  grpc::Status ActivateSession(grpc::ServerContext*, const v1::ActivateSessionRequest*, v1::Session* session) override {
    session->set_name(name());
    session->set_program("programs/cable-row");
    if (activated) activated();
    return grpc::Status::OK;
  }
  grpc::Status Stop(grpc::ServerContext*, const v1::StopRequest*, v1::StopResponse* response) override {
    if (mute == Mute::kFromTheStart) released_.wait();
    response->set_confirmed(true);
    return grpc::Status::OK;
  }
  grpc::Status FinishSession(grpc::ServerContext*, const v1::FinishSessionRequest*, v1::Session*) override {
    happened(finished_);
    return grpc::Status::OK;
  }
  grpc::Status ArmSet(grpc::ServerContext*, const v1::ArmSetRequest*, v1::Session*) override {
    happened(armed_);
    return grpc::Status::OK;
  }
  grpc::Status AcknowledgeFault(grpc::ServerContext*, const v1::AcknowledgeFaultRequest*, v1::Machine*) override {
    happened(acknowledged_);
    return grpc::Status::OK;
  }
  grpc::Status GetSession(grpc::ServerContext*, const v1::GetSessionRequest*, v1::Session* session) override {
    if (mute != Mute::kNever) released_.wait();
    session->set_name(name());
    session->set_program("programs/cable-row");
    session->set_state(end);
    return grpc::Status::OK;
  }
  grpc::Status ListSets(grpc::ServerContext*, const v1::ListSetsRequest*, v1::ListSetsResponse* response) override {
    response->set_session(kSession);
    for (const v1::Set& set : sets) *response->add_sets() = set;
    return grpc::Status::OK;
  }
  grpc::Status GetProgram(grpc::ServerContext*, const v1::GetProgramRequest*, v1::Program* program) override {
    program->set_display_name("Cable row");
    return grpc::Status::OK;
  }
  grpc::Status ListWorkouts(grpc::ServerContext*, const v1::ListWorkoutsRequest*, v1::ListWorkoutsResponse*) override {
    return grpc::Status::OK;  // none
  }

  std::promise<void> release_;
  const std::shared_future<void> released_ = release_.get_future().share();
  std::mutex mutex_;
  std::vector<std::uint64_t> resumed_after_;
  v1::CreateSessionRequest created_;
  std::condition_variable changed_;
  std::atomic<bool> held_up_ = false;
  int sessions_ = 0;
  bool acknowledged_ = false, armed_ = false, finished_ = false, ended_ = false;
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace sheave::cli::testing
