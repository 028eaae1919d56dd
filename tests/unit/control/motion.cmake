sheave_test(test_motion SOURCES motion_estimator_test.cpp rep_detector_test.cpp rep_judge_test.cpp rep_measures_test.cpp replay_test.cpp
  athlete_test.cpp DEPS sheave_motion sheave_replay sheave_sim_athlete)

if(EXISTS ${SHEAVE_RECORDINGS}/manifest.json)
  find_package(nlohmann_json REQUIRED)
  sheave_test(test_recordings SOURCES recordings_test.cpp DEPS sheave_replay nlohmann_json::nlohmann_json)
else()
  message(STATUS "No recorded human movement in ${SHEAVE_RECORDINGS} (SHEAVE_RECORDINGS): test_recordings is not built")
endif()
