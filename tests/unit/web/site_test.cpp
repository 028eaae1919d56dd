#include "controller/web/site.hpp"

#include <gtest/gtest.h>

namespace sheave::web {
namespace {

TEST(Site, WithoutTlsOnlyNamesOfThisHostAreAnswered) {
  for (const char* host : {"localhost", "localhost:8080", "127.0.0.1", "127.0.0.1:8080", "127.3.2.1", "[::1]", "[::1]:8080"}) {
    EXPECT_TRUE(names_this_host(host)) << host;
  }
  for (const char* host :
       {"", "evil.example", "127.evil.example", "localhost.evil.example:8080", "10.0.0.1", "[::2]", "[127.0.0.1]", "1127.0.0.1"}) {
    EXPECT_FALSE(names_this_host(host)) << host;
  }
}

TEST(Site, APageMayCallItsOwnMachineAndThoseThatListIt) {
  const std::vector<std::string> origins = {"https://row-2.gym:8443"};
  EXPECT_TRUE(may_call("", "row-1.gym:8443", true, origins)) << "no page at all";
  EXPECT_TRUE(may_call("https://row-1.gym:8443", "row-1.gym:8443", true, origins));
  EXPECT_TRUE(may_call("https://row-2.gym:8443", "row-1.gym:8443", true, origins));
  EXPECT_TRUE(may_call("http://127.0.0.1:8080", "127.0.0.1:8080", false, {}));
  EXPECT_FALSE(may_call("http://row-1.gym:8443", "row-1.gym:8443", true, origins)) << "another scheme is another origin";
  EXPECT_FALSE(may_call("https://row-1.gym", "row-1.gym:8443", true, origins));
  EXPECT_FALSE(may_call("null", "row-1.gym:8443", true, origins));
  EXPECT_FALSE(may_call("https://evil.example", "row-1.gym:8443", true, origins));
}

TEST(Site, AnswersForbidWhatPagesOfOursNeverDo) {
  boost::beast::http::fields headers;
  add_security_headers(headers, {"https://row-2.gym:8443"});
  const std::string policy(headers["Content-Security-Policy"]);
  EXPECT_NE(policy.find("default-src 'self'"), std::string::npos) << policy;
  EXPECT_NE(policy.find("connect-src 'self' https://row-2.gym:8443;"), std::string::npos) << policy;
  EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos) << policy;
  EXPECT_EQ(policy.find("unsafe"), std::string::npos) << policy;
  EXPECT_EQ(headers["X-Content-Type-Options"], "nosniff");
}

}  // namespace
}  // namespace sheave::web
