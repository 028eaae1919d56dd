#pragma once
// Stacks on fake drives, as the tests of a whole stack open them.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "hal/modbus/stack.hpp"
#include "tests/support/fake_serial_line.hpp"
#include "tests/support/paths.hpp"

namespace sheave::test {

/// Drives on connections of their own, one per cable.
inline hal::ModbusConfig tcp_config(std::vector<std::string> endpoints) {
  hal::ModbusConfig config;
  config.cables = endpoints.size();
  config.endpoints = std::move(endpoints);
  config.profile_path = SHEAVE_SOURCE_DIR "/hal/profiles/kdr-1.toml";
  return config;
}

/// All cables on one serial line, at a megabaud.
inline hal::ModbusConfig line_config(const std::string& path, std::size_t cables = 1) {
  hal::ModbusConfig config = tcp_config({path});
  config.kind = "rtu";
  config.cables = cables;
  config.baud = 1'000'000;
  return config;
}

/// Made and opened; null, and the test has failed, where that was refused.
inline std::unique_ptr<hal::CableStack> open_stack(const hal::ModbusConfig& config) {
  hal::ModbusStackOrError made = hal::make_modbus_stack(config);
  const hal::OpenError error = made.stack ? made.stack->open(5000) : made.error;
  EXPECT_FALSE(error) << error.message;
  if (error) made.stack.reset();
  return std::move(made.stack);
}

}  // namespace sheave::test
