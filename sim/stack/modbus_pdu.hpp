#pragma once
// The Modbus application protocol, server side, without transport: a request PDU in, a reply PDU out. Own code on purpose: the
// controller speaks through libmodbus, and two readings of the specification do not share a mistake.

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/stack/register_map.hpp"

namespace sheave::sim {

inline constexpr std::size_t kMaxPdu = 253;

/// Functions 3, 4, 6, 16, 23 and 43/14 (Modbus Application Protocol V1.1b3). In 23 the write happens before the read; a refused
/// write reads nothing.
/// @param reply at least kMaxPdu bytes.
/// @return length of the reply; always at least 2.
std::size_t answer_pdu(RegisterMap& map, std::span<const std::uint8_t> request, std::span<std::uint8_t> reply) noexcept;

}  // namespace sheave::sim
