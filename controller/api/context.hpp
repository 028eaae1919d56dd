#pragma once
// What every service is given: the rooms behind the API, the way to the main thread, and how a call is answered from there.

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <functional>
#include <memory>

#include "controller/api/caller.hpp"
#include "controller/api/convert_machine.hpp"
#include "controller/api/downloads.hpp"
#include "controller/api/error_map.hpp"
#include "controller/api/names.hpp"
#include "controller/api/support_bundle.hpp"
#include "controller/session/journal.hpp"
#include "controller/session/manager.hpp"
#include "controller/session/member_desk.hpp"
#include "controller/session/plugin_source.hpp"
#include "controller/session/upkeep.hpp"
#include "controller/session/wall_clock.hpp"

namespace sheave::api {

/// Hands a function to the main thread. [any]
using Post = std::function<void(std::function<void()>)>;

/// What the operator asks of the program as a whole. All [main].
struct Operation {
  std::function<std::vector<SupportFile>()> support_files;  ///< Configuration without secrets, the last log lines.
  /// One message to every target. Reason NO_TARGETS.
  std::function<void(session::Upkeep::Answer<session::Alert>)> test_alert;
  std::function<void(const session::Settings&)> settings_changed;
};

/// Everything by reference outlives the server. But for `post`, `names`, `facts`, `gate` and `port`'s atomics, all of it is [main].
struct Context {
  Post post;
  Names names;
  MachineFacts facts;
  session::Manager& manager;
  session::Journal& journal;
  session::PluginSource& plugins;
  const plugin_host::Registry& registry;
  const session::WallClock& wall_clock;
  control::Port& port;
  session::Upkeep& upkeep;
  Operation operation;
  session::MemberDesk& desk;
  Downloads& downloads;
  std::shared_ptr<Gate> gate = nullptr;  ///< For callers from other hosts; null: there are none. [any]
};

/// The answer to one unary call. Copyable; whoever is first answers. A call that nobody answered is answered UNAVAILABLE when
/// the last copy goes, so that a journal that dropped its callback leaves no caller hanging. [any]
class Reply {
 public:
  explicit Reply(grpc::ServerUnaryReactor* reactor, bool names_members = true)
      : state_(std::make_shared<State>(reactor)), names_members_(names_members) {}
  /// Whether the answer may say whose a session is.
  bool names_members() const noexcept { return names_members_; }
  void ok() const { state_->finish(grpc::Status::OK); }
  void fail(const Status& status, std::int64_t retry_after_ns = 0) const { state_->finish(to_grpc(status, retry_after_ns)); }
  /// ok() or fail(), as the status says.
  void with(const Status& status) const { state_->finish(to_grpc(status)); }

 private:
  struct State {
    explicit State(grpc::ServerUnaryReactor* r) : reactor(r) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State();
    void finish(const grpc::Status& status);
    grpc::ServerUnaryReactor* reactor;  // null once answered
  };
  std::shared_ptr<State> state_;
  bool names_members_;
};

/// Runs `handler(Reply)` on the main thread. Request and response of the call stay valid until it is answered. [transport]
template <typename Handler>
grpc::ServerUnaryReactor* on_main(const Context& context, grpc::CallbackServerContext* call, Handler handler) {
  grpc::ServerUnaryReactor* reactor = call->DefaultReactor();
  context.post([reply = Reply(reactor, may_see_members(*call)), handler = std::move(handler)] { handler(reply); });
  return reactor;
}

}  // namespace sheave::api
