#pragma once
// The connection to one controller.

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

#include "sheave/v1/control.grpc.pb.h"
#include "sheave/v1/machine.grpc.pb.h"
#include "sheave/v1/program.grpc.pb.h"
#include "sheave/v1/session.grpc.pb.h"
#include "sheave/v1/usage.grpc.pb.h"
#include "sheave/v1/watch.grpc.pb.h"

namespace sheave::cli {

/// What goes wrong in a command, in one sentence for a person; main() prints it.
struct Failure : std::runtime_error {
  explicit Failure(const std::string& message, grpc::StatusCode code_ = grpc::StatusCode::UNKNOWN)
      : std::runtime_error(message), code(code_) {}
  grpc::StatusCode code;
};

inline constexpr const char* kThisMachine = "machines/-";

/// For a controller on another host.
struct Credentials {
  std::string ca;     ///< File that its certificate is known by, PEM; empty: no TLS.
  std::string token;  ///< Empty: none.
};

/// Blocking calls, each with a deadline. Any thread.
class Client {
 public:
  /// Throws Failure where the certificate cannot be read, or a token would go out without TLS.
  explicit Client(std::string address, const Credentials& credentials = {});

  const std::string& address() const noexcept { return address_; }

  /// Throws Failure with the server's message and reason.
  template <typename Stub, typename Request, typename Response>
  Response call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*), const Request& request,
                std::chrono::milliseconds deadline = std::chrono::seconds(10)) {
    grpc::ClientContext context;
    context.set_deadline(std::min(std::chrono::system_clock::now() + deadline, end_));
    Response response;
    Stub stub(channel_);
    check((stub.*method)(&context, request, &response));
    return response;
  }

  /// From now on no call goes on for longer than `time` from here. By the thread that calls.
  void end_within(std::chrono::milliseconds time) { end_ = std::chrono::system_clock::now() + time; }

  const std::shared_ptr<grpc::Channel>& channel() const noexcept { return channel_; }
  /// Throws Failure unless `status` is OK.
  void check(const grpc::Status& status) const;
  /// What `status` means to a person, with the server's reason in brackets.
  std::string message_of(const grpc::Status& status) const;

 private:
  std::string address_;
  std::chrono::system_clock::time_point end_ = std::chrono::system_clock::time_point::max();
  std::shared_ptr<grpc::Channel> channel_;
};

/// Asks the controller; where none answers, says so and what is done `instead` on stderr, and takes `offline`.
template <typename Response>
Response ask_or(Client& client, const std::string& instead, const std::function<Response(Client&)>& ask,
                const std::function<Response()>& offline) {
  try {
    return ask(client);
  } catch (const Failure& failure) {
    if (failure.code != grpc::StatusCode::UNAVAILABLE) throw;
    std::fprintf(stderr, "sheave: no controller answers at %s; %s\n", client.address().c_str(), instead.c_str());
    return offline();
  }
}

}  // namespace sheave::cli
