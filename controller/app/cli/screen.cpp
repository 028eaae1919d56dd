#include "controller/app/cli/screen.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace sheave::cli {
namespace {

constexpr int kFallbackColumns = 80;
constexpr int kLeastColumns = 40;  // below it the live line says nothing any more

int columns_of_window(std::FILE* out) {
  winsize size{};
  if (::ioctl(::fileno(out), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kFallbackColumns;
  return std::max<int>(size.ws_col, kLeastColumns);
}

}  // namespace

Look look_of(std::FILE* out, bool json, bool pounds) {
  Look look;
  const char* term = std::getenv("TERM");
  look.live = !json && ::isatty(::fileno(out)) != 0 && term != nullptr && std::string_view(term) != "dumb";
  const char* no_colour = std::getenv("NO_COLOR");
  look.colour = look.live && (no_colour == nullptr || *no_colour == '\0');
  look.width = look.live ? columns_of_window(out) : kFallbackColumns;
  look.pounds = pounds;
  return look;
}

Screen::~Screen() {
  std::string bytes;
  erase_live(bytes);
  write(bytes);
}

void Screen::print(const std::string& line) {
  std::string bytes;
  std::vector<std::string> live = live_;
  erase_live(bytes);
  bytes.append(line).append("\n");
  for (const std::string& drawn : live) bytes.append(drawn).append("\n");
  live_ = std::move(live);
  write(bytes);
}

void Screen::draw(const std::vector<std::string>& lines) {
  if (!look_.live) return;
  std::vector<std::string> next;
  next.reserve(lines.size());
  for (const std::string& line : lines) next.push_back(cut(line, look_.width - 1));
  if (next == live_) return;
  std::string bytes;
  erase_live(bytes);
  for (const std::string& line : next) bytes.append(line).append("\n");
  live_ = std::move(next);
  write(bytes);
}

void Screen::resize() {
  if (look_.live) look_.width = columns_of_window(out_);
}

void Screen::erase_live(std::string& bytes) {
  if (!live_.empty()) bytes.append("\x1b[" + std::to_string(live_.size()) + "A\r\x1b[J");
  live_.clear();
}

void Screen::write(const std::string& bytes) {
  std::fwrite(bytes.data(), 1, bytes.size(), out_);
  std::fflush(out_);
}

}  // namespace sheave::cli
