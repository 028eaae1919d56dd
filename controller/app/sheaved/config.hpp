#pragma once
// The configuration file of sheaved: what the machine is, where its drives are, and where things lie. deploy/config/sheaved.toml is
// the commented reference.

#include <string>
#include <vector>

#include "controller/app/sheaved/alerts/transport.hpp"
#include "controller/core/machine.hpp"
#include "controller/core/status.hpp"
#include "controller/session/maintenance.hpp"

namespace sheave::app {

inline constexpr int kLongestStandstill_ms = 90;  ///< Less than any drive's watchdog, 100 ms, that a dead controller must trip as ever.

struct LinkConfig {
  std::string kind = "tcp";            ///< Or "rtu".
  std::vector<std::string> endpoints;  ///< tcp: "HOST:PORT", one per cable. rtu: a serial port per cable, or one for all.
  std::uint32_t baud = 115200;         ///< rtu
  std::string parity = "E";            ///< rtu: N, E or O.
  std::vector<int> units;              ///< One per cable; empty: the profile's.
  std::string profile;                 ///< Name of a device profile, "kdr-1", or a path with a slash.
  int standstill_ms = 0;               ///< Granted to the host; a simulated stack only. 0 to kLongestStandstill_ms.
};

struct WebConfig {
  std::string listen;                ///< "127.0.0.1:8080"; empty: the pages are not served here.
  std::string tls_listen;            ///< "0.0.0.0:8443", for other hosts; empty: they are not served.
  std::string name;                  ///< "row-3.gym": what other hosts call this one in links; empty: by its address.
  std::string root;                  ///< Folder of the built pages; empty: the one beside the program.
  std::vector<std::string> origins;  ///< "https://row-2.gym:8443": pages of other machines that may call this one.
};

/// What is empty lies beside the database: tls.crt, tls.key (made at the first start), tokens.
struct TlsConfig {
  std::string certificate, key;  ///< Both or neither; PEM.
  std::string tokens;            ///< See api/tokens.hpp.
};

/// Folders that are not named are empty lists: then those beside the program are used, see folders.hpp.
struct Config {
  Machine machine;
  bool rate_stated = false;  ///< Otherwise the machine's period is the shortest that the link holds.
  LinkConfig link;
  std::string listen = "127.0.0.1:7400";
  std::string tls_listen;  ///< "0.0.0.0:7443", the API for other hosts; empty: they are not served.
  TlsConfig tls;
  std::size_t max_watchers = 64;
  WebConfig web;
  std::string store_path = "/var/lib/sheave/sheave.db";
  std::vector<std::string> plugin_folders, catalog_folders;
  std::vector<session::MaintenanceInterval> maintenance = session::usual_maintenance();
  MailServer mail;
  std::string text;  ///< Of the file; may hold secrets.
};

/// Every problem is named by file, line, key and remedy; an unknown key is a problem. Reasons CONFIG_SYNTAX, CONFIG_FIELD.
/// @param source the file's name, for messages.
Result<Config> parse_config(const std::string& toml, const std::string& source);

/// `toml` with the value of every key that names a secret replaced; what is no TOML is left out whole. Comments are lost.
std::string without_secrets(const std::string& toml);

/// Reason CONFIG_UNREADABLE, or as parse_config(). The mail server's password is read from its file: SECRET_UNREADABLE.
Result<Config> load_config(const std::string& path);

}  // namespace sheave::app
