#pragma once
// Reads one TOML table against what is expected of it. Every problem is kept, named by file, line, field and remedy; a key that
// nobody asked for is a problem too.

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

namespace sheave::session {

class TomlReader {
 public:
  /// @param path of the table in its file, for messages: "prescription"; empty: the root. @param problems is appended to.
  TomlReader(const toml::table& table, std::string source, std::string path, std::vector<std::string>& problems);

  /// Empty where missing or wrong; missing is a problem.
  std::string text(std::string_view key);
  /// As text(), one of `allowed`. `fallback` where missing: none makes it a problem.
  std::string choice(std::string_view key, std::initializer_list<std::string_view> allowed,
                     std::optional<std::string_view> fallback = std::nullopt);
  /// As text(): lower case letters, digits and single hyphens.
  std::string id(std::string_view key);
  std::vector<std::string> texts(std::string_view key);
  /// `fallback` where missing: none makes it a problem. Whole and decimal numbers both.
  double number(std::string_view key, double min, double max, std::optional<double> fallback = std::nullopt);
  std::uint32_t whole(std::string_view key, std::uint32_t min, std::uint32_t max);
  /// Exactly `count` numbers; empty where missing (and `required` makes that a problem) or wrong.
  std::vector<double> numbers(std::string_view key, std::size_t count, double min, double max, bool required);
  /// Null where missing or no table. Missing is a problem where `required`.
  const toml::table* table(std::string_view key, bool required);
  /// Of tables, not empty; likewise.
  const toml::array* array(std::string_view key, bool required = true);
  /// All values of this table as numbers by name, whatever the names.
  std::map<std::string, double> all_numbers();
  /// A reader of a table inside this one.
  TomlReader inside(const toml::table& table, std::string_view key) const;

  /// After the last read: names every key that nobody asked for.
  void finish();

  void problem(const toml::node* at, std::string_view key, std::string_view what);

 private:
  const toml::node* find(std::string_view key, bool required);
  std::string field(std::string_view key) const;

  const toml::table& table_;
  std::string source_, path_;
  std::vector<std::string>& problems_;
  std::set<std::string, std::less<>> asked_;
};

/// Lower case letters, digits and single hyphens, beginning with a letter.
bool is_kebab_case(std::string_view text) noexcept;

}  // namespace sheave::session
