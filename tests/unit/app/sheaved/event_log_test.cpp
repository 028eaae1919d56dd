#include "controller/app/sheaved/event_log.hpp"

#include <gmock/gmock.h>

namespace sheave::app {
namespace {

using session::LogEntry;

TEST(EventLog, SaysWhatHappenedAndWhatToDo) {
  LogEntry fault;
  fault.kind = LogEntry::Kind::kFault;
  fault.fault.code = FaultCode::kLinkLost;
  fault.fault.active = true;
  EXPECT_THAT(describe(fault), testing::AllOf(testing::HasSubstr("LINK_LOST"), testing::HasSubstr("Check")));
  fault.fault.active = false;
  EXPECT_EQ(describe(fault), "LINK_LOST: over");

  LogEntry set;
  set.kind = LogEntry::Kind::kSet;
  set.set.index = 2;
  set.set.load_kg = 40;
  EXPECT_EQ(describe(set), "set 2 begins with 40.00 kg");
  set.set.end = session::SetEndReason::kRacked;
  set.set.counted = 7;
  EXPECT_EQ(describe(set), "set 2 ended: 7 reps with 40.00 kg");
}

TEST(EventLog, RepsAreTheStreamsBusiness) {
  LogEntry rep;
  rep.kind = LogEntry::Kind::kRep;
  EXPECT_EQ(describe(rep), "");
}

}  // namespace
}  // namespace sheave::app
