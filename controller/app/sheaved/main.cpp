// sheaved: the controller of one machine.

#include <fmt/format.h>
#include <grpc/support/log.h>
#include <pthread.h>
#include <spdlog/sinks/ringbuffer_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <exception>

#include "controller/app/sheaved/config.hpp"
#include "controller/app/sheaved/daemon.hpp"
#include "controller/app/sheaved/version.hpp"
#include "controller/rt/periodic_thread.hpp"
#include "controller/rt/prefault.hpp"
#include "controller/rt/thread_roles.hpp"

namespace sheave::app {
namespace {

/// gRPC and the others make threads of their own.
void set_default_stacks() {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, rt::kStack_bytes);
  pthread_setattr_default_np(&attributes);
  pthread_attr_destroy(&attributes);
}

/// What gRPC has to say is for its developers: what matters comes as a Status.
void quiet_grpc() {
  gpr_set_log_function([](gpr_log_func_args* args) { spdlog::debug("grpc: {}", args->message); });
}

int fail(const Status& status) {
  spdlog::shutdown();
  fmt::print(stderr, "sheaved: {}\n", status.message);
  return 1;
}

int serve(const std::string& config_path, bool forget_credentials) {
  auto config = load_config(config_path);
  if (!config.ok()) return fail(config.status());
  set_default_stacks();
  if (!rt::lock_memory()) spdlog::warn("memory is not locked: page faults may delay the loop. Give the service LimitMEMLOCK=infinity.");
  Daemon daemon(*std::move(config), forget_credentials);
  if (const Status status = daemon.start(); !status.ok()) return fail(status);
  fmt::print("ready {}\n", daemon.describe());
  std::fflush(stdout);
  daemon.run();
  spdlog::info("ended");
  return 0;
}

int run(int argc, char** argv) {
  CLI::App app("sheaved: the controller of one motorized cable machine.");
  std::string config_path;
  bool verbose = false, forget_credentials = false;
  app.add_option("--config", config_path, "Configuration, TOML; deploy/config/sheaved.toml is the commented reference")->required();
  app.add_flag("--verbose", verbose, "Log what is only of use to developers, too");
  app.add_flag("--forget-credentials", forget_credentials,
               "Delete every member's tag and PIN and make a new key for them, in place of one that was lost; then serve");
  app.set_version_flag("--version", kVersion);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  // The ring keeps the newest lines for the support bundle, wherever standard error goes.
  const spdlog::sinks_init_list sinks = {std::make_shared<spdlog::sinks::stderr_sink_mt>(),
                                         std::make_shared<spdlog::sinks::ringbuffer_sink_mt>(kLogLines)};
  spdlog::set_default_logger(std::make_shared<spdlog::logger>("sheaved", sinks));
  spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l: %v", spdlog::pattern_time_type::utc);
  spdlog::set_level(verbose ? spdlog::level::debug : spdlog::level::info);
  quiet_grpc();
  std::signal(SIGPIPE, SIG_IGN);
  rt::set_thread_role(rt::ThreadRole::kMain);
  return serve(config_path, forget_credentials);
}

}  // namespace
}  // namespace sheave::app

int main(int argc, char** argv) {
  try {
    return sheave::app::run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "sheaved: {}\n", error.what());
    return 1;
  }
}
