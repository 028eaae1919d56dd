#pragma once
// The certificate and key that this machine shows to callers from other hosts, over gRPC and over HTTPS alike.

#include <cstdint>
#include <string>
#include <vector>

#include "controller/core/status.hpp"

namespace sheave::api {

struct TlsIdentity {
  std::string certificate_pem;  ///< The machine's first, then those that vouch for it.
  std::string key_pem;
  std::string fingerprint;  ///< SHA-256 of the machine's certificate, "AB:CD:...", as browsers show it.
};

/// Reasons TLS_UNREADABLE, TLS_MISMATCH (the key is not the certificate's), TLS_EXPIRED.
Result<TlsIdentity> load_tls_identity(const std::string& certificate_path, const std::string& key_path);

/// Makes a key (P-256) and a certificate that it signs itself, for `names` (host names and IP addresses), valid from yesterday for ten
/// years; the key is readable by its owner only. For a machine whose operator compares fingerprints; a gym with an authority of its own
/// has its certificates made there. Reason TLS_UNWRITABLE.
Status make_tls_identity(const std::string& certificate_path, const std::string& key_path, const std::vector<std::string>& names);

/// What this host is reached as: its name, localhost, and the addresses of its interfaces.
std::vector<std::string> names_of_this_host();

}  // namespace sheave::api
