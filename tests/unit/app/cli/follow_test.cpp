#include "controller/app/cli/follow.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <functional>
#include <nlohmann/json.hpp>
#include <sstream>

#include "controller/app/cli/events.hpp"
#include "tests/unit/app/cli/fake_controller.hpp"

namespace sheave::cli {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class PseudoTerminal {
 public:
  PseudoTerminal() { EXPECT_EQ(::openpty(&keys_, &input_, nullptr, nullptr, nullptr), 0); }
  ~PseudoTerminal() {
    ::close(keys_);
    ::close(input_);
  }
  PseudoTerminal(const PseudoTerminal&) = delete;
  PseudoTerminal& operator=(const PseudoTerminal&) = delete;

  int input() const { return input_; }
  void type(const std::string& keys) const { EXPECT_EQ(::write(keys_, keys.data(), keys.size()), static_cast<ssize_t>(keys.size())); }
  void press_enter() const { type("\n"); }

 private:
  int keys_ = -1, input_ = -1;
};

class FollowTest : public ::testing::Test {
 protected:
  FollowTest() {
    options.start.program = "cable-row";
    options.start.follow = true;
    for (int i = 1; i <= 6; ++i) {
      v1::WatchResponse event;
      *event.mutable_rep() = rep(i);
      controller.log.push_back(event);
    }
    v1::WatchResponse event;
    *event.mutable_set() = set();
    controller.log.push_back(event);
    for (int index = 1; index <= 3; ++index) {
      v1::Set stored = set();
      stored.set_index(index);
      controller.sets.push_back(stored);
    }
  }

  /// @param printed called whenever something was: `output` is all of it.
  int run(int keyboard = -1, const std::function<void()>& printed = {}) {
    struct Output {
      ~Output() { std::fclose(file); }
      static ssize_t write(void* self, const char* bytes, std::size_t size) {
        auto& captured = *static_cast<Output*>(self);
        captured.text.append(bytes, size);
        if (captured.printed) captured.printed();
        return static_cast<ssize_t>(size);
      }
      std::string& text;
      const std::function<void()>& printed;
      std::FILE* file = ::fopencookie(this, "w", {nullptr, write, nullptr, nullptr});
    } captured{output, printed};
    output.clear();
    Client client(controller.address());
    Screen screen(captured.file, {});
    return follow(client, screen, options, Keyboard(keyboard), patience);
  }

  std::vector<int> reps_in_json() const {
    std::vector<int> reps;
    std::istringstream lines(output);
    for (std::string line; std::getline(lines, line);) {
      const auto json = nlohmann::json::parse(line);
      if (json.at("type") == "rep") reps.push_back(json.at("index"));
    }
    return reps;
  }

