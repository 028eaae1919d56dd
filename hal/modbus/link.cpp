#include "hal/modbus/link.hpp"

#include <algorithm>
#include <cerrno>

#include "hal/modbus/clock.hpp"

namespace sheave::hal::modbus {
namespace {

// A single answer while opening: long against any drive's turnaround, short against a person's patience.
constexpr std::int64_t kAnswerNs = 500 * kNsPerMs;

}  // namespace

Link::Link(Context context) noexcept : context_(std::move(context)) {
  if (!context_) return;
  ::modbus_set_byte_timeout(context_.get(), 0, 0);
  ::modbus_set_error_recovery(context_.get(), MODBUS_ERROR_RECOVERY_NONE);
}

Link::Answer Link::prepare(std::uint8_t unit, std::int64_t deadline_ns) noexcept {
  settle(deadline_ns);
  const std::int64_t left_us = std::min(deadline_ns - monotonic_now_ns(), kAnswerNs) / 1000;
  if (left_us <= 0) return Answer::kSilent;  // libmodbus takes a timeout of 0 for an error
  ::modbus_set_slave(context_.get(), unit);
  ::modbus_set_response_timeout(context_.get(), static_cast<std::uint32_t>(left_us / 1'000'000),
                                static_cast<std::uint32_t>(left_us % 1'000'000));
  return Answer::kGood;
}

Link::Answer Link::judge(int result, std::size_t wanted) noexcept {
  if (result == static_cast<int>(wanted)) return Answer::kGood;
  const int error = result < 0 ? errno : EMBBADDATA;
  if (error > MODBUS_ENOBASE && error <= EMBXGTAR) {
    last_exception_ = static_cast<std::uint8_t>(error - MODBUS_ENOBASE);
    return Answer::kException;
  }
  if (error >= EMBBADCRC) return Answer::kGarbage;
  return error == ETIMEDOUT || error == EAGAIN || error == EINPROGRESS ? Answer::kSilent : Answer::kClosed;
}

Link::Answer Link::ask(std::uint8_t unit, std::size_t wanted, std::int64_t deadline_ns, const std::function<int()>& request) {
  Answer answer = Answer::kSilent;
  for (int i = 0; i < tries() && (answer == Answer::kSilent || answer == Answer::kGarbage); ++i) {
    if (const Answer ready = prepare(unit, deadline_ns); ready != Answer::kGood) return answer;
    answer = judge(request(), wanted);
  }
  return answer;
}

Link::Answer Link::read(std::uint8_t unit, std::uint16_t address, std::span<std::uint16_t> values, std::int64_t deadline_ns) {
  const auto count = static_cast<int>(values.size());
  return ask(unit, values.size(), deadline_ns, [&] { return ::modbus_read_registers(context_.get(), address, count, values.data()); });
}

Link::Answer Link::write(std::uint8_t unit, std::uint16_t address, std::span<const std::uint16_t> values, std::int64_t deadline_ns) {
  const auto count = static_cast<int>(values.size());
  return ask(unit, values.size(), deadline_ns, [&] { return ::modbus_write_registers(context_.get(), address, count, values.data()); });
}

}  // namespace sheave::hal::modbus
