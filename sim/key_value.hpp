#pragma once
// "key=value,key=value" as the simulator's command line uses it.

#include <charconv>
#include <string>
#include <string_view>
#include <system_error>

namespace sheave::sim {

/// Calls use(key, value) for each pair; a key without "=" has the value "1". Stops where `use` returns false.
template <typename Use>
bool for_each_pair(std::string_view text, Use use) {
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find(','));
    text.remove_prefix(pair.size() < text.size() ? pair.size() + 1 : pair.size());
    const std::size_t equals = pair.find('=');
    const std::string_view value = equals == std::string_view::npos ? std::string_view("1") : pair.substr(equals + 1);
    if (!pair.empty() && !use(pair.substr(0, equals), value)) return false;
  }
  return true;
}

/// The whole text as a number within [low, high]. Leaves `value` alone where it is not.
inline bool parse_number(std::string_view text, double low, double high, double& value) {
  double parsed = 0.0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), parsed);
  if (failed != std::errc() || end != text.data() + text.size() || !(parsed >= low && parsed <= high)) return false;
  value = parsed;
  return true;
}

}  // namespace sheave::sim