  FakeController controller;
  Options options;
  Patience patience;
  std::string output;
};

TEST_F(FollowTest, AWholeSessionEndsWithItsReportAndZero) {
  options.start.load_kg = 12.5;
  options.start.rest_s = 1.5;
  options.start.sets = 3;
  EXPECT_EQ(run(), kExitOk);
  EXPECT_THAT(output, HasSubstr("Cable row"));
  EXPECT_THAT(output, HasSubstr("rep 6: "));
  EXPECT_THAT(output, HasSubstr("Set done: 2 reps at 40.0 kg"));
  EXPECT_THAT(output, HasSubstr("Cable row: 3 sets, 6 reps"));
  EXPECT_EQ(controller.created().program(), "programs/cable-row");
  EXPECT_EQ(controller.created().load_total_kg(), 12.5);
  EXPECT_EQ(controller.created().rest().nanos(), 500'000'000);
  EXPECT_EQ(controller.created().sets(), 3);
  EXPECT_NE(controller.created().request_id(), "");
}

TEST_F(FollowTest, CutConnectionsLoseAndRepeatNoRep) {
  options.json = true;
  controller.cut_after = 2;
  EXPECT_EQ(run(), kExitOk);
  EXPECT_THAT(reps_in_json(), ElementsAre(1, 2, 3, 4, 5, 6));
  EXPECT_THAT(controller.resumed_after(), ElementsAre(0, 0, 2, 4, 6));
}

TEST_F(FollowTest, ASetThatWasLeftIsAFailure) {
  controller.sets[1].set_end_reason(v1::SET_END_REASON_LEFT);
  EXPECT_EQ(run(), kExitFailed);
}

TEST_F(FollowTest, FewerSetsThanPlannedAreAFailureUnlessTheProgressionEndedThem) {
  controller.sets.pop_back();
  EXPECT_EQ(run(), kExitFailed);
  controller.sets.back().mutable_proposal()->set_stop(true);
  EXPECT_EQ(run(), kExitOk);
}

TEST_F(FollowTest, TheProbeThatFoundTheLoadIsAPlannedSetOneBeforeItAndAWarmUpAreNot) {
  controller.sets[0].set_kind(v1::SET_KIND_WARM_UP);
  controller.sets[1].set_kind(v1::SET_KIND_PROBE);
  controller.sets[1].mutable_proposal()->set_next_kind(v1::SET_KIND_PROBE);
  controller.sets[2].set_kind(v1::SET_KIND_PROBE);
  controller.sets[2].mutable_proposal()->set_next_kind(v1::SET_KIND_WORKING);
  controller.sets_planned = 1;
  EXPECT_EQ(run(), kExitOk);
  controller.sets_planned = 2;
  EXPECT_EQ(run(), kExitFailed);
}

TEST_F(FollowTest, ASetOfTwoSidesIsOnePlannedSet) {
  controller.sets[0].set_side(v1::SET_SIDE_LEFT);
  controller.sets[1].set_side(v1::SET_SIDE_RIGHT);
  controller.sets_planned = 2;
  EXPECT_EQ(run(), kExitOk);
  controller.sets_planned = 3;
  EXPECT_EQ(run(), kExitFailed);
}

TEST_F(FollowTest, OpenSetsAreAsManyAsThePersonDid) {
  controller.sets_planned = 0;
  controller.sets.resize(1);
  EXPECT_EQ(run(), kExitOk);
  EXPECT_THAT(output, HasSubstr("Cable row: 1 set, "));
  controller.sets.clear();
  EXPECT_EQ(run(), kExitFailed);
}

TEST_F(FollowTest, AnInterruptedSessionIsAFailure) {
  controller.end = v1::SESSION_STATE_INTERRUPTED;
  EXPECT_EQ(run(), kExitFailed);
}

TEST_F(FollowTest, ARefusalIsTheServersOwnWords) {
  controller.refuse_create = {grpc::StatusCode::NOT_FOUND, "There is no program cable-row."};
  try {
    run();
    FAIL() << "followed a session that was refused";
  } catch (const Failure& failure) {
    EXPECT_THAT(failure.what(), HasSubstr("There is no program cable-row."));
  }
}

// It waited for each call's own ten seconds in turn, and on a host that stood still was killed before it had told anything.
TEST_F(FollowTest, ASignalEndsItWhetherTheControllerAnswersOrNot) {
  patience = {std::chrono::milliseconds(50), std::chrono::milliseconds(200)};
  controller.activated = [] { ::kill(::getpid(), SIGTERM); };
  for (const auto mute : {FakeController::Mute::kFromTheStart, FakeController::Mute::kAtTheEnd}) {
    controller.mute = mute;
    try {
      run();
      FAIL() << "nothing was missing";
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.code, grpc::StatusCode::DEADLINE_EXCEEDED);
    }
  }
}

