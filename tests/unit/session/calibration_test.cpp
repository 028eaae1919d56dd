#include "controller/session/calibration.hpp"

#include <gtest/gtest.h>

namespace sheave::session {
namespace {

Rep pull(double start_m, double peak_m, RepAxis axis = RepAxis::kBoth) {
  Rep rep;
  rep.start_m = start_m;
  rep.peak_m = peak_m;
  rep.axis = axis;
  return rep;
}

TEST(Calibration, TakesTheMedianOfStartsAndPeaks) {
  Calibration calibration(1, 0.15);
  EXPECT_FALSE(calibration.add(pull(0.20, 0.80)));
  EXPECT_FALSE(calibration.add(pull(0.24, 0.78)));
  EXPECT_EQ(calibration.reps(), 2U);
  ASSERT_TRUE(calibration.add(pull(0.22, 0.84)));
  EXPECT_DOUBLE_EQ(calibration.rom()[0].start_m, 0.22);
  EXPECT_DOUBLE_EQ(calibration.rom()[0].end_m, 0.80);
}

TEST(Calibration, TheWayFromHomeAndBackIsNoPartOfTheRange) {
  Calibration calibration(1, 0.15);
  Rep first = pull(0.0, 0.65);  // straight from home into the pull, without a rest at the start
  first.end_m = 0.15;
  Rep last = pull(0.15, 0.65);
  last.end_m = 0.0;
  EXPECT_FALSE(calibration.add(first));
  EXPECT_FALSE(calibration.add(pull(0.15, 0.65)));
  ASSERT_TRUE(calibration.add(last));
  EXPECT_DOUBLE_EQ(calibration.rom()[0].start_m, 0.15);
}

TEST(Calibration, ABilateralPullMeasuresBothCables) {
  Calibration calibration(2, 0.15);
  for (int i = 0; i < 2; ++i) EXPECT_FALSE(calibration.add(pull(0.2, 0.8)));
  ASSERT_TRUE(calibration.add(pull(0.2, 0.8)));
  EXPECT_EQ(calibration.rom().size(), 2U);
}

TEST(Calibration, EachCableNeedsItsOwnThree) {
  Calibration calibration(2, 0.15);
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(calibration.add(pull(0.2, 0.8, RepAxis::kLeft)));
  EXPECT_EQ(calibration.reps(), 0U);
  for (int i = 0; i < 2; ++i) EXPECT_FALSE(calibration.add(pull(0.3, 0.7, RepAxis::kRight)));
  ASSERT_TRUE(calibration.add(pull(0.3, 0.7, RepAxis::kRight)));
  EXPECT_DOUBLE_EQ(calibration.rom()[1].end_m, 0.7);
}

TEST(Calibration, AnOddPullIsLetGoOfAndThePersonJustGoesOn) {
  Calibration calibration(1, 0.15);
  calibration.add(pull(0.2, 0.5));
  calibration.add(pull(0.2, 0.8));
  EXPECT_FALSE(calibration.add(pull(0.2, 0.8)));
  EXPECT_FALSE(calibration.problem().empty());
  EXPECT_EQ(calibration.reps(), 2U);
  EXPECT_TRUE(calibration.add(pull(0.2, 0.8)));
  EXPECT_TRUE(calibration.problem().empty());
}

TEST(Calibration, ARangeBelowTheProgramsLeastIsNone) {
  Calibration calibration(1, 0.30);
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(calibration.add(pull(0.2, 0.4)));
  EXPECT_NE(calibration.problem().text.find("at least 30 cm"), std::string::npos);
}

TEST(Calibration, AnUnknownPullIsNone) {
  Calibration calibration(1, 0.15);
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(calibration.add(Rep{}));
  EXPECT_EQ(calibration.reps(), 0U);
}

}  // namespace
}  // namespace sheave::session
