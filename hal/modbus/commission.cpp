#include "hal/modbus/commission.hpp"

#include <poll.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "hal/modbus/cia402.hpp"
#include "hal/modbus/clock.hpp"

namespace sheave::hal::modbus {
namespace {

using Kind = OpenError::Kind;

std::string hex(std::int64_t value) {
  char text[16];
  std::snprintf(text, sizeof text, "0x%04X", static_cast<unsigned>(value));
  return text;
}

std::vector<std::uint8_t> to_bytes(const std::vector<std::uint16_t>& registers) {
  std::vector<std::uint8_t> bytes;
  for (const std::uint16_t each : registers) {
    bytes.push_back(static_cast<std::uint8_t>(each >> 8));
    bytes.push_back(static_cast<std::uint8_t>(each));
  }
  return bytes;
}

/// Why a register could not be read or written.
OpenError explain(const Link& link, const DeviceProfile& profile, std::uint8_t unit, Link::Answer answer, const std::string& what) {
  switch (answer) {
    case Link::Answer::kGood:
      break;
    case Link::Answer::kException:
      return {Kind::kProtocol, link.name() + " refuses to " + what + " (Modbus exception " + std::to_string(link.last_exception()) +
                                   "). Does the profile \"" + profile.model + "\" belong to this drive?"};
    case Link::Answer::kSilent:
      return {Kind::kProtocol, link.name() + " is there, but unit " + std::to_string(unit) + " did not answer the request to " + what +
                                   " in time. Is it a Modbus device, is it on, and are the unit and the speed of the link right?"};
    case Link::Answer::kClosed:
      return {Kind::kProtocol, link.name() + " closed the connection on the request to " + what +
                                   ". Is it a Modbus device, and is no other controller connected to it?"};
    case Link::Answer::kGarbage:
      return {Kind::kProtocol, link.name() + " answered the request to " + what +
                                   " with something that is not Modbus. Does another program listen at this address?"};
  }
  return {};
}

struct Commissioner {
  Link& link;
  const DeviceProfile& profile;
  std::uint8_t unit;
  std::int64_t deadline_ns;
  DriveFacts& facts;

  OpenError read(RegisterBlock block, const std::string& what, std::vector<std::uint16_t>& registers) {
    registers.assign(block.count, 0);
    const Link::Answer answer = link.read(unit, block.address, registers, deadline_ns);
    return explain(link, profile, unit, answer, "read " + what + " at register " + hex(block.address));
  }

  std::int64_t counts_at(const std::vector<std::uint8_t>& bytes, RegisterBlock block, const Constant& constant) const {
    const RegisterField field{static_cast<std::uint16_t>(constant.address - block.address), constant.type, 1.0, true};
    return load_counts(bytes.data(), field, profile.word_order);
  }

  void check_later(RegisterBlock block, const std::vector<std::uint8_t>& bytes) {
    for (std::uint16_t at = 0; at < block.count; at = static_cast<std::uint16_t>(at + kMaxBesideRegisters)) {
      const auto count = static_cast<std::uint16_t>(std::min<int>(kMaxBesideRegisters, block.count - at));
      facts.checks.push_back(
          {{static_cast<std::uint16_t>(block.address + at), count}, {bytes.begin() + 2 * at, bytes.begin() + 2 * (at + count)}});
    }
  }

  OpenError identify() {
    const Identity& identity = profile.identity;
    std::vector<std::uint16_t> registers;
    if (OpenError error = read(identity.block, "the identity", registers)) return error;
    const std::vector<std::uint8_t> bytes = to_bytes(registers);
    for (const Constant& each : identity.expected) {
      const std::int64_t found = counts_at(bytes, identity.block, each);
      if (found != each.counts)
        return {Kind::kIdentity, link.name() + " is not the drive of profile \"" + profile.model + "\": its " + each.name +
                                     " in register " + hex(each.address) + " is " + hex(found) + " and should be " + hex(each.counts) +
                                     ". Check the address and the profile in the link section."};
    }
    const auto value = [&](const RegisterField& field) { return load_value(bytes.data(), field, profile.word_order); };
    facts.rated_force_n = value(identity.rated_force);
    facts.peak_force_n = value(identity.peak_force);
    facts.max_speed_mps = value(identity.max_speed);
    facts.travel_m = value(identity.travel);
    if (identity.serial.present) facts.serial = std::to_string(load_counts(bytes.data(), identity.serial, profile.word_order));
    facts.simulated = identity.simulated.present && load_counts(bytes.data(), identity.simulated, profile.word_order) == 1;
    if (!(facts.rated_force_n > 0 && facts.peak_force_n >= facts.rated_force_n && facts.max_speed_mps > 0 && facts.travel_m > 0))
      return {Kind::kIdentity, link.name() + " states ratings that make no sense (rated " + std::to_string(facts.rated_force_n) +
                                   " N, peak " + std::to_string(facts.peak_force_n) + " N). Check word order and scales in the profile."};
    check_later(identity.block, bytes);
    return {};
  }