// It said nothing for a minute, and then failed.
TEST_F(FollowTest, AFaultIsSaidWithWhatGoesOnAndEnterDoes) {
  controller.fault = true;
  const PseudoTerminal terminal;
  terminal.press_enter();  // before there is a question: says nothing
  bool pressed = false;
  EXPECT_EQ(run(terminal.input(),
                [&] {
                  if (!pressed && output.find("Enter goes on") != std::string::npos) terminal.press_enter(), pressed = true;
                }),
            kExitFailed)
      << "the fault stays told";
  EXPECT_THAT(output,
              HasSubstr("The drive does not answer. Check its cable.\nThe weight is off, and none comes back by itself. Once that is "
                        "mended: Enter goes on, Ctrl-C ends the session.\n"));
  EXPECT_TRUE(controller.acknowledged());
  EXPECT_TRUE(controller.armed());
  EXPECT_EQ(controller.sessions(), 1);
}

TEST_F(FollowTest, WhereNobodyIsThereAFaultEndsItAfterAWhile) {
  controller.fault = true;
  patience.for_help = std::chrono::seconds(0);
  EXPECT_EQ(run(), kExitFailed);
  EXPECT_THAT(output, HasSubstr("`sheave ready` goes on"));
  EXPECT_FALSE(controller.acknowledged());
}

TEST_F(FollowTest, AFaultThatNobodyIsThereForBeginsItAnewOnce) {
  controller.fault = true;
  options.start.once = true;
  options.start.again = 1;
  EXPECT_EQ(run(), kExitOk);
  EXPECT_TRUE(controller.acknowledged());
  EXPECT_FALSE(controller.armed()) << "the old one does not go on";
  EXPECT_EQ(controller.sessions(), 2);
}

// The session was over before the fault was stored: it ended as failed, and nobody began anew.
TEST_F(FollowTest, AFaultThatIsNotToldYetBeginsItAnewToo) {
  controller.fault = true;
  controller.fault_told = false;
  options.start.once = true;
  options.start.again = 1;
  EXPECT_EQ(run(), kExitOk);
  EXPECT_EQ(controller.sessions(), 2);
}

TEST(Keyboard, IsThereAtATerminalOnlyAndUntilItsEnd) {
  EXPECT_FALSE(Keyboard(-1).there());
  const PseudoTerminal terminal;
  Keyboard keyboard(terminal.input());
  EXPECT_TRUE(keyboard.there());
  EXPECT_FALSE(keyboard.entered());
  terminal.press_enter();
  terminal.press_enter();
  EXPECT_TRUE(keyboard.entered());
  EXPECT_FALSE(keyboard.entered()) << "asked once, answered once";
  terminal.type("\x04");
  EXPECT_FALSE(keyboard.entered());
  EXPECT_FALSE(keyboard.there());
}

TEST(EventQueue, AnInterruptOvertakesWhatWaits) {
  EventQueue queue;
  queue.push({.kind = Event::Kind::kWatch, .watch = {}, .message = {}});
  queue.push({.kind = Event::Kind::kInterrupted, .watch = {}, .message = {}});
  EXPECT_EQ(queue.pop(std::chrono::seconds(30))->kind, Event::Kind::kInterrupted);
  EXPECT_EQ(queue.pop(std::chrono::seconds(30))->kind, Event::Kind::kWatch);
}

TEST(Signals, CtrlCIsAnEventAlsoWhereThreadsRanBefore) {
  Client client("127.0.0.1:1");  // gRPC's threads, which would have been killed by it
  EventQueue queue;
  const Signals signals(queue);
  ASSERT_EQ(::kill(::getpid(), SIGINT), 0);
  const auto event = queue.pop(std::chrono::seconds(30));
  ASSERT_TRUE(event);
  EXPECT_EQ(event->kind, Event::Kind::kInterrupted);
}

TEST(Follow, NoControllerIsNamedWithTheRemedy) {
  Client client("127.0.0.1:1");
  Screen screen(stdout, {});
  Options options;
  options.start.program = "cable-row";
  try {
    follow(client, screen, options);
    FAIL() << "followed nobody";
  } catch (const Failure& failure) {
    EXPECT_THAT(failure.what(), HasSubstr("No controller answers at 127.0.0.1:1. Start sheaved"));
  }
}

}  // namespace
}  // namespace sheave::cli
