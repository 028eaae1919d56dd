#include "controller/api/usage_summary.hpp"

#include <gmock/gmock.h>

#include "tests/unit/api/berlin.hpp"

namespace sheave::api {
namespace {

using session::FaultRecord;
using session::OpenHours;
using session::SetUse;

const std::vector<OpenHours> kEveryDay = {{1, 480, 1320}, {2, 480, 1320}, {3, 480, 1320}, {4, 480, 1320},
                                          {5, 480, 1320}, {6, 480, 1320}, {7, 480, 1320}};  // 8 to 22: 98 hours a week, ten are peak

SetUse set_at(std::int64_t start_unix_s, const std::string& session = "s1", const std::string& program = "cable-row") {
  SetUse set;
  set.session_id = session;
  set.program_id = program;
  set.start_unix_s = start_unix_s;
  set.duration_s = 60;
  set.reps = 10;
  set.volume_kg = 400;
  set.work_j = 2000;
  return set;
}

FaultRecord fault(FaultCode code, bool active, std::int64_t at_unix_s) {
  FaultRecord record;
  record.code = code;
  record.active = active;
  record.at = {at_unix_s * kNsPerS, true};
  return record;
}

class Summary : public testing::Test {
 protected:
  const InBerlin berlin_;
  const std::int64_t from_ = local(2026, 11, 9, 0);       // a Monday
  const std::int64_t now_ = local(2026, 11, 23, 18, 30);  // two weeks later, a Monday too
  session::UseFacts facts_;
  session::Catalog catalog_;

