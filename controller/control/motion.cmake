# What is known of the handle's movement. Apart from the tick, so that `sheave replay` runs the same code without a machine.
sheave_library(sheave_motion SOURCES motion_estimator.cpp phase_tracker.cpp pull_meter.cpp rep_detector.cpp rep_judge.cpp speed_trend.cpp DEPS sheave_core)
sheave_tick_code(sheave_motion)
sheave_library(sheave_replay SOURCES recording.cpp replay.cpp DEPS sheave_motion sheave_plugin_host)
