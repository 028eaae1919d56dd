#include "controller/session/toml_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

namespace sheave::session {

bool is_kebab_case(std::string_view text) noexcept {
  if (text.empty() || text.front() < 'a' || text.front() > 'z' || text.back() == '-') return false;
  char before = '\0';
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!plain && (c != '-' || before == '-')) return false;
    before = c;
  }
  return true;
}

TomlReader::TomlReader(const toml::table& table, std::string source, std::string path, std::vector<std::string>& problems)
    : table_(table), source_(std::move(source)), path_(std::move(path)), problems_(problems) {}

std::string TomlReader::field(std::string_view key) const { return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key); }

void TomlReader::problem(const toml::node* at, std::string_view key, std::string_view what) {
  const auto line = at != nullptr ? at->source().begin.line : table_.source().begin.line;
  problems_.push_back(line > 0 ? fmt::format("{}:{}: {}: {}", source_, line, field(key), what)
                               : fmt::format("{}: {}: {}", source_, field(key), what));
}

const toml::node* TomlReader::find(std::string_view key, bool required) {
  asked_.emplace(key);
  const toml::node* node = table_.get(key);
  if (node == nullptr && required) problem(nullptr, key, "is missing; add it");
  return node;
}

std::string TomlReader::text(std::string_view key) {
  const toml::node* node = find(key, true);
  if (node == nullptr) return {};
  const auto value = node->value_exact<std::string>();
  if (!value || value->empty()) {
    problem(node, key, "must be a text in quotes, not empty");
    return {};
  }
  return *value;
}

std::string TomlReader::choice(std::string_view key, std::initializer_list<std::string_view> allowed,
                               std::optional<std::string_view> fallback) {
  if (fallback && find(key, false) == nullptr) return std::string(*fallback);
  std::string value = text(key);
  if (value.empty()) return value;
  for (const std::string_view one : allowed) {
    if (value == one) return value;
  }
  problem(table_.get(key), key, fmt::format("is \"{}\"; write one of: {}", value, fmt::join(allowed, ", ")));
  return {};
}

std::string TomlReader::id(std::string_view key) {
  std::string value = text(key);
  if (value.empty() || is_kebab_case(value)) return value;
  problem(table_.get(key), key, fmt::format("\"{}\" is no id; use lower case letters, digits and single hyphens: \"face-pull\"", value));
  return {};
}

std::vector<std::string> TomlReader::texts(std::string_view key) {
  const toml::node* node = find(key, true);
  std::vector<std::string> values;
  if (node == nullptr) return values;
  const toml::array* list = node->as_array();
  if (list == nullptr || list->empty()) {
    problem(node, key, "must be a list of texts, not empty: [\"...\"]");
    return values;
  }
  for (const toml::node& item : *list) {
    const auto value = item.value_exact<std::string>();
    if (!value || value->empty()) {
      problem(&item, key, "every entry must be a text in quotes, not empty");
      return {};
    }
    values.push_back(*value);
  }
  return values;
}

namespace {

std::optional<double> as_number(const toml::node& node) {
  if (const auto whole = node.value_exact<std::int64_t>()) return static_cast<double>(*whole);
  return node.value_exact<double>();
}

}  // namespace

double TomlReader::number(std::string_view key, double min, double max, std::optional<double> fallback) {
  const toml::node* node = find(key, !fallback);
  if (node == nullptr) return fallback.value_or(min);
  const auto value = as_number(*node);
  if (!value || !std::isfinite(*value) || *value < min || *value > max) {
    problem(node, key, fmt::format("must be a number from {} to {}", min, max));
    return fallback.value_or(min);
  }
  return *value;
}

std::uint32_t TomlReader::whole(std::string_view key, std::uint32_t min, std::uint32_t max) {
  const toml::node* node = find(key, true);
  if (node == nullptr) return min;
  const auto value = node->value_exact<std::int64_t>();
  if (!value || *value < min || *value > max) {
    problem(node, key, fmt::format("must be a whole number from {} to {}", min, max));
    return min;
  }
  return static_cast<std::uint32_t>(*value);
}

std::vector<double> TomlReader::numbers(std::string_view key, std::size_t count, double min, double max, bool required) {
  const toml::node* node = find(key, required);
  std::vector<double> values;
  if (node == nullptr) return values;
  if (const toml::array* list = node->as_array(); list != nullptr && list->size() == count) {
    for (const toml::node& item : *list) {
      const auto value = as_number(item);
      if (value && std::isfinite(*value) && *value >= min && *value <= max) values.push_back(*value);
    }
  }
  if (values.size() != count) {
    problem(node, key, fmt::format("must be a list of {} numbers from {} to {}", count, min, max));
    values.clear();
  }
  return values;
}

const toml::table* TomlReader::table(std::string_view key, bool required) {
  const toml::node* node = find(key, required);
  if (node == nullptr) return nullptr;
  if (const toml::table* inner = node->as_table()) return inner;
  problem(node, key, fmt::format("must be a table: [{}]", field(key)));
  return nullptr;
}

const toml::array* TomlReader::array(std::string_view key, bool required) {
  const toml::node* node = find(key, required);
  if (node == nullptr) return nullptr;
  const toml::array* list = node->as_array();
  if (list != nullptr && !list->empty() && list->is_homogeneous(toml::node_type::table)) return list;
  problem(node, key, fmt::format("must be one or more tables: [[{}]]", field(key)));
  return nullptr;
}

std::map<std::string, double> TomlReader::all_numbers() {
  std::map<std::string, double> values;
  for (const auto& [key, node] : table_) {
    asked_.emplace(key.str());
    const auto value = as_number(node);
    if (value && std::isfinite(*value)) {
      values.emplace(key.str(), *value);
    } else {
      problem(&node, key.str(), "must be a number");
    }
  }
  return values;
}

TomlReader TomlReader::inside(const toml::table& inner, std::string_view key) const { return {inner, source_, field(key), problems_}; }

void TomlReader::finish() {
  for (const auto& [key, node] : table_) {
    if (asked_.contains(key.str())) continue;
    problem(&node, key.str(), fmt::format("is not known here; remove it or write one of: {}", fmt::join(asked_, ", ")));
  }
}

}  // namespace sheave::session
