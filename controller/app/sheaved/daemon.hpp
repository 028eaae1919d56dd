#pragma once
// The composition root: makes every room, ties them to one main thread, and takes the load off before it ends.

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "controller/app/sheaved/config.hpp"
#include "controller/app/sheaved/event_log.hpp"
#include "controller/app/sheaved/instance_lock.hpp"
#include "controller/app/sheaved/operator_side.hpp"
#include "controller/app/sheaved/remote.hpp"
#include "controller/control/loop.hpp"
#include "controller/plugin_host/registry.hpp"
#include "controller/rt/event_fd.hpp"
#include "controller/session/make_manager.hpp"
#include "controller/session/member_desk.hpp"
#include "controller/store/sqlite_journal.hpp"
#include "controller/store/sqlite_members.hpp"
#include "hal/cable_stack.hpp"

namespace sheave::api {
class Server;
}  // namespace sheave::api
namespace sheave::web {
class Gateway;
}  // namespace sheave::web

namespace sheave::app {

/// Everything is [main]. A start that fails leaves no torque: the stack is opened only after everything that can fail without it, for a
/// second master would disturb a controller that runs, and is closed by the destructor.
class Daemon {
 public:
  /// @param forget_credentials members' tags and PINs are deleted and a new machine key is made, in place of one that was lost.
  explicit Daemon(Config config, bool forget_credentials = false);
  ~Daemon();
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  /// Makes and opens everything. Reasons of whatever failed; the message names it with the remedy.
  Status start();

  /// "api 127.0.0.1:7400, modbus tcp 127.0.0.1:1502, ...". After start().
  std::string describe() const;

  /// Serves until SIGTERM or SIGINT, then takes the load off and stores what is left to store.
  void run();

 private:
  Status be_the_only_one();
  void populate_control_code();
  Status load_parts();
  Status open_stack();
  Status start_serving();
  Status grant_standstill(const hal::StackInfo& info);
  Result<session::MachineKey> machine_key();
  Status serve_api(const std::optional<Remote>& remote);
  Status serve_web(const std::optional<Remote>& remote);
  void await_events();
  void await_timer();
  void shut_down();
  [[noreturn]] void end_anyway();
  std::function<void(std::function<void()>)> post();  // hands a function to io_'s thread; callable from any

  Config config_;
  const bool forget_credentials_;
  boost::asio::io_context io_;
  std::unique_ptr<control::Port> port_;  // a megabyte: not on the stack
  rt::EventFd events_waiting_;
  rt::MonotonicClock clock_;
  session::SystemWallClock wall_clock_;
  plugin_host::Registry registry_;
  session::Catalog catalog_;
  std::string link_;

  // In the order of their making; each outlives what stands below it.
  std::unique_ptr<InstanceLock> lock_;
  std::unique_ptr<hal::CableStack> stack_;
  std::unique_ptr<store::SqliteJournal> journal_;
  std::unique_ptr<session::PluginSource> plugins_;
  std::unique_ptr<session::ThreadWorker> worker_;
  std::unique_ptr<store::SqliteMembers> members_;
  std::unique_ptr<session::MemberDesk> desk_;
  api::Downloads downloads_{[this] { return clock_.now_ns(); }};
  std::unique_ptr<session::DrivenManager> manager_;
  std::unique_ptr<EventLog> event_log_;
  std::unique_ptr<OperatorSide> operator_side_;
  std::unique_ptr<api::Server> server_;
  std::unique_ptr<web::Gateway> web_;
  control::ControlLoop loop_;

  boost::asio::signal_set signals_{io_};
  boost::asio::posix::stream_descriptor events_{io_};
  boost::asio::steady_timer timer_{io_}, last_resort_{io_};
};

}  // namespace sheave::app
