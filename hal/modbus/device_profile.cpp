#include "hal/modbus/device_profile.hpp"

#include <toml++/toml.h>
#include <algorithm>
#include <set>
#include <sstream>
#include <string_view>

namespace sheave::hal::modbus {
namespace {

/// Collects the first thing that is wrong.
struct Complaint {
  const std::string& path;
  std::string text;

  void operator()(const std::string& where, const std::string& what) {
    if (text.empty()) text = path + ": " + where + ": " + what;
  }
  bool any() const { return !text.empty(); }
};

/// One table of the file. Knows which keys were asked for, so that a misspelt one is an error and not a silent default.
class Section {
 public:
  Section(const toml::table* table, std::string name, Complaint& complain) : table_(table), name_(std::move(name)), complain_(complain) {}

  bool has(std::string_view key) const { return table_ != nullptr && table_->contains(key); }
  std::string where(std::string_view key) const { return name_.empty() ? std::string(key) : name_ + "." + std::string(key); }
  void complain(std::string_view key, const std::string& what) { complain_(where(key), what); }

  Section sub(std::string_view key) {
    const toml::table* table = look(key) ? look(key)->as_table() : nullptr;
    if (table == nullptr) complain(key, "this table is missing. Compare with kdr-1.toml.");
    return {table, where(key), complain_};
  }

  const toml::array& list(std::string_view key) {
    static const toml::array kNone;
    const toml::array* array = look(key) ? look(key)->as_array() : nullptr;
    if (array == nullptr) complain(key, "this list is missing. Compare with kdr-1.toml.");
    return array ? *array : kNone;
  }

  std::int64_t integer(std::string_view key, std::int64_t low, std::int64_t high) {
    const toml::node* node = look(key);
    const auto value = node && node->is_integer() ? node->value<std::int64_t>() : std::nullopt;
    if (value && *value >= low && *value <= high) return *value;
    complain(key, "needs a whole number from " + std::to_string(low) + " to " + std::to_string(high) + ".");
    return low;
  }
  std::uint16_t address(std::string_view key) { return static_cast<std::uint16_t>(integer(key, 0, 0xFFFF)); }
  std::int64_t integer_or(std::string_view key, std::int64_t low, std::int64_t high, std::int64_t otherwise) {
    return has(key) ? integer(key, low, high) : otherwise;
  }

  double number_or(std::string_view key, double otherwise) {
    const toml::node* node = look(key);
    if (node == nullptr) return otherwise;
    if (node->is_number()) return *node->value<double>();
    complain(key, "needs a number.");
    return otherwise;
  }

  std::string text(std::string_view key) {
    const toml::node* node = look(key);
    if (node && node->is_string()) return *node->value<std::string>();
    complain(key, "needs a text in quotes.");
    return {};
  }

  /// The place of the text among `choices`.
  std::size_t choice(std::string_view key, std::initializer_list<std::string_view> choices) {
    const std::string value = text(key);
    const auto* found = std::find(choices.begin(), choices.end(), value);
    if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
    std::string all;
    for (const std::string_view each : choices) all += (all.empty() ? "\"" : ", \"") + std::string(each) + "\"";
    complain(key, "must be one of " + all + ".");
    return 0;
  }

  RegisterType type() {
    if (!has("type")) return RegisterType::kU16;
    return static_cast<RegisterType>(choice("type", {"u16", "i16", "u32", "i32"}));
  }

  void no_other_keys() {
    if (table_ == nullptr) return;
    for (const auto& [key, node] : *table_)
      if (!asked_.count(std::string(key.str()))) complain(key.str(), "is not known here. Misspelt? Remove it or compare with kdr-1.toml.");
  }

 private:
  const toml::node* look(std::string_view key) {
    asked_.insert(std::string(key));
    return table_ ? table_->get(key) : nullptr;
  }

