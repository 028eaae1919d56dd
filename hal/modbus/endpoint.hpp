#pragma once
// "HOST:PORT" as people write it: 127.0.0.1:1502, stack.local:502, [::1]:1502.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sheave::hal::modbus {

struct Endpoint {
  std::string host;
  std::uint16_t port = 0;
};

/// Nothing where `text` is no host with a port of 1 to 65535.
std::optional<Endpoint> parse_endpoint(std::string_view text);

}  // namespace sheave::hal::modbus
