// `sheave self-test`.

#include <fmt/format.h>

#include <future>

#include "controller/app/cli/commands.hpp"
#include "controller/app/cli/events.hpp"
#include "controller/app/cli/json.hpp"
#include "controller/app/cli/present.hpp"
#include "controller/app/cli/watch_stream.hpp"

namespace sheave::cli {
namespace {

constexpr std::chrono::minutes kLongest{7};
constexpr std::chrono::milliseconds kLook{50};  // how late the end of the call is seen

void print_result(Screen& screen, const v1::SelfTestResult& result) {
  for (const std::string& line : self_test_lines(result)) screen.print(line);
  screen.print(paint(screen.look(), Ink::kDim, "  commanded  measured (up, down)"));
  for (const v1::CableTest& cable : result.cables()) {
    const int half = cable.readings_size() / 2;
    for (int i = 0; i < half; ++i) {
      screen.print(fmt::format("  {:6.1f} N   {:6.2f} N  {:6.2f} N", cable.readings(i).commanded_n(), cable.readings(i).measured_n(),
                               cable.readings(cable.readings_size() - 1 - i).measured_n()));
    }
  }
  screen.print("The next set uses it.");
}

}  // namespace

int self_test(Client& client, Screen& screen, const Options& options) {
  auto result = std::async(std::launch::async, [&] {
    v1::SelfTestRequest request;
    request.set_name(kThisMachine);
    return client.call(&v1::MachineService::Stub::SelfTest, request, kLongest);
  });
  // What to do comes with every snapshot, for whoever stands at the machine with a shell.
  EventQueue queue;
  const Signals signals(queue);
  v1::WatchRequest request;
  request.set_machine(kThisMachine);
  request.add_kinds(v1::WATCH_KIND_STATE);
  const WatchStream stream(client, request, queue);
  std::string said;
  while (result.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
    const auto event = queue.pop(kLook);
    if (event && event->kind == Event::Kind::kInterrupted) stop(client, screen, options);
    if (!event || event->kind != Event::Kind::kWatch || !event->watch.has_snapshot()) continue;
    const std::string& note = event->watch.snapshot().note();
    if (options.json || note == said || !note.starts_with("Self-test")) continue;
    said = note;
    screen.print(note);
  }
  const v1::SelfTestResult found = result.get();
  if (options.json) {
    screen.print(json_line("self_test", found));
  } else {
    print_result(screen, found);
  }
  return kExitOk;
}

}  // namespace sheave::cli
