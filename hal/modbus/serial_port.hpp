#pragma once
// A serial port at a fixed, low descriptor number: raw, non-blocking, locked against a second controller, and proven to have the
// speed that was asked for. The kernel answers an unsupported speed with another one and says nothing.

#include <cstdint>
#include <string>

#include "hal/modbus/low_descriptor.hpp"
#include "hal/modbus/serial_timing.hpp"

namespace sheave::hal::modbus {

/// Whether the system knows this speed at all; any other is refused before a port is opened.
bool is_serial_speed(std::uint32_t baud) noexcept;
/// "9600, 19200, ..."
std::string serial_speeds();

class SerialPort {
 public:
  SerialPort(std::string path, std::uint32_t baud, Parity parity);
  ~SerialPort() { close(); }
  SerialPort(const SerialPort&) = delete;
  SerialPort& operator=(const SerialPort&) = delete;

  /// The reserved number, whether open or not; -1 where none below 1024 was left.
  int descriptor() const noexcept { return low_.number(); }
  bool up() const noexcept { return up_; }
  const std::string& path() const noexcept { return path_; }

  enum class Failure : std::uint8_t {
    kNone,
    kOpen,      ///< errno says why.
    kLocked,    ///< Another program has it.
    kNoSerial,  ///< It is no serial port.
    kSpeed,     ///< It took another speed than asked.
    kSettings,  ///< It takes no settings; errno says why.
  };

  /// Opens it anew, without waiting. On kSpeed, `got` is the speed that the port took. [main, control]
  Failure open(std::uint32_t& got) noexcept;
  void close() noexcept;

  /// For a person. [main]
  std::string explain(Failure failure, int error, std::uint32_t got) const;

 private:
  Failure configure(int port, std::uint32_t& got) const noexcept;

  std::string path_;
  std::uint32_t baud_;
  Parity parity_;
  LowDescriptor low_;
  bool up_ = false;
};

}  // namespace sheave::hal::modbus
