#pragma once
// Where the API may listen, and why it could not.

#include <string>
#include <vector>

#include "controller/core/status.hpp"

namespace sheave::api {

/// Where callers from other hosts are served, with TLS: any address of this host. Reason LISTEN_INVALID.
Status check_tls_address(const std::string& address);

/// Where callers need nothing. Reason LISTEN_NOT_LOCAL for anything but 127.0.0.0/8, [::1], localhost and unix: paths; LISTEN_INVALID for
/// what is no address.
Status check_listen_address(const std::string& address);

/// How links for other hosts begin: "https://192.0.2.7:8443". @param bound where it listens, with the real port; @param name what they call
/// this host, empty: the address it listens on, else the first IPv4 address of `names`, as names_of_this_host() gives them. Empty: no way.
std::string origin_of(const std::string& bound, const std::string& name, const std::vector<std::string>& names);

/// Tries the address once, before anything depends on it: a second controller has to be refused before it touches the drives.
/// Says what to do. Reason LISTEN_FAILED.
Status try_listen(const std::string& address);

}  // namespace sheave::api
