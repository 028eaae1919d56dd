#include "controller/app/cli/keyboard.hpp"

#include <poll.h>

#include <algorithm>
#include <array>

namespace sheave::cli {

bool Keyboard::entered() {
  bool enter = false;
  pollfd input{input_, POLLIN, 0};
  // A background program that reads its terminal is stopped by the system; one without a terminal of its own may read any.
  const auto heard = [&] {
    const pid_t foreground = ::tcgetpgrp(input_);
    return there_ && (foreground < 0 || foreground == ::getpgrp()) && ::poll(&input, 1, 0) == 1;
  };
  while (heard()) {
    std::array<char, 256> typed{};
    const ssize_t size = ::read(input_, typed.data(), typed.size());
    there_ = size > 0;
    enter |= there_ && std::find(typed.begin(), typed.begin() + size, '\n') != typed.begin() + size;
  }
  return enter;
}

}  // namespace sheave::cli
