#include "hal/modbus/wire_time.hpp"

#include "hal/modbus/clock.hpp"

namespace sheave::hal::modbus {
namespace {

class HostWireTime final : public WireTime {
 public:
  std::int64_t now_ns() noexcept override { return monotonic_now_ns(); }
  void wait(std::span<pollfd> links, std::int64_t until_ns) noexcept override {
    const timespec left = time_left(until_ns, monotonic_now_ns());
    ::ppoll(links.data(), links.size(), &left, nullptr);
  }
};

}  // namespace

WireTime& host_wire_time() noexcept {
  static HostWireTime time;
  return time;
}

}  // namespace sheave::hal::modbus
