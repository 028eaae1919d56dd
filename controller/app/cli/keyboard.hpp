#pragma once
// Whether somebody sits at the terminal, and has pressed Enter.

#include <unistd.h>

namespace sheave::cli {

/// One thread only.
class Keyboard {
 public:
  explicit Keyboard(int input = STDIN_FILENO) : input_(input), there_(::isatty(input) != 0) {}

  /// False where input is no terminal, or its end was typed.
  bool there() const noexcept { return there_; }
  /// Enter was pressed since the last time this was asked; never waits. What was typed before is gone then, so that an Enter of before says
  /// nothing to a later question. A program in the background hears nothing.
  bool entered();

 private:
  int input_;
  bool there_;
};

}  // namespace sheave::cli
