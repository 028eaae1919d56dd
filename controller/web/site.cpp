#include "controller/web/site.hpp"

#include <algorithm>

namespace sheave::web {
namespace {

namespace http = boost::beast::http;

/// "[::1]:8080" -> "[::1]"
std::string_view without_port(std::string_view host) {
  if (!host.empty() && host.front() == '[') return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

}  // namespace

bool names_this_host(std::string_view host) {
  const std::string_view name = without_port(host);
  const bool numbers = name.find_first_not_of("0123456789.") == std::string_view::npos;  // not 127.example.org
  return name == "localhost" || name == "[::1]" || (numbers && name.substr(0, 4) == "127.");
}

bool may_call(std::string_view origin, std::string_view host, bool secure, const std::vector<std::string>& origins) {
  if (origin.empty()) return true;
  const std::string_view scheme = secure ? "https://" : "http://";
  if (origin.substr(0, scheme.size()) == scheme && origin.substr(scheme.size()) == host) return true;
  return std::find(origins.begin(), origins.end(), origin) != origins.end();
}

void add_security_headers(http::fields& headers, const std::vector<std::string>& origins) {
  std::string connect = "connect-src 'self'";
  for (const std::string& origin : origins) connect += " " + origin;
  headers.set("Content-Security-Policy",
              "default-src 'self'; " + connect +
                  "; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("Referrer-Policy", "no-referrer");
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
}

void add_cross_origin_headers(http::fields& headers, std::string_view origin) {
  if (origin.empty()) return;
  headers.set(http::field::access_control_allow_origin, boost::string_view(origin.data(), origin.size()));
  headers.set(http::field::access_control_expose_headers, "grpc-status, grpc-message, grpc-status-details-bin");
  headers.set(http::field::vary, "Origin");
}

}  // namespace sheave::web
