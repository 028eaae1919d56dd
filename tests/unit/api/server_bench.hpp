#pragma once
// A whole server over fakes, with a main thread of its own, and a channel to it.

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <optional>
#include <thread>

#include "controller/api/server.hpp"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "tests/unit/api/context_fixture.hpp"

namespace sheave::api {

/// A main thread: runs what is posted, in order, until told to end.
class MainThread {
 public:
  MainThread() : thread_([this] { run(); }) {}
  ~MainThread() {
    post(nullptr);
    thread_.join();
  }
  void post(std::function<void()> call) {
    const std::lock_guard lock(mutex_);
    calls_.push_back(std::move(call));
    wake_.notify_one();
  }
  /// Something was posted that it has not come to yet.
  bool waiting() {
    const std::lock_guard lock(mutex_);
    return !calls_.empty();
  }
  /// Runs `call` there and waits for it.
  template <typename Call>
  auto ask(Call call) {
    std::promise<decltype(call())> answer;
    post([&] {
      if constexpr (std::is_void_v<decltype(call())>) {
        call();
        answer.set_value();
      } else {
        answer.set_value(call());
      }
    });
    return answer.get_future().get();
  }

 private:
  void run() {
    for (;;) {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return !calls_.empty(); });
      const auto call = std::move(calls_.front());
      calls_.pop_front();
      lock.unlock();
      if (!call) return;
      call();
    }
  }
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> calls_;
  std::thread thread_;
};

class ServerTest : public testing::Test {
 protected:
  void SetUp() override {
    Context context = rooms.context([this](std::function<void()> call) { main.post(std::move(call)); });
    if (remote) context.gate = remote->gate;
    server = std::make_unique<Server>(std::move(context), ServerLimits{});
    const Status status = main.ask([this] { return server->start("127.0.0.1:0", remote ? &*remote : nullptr); });
    ASSERT_TRUE(status.ok()) << status.message;
    channel = grpc::CreateChannel(server->address(), grpc::InsecureChannelCredentials());
  }
  void TearDown() override {
    std::promise<void> stopped;
    main.post([&] { server->stop([&] { stopped.set_value(); }); });
    stopped.get_future().get();
    main.ask([this] { server.reset(); });
  }

  Rooms rooms;
  MainThread main;
  std::optional<RemoteAccess> remote;  ///< For other hosts too; set before SetUp().
  std::unique_ptr<Server> server;
  std::shared_ptr<grpc::Channel> channel;
};

inline std::string reason_of(const grpc::Status& status) {
  google::rpc::Status details;
  google::rpc::ErrorInfo info;
  details.ParseFromString(status.error_details());
  if (details.details_size() != 1 || !details.details(0).UnpackTo(&info)) return {};
  return info.reason();
}

}  // namespace sheave::api
