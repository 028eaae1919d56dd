#include "controller/web/grpc_web.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

namespace sheave::web {
namespace {

constexpr std::size_t kHeader_bytes = 5;
constexpr std::uint8_t kCompressedFlag = 0x01;
constexpr std::uint8_t kTrailersFlag = 0x80;

std::string frame_header(std::uint8_t flags, std::size_t size_bytes) {
  std::string header(kHeader_bytes, '\0');
  header[0] = static_cast<char>(flags);
  for (std::size_t i = 0; i < 4; ++i) header[1 + i] = static_cast<char>(size_bytes >> (8 * (3 - i)));
  return header;
}

std::size_t length_of(std::string_view header) {
  std::size_t length = 0;
  for (std::size_t i = 1; i < kHeader_bytes; ++i) length = length << 8 | static_cast<std::uint8_t>(header[i]);
  return length;
}

/// base64, perhaps of several parts that are each padded; empty optional where it is none.
std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  std::array<unsigned char, 3> three{};
  for (std::size_t at = 0; at < text.size(); at += 4) {
    const std::string_view four = text.substr(at, 4);
    const std::size_t letters = std::min<std::size_t>(four.find('='), 4);
    if (letters < 2 || (letters == 2 && four[3] != '=')) return std::nullopt;
    if (EVP_DecodeBlock(three.data(), reinterpret_cast<const unsigned char*>(four.data()), 4) != 3) return std::nullopt;
    bytes.append(reinterpret_cast<const char*>(three.data()), letters - 1);
  }
  return bytes;
}

Status malformed(const char* reason, std::string message) {
  return Status::error(StatusCode::kInvalidArgument, reason, std::move(message));
}

}  // namespace

std::optional<Encoding> encoding_of(std::string_view content_type) {
  std::string_view type = content_type.substr(0, content_type.find(';'));
  while (!type.empty() && type.back() == ' ') type.remove_suffix(1);
  if (type == "application/grpc-web" || type == "application/grpc-web+proto") return Encoding::kBinary;
  if (type == "application/grpc-web-text" || type == "application/grpc-web-text+proto") return Encoding::kText;
  return std::nullopt;
}

std::string_view content_type_of(Encoding encoding) {
  return encoding == Encoding::kText ? "application/grpc-web-text+proto" : "application/grpc-web+proto";
}

std::optional<std::chrono::nanoseconds> parse_timeout(std::string_view grpc_timeout) {
  constexpr std::size_t kMostDigits = 8;  // PROTOCOL-HTTP2.md; also what keeps 99999999H in nanoseconds inside 64 bits
  if (grpc_timeout.size() < 2 || grpc_timeout.size() > kMostDigits + 1) return std::nullopt;
  std::int64_t amount = 0;
  const char* const unit = grpc_timeout.data() + grpc_timeout.size() - 1;
  const auto [end, error] = std::from_chars(grpc_timeout.data(), unit, amount);
  if (error != std::errc() || end != unit || amount < 0) return std::nullopt;
  switch (*unit) {
    case 'H':
      return std::chrono::hours(std::min(amount, std::int64_t{24} * 365));
    case 'M':
      return std::chrono::minutes(amount);
    case 'S':
      return std::chrono::seconds(amount);
    case 'm':
      return std::chrono::milliseconds(amount);
    case 'u':
      return std::chrono::microseconds(amount);
    case 'n':
      return std::chrono::nanoseconds(amount);
    default:
      return std::nullopt;
  }
}

Result<std::string> read_request(Encoding encoding, std::string body) {
  if (encoding == Encoding::kText) {
    auto bytes = from_base64(body);
    if (!bytes) return malformed("BODY_NOT_BASE64", "The body of a grpc-web-text request is no base64.");
    body = *std::move(bytes);
  }
  if (body.size() < kHeader_bytes) return malformed("FRAME_MALFORMED", "The body is no gRPC-Web frame: a frame begins with five bytes.");
  const auto flags = static_cast<std::uint8_t>(body[0]);
  if ((flags & kCompressedFlag) != 0) return malformed("FRAME_COMPRESSED", "The message is compressed; send it as it is.");
  if (flags != 0 || length_of(body) != body.size() - kHeader_bytes) {
    return malformed("FRAME_MALFORMED", "The body has to be one gRPC-Web frame with one message, and its length has to be the message's.");
  }
  body.erase(0, kHeader_bytes);
  return body;
}

std::string message_header(std::size_t size_bytes) { return frame_header(0, size_bytes); }

std::string trailers_frame(const grpc::Status& status) {
  std::string text = "grpc-status: " + std::to_string(static_cast<int>(status.error_code())) + "\r\n";
  if (!status.error_message().empty()) text += "grpc-message: " + percent_encoded(status.error_message()) + "\r\n";
  if (!status.error_details().empty()) text += "grpc-status-details-bin: " + base64(status.error_details(), false) + "\r\n";
  return frame_header(kTrailersFlag, text.size()) + text;
}

std::string encoded(Encoding encoding, std::string bytes) { return encoding == Encoding::kText ? base64(bytes, true) : std::move(bytes); }

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char letter : text) {
    const auto byte = static_cast<std::uint8_t>(letter);
    if (byte >= 0x20 && byte <= 0x7E && letter != '%') {
      out += letter;
    } else {
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

std::string base64(std::string_view bytes, bool padded) {
  std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');  // OpenSSL ends it with a zero
  const auto* from = reinterpret_cast<const unsigned char*>(bytes.data());
  out.resize(static_cast<std::size_t>(EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), from, static_cast<int>(bytes.size()))));
  if (!padded) out.erase(out.find_last_not_of('=') + 1);
  return out;
}

}  // namespace sheave::web
