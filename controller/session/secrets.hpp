#pragma once
// What proves who a person is, as it may be stored: never itself. All of it is keyed with a secret of this machine that is not in the
// database, so that neither a copy of the file nor a tag read elsewhere says who trains here. Where the system gives no randomness or
// memory these throw, and the process ends: better no controller than a secret that everybody knows.

#include <cstdint>
#include <string>

namespace sheave::session {

/// 32 random bytes of this machine, as they lie in its key file.
using MachineKey = std::string;

/// From the system's random source. [any]
std::string random_bytes(std::size_t size);
std::string random_hex(std::size_t bytes);

/// Tells this key from another one and nothing of it: kept in the database, so that a key that is not its own is known. [any]
std::string key_check(const MachineKey& key);

/// HMAC-SHA-256 of a tag, hex: the same tag gives the same value on this machine only. [any]
std::string hash_tag(const MachineKey& key, const std::string& tag);

/// scrypt (RFC 7914, N 2^14, r 8, p 1: some 50 ms and 16 MiB) of the keyed PIN with a salt of its own. A PIN has few values: what keeps
/// them from being tried on a stolen file is the key; on the machine it is pin_guard.hpp. [any] Slow: not on [main].
std::string hash_pin(const MachineKey& key, const std::string& pin);
bool pin_matches(const MachineKey& key, const std::string& pin, const std::string& stored);  ///< Likewise slow.

}  // namespace sheave::session
