#pragma once
// What all connections of a gateway share, and the rules that are about requests alone.

#include <grpcpp/generic/generic_stub.h>

#include <boost/asio/io_context.hpp>
#include <boost/beast/http/fields.hpp>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "controller/api/downloads.hpp"
#include "controller/core/status.hpp"
#include "controller/web/static_files.hpp"

namespace sheave::web {

inline constexpr std::size_t kMaxMessage_bytes = std::size_t{64} * 1024;  ///< The API's own limit: no request is larger than a program.
inline constexpr std::size_t kMaxHeader_bytes = std::size_t{8} * 1024;

/// Whether a caller may call `method`. @param secure came in over TLS; @param authorization the header, or empty.
using Gate = std::function<Status(std::string_view method, bool secure, std::string_view authorization)>;

/// [main]
struct Site {
  boost::asio::io_context& io;
  grpc::GenericStub stub;
  StaticFiles files;
  std::vector<std::string> origins;  ///< "https://row-2.gym:8443": pages of other machines that may call this one, and the other way round.
  Gate gate;
  api::Downloads* downloads = nullptr;  ///< What one-time links open; null: there are none.
  std::size_t calls = 0;                ///< In gRPC's hands.
  std::function<void()> on_call_gone = nullptr;
};

/// Whether `host` (a Host header) names this host itself: what is served without TLS answers to no other name, so that a page from
/// elsewhere cannot reach it under a name that it points here (DNS rebinding).
bool names_this_host(std::string_view host);

/// Whether a page of `origin` may call; empty: the caller is no page.
bool may_call(std::string_view origin, std::string_view host, bool secure, const std::vector<std::string>& origins);

/// Headers of every answer: nothing but our own scripts, pictures and calls (and `origins`), in no frame.
void add_security_headers(boost::beast::http::fields& headers, const std::vector<std::string>& origins);

/// What lets a page of another origin read the answer. None for one of our own, or a caller that is no page.
void add_cross_origin_headers(boost::beast::http::fields& headers, std::string_view origin);

}  // namespace sheave::web
