#pragma once
// What the daemon does for operators and technicians: upkeep, alerts, versions, the support bundle.

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "controller/api/context.hpp"
#include "controller/app/sheaved/alerts/outbox.hpp"
#include "controller/app/sheaved/alerts/watch.hpp"
#include "controller/app/sheaved/config.hpp"
#include "controller/store/sqlite_upkeep.hpp"

namespace sheave::app {

/// Plugins, the program itself and the drives, each with its version and where it is a file its SHA-256. Reads the files.
std::vector<api::Component> components(const plugin_host::Registry& registry, const hal::StackInfo& stack);

/// Of a file, in hex; empty where it cannot be read.
std::string sha256_of(const std::string& path);

/// The newest lines of the log, as the ring that main() puts behind the default logger holds them. [any]
inline constexpr std::size_t kLogLines = 2000;
std::string recent_log();

/// All [main].
class OperatorSide {
 public:
  OperatorSide(const Config& config, store::SqliteJournal& journal, session::Manager& manager, const session::WallClock& wall_clock,
               std::function<void(std::function<void()>)> post);

  void start();
  /// At any rate; does its work once a second, and what is slower less often.
  void tick(std::int64_t now_ns);

  session::Upkeep& upkeep() { return upkeep_; }
  api::Operation operation();

 private:
  void use(const session::Settings& settings);
  void raise(session::Alert alert);

  const Config& config_;
  const session::WallClock& wall_clock_;
  store::SqliteUpkeep upkeep_;
  ThreadCourier courier_;
  AlertOutbox outbox_;
  AlertWatch watch_;
  std::optional<session::Settings> settings_;  // none: the store has not said yet
  std::deque<session::Alert> waiting_;         // for the settings
  std::int64_t second_due_ns_ = 0, check_due_ns_ = 0;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);  // late answers find nobody once this is gone
};

}  // namespace sheave::app