  /// Settings may be written only while the power stage is off. After a crash of ours the drive's own watchdog switches it off.
  OpenError wait_until_off() {
    const RegisterField& field = profile.read.statusword;
    const RegisterBlock block{static_cast<std::uint16_t>(profile.read.block.address + field.offset), 1};
    for (;;) {
      std::vector<std::uint16_t> statusword;
      if (OpenError error = read(block, "the statusword", statusword)) return error;
      const DriveState state = drive_state(statusword[0]);
      const bool on = state == DriveState::kOperationEnabled || state == DriveState::kQuickStop || state == DriveState::kFaultReaction;
      if (!on) return {};
      constexpr std::int64_t kPollNs = 5 * kNsPerMs;  // a drive has no way to tell us
      const std::int64_t now = monotonic_now_ns();
      if (now + kPollNs > deadline_ns)
        return {Kind::kUnverified, link.name() + " is switched on and stays so (statusword " + hex(statusword[0]) +
                                       "). Stop the other controller that holds it."};
      const timespec pause = time_left(now + kPollNs, now);
      ::ppoll(nullptr, 0, &pause, nullptr);
    }
  }

  /// Settings in a row go in one request, so that the drive takes them together.
  std::size_t run_length(std::size_t first) const {
    std::size_t last = first + 1;
    int registers = width(profile.startup[first].type);
    while (last < profile.startup.size()) {
      const Constant& previous = profile.startup[last - 1];
      const Constant& next = profile.startup[last];
      registers += width(next.type);
      if (next.address != previous.address + width(previous.type) || registers > std::min(profile.max_read, profile.max_write)) break;
      ++last;
    }
    return last - first;
  }

  OpenError configure(std::size_t first, std::size_t count) {
    const Constant& start = profile.startup[first];
    const Constant& end = profile.startup[first + count - 1];
    const RegisterBlock block{start.address, static_cast<std::uint16_t>(end.address + width(end.type) - start.address)};
    std::vector<std::uint8_t> bytes(2 * std::size_t{block.count});
    std::string names;
    for (std::size_t i = first; i < first + count; ++i) {
      const Constant& each = profile.startup[i];
      store_counts(bytes.data(), {static_cast<std::uint16_t>(each.address - block.address), each.type, 1.0, true}, profile.word_order,
                   each.counts);
      names += (names.empty() ? "" : ", ") + each.name;
    }
    std::vector<std::uint16_t> registers;
    for (std::size_t i = 0; i < bytes.size(); i += 2) registers.push_back(static_cast<std::uint16_t>(bytes[i] << 8 | bytes[i + 1]));
    const Link::Answer answer = link.write(unit, block.address, registers, deadline_ns);
    OpenError error = explain(link, profile, unit, answer, "write " + names + " at register " + hex(block.address));
    if (error && answer == Link::Answer::kException) error.kind = Kind::kUnverified;
    if (error) return error;
    if (OpenError unread = read(block, names + " back", registers)) return unread;
    const std::vector<std::uint8_t> found = to_bytes(registers);
    for (std::size_t i = first; i < first + count; ++i) {
      const Constant& each = profile.startup[i];
      const std::int64_t holds = counts_at(found, block, each);
      if (holds != each.counts)
        return {Kind::kUnverified, link.name() + " did not take a safety setting: " + each.name + " (register " + hex(each.address) +
                                       ") was written as " + std::to_string(each.counts) + " and reads back as " + std::to_string(holds) +
                                       ". No torque without it: check that the drive is not locked, then restart."};
    }
    check_later(block, bytes);
    return {};
  }

  /// A profile that says so without need would leave a second master unseen.
  OpenError try_read_back() {
    std::vector<std::uint16_t> registers;
    return profile.write.read_back_every == 0 ? OpenError{} : read(profile.write.block, "its command back", registers);
  }

  /// A drive without a panel refuses the registers; that is no error.
  OpenError look_for_panel() {
    if (!profile.panel.present) return {};
    std::vector<std::uint16_t> inputs(1);
    const Link::Answer answer = link.read(unit, profile.panel.inputs, inputs, deadline_ns);
    if (answer == Link::Answer::kException) return {};
    facts.panel_fitted = answer == Link::Answer::kGood && (profile.panel.fitted == 0 || (inputs[0] & profile.panel.fitted) != 0);
    return explain(link, profile, unit, answer, "read the panel at register " + hex(profile.panel.inputs));
  }
};

}  // namespace

OpenError commission(Link& link, const DeviceProfile& profile, std::uint8_t unit, std::int64_t deadline_ns, DriveFacts& facts) {
  facts = {};
  Commissioner work{link, profile, unit, deadline_ns, facts};
  if (OpenError error = work.identify()) return error;
  if (OpenError error = work.wait_until_off()) return error;
  for (std::size_t first = 0; first < profile.startup.size();) {
    const std::size_t count = work.run_length(first);
    if (OpenError error = work.configure(first, count)) return error;
    first += count;
  }
  if (OpenError error = work.try_read_back()) return error;
  return work.look_for_panel();
}

}  // namespace sheave::hal::modbus
