#include "hal/modbus/pdu.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace sheave::hal::modbus {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes bytes_of(const Request& request) {
  return {request.bytes.begin(), request.bytes.begin() + static_cast<std::ptrdiff_t>(request.size)};
}

TEST(Pdu, IsByteForByteTheSpecifications) {
  EXPECT_EQ(bytes_of(read_request({0x0300, 11})), (Bytes{0x03, 0x03, 0x00, 0x00, 0x0B}));
  EXPECT_EQ(bytes_of(write_request({0x0400, 2})), (Bytes{0x10, 0x04, 0x00, 0x00, 0x02, 0x04, 0, 0, 0, 0}));
  const Request both = read_write_request({0x0100, 18}, {0x0000, 1});
  EXPECT_EQ(bytes_of(both), (Bytes{0x17, 0x01, 0x00, 0x00, 0x12, 0x00, 0x00, 0x00, 0x01, 0x02, 0, 0}));
  EXPECT_EQ(both.reply_size, 2U + 36U);
}

TEST(Pdu, TakesAGoodAnswerAndNoOther) {
  const Bytes good{0x03, 2, 0x12, 0x34};
  Transaction t;
  t.unit = 1;
  t.request = read_request({0x0300, 1});
  EXPECT_EQ(accept_reply(t, 1, good), Outcome::kDone);
  EXPECT_EQ(t.read()[0], 0x12);
  EXPECT_EQ(accept_reply(t, 2, good), Outcome::kMalformed) << "another unit";
  EXPECT_EQ(accept_reply(t, 1, Bytes{0x04, 2, 0x12, 0x34}), Outcome::kMalformed) << "another function";
  EXPECT_EQ(accept_reply(t, 1, Bytes{0x03, 2, 0x12}), Outcome::kMalformed) << "too short";
  EXPECT_EQ(accept_reply(t, 1, Bytes{0x03, 2, 0x12, 0x34, 0x56}), Outcome::kMalformed) << "too long";
  EXPECT_EQ(accept_reply(t, 1, Bytes{0x03, 4, 0x12, 0x34}), Outcome::kMalformed) << "a byte count that is not the frame's";
  EXPECT_EQ(accept_reply(t, 1, Bytes{0x83, 6}), Outcome::kException);
  EXPECT_EQ(t.exception, 6);
}

TEST(Pdu, AWriteIsConfirmedWithItsOwnAddressAndCount) {
  Transaction t;
  t.request = write_request({0x0400, 2});
  EXPECT_EQ(accept_reply(t, 1, Bytes{0x10, 0x04, 0x00, 0x00, 0x02}), Outcome::kDone);
  EXPECT_EQ(accept_reply(t, 1, Bytes{0x10, 0x04, 0x00, 0x00, 0x01}), Outcome::kMalformed);
}

}  // namespace
}  // namespace sheave::hal::modbus
