#pragma once
// Writes to the terminal: lines that stay, and below them a few that are drawn again and again.

#include <cstdio>
#include <string>
#include <vector>

#include "controller/app/cli/text.hpp"

namespace sheave::cli {

/// The look that fits `out`: live on a terminal, its width, colours unless NO_COLOR is set. `json` makes it plain.
Look look_of(std::FILE* out, bool json, bool pounds);

/// One thread only. Every call ends with a flush: a reader of a pipe sees each event when it happens.
class Screen {
 public:
  Screen(std::FILE* out, Look look) : out_(out), look_(look) {}
  ~Screen();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  const Look& look() const noexcept { return look_; }
  /// A line that stays. May hold line breaks.
  void print(const std::string& line);
  /// Replaces the live lines; each is cut to the width. Nothing happens where the output is not live.
  void draw(const std::vector<std::string>& lines);
  /// Takes up a changed width of the window.
  void resize();

 private:
  void erase_live(std::string& bytes);
  void write(const std::string& bytes);

  std::FILE* out_;
  Look look_;
  std::vector<std::string> live_;
};

}  // namespace sheave::cli