  const toml::table* table_;
  std::string name_;
  Complaint& complain_;
  std::set<std::string> asked_;
};

enum class Need : std::uint8_t { kMust, kMay };

RegisterField field_in(Section& from, std::string_view key, Section& field, const RegisterBlock& block) {
  RegisterField out;
  out.present = true;
  out.offset = static_cast<std::uint16_t>(field.integer("at", 0, kMaxReadRegisters));
  out.type = field.type();
  out.scale = field.number_or("scale", 1.0);
  if (out.scale == 0.0) field.complain("scale", "must not be 0.");
  if (out.offset + width(out.type) > block.count)
    from.complain(
        key, "reaches beyond the block of " + std::to_string(block.count) + " registers. Correct `at`, `type` or the block's `count`.");
  return out;
}

RegisterField field(Section& from, std::string_view key, const RegisterBlock& block, Need need = Need::kMust) {
  if (need == Need::kMay && !from.has(key)) return {};
  Section inner = from.sub(key);
  const RegisterField out = field_in(from, key, inner, block);
  inner.no_other_keys();
  return out;
}

CommandField command(Section& from, std::string_view key, const RegisterBlock& block, Need need) {
  if (need == Need::kMay && !from.has(key)) return {};
  Section inner = from.sub(key);
  CommandField out;
  out.field = field_in(from, key, inner, block);
  if (out.field.scale < 0 && (out.field.type == RegisterType::kU16 || out.field.type == RegisterType::kU32))
    inner.complain("scale", "is negative, but the type has no sign. Use i16 or i32.");
  out.safe = inner.number_or("safe", 0.0);
  out.has_none = inner.has("none");
  if (out.has_none) out.none_counts = inner.integer("none", lowest(out.field.type), highest(out.field.type));
  inner.no_other_keys();
  return out;
}

RegisterBlock block(Section& from, std::int64_t most) {
  RegisterBlock out;
  out.address = from.address("address");
  out.count = static_cast<std::uint16_t>(from.integer("count", 1, most));
  return out;
}

std::uint16_t mask(Section& from, std::string_view key) {
  const std::int64_t bit = from.integer_or(key, 0, 15, -1);
  return bit < 0 ? std::uint16_t{0} : static_cast<std::uint16_t>(1U << bit);
}

std::vector<Constant> constants(Section& from, std::string_view key, Complaint& complain) {
  std::vector<Constant> out;
  std::size_t index = 0;
  for (const toml::node& node : from.list(key)) {
    Section each(node.as_table(), from.where(key) + "[" + std::to_string(index++) + "]", complain);
    Constant constant;
    constant.name = each.text("name");
    constant.address = each.address("address");
    constant.type = each.type();
    constant.counts = each.integer("value", lowest(constant.type), highest(constant.type));
    each.no_other_keys();
    out.push_back(std::move(constant));
  }
  return out;
}

void read_serial(Section from, SerialProfile& to) {
  to.present = true;
  to.gap = from.choice("gap", {"characters", "fixed"}) == 0 ? FrameGap::kCharacters : FrameGap::kFixed;
  to.turnaround_ns = from.integer("turnaround_us", 0, 50'000) * 1000;
  if (from.has("short_read_count")) {
    to.short_read_count = static_cast<std::uint16_t>(from.integer("short_read_count", 1, kMaxReadRegisters));
    to.short_read_below = static_cast<std::uint32_t>(from.integer("short_read_below_baud", 9600, 4'000'000));
  }
  from.no_other_keys();
}

void read_transport(Section& root, DeviceProfile& out) {
  Section transport = root.sub("transport");
  out.unit = static_cast<std::uint8_t>(transport.integer("unit", 0, 255));
  out.max_outstanding = static_cast<std::uint16_t>(transport.integer("max_outstanding", 1, 8));
  out.period_ns = transport.integer("period_us", 250, 100'000) * 1000;
  out.slow_every = static_cast<std::uint32_t>(transport.integer("slow_every", 1, 1000));
  if (transport.has("serial")) read_serial(transport.sub("serial"), out.serial);
  transport.no_other_keys();

  Section caps = root.sub("caps");
  std::set<std::int64_t> functions;
  for (const toml::node& node : caps.list("functions"))
    if (const auto function = node.value<std::int64_t>()) functions.insert(*function);
  out.read_write = functions.count(kReadWriteMultiple) != 0;
  if (!functions.count(kReadHolding) || !functions.count(kWriteMultiple))
    caps.complain("functions", "must have 3 and 16: start-up reads and writes with them.");
  out.max_read = static_cast<std::uint16_t>(caps.integer("max_read", 1, kMaxReadRegisters));
  out.max_write = static_cast<std::uint16_t>(caps.integer("max_write", 1, kMaxWriteRegisters));
  caps.no_other_keys();
}

void read_identity(Section& root, Complaint& complain, DeviceProfile& out) {
  Section from = root.sub("identity");
  Identity& to = out.identity;
  to.block = block(from, out.max_read);
  to.expected = constants(from, "expected", complain);
  for (const Constant& each : to.expected)
    if (each.address < to.block.address || each.address + width(each.type) > to.block.address + to.block.count)
      from.complain("expected", "\"" + each.name + "\" lies outside the identity block.");
  to.serial = field(from, "serial", to.block, Need::kMay);
  to.rated_force = field(from, "rated_force", to.block);
  to.peak_force = field(from, "peak_force", to.block);
  to.max_speed = field(from, "max_speed", to.block);
  to.travel = field(from, "travel", to.block);
  to.simulated = field(from, "simulated", to.block, Need::kMay);
  from.no_other_keys();
}

void read_startup(Section& root, Complaint& complain, DeviceProfile& out) {
  out.startup = constants(root, "startup", complain);
  Section watchdog = root.sub("watchdog");
  const std::string setting = watchdog.text("setting");
  const auto found = std::find_if(out.startup.begin(), out.startup.end(), [&](const Constant& each) { return each.name == setting; });
  // Many drives hold the last set-point for ever by default; a profile without a watchdog is no profile.
  if (found == out.startup.end() || found->counts < 20 || found->counts > 1000) {
    watchdog.complain("setting", "must name a start-up setting of 20 to 1000 ms: without a watchdog the drive holds its load when we die.");
  } else {
    out.watchdog_ms = static_cast<std::uint32_t>(found->counts);
  }
  watchdog.no_other_keys();
}

void read_cycle(Section& root, DeviceProfile& out) {
  Section write = root.sub("write");
  WriteLayout& w = out.write;
  w.block = block(write, out.max_write);
  w.seq = field(write, "seq", w.block);
  w.controlword = field(write, "controlword", w.block);
  w.mode = field(write, "mode", w.block, Need::kMay);
  if (w.mode.present) w.force_mode = write.integer("force_mode", lowest(w.mode.type), highest(w.mode.type));
  w.tension = command(write, "tension", w.block, Need::kMust);
  w.force_limit = command(write, "force_limit", w.block, Need::kMay);
  w.retract_limit = command(write, "retract_limit", w.block, Need::kMay);
  w.payout_limit = command(write, "payout_limit", w.block, Need::kMay);
  w.slope = command(write, "slope", w.block, Need::kMay);
  if (write.has("read_back_every")) {
    w.read_back_every = static_cast<std::uint32_t>(write.integer("read_back_every", 1, 1000));
    if (w.seq.offset >= kMaxBesideRegisters) write.complain("read_back_every", "needs seq among the first registers of the block.");
  }
  write.no_other_keys();

  Section read = root.sub("read");
  ReadLayout& r = out.read;
  r.block = block(read, out.max_read);
  r.seq_echo = field(read, "seq_echo", r.block);
  r.statusword = field(read, "statusword", r.block);
  r.extension = field(read, "extension", r.block);
  r.velocity = field(read, "velocity", r.block);
  r.tension = field(read, "tension", r.block);
  r.error_code = field(read, "error_code", r.block, Need::kMay);
  r.sample_time = field(read, "sample_time", r.block, Need::kMay);
  r.watchdog_left = field(read, "watchdog_left", r.block, Need::kMay);
  r.motor_temperature = field(read, "motor_temperature", r.block, Need::kMay);
  r.drive_temperature = field(read, "drive_temperature", r.block, Need::kMay);
  r.bus_voltage = field(read, "bus_voltage", r.block, Need::kMay);
  read.no_other_keys();
}

void read_meaning(Section& root, DeviceProfile& out) {
  Section status = root.sub("status");
  status.choice("kind", {"cia402"});
  out.status = {mask(status, "warning"), mask(status, "limited"), mask(status, "slack"), mask(status, "sto"), mask(status, "brake")};
  status.no_other_keys();

  Section limits = root.sub("limits");
  out.drive_limits_velocity = limits.choice("velocity", {"host", "drive"}) == 1;
  if (out.drive_limits_velocity && !out.write.retract_limit.field.present)
    limits.complain("velocity", "says \"drive\", but [write] has no retract_limit to give it.");
  limits.no_other_keys();

  if (!root.has("panel")) return;
  Section panel = root.sub("panel");
  out.panel = {
      true, panel.address("outputs"), panel.address("inputs"), mask(panel, "handle_button"), mask(panel, "pedal"), mask(panel, "fitted")};
  panel.no_other_keys();
}

}  // namespace

std::optional<DeviceProfile> load_profile(const std::string& path, std::string& error) {
  toml::table file;
  try {
    file = toml::parse_file(path);
  } catch (const toml::parse_error& wrong) {
    const auto line = wrong.source().begin.line;
    std::ostringstream text;
    text << path << ": ";
    if (line > 0) text << "line " << line << ": ";
    text << wrong.description() << ". Check that the file exists and is TOML; compare with kdr-1.toml.";
    error = text.str();
    return std::nullopt;
  }
  Complaint complain{path, {}};
  Section root(&file, "", complain);
  DeviceProfile out;
  out.model = root.text("model");
  out.word_order = root.choice("word_order", {"high-first", "low-first"}) == 0 ? WordOrder::kHighFirst : WordOrder::kLowFirst;
  read_transport(root, out);
  read_identity(root, complain, out);
  read_startup(root, complain, out);
  read_cycle(root, out);
  read_meaning(root, out);
  root.no_other_keys();
  if (!complain.any()) return out;
  error = complain.text;
  return std::nullopt;
}

std::string shorten_read(DeviceProfile& profile, std::uint16_t count) {
  ReadLayout& read = profile.read;
  if (count >= read.block.count) return {};
  const auto beyond = [&](const RegisterField& field) { return field.present && field.offset + width(field.type) > count; };
  const std::pair<const RegisterField*, const char*> needed[] = {
      {&read.seq_echo, "seq_echo"}, {&read.statusword, "statusword"}, {&read.error_code, "error_code"},  {&read.extension, "extension"},
      {&read.velocity, "velocity"}, {&read.tension, "tension"},       {&read.sample_time, "sample_time"}};
  for (const auto& [field, name] : needed)
    if (beyond(*field)) return std::string(name) + " lies beyond transport.serial.short_read_count = " + std::to_string(count) + ".";
  const std::pair<RegisterField*, double AxisState::*> slow[] = {{&read.motor_temperature, &AxisState::motor_temperature_c},
                                                                 {&read.drive_temperature, &AxisState::drive_temperature_c},
                                                                 {&read.bus_voltage, &AxisState::bus_voltage_v}};
  for (const auto& [field, to] : slow) {
    if (!beyond(*field)) continue;
    const RegisterBlock block{static_cast<std::uint16_t>(read.block.address + field->offset), width(field->type)};
    profile.apart.push_back({*field, block, to});
    profile.apart.back().field.offset = 0;
    field->present = false;
  }
  if (beyond(read.watchdog_left)) read.watchdog_left.present = false;
  read.block.count = count;
  return {};
}

}  // namespace sheave::hal::modbus
