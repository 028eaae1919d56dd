#include "controller/control/panel_policy.hpp"

#include <gtest/gtest.h>

#include <initializer_list>

#include "plugins/abi/sheave/ext/exercise.h"

namespace sheave::control {
namespace {

using safety::MachineState;

Event rep(std::uint32_t index, RepVerdict verdict = RepVerdict::kCounted) {
  Event event;
  event.kind = EventKind::kRep;
  event.rep.index = index;
  event.rep.verdict = verdict;
  return event;
}
Event state(MachineState now) {
  Event event;
  event.kind = EventKind::kState;
  event.state = now;
  return event;
}

struct Panel {
  hal::PanelCommand after(std::initializer_list<Event> happened) {
    EventList events;
    for (const Event& event : happened) events.push(event);
    return policy.step(MachineState::kActive, true, 6, events);
  }
  PanelPolicy policy;
};

TEST(PanelPolicy, EachCountedRepSoundsOnce) {
  Panel panel;
  EXPECT_EQ(panel.after({rep(1)}).beep, hal::Beep::kRep);
  const auto seq = panel.after({}).beep_seq;
  EXPECT_EQ(panel.after({}).beep_seq, seq) << "nothing new, nothing sounds";
  EXPECT_NE(panel.after({rep(2)}).beep_seq, seq);
}

TEST(PanelPolicy, TheRepBeforeTheGoalSaysThatTheLastComes) {
  Panel panel;
  EXPECT_EQ(panel.after({rep(4)}).beep, hal::Beep::kRep);
  EXPECT_EQ(panel.after({rep(5)}).beep, hal::Beep::kLastReps);
}

TEST(PanelPolicy, WhatThePersonsSpeedHasSaidTheGoalDoesNotSayAgain) {
  Event few_left, engaged;
  few_left.kind = EventKind::kCue;
  few_left.cue = SHEAVE_CUE_ONE_OR_TWO_LEFT;
  engaged.kind = EventKind::kSetEngaged;
  Panel panel;
  EXPECT_EQ(panel.after({rep(3), few_left}).beep, hal::Beep::kLastReps);
  EXPECT_EQ(panel.after({rep(5)}).beep, hal::Beep::kRep);
  panel.after({engaged});
  EXPECT_EQ(panel.after({rep(5)}).beep, hal::Beep::kLastReps) << "another set";
  EXPECT_EQ(panel.after({rep(6), few_left}).beep, hal::Beep::kRep) << "nor the other way round";
}

TEST(PanelPolicy, WhatDoesNotCountIsNotHeard) {
  Panel panel;
  EXPECT_EQ(panel.after({rep(0, RepVerdict::kPartial)}).beep_seq, 0);
}

TEST(PanelPolicy, TheLouderOfTwoWins) {
  Panel panel;
  EXPECT_EQ(panel.after({rep(3), state(MachineState::kFaultStop)}).beep, hal::Beep::kAlarm);
}

TEST(PanelPolicy, TheLampTellsWhatToDo) {
  EXPECT_EQ(lamp_for(MachineState::kIdle, false), hal::Lamp::kOff);
  EXPECT_EQ(lamp_for(MachineState::kIdle, true), hal::Lamp::kRest);
  EXPECT_EQ(lamp_for(MachineState::kReady, true), hal::Lamp::kReady);
  EXPECT_EQ(lamp_for(MachineState::kActive, true), hal::Lamp::kActive);
  EXPECT_EQ(lamp_for(MachineState::kSpot, true), hal::Lamp::kUnloading);
  EXPECT_EQ(lamp_for(MachineState::kFaultStop, true), hal::Lamp::kFault);
}

}  // namespace
}  // namespace sheave::control
