#include "controller/api/paging.hpp"

#include <gtest/gtest.h>

namespace sheave::api {
namespace {

TEST(Paging, SizesAreDefaultedCappedAndNeverNegative) {
  EXPECT_EQ(*page_size(0), kDefaultPage);
  EXPECT_EQ(*page_size(7), 7U);
  EXPECT_EQ(*page_size(1'000'000), kMaxPage);
  EXPECT_EQ(page_size(-1).status().code, StatusCode::kInvalidArgument);
}

TEST(Paging, TokensComeBackAndAreOpaque) {
  const std::string token = page_token("sessions", "42");
  EXPECT_EQ(token.find("42"), std::string::npos);
  EXPECT_EQ(*read_page_number("sessions", token), 42U);
  EXPECT_EQ(*read_page_token("sessions", ""), "");
  EXPECT_EQ(*read_page_number("sessions", ""), 0U);
}

TEST(Paging, RefusesForeignAndDamagedTokens) {
  const std::string token = page_token("sessions", "42");
  EXPECT_EQ(read_page_token("faults", token).status().reason, "PAGE_TOKEN_INVALID");
  for (const std::string& bad :
       {token.substr(1), token + "zz", std::string("nonsense"), page_token("sessions", "x"), page_token("sessions", "")}) {
    EXPECT_EQ(read_page_number("sessions", bad).status().reason, "PAGE_TOKEN_INVALID") << bad;
  }
}

}  // namespace
}  // namespace sheave::api
