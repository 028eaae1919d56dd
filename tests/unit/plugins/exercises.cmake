sheave_test(test_exercises
  SOURCES exercises_test.cpp peak_hold_test.cpp ${CMAKE_SOURCE_DIR}/plugins/exercises/shared/peak_hold.cpp
  DEPS sheave_replay sheave_sdk)
add_dependencies(test_exercises cable_row face_pull pull)
# Which exercises count what is the catalog's word, so this one reads it.
sheave_test(test_look_alikes SOURCES look_alikes_test.cpp DEPS sheave_replay sheave_session)
add_dependencies(test_look_alikes cable_row face_pull pull)
