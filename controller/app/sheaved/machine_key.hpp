#pragma once
// The secret of this machine that tags and PINs are hashed with. Beside the database, and not in it.

#include <string>

#include "controller/core/status.hpp"
#include "controller/session/secrets.hpp"

namespace sheave::app {

/// Reads the 32 bytes of `path`; makes the file, readable by its owner only, where it is missing. Without it no tag and no PIN of before
/// is known: back it up with the database. Reason KEY_UNUSABLE.
Result<session::MachineKey> load_machine_key(const std::string& path);

}  // namespace sheave::app
