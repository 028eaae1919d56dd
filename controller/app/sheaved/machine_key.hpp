#pragma once
// The secret of this machine that tags and PINs are hashed with. Beside the database, and not in it.

#include <string>

#include "controller/core/status.hpp"
#include "controller/session/secrets.hpp"

namespace sheave::app {

/// What the database says of the key that its tags and PINs were hashed with.
struct KeyOnRecord {
  bool in_use = false;  ///< A member has a tag or a PIN.
  std::string check;    ///< session::key_check() of it; empty: not known.
};

/// Reads the 32 bytes of `path`. Makes the file, readable by its owner only, where it is missing and nothing was hashed with it yet: a new
/// one beside members' tags and PINs would know none of them. Back it up with the database. Reason KEY_UNUSABLE, also for another
/// machine's key; the message names the file and both remedies.
Result<session::MachineKey> load_machine_key(const std::string& path, const KeyOnRecord& record);

/// Makes a new key at `path`; what lies there is put aside as PATH.replaced, or PATH.replaced-2 and so on where earlier ones lie: none of them
/// is lost, for any may be the one that a backup of the database needs. Reason KEY_UNUSABLE.
Result<session::MachineKey> renew_machine_key(const std::string& path);

}  // namespace sheave::app
