#include "hal/modbus/serial_port.hpp"

#include <fcntl.h>
#include <linux/serial.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace sheave::hal::modbus {
namespace {

struct Speed {
  std::uint32_t baud;
  speed_t code;
};
constexpr Speed kSpeeds[] = {{9600, B9600},       {19200, B19200},     {38400, B38400},     {57600, B57600},     {115200, B115200},
                             {230400, B230400},   {460800, B460800},   {500000, B500000},   {576000, B576000},   {921600, B921600},
                             {1000000, B1000000}, {1152000, B1152000}, {1500000, B1500000}, {2000000, B2000000}, {2500000, B2500000},
                             {3000000, B3000000}, {3500000, B3500000}, {4000000, B4000000}};

const Speed* speed_of(std::uint32_t baud) noexcept {
  for (const Speed& each : kSpeeds)
    if (each.baud == baud) return &each;
  return nullptr;
}

std::uint32_t baud_of(speed_t code) noexcept {
  for (const Speed& each : kSpeeds)
    if (each.code == code) return each.baud;
  return 0;
}

/// What a port may have and need not: without these a USB adapter holds an answer back for up to 16 ms.
void tune(int port) noexcept {
  serial_struct serial{};
  if (::ioctl(port, TIOCGSERIAL, &serial) == 0) {
    serial.flags |= ASYNC_LOW_LATENCY;
    ::ioctl(port, TIOCSSERIAL, &serial);
  }
  // The kernel switches the transmitter off in time; libmodbus' own way sleeps after each request and misses fast answers.
  serial_rs485 rs485{};
  if (::ioctl(port, TIOCGRS485, &rs485) == 0 && (rs485.flags & SER_RS485_ENABLED) == 0) {
    rs485.flags |= SER_RS485_ENABLED | SER_RS485_RTS_ON_SEND;
    ::ioctl(port, TIOCSRS485, &rs485);
  }
}

}  // namespace

bool is_serial_speed(std::uint32_t baud) noexcept { return speed_of(baud) != nullptr; }

std::string serial_speeds() {
  std::string all;
  for (const Speed& each : kSpeeds) all += (all.empty() ? "" : ", ") + std::to_string(each.baud);
  return all;
}

SerialPort::SerialPort(std::string path, std::uint32_t baud, Parity parity) : path_(std::move(path)), baud_(baud), parity_(parity) {}

SerialPort::Failure SerialPort::configure(int port, std::uint32_t& got) const noexcept {
  termios wanted{};
  if (::tcgetattr(port, &wanted) != 0) return Failure::kNoSerial;
  const Speed* speed = speed_of(baud_);
  if (speed == nullptr) return Failure::kSpeed;
  ::cfmakeraw(&wanted);
  wanted.c_cflag &= ~static_cast<tcflag_t>(CSTOPB | PARENB | PARODD | CRTSCTS | HUPCL);
  wanted.c_cflag |= CLOCAL | CREAD;
  if (parity_ != Parity::kNone) wanted.c_cflag |= PARENB;
  if (parity_ == Parity::kOdd) wanted.c_cflag |= PARODD;
  wanted.c_cc[VMIN] = 1;  // so that an empty read means that the port is gone
  wanted.c_cc[VTIME] = 0;
  ::cfsetispeed(&wanted, speed->code);
  ::cfsetospeed(&wanted, speed->code);
  // tcsetattr() succeeds when any of the settings was taken, and says EINVAL when one was not and the others were there already (a
  // pseudo terminal has no parity). So what counts is read back.
  termios taken{};
  if ((::tcsetattr(port, TCSANOW, &wanted) != 0 && errno != EINVAL) || ::tcgetattr(port, &taken) != 0) return Failure::kSettings;
  got = baud_of(::cfgetospeed(&taken));
  // Parity is not read back: a port without it (a pseudo terminal) is none that a drive hangs on, and a wrong one stays silent.
  return got == baud_ ? Failure::kNone : Failure::kSpeed;
}

SerialPort::Failure SerialPort::open(std::uint32_t& got) noexcept {
  close();
  got = 0;
  if (!low_.reserved()) {
    errno = EMFILE;
    return Failure::kOpen;
  }
  const int port = ::open(path_.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (port < 0) return Failure::kOpen;
  // flock() ends with the process; TIOCEXCL would outlive a killed one on some devices.
  Failure failure = ::flock(port, LOCK_EX | LOCK_NB) == 0 ? configure(port, got) : Failure::kLocked;
  if (failure == Failure::kNone) {
    tune(port);
    ::tcflush(port, TCIOFLUSH);
    if (!low_.put(port)) failure = Failure::kOpen;
  }
  if (failure != Failure::kNone) {
    const int why = errno;
    ::close(port);
    errno = why;
    return failure;
  }
  up_ = true;
  return Failure::kNone;
}

void SerialPort::close() noexcept {
  if (up_) low_.clear();
  up_ = false;
}

std::string SerialPort::explain(Failure failure, int error, std::uint32_t got) const {
  const std::string where = "serial port " + path_ + ": ";
  switch (failure) {
    case Failure::kNone:
      break;
    case Failure::kOpen:
      return where + "cannot be opened: " + std::strerror(error) +
             (error == ENOENT   ? ". Is the adapter plugged in and the path in link.endpoints right?"
              : error == EACCES ? ". Add the user to the group \"dialout\"."
                                : ". Check link.endpoints.");
    case Failure::kLocked:
      return where + "is in use by another program. Stop it: two masters on one line give a drive two wills.";
    case Failure::kNoSerial:
      return where + "is no serial port. Check link.endpoints.";
    case Failure::kSpeed:
      return where + "unsupported baud " + std::to_string(baud_) + ": the port took " + (got == 0 ? "another" : std::to_string(got)) +
             ". Set link.baud, and the drive, to a speed that this port has.";
    case Failure::kSettings:
      return where + "cannot be set up: " + std::strerror(error) + ". Check link.endpoints, link.baud and link.parity.";
  }
  return {};
}

}  // namespace sheave::hal::modbus
