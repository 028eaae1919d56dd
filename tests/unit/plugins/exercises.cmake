sheave_test(test_exercises SOURCES exercises_test.cpp DEPS sheave_replay)
target_compile_definitions(test_exercises PRIVATE SHEAVE_PLUGIN_DIR="${SHEAVE_PLUGIN_DIR}")
add_dependencies(test_exercises cable_row face_pull)
