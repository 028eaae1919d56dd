#pragma once
// A gateway on a real port before a made-up API, and a client that speaks HTTP to it byte by byte.

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/connect.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <future>
#include <map>
#include <string>
#include <thread>

#include "controller/api/caller.hpp"
#include "controller/web/gateway.hpp"
#include "controller/web/grpc_web.hpp"
#include "tests/support/paths.hpp"

namespace sheave::web {

namespace http = boost::beast::http;
using boost::asio::ip::tcp;

/// Echo: the request back. Who: which token it came with. Fail: a status with details. Stream: 64 KiB messages without end. Silent:
/// nothing, until cancelled.
class MadeUpApi final : public grpc::CallbackGenericService {
 public:
  static constexpr std::size_t kPart_bytes = 64 * 1024;

  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override {
    return new Reactor(*this, *context);
  }

  std::atomic<std::size_t> written{0}, cancelled{0};
  std::promise<void> first_cancelled;

 private:
  class Reactor final : public grpc::ServerGenericBidiReactor {
   public:
    Reactor(MadeUpApi& api, const grpc::GenericCallbackServerContext& context) : api_(api), method_(context.method()) {
      const auto token = context.client_metadata().find(api::kAuthorization);
      if (token != context.client_metadata().end()) token_ = std::string(token->second.data(), token->second.size());
      StartRead(&message_);
    }

   private:
    void OnReadDone(bool ok) override {
      if (!ok) return finish(grpc::Status(grpc::StatusCode::INTERNAL, "no request"));
      if (method_ == "/test.Api/Echo" && !over_.exchange(true)) {
        return StartWriteAndFinish(&message_, grpc::WriteOptions(), grpc::Status::OK);
      }
      if (method_ == "/test.Api/Who") return finish({grpc::StatusCode::ABORTED, token_});
      if (method_ == "/test.Api/Fail") return finish({grpc::StatusCode::NOT_FOUND, "no such thing", std::string("\1\2\3", 3)});
      if (method_ == "/test.Api/Stream") return write();
    }
    void write() {
      const grpc::Slice slice(std::string(kPart_bytes, 'x'));
      part_ = grpc::ByteBuffer(&slice, 1);
      StartWrite(&part_);
    }
    void OnWriteDone(bool ok) override {
      if (!ok) return;  // OnCancel follows
      ++api_.written;
      write();
    }
    void OnCancel() override { finish(grpc::Status::CANCELLED); }
    /// A call that is cancelled before its request was read ends once all the same.
    void finish(const grpc::Status& status) {
      if (!over_.exchange(true)) Finish(status);
    }
    void OnDone() override {
      if ((method_ == "/test.Api/Stream" || method_ == "/test.Api/Silent") && api_.cancelled++ == 0) api_.first_cancelled.set_value();
      delete this;
    }
    MadeUpApi& api_;
    const std::string method_;
    std::string token_ = "none";
    grpc::ByteBuffer message_, part_;
    std::atomic<bool> over_{false};
  };
};

/// Answers of one connection.
template <typename Socket>
class HttpClient {
 public:
  template <typename... Args>
  explicit HttpClient(Args&&... args) : socket(std::forward<Args>(args)...) {}

  void send(const std::string& bytes) { boost::asio::write(socket, boost::asio::buffer(bytes)); }
  http::response<http::string_body> read(bool head = false) {
    http::response_parser<http::string_body> parser;
    parser.body_limit(boost::none);
    parser.skip(head);
    http::read(socket, buffer, parser);
    return parser.release();
  }
  http::response<http::string_body> ask(const std::string& bytes) {
    send(bytes);
    return read();
  }

  Socket socket;
  boost::beast::flat_buffer buffer;
};

inline std::string framed(const std::string& message) { return message_header(message.size()) + message; }

using Headers = std::map<std::string, std::string>;

inline std::string post(const std::string& path, const std::string& body, Headers headers = {}) {
  headers.emplace("Host", "127.0.0.1");
  headers.emplace("Content-Type", "application/grpc-web+proto");
  std::string text = "POST " + path + " HTTP/1.1\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
  for (const auto& [name, value] : headers) text += name + ": " + value + "\r\n";
  return text + "\r\n" + body;
}

inline std::string get(const std::string& path, Headers headers = {}, const std::string& method = "GET") {
  headers.emplace("Host", "127.0.0.1");
  std::string text = method + " " + path + " HTTP/1.1\r\n";
  for (const auto& [name, value] : headers) text += name + ": " + value + "\r\n";
  return text + "\r\n";
}

class GatewayTest : public testing::Test {
 protected:
  using Plain = HttpClient<tcp::socket>;

  void SetUp() override {
    grpc::ServerBuilder builder;
    builder.RegisterCallbackGenericService(&api);
    builder.SetMaxReceiveMessageSize(-1);
    server = builder.BuildAndStart();
    start_gateway();
  }
  void TearDown() override {
    server->Shutdown(std::chrono::system_clock::now());
    std::promise<void> stopped;
    on_main([&] { gateway->stop([&] { stopped.set_value(); }); });
    stopped.get_future().get();
    on_main([this] { gateway.reset(); });
    work.reset();
    io.stop();
    main.join();
  }

  /// Null: plain.
  virtual std::shared_ptr<boost::asio::ssl::context> tls_context() { return nullptr; }

  void start_gateway() {
    on_main([&] {
      auto files = StaticFiles::load(std::string(SHEAVE_SOURCE_DIR) + "/tests/unit/web/pages");
      ASSERT_TRUE(files.ok()) << files.status().message;
      gateway = std::make_unique<Gateway>(io, GatewayOptions{server->InProcessChannel({}),
                                                             *std::move(files),
                                                             {"https://row-2.gym:8443"},
                                                             [this](std::string_view method, bool secure, std::string_view authorization) {
                                                               return gate(method, secure, authorization);
                                                             },
                                                             &downloads});
      const Status status = gateway->listen("127.0.0.1:0", tls_context());
      ASSERT_TRUE(status.ok()) << status.message;
      const std::string& address = gateway->addresses().front().text;
      port = static_cast<unsigned short>(std::stoi(address.substr(address.rfind(':') + 1)));
    });
  }

  template <typename Call>
  void on_main(Call call) {
    std::promise<void> done;
    boost::asio::post(io, [&] {
      call();
      done.set_value();
    });
    done.get_future().get();
  }

  tcp::endpoint endpoint() const { return {boost::asio::ip::address_v4::loopback(), port}; }
  Plain connect() {
    Plain client(client_io);
    client.socket.connect(endpoint());
    return client;
  }

  MadeUpApi api;
  api::Downloads downloads{[] { return std::int64_t{0}; }};  // [main of the gateway]
  std::unique_ptr<grpc::Server> server;
  boost::asio::io_context io, client_io;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{io.get_executor()};
  std::thread main{[this] { io.run(); }};
  std::unique_ptr<Gateway> gateway;
  unsigned short port = 0;
  Gate gate = [](std::string_view, bool, std::string_view) { return Status(); };
};

}  // namespace sheave::web
