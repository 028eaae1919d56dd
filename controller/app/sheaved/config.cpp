#include "controller/app/sheaved/config.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>

#include "controller/api/listen_address.hpp"
#include "controller/session/toml_reader.hpp"

namespace sheave::app {
namespace {

using session::TomlReader;

/// What is absent keeps `value`.
template <typename Read, typename T>
void optional(const toml::table& table, const char* key, T& value, Read read) {
  if (table.contains(key)) value = read(key);
}

void read_machine(const toml::table& table, TomlReader in, Machine& machine) {
  optional(table, "id", machine.id, [&](auto key) { return in.id(key); });
  optional(table, "name", machine.display_name, [&](auto key) { return in.text(key); });
  optional(table, "cables", machine.cable_count, [&](auto key) { return in.whole(key, 1, kMaxAxes); });
  // The ends are those of the machines that the drives of the catalog can make, not of what is wise: that is the policy's.
  machine.increment_kg = in.number("increment_kg", 0.05, 10, machine.increment_kg);
  machine.load_max_total_kg = in.number("load_max_kg", 1, 300, machine.load_max_total_kg);
  machine.pulley_ratio = in.number("pulley_ratio", 0.1, 10, machine.pulley_ratio);
  machine.travel_m = in.number("travel_m", 0.2, 10, machine.travel_m);
  machine.reflected_mass_kg = in.number("reflected_mass_kg", 0, 100, machine.reflected_mass_kg);
  machine.friction_n = in.number("friction_n", 0, 100, machine.friction_n);
  machine.retract_limit_mps = in.number("retract_limit_mps", 0.05, 2, machine.retract_limit_mps);
  in.finish();
}

void read_link(const toml::table& table, TomlReader in, std::size_t cables, LinkConfig& link) {
  link.kind = in.choice("kind", {"tcp", "rtu"});
  link.endpoints = in.texts("endpoints");
  link.profile = in.text("profile");
  const bool serial = link.kind == "rtu";
  if (serial) {
    optional(table, "baud", link.baud, [&](auto key) { return static_cast<std::uint32_t>(in.whole(key, 9600, 4'000'000)); });
    optional(table, "parity", link.parity, [&](auto key) { return in.choice(key, {"N", "E", "O"}); });
  }
  optional(table, "standstill_ms", link.standstill_ms, [&](auto key) { return static_cast<int>(in.whole(key, 0, kLongestStandstill_ms)); });
  for (const double unit : in.numbers("units", cables, 0, 255, false)) link.units.push_back(static_cast<int>(unit));
  const bool shared = serial && link.endpoints.size() == 1;
  if (!link.endpoints.empty() && link.endpoints.size() != cables && !shared) {
    in.problem(
        table.get("endpoints"), "endpoints",
        fmt::format("has {} entries for {} cable(s); write one address per cable, or set machine.cables", link.endpoints.size(), cables));
  }
  in.finish();
}

void read_control(const toml::table& table, TomlReader in, Config& config) {
  // Below 50 Hz a spotter or a stop would come too late; above 1 kHz no drive of ours answers.
  Machine& machine = config.machine;
  config.rate_stated = table.contains("rate_hz");
  const double rate_hz = in.number("rate_hz", 50, 1000, static_cast<double>(kNsPerS) / static_cast<double>(machine.period_ns));
  machine.period_ns = std::llround(static_cast<double>(kNsPerS) / rate_hz);
  in.finish();
}

/// An address that is checked by `check` where it is there.
template <typename Check>
void read_address(const toml::table& table, TomlReader& in, const char* key, std::string& address, Check check) {
  optional(table, key, address, [&](auto name) { return in.text(name); });
  if (address.empty()) return;
  if (const Status status = check(address); !status.ok()) in.problem(table.get(key), key, status.message);
}

void read_api(const toml::table& table, TomlReader in, Config& config) {
  read_address(table, in, "listen", config.listen, api::check_listen_address);
  read_address(table, in, "tls_listen", config.tls_listen, api::check_tls_address);
  optional(table, "max_watchers", config.max_watchers, [&](auto key) { return in.whole(key, 1, 10'000); });
  in.finish();
}

void read_web(const toml::table& table, TomlReader in, WebConfig& web) {
  read_address(table, in, "listen", web.listen, api::check_listen_address);
  read_address(table, in, "tls_listen", web.tls_listen, api::check_tls_address);
  optional(table, "name", web.name, [&](auto key) { return in.text(key); });
  optional(table, "root", web.root, [&](auto key) { return in.text(key); });
  optional(table, "origins", web.origins, [&](auto key) { return in.texts(key); });
  in.finish();
}

void read_maintenance(const toml::array& parts, TomlReader& root, Config& config) {
  using session::Counter;
  const std::map<std::string, Counter> counters = {{"cable_m", Counter::kCableM},
                                                   {"cycles", Counter::kCycles},
                                                   {"powered_h", Counter::kPoweredH},
                                                   {"work_kj", Counter::kWorkKj},
                                                   {"days", Counter::kDays}};
  config.maintenance.clear();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const toml::table* table = parts.get_as<toml::table>(i);
    if (table == nullptr) {
      root.problem(&parts, "maintenance", "is a list of tables: write each part as [[maintenance]]");
      return;
    }
    TomlReader in = root.inside(*table, fmt::format("maintenance[{}]", i));
    session::MaintenanceInterval& interval = config.maintenance.emplace_back();
    interval.part = in.id("part");
    interval.name = in.text("name");
    interval.steps = in.text("steps");
    const std::string counter = in.choice("counter", {"cable_m", "cycles", "powered_h", "work_kj", "days"});
    if (const auto known = counters.find(counter); known != counters.end()) interval.counter = known->second;
    interval.interval = in.number("interval", 1, 1e9);
    in.finish();
  }
}

void read_alerts(const toml::table& table, TomlReader in, MailServer& mail) {
  mail.url = in.text("smtp");
  mail.from = in.text("from");
  if (!mail.url.empty() && mail.url.rfind("smtp://", 0) != 0 && mail.url.rfind("smtps://", 0) != 0) {
    in.problem(table.get("smtp"), "smtp", "is no mail server; write smtps://HOST:465, or smtp://HOST:587 where it does STARTTLS");
  }
  optional(table, "user", mail.user, [&](auto key) { return in.text(key); });
  optional(table, "password_file", mail.password_file, [&](auto key) { return in.text(key); });
  optional(table, "starttls", mail.starttls, [&](auto key) { return in.choice(key, {"required", "none"}) == "required"; });
  in.finish();
}

void read_tls(const toml::table& table, TomlReader in, TlsConfig& tls) {
  optional(table, "certificate", tls.certificate, [&](auto key) { return in.text(key); });
  optional(table, "key", tls.key, [&](auto key) { return in.text(key); });
  optional(table, "tokens", tls.tokens, [&](auto key) { return in.text(key); });
  if (tls.certificate.empty() != tls.key.empty()) {
    in.problem(table.get(tls.key.empty() ? "certificate" : "key"), tls.key.empty() ? "key" : "certificate",
               "is missing; name both files, or neither to have them made");
  }
  in.finish();
}

/// Calls `read(table, reader)` where the table is there.
template <typename Read>
void section(TomlReader& root, const char* key, bool required, Read read) {
  if (const toml::table* table = root.table(key, required)) read(*table, root.inside(*table, key));
}

Config read_config(const toml::table& root, const std::string& source, std::vector<std::string>& problems) {
  Config config;
  TomlReader in(root, source, "", problems);
  section(in, "machine", false, [&](const toml::table& table, TomlReader inner) { read_machine(table, std::move(inner), config.machine); });
  if (root.contains("link")) {
    section(in, "link", true, [&](const toml::table& table, TomlReader inner) {
      read_link(table, std::move(inner), config.machine.cable_count, config.link);
    });
  } else {
    problems.push_back(fmt::format(
        "{}: link: is missing; say where the drives are: [link] kind = \"tcp\", endpoints = [\"192.168.1.10:502\"], profile = \"kdr-1\"",
        source));
  }
  section(in, "control", false, [&](const toml::table& table, TomlReader inner) { read_control(table, std::move(inner), config); });
  section(in, "api", false, [&](const toml::table& table, TomlReader inner) { read_api(table, std::move(inner), config); });
  section(in, "web", false, [&](const toml::table& table, TomlReader inner) { read_web(table, std::move(inner), config.web); });
  section(in, "tls", false, [&](const toml::table& table, TomlReader inner) { read_tls(table, std::move(inner), config.tls); });
  section(in, "store", false, [&](const toml::table& table, TomlReader inner) {
    optional(table, "path", config.store_path, [&](auto key) { return inner.text(key); });
    inner.finish();
  });
  const auto folders = [&](const char* name, std::vector<std::string>& to) {
    section(in, name, false, [&](const toml::table& table, TomlReader inner) {
      optional(table, "folders", to, [&](auto key) { return inner.texts(key); });
      inner.finish();
    });
  };
  if (root.contains("maintenance")) {
    if (const toml::array* parts = in.array("maintenance")) read_maintenance(*parts, in, config);
  }
  section(in, "alerts", false, [&](const toml::table& table, TomlReader inner) { read_alerts(table, std::move(inner), config.mail); });
  folders("plugins", config.plugin_folders);
  folders("catalog", config.catalog_folders);
  in.finish();
  return config;
}

}  // namespace

Result<Config> parse_config(const std::string& toml, const std::string& source) {
  std::vector<std::string> problems;
  Config config;
  try {
    config = read_config(toml::parse(toml, source), source, problems);
  } catch (const toml::parse_error& e) {
    return Status::error(StatusCode::kInvalidArgument, "CONFIG_SYNTAX",
                         fmt::format("{}:{}: this is not TOML: {}", source, e.source().begin.line, e.description()));
  }
  if (!problems.empty()) return Status::error(StatusCode::kInvalidArgument, "CONFIG_FIELD", fmt::format("{}", fmt::join(problems, "\n")));
  return config;
}

Result<Config> load_config(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  if (file) text << file.rdbuf();
  if (!file || text.fail()) {
    return Status::error(
        StatusCode::kNotFound, "CONFIG_UNREADABLE",
        fmt::format("{}: cannot be read ({}); give the configuration with --config FILE.toml, see deploy/config/sheaved.toml", path,
                    std::strerror(errno != 0 ? errno : EISDIR)));
  }
  Result<Config> config = parse_config(text.str(), path);
  if (!config) return config;
  config->text = text.str();
  if (!config->mail.password_file.empty()) {
    std::ifstream secret(config->mail.password_file);
    if (!std::getline(secret, config->mail.password)) {
      return Status::error(StatusCode::kNotFound, "SECRET_UNREADABLE",
                           fmt::format("{}: alerts.password_file: {} cannot be read or is empty; put the password into its first line, "
                                       "readable for the controller alone",
                                       path, config->mail.password_file));
    }
  }
  return config;
}

std::string without_secrets(const std::string& toml) {
  toml::table root;
  try {
    root = toml::parse(toml);
  } catch (const toml::parse_error&) {
    return {};
  }
  const std::function<void(toml::node&)> clean = [&](toml::node& node) {
    if (toml::array* list = node.as_array()) {
      for (toml::node& element : *list) clean(element);
    }
    toml::table* table = node.as_table();
    if (table == nullptr) return;
    std::vector<std::string> secrets;
    for (auto&& [key, value] : *table) {
      const std::string name(key.str());
      const bool secret = name.find("password") != std::string::npos || name.find("secret") != std::string::npos ||
                          name.find("token") != std::string::npos || name == "user";
      if (secret) secrets.push_back(name);
      clean(value);
    }
    for (const std::string& name : secrets) table->insert_or_assign(name, "(left out)");
  };
  clean(root);
  std::ostringstream text;
  text << root << '\n';
  return text.str();
}

}  // namespace sheave::app
