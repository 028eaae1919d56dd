#pragma once
// Where the API may listen, and why it could not.

#include <string>

#include "controller/core/status.hpp"

namespace sheave::api {

/// Where callers from other hosts are served, with TLS: any address of this host. Reason LISTEN_INVALID.
Status check_tls_address(const std::string& address);

/// Where callers need nothing. Reason LISTEN_NOT_LOCAL for anything but 127.0.0.0/8, [::1], localhost and unix: paths; LISTEN_INVALID for what is no address.
Status check_listen_address(const std::string& address);

/// Tries the address once, before anything depends on it: a second controller has to be refused before it touches the drives.
/// Says what to do. Reason LISTEN_FAILED.
Status try_listen(const std::string& address);

}  // namespace sheave::api
