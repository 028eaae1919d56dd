#include "controller/rt/event_fd.hpp"

#include <gtest/gtest.h>
#include <poll.h>

namespace sheave::rt {
namespace {

bool readable(const EventFd& event) {
  pollfd poll_one{event.fd(), POLLIN, 0};
  return ::poll(&poll_one, 1, 0) == 1;
}

TEST(EventFd, IsReadableFromASignalUntilItIsDrained) {
  EventFd event;
  EXPECT_FALSE(readable(event));
  event.signal();
  event.signal();
  EXPECT_TRUE(readable(event));
  EXPECT_EQ(event.drain(), 2U);
  EXPECT_FALSE(readable(event));
  EXPECT_EQ(event.drain(), 0U);
}

}  // namespace
}  // namespace sheave::rt
