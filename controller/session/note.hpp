#pragma once
// What the machine waits for or why it is held up, told to a person: a sentence, and what a screen in another language makes its own of.

#include <map>
#include <string>

namespace sheave::session {

struct Note {
  std::string reason;                     ///< UPPER_SNAKE, stable; empty where the sentence is not the machine's own.
  std::string text;                       ///< One sentence or two; empty: all goes by plan.
  std::map<std::string, double> numbers;  ///< What the sentence cites, SI, units in the names.

  bool empty() const noexcept { return text.empty(); }
};

}  // namespace sheave::session
