# Load profiles, alone, in pairs and around the simulator's plant.
sheave_test(test_load_profiles
  SOURCES load_profiles_test.cpp every_profile_test.cpp shape_profiles_test.cpp fatigue_profiles_test.cpp profile_loop_test.cpp
  DEPS sheave_plugin_host sheave_control sheave_sim_plant)
get_property(plugins GLOBAL PROPERTY SHEAVE_PLUGINS)
add_dependencies(test_load_profiles ${plugins})
