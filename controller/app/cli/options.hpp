#pragma once
// The command line of `sheave`.

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace sheave::cli {

struct StartOptions {
  std::string program;
  std::optional<double> load_kg, rest_s;
  std::optional<int> sets;
  std::string member;  ///< Number or name; empty: a guest.
  std::string pin;     ///< To a number.
  bool join = false;   ///< Beside who trains already.
  bool follow = false;
  bool once = false;  ///< Accepts every proposal as it comes; follows.
  int again = 0;      ///< With once: how many times a fault is reset and the session begun anew.
};

struct WatchOptions {
  bool reps = false, samples = false;  ///< Neither: all but samples.
  double rate_hz = 30;
};

struct PreviewOptions {
  std::string program;  ///< Id, or the path of a .toml file.
  std::string svg;      ///< File to draw into; empty: none.
  std::optional<double> load_kg;
};

struct ReplayOptions {
  std::string csv, exercise;  ///< Exercise empty: every whole movement counts.
  bool flip = false;
  std::optional<double> min_rom_m;
};

/// Of `out-of-order`, `service` and `support-bundle`.
struct UpkeepOptions {
  std::string who, reason, part, note, file;
  bool clear = false, replaced = false, note_only = false;
};

/// Of `member`, and who is meant elsewhere.
struct MemberOptions {
  std::string action;  ///< create, show, erase, export
  std::string who;     ///< Number, or a name of the API; empty: nobody.
  std::string alias, pin, tag;
};

struct UsageOptions {
  bool csv = false;
  std::string since, until;  ///< Days, "2026-11-21", both included; empty: 30 days ago, now.
};

struct TokenOptions {
  std::string action;  ///< create, list, revoke
  std::string name, scope;
  std::string file = "/var/lib/sheave/tokens";
};

struct Options {
  std::string address = "127.0.0.1:7400";
  std::string ca;     ///< File of the certificate that the controller's has to be vouched for by; empty: no TLS.
  std::string token;  ///< Credential for a controller on another host.
  bool json = false, pounds = false;
  std::string command;
  StartOptions start;
  WatchOptions watch;
  PreviewOptions preview;
  ReplayOptions replay;
  UpkeepOptions upkeep;
  TokenOptions token_command;
  MemberOptions member;
  UsageOptions usage;
  int notch = 0;                     ///< Of `confirm`; 0: not told.
  std::string session;               ///< Of `sets` and `explain`; empty: the newest.
  std::string program;               ///< Of `strength`; empty: the newest session's.
  int set = 0;                       ///< Of `explain`; 0: the newest that a weight was chosen after.
  double load_kg = 0;                ///< Of `load`.
  std::string profile, parameter;    ///< Of `tune`.
  double value = 0;                  ///< Likewise.
  std::string catalog;               ///< Folder of programs; empty: ask the controller, else beside the program.
  std::vector<std::string> plugins;  ///< Folders of plugins; likewise.
};

inline constexpr int kExitOk = 0, kExitFailed = 1, kExitUsage = 2;

/// Reads the command line. Where nothing is left to be done (help, or a wrong use, which is explained on `err`) returns the exit
/// code instead.
std::optional<int> parse(int argc, const char* const* argv, Options& options, std::ostream& out, std::ostream& err);

}  // namespace sheave::cli
