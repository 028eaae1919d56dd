#include "hal/modbus/low_descriptor.hpp"

#include <fcntl.h>
#include <sys/select.h>
#include <unistd.h>

#include <initializer_list>

namespace sheave::hal::modbus {

LowDescriptor::LowDescriptor() {
  low_ = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  if (low_ >= FD_SETSIZE) {
    ::close(low_);
    low_ = -1;
  }
  if (low_ >= 0) placeholder_ = ::fcntl(low_, F_DUPFD_CLOEXEC, 0);
}

LowDescriptor::~LowDescriptor() {
  for (const int fd : {low_, placeholder_})
    if (fd >= 0) ::close(fd);
}

bool LowDescriptor::put(int descriptor) noexcept {
  if (::dup3(descriptor, low_, O_CLOEXEC) < 0) return false;
  ::close(descriptor);
  return true;
}

void LowDescriptor::clear() noexcept { ::dup3(placeholder_, low_, O_CLOEXEC); }

}  // namespace sheave::hal::modbus
