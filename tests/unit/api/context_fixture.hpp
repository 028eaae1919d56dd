#pragma once
// A Context over fakes, with a main thread that the test turns by hand.

#include <deque>
#include <memory>
#include <mutex>

#include "controller/api/context.hpp"
#include "controller/session/memory_journal.hpp"
#include "controller/session/memory_members.hpp"
#include "controller/session/worker.hpp"
#include "tests/support/fake_manager.hpp"
#include "tests/support/fake_upkeep.hpp"

namespace sheave::api {

class AnyPlugins final : public session::PluginSource {
 public:
  Status check(const session::Program&, std::int64_t) const override { return missing; }
  Result<std::uint32_t> live_param(const std::string&, const std::string&, double) const override { return missing; }
  Result<session::PlanParts> make_parts(const session::Program&, const plugin_host::ActivationContext&) override { return missing; }
  Result<std::shared_ptr<const session::Decider>> make_decider(const session::Program&) override { return missing; }
  Status missing;
};

struct Rooms {
  test::FakeManager manager;
  session::MemoryJournal journal;
  AnyPlugins plugins;
  plugin_host::Registry registry;
  session::SystemWallClock wall_clock;
  std::unique_ptr<control::Port> port = std::make_unique<control::Port>();
  test::FakeUpkeep upkeep;
  Operation operation;
  session::MemoryMembers members{journal};
  session::InlineWorker worker;
  std::int64_t now_ns = 0;  ///< The clock of desk and downloads.
  session::MemberDesk desk{members, worker, wall_clock, std::string(32, 'k'), [this] { return now_ns; }};
  Downloads downloads{[this] { return now_ns; }};

  Context context(Post post) {
    MachineFacts facts;
    facts.machine.id = "m1";
    facts.software_version = "test";
    facts.maintenance = session::usual_maintenance();
    return Context{std::move(post), Names("m1"), facts,  manager,   journal, plugins,  registry,
                   wall_clock,      *port,       upkeep, operation, desk,    downloads};
  }
};

}  // namespace sheave::api
