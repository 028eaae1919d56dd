#pragma once
// The words of gRPC-Web: what a request says, and frames around messages and trailers. Pure. [any]
// Source: github.com/grpc/grpc/blob/master/doc/PROTOCOL-WEB.md and PROTOCOL-HTTP2.md (timeouts, percent-encoding).

#include <grpcpp/support/status.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "controller/core/status.hpp"

namespace sheave::web {

/// How the body of an exchange is written.
enum class Encoding {
  kBinary,  ///< application/grpc-web, application/grpc-web+proto
  kText,    ///< application/grpc-web-text, application/grpc-web-text+proto: base64 of the same, for clients that cannot read bytes
};

/// Empty for a content type that is no gRPC-Web. Parameters ("; charset=...") are ignored.
std::optional<Encoding> encoding_of(std::string_view content_type);
std::string_view content_type_of(Encoding encoding);

/// "5S", "250m", "100u": what a client grants. Empty where absent or unreadable.
std::optional<std::chrono::nanoseconds> parse_timeout(std::string_view grpc_timeout);

/// The one message of a request body. Reasons BODY_NOT_BASE64, FRAME_MALFORMED (a length that is not the body's, or more than one
/// message), FRAME_COMPRESSED (no encoding was agreed).
Result<std::string> read_request(Encoding encoding, std::string body);

/// The five bytes before a message of `size_bytes`.
std::string message_header(std::size_t size_bytes);
/// The last frame: status, message and details, in the body because a browser shows no HTTP trailers.
std::string trailers_frame(const grpc::Status& status);

/// `bytes` as this encoding sends them. Text: each frame is padded by itself, as clients that read a stream need it.
std::string encoded(Encoding encoding, std::string bytes);

/// RFC 3986 with gRPC's set: all but printable ASCII, and '%', is escaped.
std::string percent_encoded(std::string_view text);
std::string base64(std::string_view bytes, bool padded);

}  // namespace sheave::web
