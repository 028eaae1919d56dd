#pragma once
// A descriptor number below 1024, reserved for as long as the object lives, on which one file after another can be put.
//
// libmodbus 3.1.6 waits with select(), which aborts the process for descriptors >= 1024. A gateway in the same process may have
// thousands of sockets open when a drive comes back, so the number is reserved at construction.

namespace sheave::hal::modbus {

class LowDescriptor {
 public:
  LowDescriptor();
  ~LowDescriptor();
  LowDescriptor(const LowDescriptor&) = delete;
  LowDescriptor& operator=(const LowDescriptor&) = delete;

  /// The number, the same for life; -1 where none below 1024 was left.
  int number() const noexcept { return low_; }
  bool reserved() const noexcept { return low_ >= 0 && placeholder_ >= 0; }

  /// Puts `descriptor` there and closes it at its own number; on failure leaves it alone and says false, with errno. [control]
  bool put(int descriptor) noexcept;

  /// Closes what lies there; the number stays reserved. [control]
  void clear() noexcept;

 private:
  int low_ = -1;
  int placeholder_ = -1;  // /dev/null; sits on low_ while nothing else does
};

}  // namespace sheave::hal::modbus
