#include "controller/app/cli/cautions.hpp"

#include <gmock/gmock.h>

#include "controller/app/cli/session_view.hpp"
#include "tests/unit/app/cli/messages.hpp"

namespace sheave::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Look kPipe{};

v1::Fault lossy(bool active) {
  v1::Fault fault;
  fault.set_code(103);
  fault.set_id("LINK_LOSSY");
  fault.set_meaning("Answers of the drive are being missed.");
  fault.set_active(active);
  return fault;
}

// A busy host's terminal was two lines of it every other second, and the reps lost among them.
TEST(Cautions, WhatComesAndGoesIsSaidOnceAMinuteWithACount) {
  Cautions cautions;
  EXPECT_THAT(cautions.on(kPipe, lossy(true), 0), ElementsAre("LINK_LOSSY: Answers of the drive are being missed."));
  EXPECT_THAT(cautions.on(kPipe, lossy(false), 1), ElementsAre("LINK_LOSSY is over."));
  for (int s = 2; s < 60; s += 2) {
    EXPECT_THAT(cautions.on(kPipe, lossy(true), s), IsEmpty());
    EXPECT_THAT(cautions.on(kPipe, lossy(false), s + 1), IsEmpty());
    EXPECT_THAT(cautions.due(kPipe, s), IsEmpty());
  }
  EXPECT_THAT(cautions.on(kPipe, lossy(true), 60), ElementsAre("LINK_LOSSY came back 30 times, and is on."));
  EXPECT_THAT(cautions.on(kPipe, lossy(false), 61), ElementsAre("LINK_LOSSY is over."));
  EXPECT_THAT(cautions.rest(kPipe), IsEmpty());
}

TEST(Cautions, WhatCameBackToStayIsNotLeftAsOver) {
  Cautions cautions;
  cautions.on(kPipe, lossy(true), 0);
  cautions.on(kPipe, lossy(false), 1);
  EXPECT_THAT(cautions.on(kPipe, lossy(true), 30), IsEmpty());
  EXPECT_THAT(cautions.due(kPipe, 59), IsEmpty());
  EXPECT_THAT(cautions.due(kPipe, 60), ElementsAre("LINK_LOSSY came back once, and is on."));
  EXPECT_THAT(cautions.due(kPipe, 600), IsEmpty());
}

TEST(Cautions, EachIsCountedByItself) {
  Cautions cautions;
  cautions.on(kPipe, lossy(true), 0);
  v1::Fault other = lossy(true);
  other.set_id("DRIVE_WARM");
  EXPECT_THAT(cautions.on(kPipe, other, 1), ElementsAre("DRIVE_WARM: Answers of the drive are being missed."));
}

TEST(Cautions, TheEndOfOneThatBeganBeforeIsSaid) { EXPECT_THAT(Cautions().on(kPipe, lossy(false), 0), ElementsAre("LINK_LOSSY is over.")); }

TEST(Cautions, WhatWasCountedIsSaidWhenTheSessionEndsAndFaultsAreSaidEachTime) {
  SessionView view(testing::kSession);
  view.on(kPipe, testing::snapshot(v1::STAGE_WORKING), 0);
  v1::WatchResponse event;
  *event.mutable_fault() = lossy(true);
  view.on(kPipe, event, 1);
  EXPECT_THAT(view.on(kPipe, event, 2), IsEmpty());
  EXPECT_THAT(view.counted(kPipe, 3), IsEmpty());
  event.mutable_fault()->set_code(300);
  event.mutable_fault()->set_id("LINK_LOST");
  for (int s = 3; s < 5; ++s) {
    EXPECT_THAT(view.on(kPipe, event, s), ElementsAre("LINK_LOST: Answers of the drive are being missed."));
  }
  auto over = testing::snapshot(v1::STAGE_FINISHED);
  over.mutable_snapshot()->mutable_session()->set_state(v1::SESSION_STATE_FINISHED);
  view.on(kPipe, over, 6);
  EXPECT_THAT(view.counted(kPipe, 6), ElementsAre("LINK_LOSSY came back once, and is on."));
}

}  // namespace
}  // namespace sheave::cli
