#include "controller/api/listen_address.hpp"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

namespace sheave::api {
namespace {

struct HostPort {
  std::string host, port;
};

/// Empty host where `address` has no port.
HostPort split(const std::string& address) {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == address.size()) return {};
  std::string host = address.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  return {host, address.substr(colon + 1)};
}

bool is_port(const std::string& text) {
  return text.size() <= 5 && text.find_first_not_of("0123456789") == std::string::npos && std::stoi(text) <= 65535;
}

/// errno of an attempt to bind; 0: it worked.
int try_bind(const HostPort& where) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  if (getaddrinfo(where.host.c_str(), where.port.c_str(), &hints, &found) != 0) return EADDRNOTAVAIL;
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owned(found, freeaddrinfo);
  const int fd = socket(found->ai_family, found->ai_socktype | SOCK_CLOEXEC, 0);
  if (fd < 0) return errno;
  const int on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  int error = 0;
  if (bind(fd, found->ai_addr, found->ai_addrlen) != 0 || listen(fd, 1) != 0) error = errno;
  close(fd);
  return error;
}

}  // namespace

Status check_tls_address(const std::string& address) {
  const HostPort where = split(address);
  if (!where.host.empty() && is_port(where.port)) return {};
  return Status::error(StatusCode::kInvalidArgument, "LISTEN_INVALID",
                       "\"" + address + "\" is no address to serve other hosts on; write 0.0.0.0:7443 or [::]:7443.");
}

Status check_listen_address(const std::string& address) {
  if (address.rfind("unix:", 0) == 0 && address.size() > 5) return {};
  const HostPort where = split(address);
  if (where.host.empty() || !is_port(where.port)) {
    return Status::error(StatusCode::kInvalidArgument, "LISTEN_INVALID",
                         "\"" + address + "\" is no address to listen on; write 127.0.0.1:7400, [::1]:7400 or unix:/run/sheave.sock.");
  }
  if (where.host == "localhost" || where.host == "::1" || where.host.rfind("127.", 0) == 0) return {};
  return Status::error(StatusCode::kInvalidArgument, "LISTEN_NOT_LOCAL",
                       "\"" + address + "\" is reachable from other hosts, and anyone there could start the motor; listen on 127.0.0.1:" +
                           where.port + ", and serve others with TLS and tokens at tls_listen = \"" + address + "\".");
}

std::string origin_of(const std::string& bound, const std::string& name, const std::vector<std::string>& names) {
  const HostPort where = split(bound);
  std::string host = name.empty() ? where.host : name;
  if (host == "0.0.0.0" || host == "::") {
    const auto is_outside = [](const std::string& one) {
      return one.find_first_not_of("0123456789.") == std::string::npos && one.rfind("127.", 0) != 0;
    };
    const auto found = std::ranges::find_if(names, is_outside);
    if (found == names.end()) return {};
    host = *found;
  }
  if (host.find(':') != std::string::npos) host = "[" + host + "]";
  return "https://" + host + ":" + where.port;
}

Status try_listen(const std::string& address) {
  const int error = address.rfind("unix:", 0) == 0 ? 0 : try_bind(split(address));
  if (error == 0) return {};
  std::string why = std::strerror(error);
  std::string remedy = "Choose another [api] listen address in the configuration.";
  if (error == EADDRINUSE) {
    why = "the port is in use";
    remedy = "Another sheaved or another program has it: end that one, or choose another port in [api] listen.";
  } else if (error == EACCES) {
    remedy = "Ports below 1024 need a privilege: choose a higher one in [api] listen.";
  }
  return Status::error(StatusCode::kUnavailable, "LISTEN_FAILED", "cannot listen on " + address + ": " + why + ". " + remedy);
}

}  // namespace sheave::api