  pb::UsageSummary summary(const std::vector<OpenHours>& opening = kEveryDay) {
    if (!facts_.sets.empty()) {
      facts_.first_use_unix_s = facts_.sets.front().start_unix_s;
      facts_.last_use_unix_s = facts_.sets.back().start_unix_s + 60;
    }
    return summarize(facts_, opening, catalog_, from_, now_);
  }
  static const pb::HourUse& hour(const pb::UsageSummary& summary, int weekday, int hour) {
    return summary.hours((weekday - 1) * 24 + hour);
  }
};

TEST_F(Summary, AMachineThatWasNeverUsedSaysNothingAboutIt) {
  const pb::UsageSummary none = summary();
  EXPECT_EQ(none.hours_size(), 168);
  EXPECT_EQ(none.days_size(), 0);
  EXPECT_FALSE(none.has_utilisation());
  EXPECT_FALSE(none.has_last_use_time());
  EXPECT_FALSE(none.today().has_usual_sets());
  EXPECT_EQ(none.time_zone(), "Europe/Berlin");
}

TEST_F(Summary, SetsFallIntoTheHourOfTheWallAndAreMeanedOverItsWeeks) {
  facts_.sets = {set_at(local(2026, 11, 9, 18, 5)), set_at(local(2026, 11, 9, 18, 15)), set_at(local(2026, 11, 16, 18, 59), "s2"),
                 set_at(local(2026, 11, 17, 8), "s3")};
  const pb::UsageSummary use = summary();
  EXPECT_NEAR(hour(use, 1, 18).mean_sets(), 3.0 / 3, 1e-9);  // the third Monday's 18 h counts as one, half of it has been
  EXPECT_NEAR(hour(use, 2, 8).mean_sets(), 0.5, 1e-9);
  EXPECT_TRUE(hour(use, 1, 18).open());
  EXPECT_FALSE(hour(use, 1, 7).open());
  EXPECT_EQ(use.days_size(), 15);
  EXPECT_EQ(use.days(0).date(), "2026-11-09");
  EXPECT_EQ(use.days(0).sets(), 2);
  EXPECT_EQ(use.days(0).volume_kg(), 800);
  EXPECT_DOUBLE_EQ(use.days(0).open_s(), 14 * 3600);
}

TEST_F(Summary, WhatWasBeforeTheFirstUseIsNotHeldAgainstTheMachine) {
  facts_.sets = {set_at(local(2026, 11, 22, 9))};
  const pb::UsageSummary use = summary();
  EXPECT_EQ(use.days_size(), 2);
  EXPECT_NEAR(hour(use, 7, 9).mean_sets(), 1.0, 1e-9);
}

TEST_F(Summary, InUseIsFromTheFirstSetToTheEndOfTheLastAndSessionsSideBySideCountOnce) {
  facts_.sets = {set_at(local(2026, 11, 22, 10)), set_at(local(2026, 11, 22, 10, 2), "other"), set_at(local(2026, 11, 22, 10, 29))};
  const pb::UsageSummary use = summary();
  EXPECT_NEAR(hour(use, 7, 10).in_use(), 0.5, 1e-9);
  EXPECT_DOUBLE_EQ(use.days(0).in_use_s(), 1800);
  EXPECT_NEAR(use.utilisation(), 1800.0 / ((14 + 10.5) * 3600), 1e-9);
}

TEST_F(Summary, ProgramsCarryTheirNamesAndTheBusiestComesFirst) {
  session::Program program;
  program.id = "face-pull";
  program.name = "Face pull";
  program.exercise_name = "Face pull";
  catalog_.programs = {program};
  facts_.sets = {set_at(local(2026, 11, 20, 9), "s1", "gone"), set_at(local(2026, 11, 20, 10), "s2", "face-pull"),
                 set_at(local(2026, 11, 20, 10, 5), "s2", "face-pull")};
  const pb::UsageSummary use = summary();
  ASSERT_EQ(use.programs_size(), 2);
  EXPECT_EQ(use.programs(0).display_name(), "Face pull");
  EXPECT_EQ(use.programs(0).program(), "programs/face-pull");
  EXPECT_EQ(use.programs(0).sets(), 2);
  EXPECT_EQ(use.programs(0).sessions(), 1);
  EXPECT_EQ(use.programs(0).reps(), 20);
  EXPECT_EQ(use.programs(1).display_name(), "gone");
}

TEST_F(Summary, FaultsAreCountedByCodeWithTheirTimes) {
  facts_.sets = {set_at(local(2026, 11, 9, 8))};
  facts_.faults = {fault(FaultCode::kLinkLost, true, local(2026, 11, 8, 10)),  // over before the span
                   fault(FaultCode::kLinkLost, false, local(2026, 11, 8, 11)), fault(FaultCode::kLinkLost, true, local(2026, 11, 10, 10)),
                   fault(FaultCode::kLinkLost, false, local(2026, 11, 10, 10, 30)),
                   fault(FaultCode::kDriveWarm, true, local(2026, 11, 23, 18))};
  const pb::UsageSummary use = summary();
  ASSERT_EQ(use.faults_size(), 2);
  EXPECT_EQ(use.faults(0).fault().id(), "DRIVE_WARM");
  EXPECT_TRUE(use.faults(0).fault().active());
  EXPECT_FALSE(use.faults(0).has_end_time());
  EXPECT_DOUBLE_EQ(use.faults(0).total_s(), 1800);
  EXPECT_EQ(use.faults(1).times(), 1);
  EXPECT_FALSE(use.faults(1).fault().remedy().empty());
  EXPECT_EQ(use.faults(1).end_time().seconds(), local(2026, 11, 10, 10, 30));
}

TEST_F(Summary, DowntimeIsFaultsOfTheMachineAndOutOfOrderCountedOnce) {
  const std::int64_t noon = local(2026, 11, 20, 12);
  const auto faults = fault_times({fault(FaultCode::kLinkLost, true, noon), fault(FaultCode::kSpotter, true, noon - 3600),
                                   fault(FaultCode::kLinkLost, false, noon + 3600)},
                                  from_, now_);
  const std::vector<session::OutOfOrder> orders = {{true, "worn", "Kim", {(noon + 1800) * kNsPerS, true}},
                                                   {false, "", "Kim", {(noon + 7200) * kNsPerS, true}}};
  const auto down = down_spans(faults, orders, now_);
  ASSERT_EQ(down.size(), 1U);
  EXPECT_EQ(down[0].from, noon);
  EXPECT_EQ(down[0].to, noon + 7200);
}

TEST_F(Summary, AvailabilityIsOfOpeningTimeAndAtThePeakOfItsBusiestHours) {
  for (int day = 9; day <= 22; ++day) {
    facts_.sets.push_back(set_at(local(2026, 11, day, 18), "a" + std::to_string(day)));
    facts_.sets.push_back(set_at(local(2026, 11, day, 18, 44), "a" + std::to_string(day)));  // three quarters of the hour
  }
  facts_.orders = {{true, "worn", "Kim", {local(2026, 11, 22, 18) * kNsPerS, true}},
                   {false, "", "Kim", {local(2026, 11, 22, 22) * kNsPerS, true}}};
  const pb::UsageSummary use = summary();
  const double open_h = 14 * 14 + 10.5;
  EXPECT_NEAR(use.availability(), 1 - 4 / open_h, 1e-9);
  EXPECT_LT(use.peak_availability(), use.availability());
  EXPECT_LT(use.peak_free(), 0.6);  // seven of the ten busiest hours are the evening ones
}

TEST_F(Summary, TodayIsComparedWithTheSameWeekdayUpToTheSameTime) {
  facts_.sets = {set_at(local(2026, 11, 9, 9)),         set_at(local(2026, 11, 9, 20), "late"), set_at(local(2026, 11, 16, 9), "s2"),
                 set_at(local(2026, 11, 16, 10), "s3"), set_at(local(2026, 11, 23, 8), "s4"),   set_at(local(2026, 11, 23, 18, 20), "s5")};
  const pb::TodayUse today = summary().today();
  EXPECT_EQ(today.sets(), 2);
  EXPECT_EQ(today.volume_kg(), 800);
  EXPECT_DOUBLE_EQ(today.usual_sets(), 1.5);
  EXPECT_EQ(today.sets_by_hour(18), 1);
  EXPECT_GT(today.utilisation(), 0.0);
}

TEST_F(Summary, IdleTimeIsOpeningTimeSinceTheLastSet) {
  facts_.sets = {set_at(local(2026, 11, 22, 21, 59))};
  EXPECT_NEAR(summary().idle_open_s(), 10.5 * 3600, 1);
  EXPECT_FALSE(summary({}).has_utilisation());
}

TEST_F(Summary, ADayWithTwentyFiveHoursIsCountedWhole) {
  facts_.sets = {set_at(local(2026, 10, 25, 9))};
  const pb::UsageSummary use = summarize(
      [&] {
        session::UseFacts facts = facts_;
        facts.first_use_unix_s = facts.sets.front().start_unix_s;
        return facts;
      }(),
      {{7, 0, 1440}}, catalog_, local(2026, 10, 25, 0), local(2026, 10, 26, 0));
  ASSERT_EQ(use.days_size(), 1);
  EXPECT_DOUBLE_EQ(use.days(0).open_s(), 25 * 3600);
}

}  // namespace
}  // namespace sheave::api
