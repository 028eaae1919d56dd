#pragma once
// One call of the API through the in-process channel: a request, then messages one at a time as they are asked for, then the status.
// Unary calls are streams of one message.

#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/client_callback.h>

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sheave::web {

/// Everything is [main], but for the reactor's callbacks, which post to it. Lives until gRPC is done with it, whoever lets go of it first.
class Call final : private grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>, public std::enable_shared_from_this<Call> {
 public:
  struct Events {
    std::function<void(const grpc::ByteBuffer&)> on_message;  ///< One per next(). The buffer is good during the call.
    std::function<void(const grpc::Status&)> on_end;          ///< Last.
  };

  /// @param method "/sheave.v1.WatchService/Watch". @param on_gone called once nothing of the call is left in gRPC, also after cancel().
  Call(boost::asio::io_context& io, std::string method, std::function<void()> on_gone);

  /// The caller is on another host: it is told less, and a stream goes on only while its token is good. Before start().
  /// @param authorization the header it came with.
  void mark_remote(std::string_view authorization);
  /// Sends the request and asks for the first message.
  void start(grpc::GenericStub& stub, const std::string& request, std::optional<std::chrono::nanoseconds> timeout, Events events);
  /// The last message was taken; the next one may come. Until then gRPC holds the sender back.
  void next();
  /// No more events.
  void cancel();

 private:
  void OnReadDone(bool ok) override;
  void OnDone(const grpc::Status& status) override;

  boost::asio::io_context& io_;
  const std::string method_;  // gRPC keeps a pointer into it
  std::function<void()> on_gone_;
  Events events_;
  std::shared_ptr<Call> self_;  // while gRPC may call back
  grpc::ClientContext context_;
  grpc::ByteBuffer request_, message_;
  bool reading_ = false, cancelled_ = false;
};

}  // namespace sheave::web
