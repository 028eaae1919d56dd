#include "controller/app/cli/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <ctime>

#include "controller/core/units.hpp"

namespace sheave::cli {
namespace {

constexpr std::string_view kReset = "\x1b[0m";

std::string_view code_of(Ink ink) {
  switch (ink) {
    case Ink::kPlain:
      return "";
    case Ink::kBold:
      return "\x1b[1m";
    case Ink::kDim:
      return "\x1b[2m";
    case Ink::kAccent:
      return "\x1b[94m";
    case Ink::kCaution:
      return "\x1b[33m";
    case Ink::kStop:
      return "\x1b[91m";
  }
  return "";
}

/// Bytes of the escape sequence or UTF-8 character that `text` begins with, and whether it takes a column.
struct Glyph {
  std::size_t bytes;
  bool column;
};

Glyph first_glyph(std::string_view text) {
  if (text[0] == '\x1b') {
    const std::size_t end = text.find('m');
    return {end == std::string_view::npos ? text.size() : end + 1, false};
  }
  std::size_t bytes = 1;
  while (bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) ++bytes;
  return {bytes, true};
}

std::string blanks(int count) { return std::string(static_cast<std::size_t>(std::max(count, 0)), ' '); }

std::string trimmed(double value) {
  std::string text = fmt::format("{:.2f}", value);
  if (text.back() == '0') text.pop_back();
  return text;
}

}  // namespace

std::string paint(const Look& look, Ink ink, std::string_view text) {
  if (!look.colour || ink == Ink::kPlain) return std::string(text);
  return std::string(code_of(ink)).append(text).append(kReset);
}

int columns_of(std::string_view text) {
  int columns = 0;
  while (!text.empty()) {
    const Glyph glyph = first_glyph(text);
    columns += glyph.column ? 1 : 0;
    text.remove_prefix(glyph.bytes);
  }
  return columns;
}

std::string cut(std::string_view text, int columns) {
  std::string kept;
  while (!text.empty()) {
    const Glyph glyph = first_glyph(text);
    if (!glyph.column || columns-- > 0) kept.append(text.substr(0, glyph.bytes));
    text.remove_prefix(glyph.bytes);
  }
  return kept;
}

std::string left(std::string_view text, int columns) { return std::string(text) + blanks(columns - columns_of(text)); }

std::string right(std::string_view text, int columns) { return blanks(columns - columns_of(text)).append(text); }

std::string wrap(std::string_view text, int columns, int indent) {
  std::string lines;
  int used = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    const int needed = columns_of(word);
    if (used > 0 && used + 1 + needed > columns) {
      lines.append("\n").append(blanks(indent));
      used = 0;
    } else if (used > 0) {
      lines += ' ';
      ++used;
    }
    lines.append(word);
    used += needed;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string bar(double share, int cells) {
  static constexpr std::array<std::string_view, 8> kEighths = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const double held = std::isfinite(share) ? std::clamp(share, 0.0, 1.0) : 0.0;
  const int eighths = static_cast<int>(std::lround(held * cells * 8));
  std::string text;
  for (int i = 0; i < eighths / 8; ++i) text += "█";
  text += kEighths[static_cast<std::size_t>(eighths % 8)];
  for (int i = (eighths + 7) / 8; i < cells; ++i) text += "░";
  return text;
}

std::string quantity(std::optional<double> value, int decimals, std::string_view unit) {
  if (!value || !std::isfinite(*value)) return "-";
  return fmt::format("{:.{}f} {}", *value, decimals, unit);
}

std::string load(const Look& look, double kg) { return look.pounds ? fmt::format("{:.1f} lb", kg / kKgPerLb) : trimmed(kg) + " kg"; }

std::string load_step(const Look& look, double kg) { return (kg < 0 ? "-" : "+") + load(look, std::abs(kg)); }

std::string local_time(std::int64_t unix_s) {
  const auto time = static_cast<std::time_t>(unix_s);
  std::tm local{};
  localtime_r(&time, &local);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &local);
  return text;
}

std::optional<std::int64_t> begin_of_day(const std::string& day, int days_after) {
  std::tm local{};
  const char* const end = ::strptime(day.c_str(), "%Y-%m-%d", &local);
  if (end == nullptr || *end != '\0') return std::nullopt;
  const int month_day = local.tm_mday;
  local.tm_isdst = -1;
  std::tm begin = local;
  if (std::mktime(&begin) == -1 || begin.tm_mday != month_day) return std::nullopt;  // there is no 31st of November
  local.tm_mday += days_after;
  return std::mktime(&local);
}

std::string clock(double seconds) {
  const int whole = static_cast<int>(std::ceil(std::max(seconds, 0.0)));
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

std::string words(std::string_view upper_snake, std::string_view prefix) {
  if (upper_snake.substr(0, prefix.size()) == prefix) upper_snake.remove_prefix(prefix.size());
  std::string text(upper_snake);
  for (char& c : text) c = c == '_' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::string upper_first(std::string text) {
  if (!text.empty()) text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
  return text;
}

std::string id_of(std::string_view resource_name) { return std::string(resource_name.substr(resource_name.rfind('/') + 1)); }

}  // namespace sheave::cli
