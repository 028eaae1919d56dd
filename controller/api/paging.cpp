#include "controller/api/paging.hpp"

#include <algorithm>
#include <charconv>

namespace sheave::api {
namespace {

constexpr char kHex[] = "0123456789abcdef";

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

Status invalid_token() {
  return Status::error(StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID",
                       "The page token is not one that this list gave out. Start again without a token.");
}

}  // namespace

Result<std::size_t> page_size(std::int32_t wanted) {
  if (wanted < 0) {
    return Status::error(StatusCode::kInvalidArgument, "PAGE_SIZE_INVALID",
                         "page_size is " + std::to_string(wanted) + "; use 1 to " + std::to_string(kMaxPage) + ", or 0 for the default.");
  }
  return wanted == 0 ? kDefaultPage : std::min(static_cast<std::size_t>(wanted), kMaxPage);
}

std::string page_token(const std::string& list, const std::string& from) {
  const std::string plain = list + ":" + from;
  std::string token;
  token.reserve(2 * plain.size());
  for (const char c : plain) {
    const auto byte = static_cast<unsigned char>(c);
    token += kHex[byte >> 4];
    token += kHex[byte & 15];
  }
  return token;
}

Result<std::string> read_page_token(const std::string& list, const std::string& token) {
  if (token.empty()) return std::string();
  std::string plain;
  if (token.size() % 2 != 0) return invalid_token();
  for (std::size_t i = 0; i < token.size(); i += 2) {
    const int high = digit(token[i]), low = digit(token[i + 1]);
    if (high < 0 || low < 0) return invalid_token();
    plain += static_cast<char>(high * 16 + low);
  }
  const std::string prefix = list + ":";
  if (plain.compare(0, prefix.size(), prefix) != 0 || plain.size() == prefix.size()) return invalid_token();
  return plain.substr(prefix.size());
}

Result<std::uint64_t> read_page_number(const std::string& list, const std::string& token) {
  const auto text = read_page_token(list, token);
  if (!text.ok()) return text.status();
  if (text->empty()) return std::uint64_t{0};
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc{} || end != text->data() + text->size() || number == 0) return invalid_token();
  return number;
}

}  // namespace sheave::api
