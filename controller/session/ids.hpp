#pragma once
// Ids made on the machine. Injected where used, so that a simulated run is the same every time.

#include <functional>
#include <string>

namespace sheave::session {

using MakeId = std::function<std::string()>;

/// A random UUID (RFC 9562, version 4) from the system's random source. [any]
std::string random_uuid();

}  // namespace sheave::session
