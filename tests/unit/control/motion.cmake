sheave_test(test_motion SOURCES rep_detector_test.cpp DEPS sheave_motion)
