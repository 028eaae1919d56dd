#include "controller/web/grpc_web.hpp"

#include <gtest/gtest.h>

namespace sheave::web {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;

TEST(GrpcWeb, KnowsItsContentTypes) {
  EXPECT_EQ(encoding_of("application/grpc-web"), Encoding::kBinary);
  EXPECT_EQ(encoding_of("application/grpc-web+proto; charset=utf-8"), Encoding::kBinary);
  EXPECT_EQ(encoding_of("application/grpc-web-text"), Encoding::kText);
  EXPECT_EQ(encoding_of("application/grpc-web-text+proto"), Encoding::kText);
  for (const char* other : {"", "application/grpc", "application/grpc-web+json", "application/json", "text/plain"}) {
    EXPECT_FALSE(encoding_of(other)) << other;
  }
}

TEST(GrpcWeb, ReadsTimeouts) {
  EXPECT_EQ(parse_timeout("5S"), 5s);
  EXPECT_EQ(parse_timeout("250m"), 250ms);
  EXPECT_EQ(parse_timeout("7u"), 7us);
  EXPECT_EQ(parse_timeout("99999999n"), 99'999'999ns);
  EXPECT_EQ(parse_timeout("2M"), 2min);
  EXPECT_GT(*parse_timeout("99999999H"), 24h);
  EXPECT_LT(std::chrono::system_clock::now().time_since_epoch() + *parse_timeout("99999999H"), std::chrono::nanoseconds::max());
  for (const char* none : {"", "S", "5", "5s", "-5S", "5 S", "123456789S", "1.5S", "m5"}) EXPECT_FALSE(parse_timeout(none)) << none;
}

TEST(GrpcWeb, ReadsOneMessage) {
  EXPECT_EQ(*read_request(Encoding::kBinary, "\0\0\0\0\3abc"s), "abc");
  EXPECT_EQ(*read_request(Encoding::kBinary, "\0\0\0\0\0"s), "");
  EXPECT_EQ(*read_request(Encoding::kText, base64("\0\0\0\0\3abc"s, true)), "abc");
  // Clients may encode the five bytes and the message each by itself.
  EXPECT_EQ(*read_request(Encoding::kText, base64("\0\0\0\0\4"s, true) + base64("abcd", true)), "abcd");
}

TEST(GrpcWeb, RefusesWhatIsNoFrame) {
  const auto reason = [](Encoding encoding, const std::string& body) { return read_request(encoding, body).status().reason; };
  for (const std::string& body :
       {""s, "\0\0\0\0"s, "\0\0\0\0\4abc"s, "\0\0\0\0\2abc"s, "\0\xFF\xFF\xFF\xFF"s, "\x80\0\0\0\0"s, "\0\0\0\0\1a\0\0\0\0\1b"s}) {
    EXPECT_EQ(reason(Encoding::kBinary, body), "FRAME_MALFORMED") << body.size();
  }
  EXPECT_EQ(reason(Encoding::kBinary, "\1\0\0\0\3abc"s), "FRAME_COMPRESSED");
  for (const char* body : {"A", "AAA", "A===", "====", "AA=A", "A*AA", "AAAAA"})
    EXPECT_EQ(reason(Encoding::kText, body), "BODY_NOT_BASE64") << body;
}

TEST(GrpcWeb, WritesFrames) {
  EXPECT_EQ(message_header(0x01020304), "\0\1\2\3\4"s);
  EXPECT_EQ(trailers_frame(grpc::Status::OK), "\x80\0\0\0\x10grpc-status: 0\r\n"s);
  const std::string failed = trailers_frame({grpc::StatusCode::NOT_FOUND, "50 % \n gone", "\1\2\3\4"s});
  EXPECT_EQ(failed.substr(5), "grpc-status: 5\r\ngrpc-message: 50 %25 %0A gone\r\ngrpc-status-details-bin: AQIDBA\r\n");
  EXPECT_EQ(static_cast<std::size_t>(failed[4]), failed.size() - 5);
}

TEST(GrpcWeb, TextIsPaddedFrameByFrame) {
  EXPECT_EQ(encoded(Encoding::kText, "ab"), "YWI=");
  EXPECT_EQ(encoded(Encoding::kText, ""), "");
  EXPECT_EQ(encoded(Encoding::kBinary, "ab"), "ab");
  EXPECT_EQ(base64("ab", false), "YWI");
}

}  // namespace
}  // namespace sheave::web
