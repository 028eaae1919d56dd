#include "controller/app/cli/screen.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

namespace sheave::cli {
namespace {

/// What was written to a stream that is no terminal.
class Sink {
 public:
  Sink() : file_(::open_memstream(&bytes_, &size_)) {}
  ~Sink() {
    std::fclose(file_);
    std::free(bytes_);
  }
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;
  std::FILE* file() const { return file_; }
  std::string text() const { return {bytes_, size_}; }

 private:
  char* bytes_ = nullptr;
  std::size_t size_ = 0;
  std::FILE* file_;
};

TEST(Screen, LiveLinesStayBelowWhatIsPrinted) {
  Sink sink;
  {
    Screen screen(sink.file(), {.live = true, .width = 20});
    screen.draw({"a", "b"});
    screen.print("kept");
    screen.draw({"a", "c"});
  }
  EXPECT_EQ(sink.text(), "a\nb\n\x1b[2A\r\x1b[Jkept\na\nb\n\x1b[2A\r\x1b[Ja\nc\n\x1b[2A\r\x1b[J");
}

TEST(Screen, WhatDidNotChangeIsNotDrawnAgain) {
  Sink sink;
  Screen screen(sink.file(), {.live = true});
  screen.draw({"a"});
  screen.draw({"a"});
  EXPECT_EQ(sink.text(), "a\n");
}

TEST(Screen, LiveLinesAreCutToTheWidth) {
  Sink sink;
  Screen screen(sink.file(), {.live = true, .width = 4});
  screen.draw({"abcdef"});
  EXPECT_EQ(sink.text(), "abc\n");
}

TEST(Screen, APipeGetsLinesAndNoEscapes) {
  Sink sink;
  Screen screen(sink.file(), {});
  screen.draw({"live"});
  screen.print("kept");
  EXPECT_EQ(sink.text(), "kept\n");
}

TEST(Screen, AFileIsNotLive) {
  std::FILE* file = std::tmpfile();
  const Look look = look_of(file, false, true);
  std::fclose(file);
  EXPECT_FALSE(look.live);
  EXPECT_FALSE(look.colour);
  EXPECT_TRUE(look.pounds);
}

}  // namespace
}  // namespace sheave::cli
