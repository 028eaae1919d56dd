#include "controller/app/sheaved/daemon.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "controller/api/listen_address.hpp"
#include "controller/api/server.hpp"
#include "controller/app/sheaved/folders.hpp"
#include "controller/app/sheaved/machine_key.hpp"
#include "controller/app/sheaved/version.hpp"
#include "controller/rt/prefault.hpp"
#include "controller/web/gateway.hpp"
#include "controller/web/tls.hpp"
#include "hal/modbus/stack.hpp"

namespace sheave::app {
namespace {

constexpr auto kMainPeriod = std::chrono::milliseconds(10);  // timers and the heartbeat; events come by themselves
// Connecting, a reset of the drive's parameters and their read-back take 100 ms; longer, and a person should be told.
constexpr std::uint32_t kOpenTimeout_ms = 3000;

// gRPC 1.51 now and then waits for ever for the end of a call whose client went in the very moment of the shutdown (seen with the
// in-process channel: answered and cancelled, and its completion never came). All others end within a second.
constexpr auto kEndWithin = std::chrono::seconds(5);

// A spotter or a stop would come too late; the same end as control.rate_hz has.
constexpr std::int64_t kLongestPeriod_ns = 20 * kNsPerMs;

double milliseconds(std::int64_t ns) { return seconds(ns) * 1e3; }

Status from(const hal::OpenError& error) { return Status::error(StatusCode::kUnavailable, "STACK_UNAVAILABLE", error.message); }

}  // namespace

Daemon::Daemon(Config config, bool forget_credentials)
    : config_(std::move(config)), forget_credentials_(forget_credentials), port_(std::make_unique<control::Port>()) {}

Daemon::~Daemon() {
  loop_.stop();
  web_.reset();
  server_.reset();
  operator_side_.reset();
  event_log_.reset();
  manager_.reset();
  desk_.reset();
  worker_.reset();
  journal_.reset();  // stores what waits
  if (stack_) stack_->close();
}

std::function<void(std::function<void()>)> Daemon::post() {
  return [this](std::function<void()> call) { boost::asio::post(io_, std::move(call)); };
}

Status Daemon::start() {
  signals_.add(SIGTERM);
  signals_.add(SIGINT);
  if (Status status = be_the_only_one(); !status.ok()) return status;
  if (Status status = load_parts(); !status.ok()) return status;
  if (Status status = open_stack(); !status.ok()) return status;
  return start_serving();
}

Status Daemon::be_the_only_one() {
  auto lock = InstanceLock::take(config_.store_path + ".lock");
  if (!lock.ok()) return lock.status();
  lock_ = *std::move(lock);
  for (const std::string& address : {config_.listen, config_.tls_listen, config_.web.listen, config_.web.tls_listen}) {
    if (address.empty()) continue;
    if (Status status = api::try_listen(address); !status.ok()) return status;
  }
  return {};
}

/// All that the control thread may run: a reaction that is needed for the first time must not wait for the disk.
void Daemon::populate_control_code() {
  const auto on_control_path = [this](std::string_view path) {
    const auto& plugins = registry_.plugins();
    return path.empty() || rt::is_runtime_library(path) ||
           std::any_of(plugins.begin(), plugins.end(), [path](const auto& plugin) { return plugin.file == path; });
  };
  if (!rt::populate_modules(on_control_path)) {
    spdlog::warn("not all of the program could be brought into memory: page faults may delay the loop. Give the machine more memory.");
  }
}

Status Daemon::load_parts() {
  registry_.scan(folders_for(config_.plugin_folders, "plugins"));
  for (const auto& refused : registry_.refused()) spdlog::warn("plugin refused: {}: {}", refused.file, refused.message);
  populate_control_code();
  catalog_ = load_catalogs(folders_for(config_.catalog_folders, "catalog"));
  for (const auto& refused : catalog_.refused) spdlog::warn("program refused: {}", refused.message);

  auto journal = store::SqliteJournal::open(config_.store_path, post());
  if (!journal.ok()) return journal.status();
  journal_ = *std::move(journal);
  const store::StartupReport& report = journal_->startup();
  if (!report.quarantined.empty()) spdlog::warn("{}", report.quarantine_note);
  if (report.created) spdlog::info("new database {}", config_.store_path);
  return {};
}

Status Daemon::open_stack() {
  const auto profile = profile_path(config_.link.profile);
  if (!profile.ok()) return profile.status();
  const LinkConfig& link = config_.link;
  Machine& machine = config_.machine;
  auto made = hal::make_modbus_stack({.kind = link.kind,
                                      .endpoints = link.endpoints,
                                      .baud = link.baud,
                                      .parity = link.parity.front(),
                                      .units = link.units,
                                      .profile_path = *profile,
                                      .cables = machine.cable_count,
                                      .pulley_ratio = machine.pulley_ratio});
  if (!made.stack) return from(made.error);
  stack_ = std::move(made.stack);
  if (const auto error = stack_->open(kOpenTimeout_ms)) return from(error);
  const hal::StackInfo& info = stack_->info();
  link_ = fmt::format("modbus {} {}", link.kind, fmt::join(link.endpoints, " "));
  if (info.wire_ns > 0) {
    link_ += fmt::format(" {} baud 8{}1, {:.2f} ms on the wire per period of {:.2f} ms", link.baud, link.parity, milliseconds(info.wire_ns),
                         milliseconds(info.period_ns));
  }
  if (info.axis_count != machine.cable_count) {
    return Status::error(
        StatusCode::kFailedPrecondition, "CABLES_DIFFER",
        fmt::format("machine.cables is {}, but {} has {}: correct the configuration.", machine.cable_count, link_, info.axis_count));
  }
  if (info.period_ns > kLongestPeriod_ns) {
    return Status::error(StatusCode::kFailedPrecondition, "LINK_TOO_SLOW",
                         fmt::format("{}: a load needs at least {} periods a second. Raise link.baud, at the drive too, or give each cable "
                                     "a line of its own.",
                                     link_, kNsPerS / kLongestPeriod_ns));
  }
  if (Status status = grant_standstill(info); !status.ok()) return status;
  spdlog::info("link: {}", link_);
  if (!config_.rate_stated) machine.period_ns = std::max(machine.period_ns, info.period_ns);
  if (machine.period_ns < info.period_ns) {
    return Status::error(StatusCode::kFailedPrecondition, "RATE_TOO_HIGH",
                         fmt::format("control.rate_hz is {}, but {} with profile {} holds at most {}: lower it, or leave it out.",
                                     kNsPerS / machine.period_ns, link_, link.profile, kNsPerS / info.period_ns));
  }
  return {};
}

/// Only where nobody can hang on it.
Status Daemon::grant_standstill(const hal::StackInfo& info) {
  const int standstill_ms = config_.link.standstill_ms;
  if (standstill_ms == 0) return {};
  if (!info.simulated) {
    return Status::error(StatusCode::kFailedPrecondition, "STACK_IS_REAL",
                         fmt::format("link.standstill_ms is {}, but {} is a real drive: a person can hang on it. Take the line out; a host "
                                     "that stands still is no host for a machine.",
                                     standstill_ms, link_));
  }
  if (static_cast<std::uint32_t>(standstill_ms) >= info.watchdog_ms) {
    return Status::error(StatusCode::kFailedPrecondition, "STANDSTILL_TOO_LONG",
                         fmt::format("link.standstill_ms is {}, and the drive's watchdog takes the load off after {} ms: grant less.",
                                     standstill_ms, info.watchdog_ms));
  }
  config_.machine.standstill_ns = standstill_ms * kNsPerMs;
  link_ += fmt::format(", simulated: a standstill of this host is granted for {} ms", standstill_ms);
  return {};
}

/// Without one the machine serves all the same; nobody but guests trains then.
Result<session::MachineKey> Daemon::machine_key() {
  const std::string path = config_.store_path + ".key";
  const store::StartupReport& report = journal_->startup();
  const auto stored = [](const Result<std::uint64_t>& committed) {
    if (!committed.ok()) spdlog::warn("the machine key was not noted: {}", committed.status().message);
  };
  auto key = forget_credentials_ ? renew_machine_key(path) : load_machine_key(path, {report.holds_credentials, report.key_check});
  if (!key.ok()) {
    spdlog::error("{}", key.status().message);
  } else if (const std::string check = session::key_check(*key); forget_credentials_) {
    members_->forget_credentials(check, stored);
    spdlog::warn("every member's tag and PIN is forgotten; a new key was made: back {} up with the database", path);
  } else if (check != report.key_check) {
    members_->put_key_check(check, stored);
  }
  return key;
}

Status Daemon::start_serving() {
  std::optional<Remote> remote;
  if (!config_.tls_listen.empty() || !config_.web.tls_listen.empty()) {
    auto prepared = prepare_remote(config_);
    if (!prepared.ok()) return prepared.status();
    remote = *std::move(prepared);
  }
  plugins_ = std::make_unique<session::RegistryPlugins>(registry_, config_.machine.period_ns);
  worker_ = std::make_unique<session::ThreadWorker>(post());
  manager_ = session::make_manager(
      {config_.machine, stack_->info().peak_force_n, *port_, *plugins_, *journal_, wall_clock_, *worker_, std::move(catalog_)});
  event_log_ = std::make_unique<EventLog>(*manager_);

  members_ = std::make_unique<store::SqliteMembers>(*journal_);
  desk_ = std::make_unique<session::MemberDesk>(*members_, *worker_, wall_clock_, machine_key(), [this] { return clock_.now_ns(); });

  operator_side_ = std::make_unique<OperatorSide>(config_, *journal_, *manager_, wall_clock_, post());

  const api::MachineFacts facts{
      config_.machine,     stack_->info(),     link_, kVersion, components(registry_, stack_->info()), wall_clock_.now(),
      config_.maintenance, config_.mail.host()};
  api::Context context{post(),
                       api::Names(config_.machine.id),
                       facts,
                       *manager_,
                       *journal_,
                       *plugins_,
                       registry_,
                       wall_clock_,
                       *port_,
                       operator_side_->upkeep(),
                       operator_side_->operation(),
                       *desk_,
                       downloads_,
                       remote ? remote->gate : nullptr};
  server_ = std::make_unique<api::Server>(std::move(context), api::ServerLimits{config_.max_watchers});
  // gRPC makes its threads before the control thread gets its priority, so that none of them inherits it.
  if (Status status = serve_api(remote); !status.ok()) return status;
  if (Status status = serve_web(remote); !status.ok()) return status;

  const std::int64_t now_ns = clock_.now_ns();
  port_->main_heartbeat_ns.store(now_ns);
  manager_->start(now_ns);
  operator_side_->start();
  if (!loop_.start(config_.machine, *stack_, *port_, clock_, events_waiting_)) {
    return Status::error(StatusCode::kResourceExhausted, "NO_THREAD",
                         "The control thread could not be made: the system has no room for a thread.");
  }
  if (!loop_.realtime()) {
    spdlog::warn("no real-time priority: loads are capped. Give the service LimitRTPRIO=80 (or run it with CAP_SYS_NICE).");
  }
  return {};
}

Status Daemon::serve_api(const std::optional<Remote>& remote) {
  if (config_.tls_listen.empty()) return server_->start(config_.listen);
  const api::RemoteAccess access{config_.tls_listen, remote->identity, remote->gate};
  return server_->start(config_.listen, &access);
}

Status Daemon::serve_web(const std::optional<Remote>& remote) {
  const WebConfig& web = config_.web;
  if (web.listen.empty() && web.tls_listen.empty()) return {};
  auto files = web::StaticFiles::load(web.root.empty() ? folders_for({}, "web").front() : web.root);
  // Without its pages the machine still serves apps.
  if (!files.ok()) spdlog::warn("no pages are served: {}", files.status().message);
  // Who is on this host may do everything.
  const auto gate = [remote](std::string_view method, bool secure, std::string_view authorization) {
    return secure ? remote->gate->check(method, authorization) : Status();
  };
  web_ = std::make_unique<web::Gateway>(
      io_, web::GatewayOptions{server_->in_process_channel(), files.ok() ? *std::move(files) : web::StaticFiles(), web.origins, gate,
                               &downloads_});
  if (!web.listen.empty()) {
    if (Status status = web_->listen(web.listen, nullptr); !status.ok()) return status;
  }
  if (web.tls_listen.empty()) return {};
  auto tls = web::make_tls_context(remote->identity);
  if (!tls.ok()) return tls.status();
  if (Status status = web_->listen(web.tls_listen, *std::move(tls)); !status.ok()) return status;
  downloads_.set_origin(api::origin_of(web_->addresses().back().text, web.name, api::names_of_this_host()));
  return {};
}

std::string Daemon::describe() const {
  std::string where = "api " + server_->address();
  if (!server_->remote_address().empty()) where += " api-tls " + server_->remote_address();
  for (const auto& address : web_ ? web_->addresses() : std::vector<web::Address>()) {
    where += fmt::format(" {} {}", address.secure ? "web-tls" : "web", address.text);
  }
  return fmt::format("{} stack {} programs {} plugins {}", where, link_, manager_->catalog().programs.size(), registry_.plugins().size());
}

void Daemon::run() {
  events_.assign(::dup(events_waiting_.fd()));
  await_events();
  await_timer();
  signals_.async_wait([this](const boost::system::error_code& error, int number) {
    if (error) return;
    spdlog::info("signal {}: taking the load off and ending", number);
    shut_down();
  });
  io_.run();
}

void Daemon::await_events() {
  events_.async_wait(boost::asio::posix::stream_descriptor::wait_read, [this](const boost::system::error_code& error) {
    if (error) return;
    events_waiting_.drain();
    manager_->on_events(clock_.now_ns());
    await_events();
  });
}

void Daemon::await_timer() {
  timer_.expires_after(kMainPeriod);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (error) return;
    manager_->tick(clock_.now_ns());
    operator_side_->tick(clock_.now_ns());
    server_->recheck_callers();
    await_timer();
  });
}

void Daemon::shut_down() {
  loop_.stop();
  // What the loop said last: the set's end and the plans that come home.
  manager_->on_events(clock_.now_ns());
  manager_->tick(clock_.now_ns());
  const auto end = [this] {
    timer_.cancel();
    events_.cancel();
    last_resort_.cancel();
    io_.stop();
  };
  last_resort_.expires_after(kEndWithin);
  last_resort_.async_wait([this](const boost::system::error_code& error) {
    if (!error) end_anyway();
  });
  server_->stop([this, end] { web_ ? web_->stop(end) : end(); });
}

/// The motor is off by now. What waits for the store is written, and the drives are told that nobody commands them any more.
void Daemon::end_anyway() {
  spdlog::error("a call does not end: it is left behind");
  stack_->close();
  journal_.reset();
  spdlog::info("ended");
  spdlog::shutdown();
  std::_Exit(0);  // the server cannot be taken down under a call
}

}  // namespace sheave::app
