#pragma once
// A serial line with one or two fake drives on it, on a pseudo terminal: units 1 and 2. As fast as the terminal; what the wire takes
// is the simulator's business. A hook may spoil any answer, or what lies on the line around it.

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/fake_drive.hpp"

namespace sheave::test {

/// Bitwise, from the specification's text.
std::uint16_t rtu_crc(const Bytes& bytes);
/// Appends the CRC.
Bytes rtu_frame(Bytes address_and_pdu);

class FakeSerialLine {
 public:
  /// @param reply the whole frame with its CRC; it may be changed, lengthened or cleared. Called on the line's thread.
  using Hook = std::function<void(const Bytes& request, Bytes& reply)>;

  /// @param drives unit 1 first; they outlive the line.
  explicit FakeSerialLine(std::vector<FakeDrive*> drives);
  ~FakeSerialLine();
  FakeSerialLine(const FakeSerialLine&) = delete;
  FakeSerialLine& operator=(const FakeSerialLine&) = delete;

  const std::string& path() const { return path_; }
  void set_hook(Hook hook);
  /// Puts bytes on the line that nobody asked for.
  void say(const Bytes& bytes);

 private:
  void run();
  void serve(const Bytes& request);

  std::vector<FakeDrive*> drives_;
  std::mutex mutex_;
  Hook hook_;
  int master_ = -1, slave_ = -1, wake_ = -1;
  std::string path_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

}  // namespace sheave::test
