#include "controller/app/cli/watch_stream.hpp"

#include <utility>

namespace sheave::cli {
namespace {

constexpr std::chrono::milliseconds kRetry{250};

Event told(Event::Kind kind, std::string message) { return {.kind = kind, .watch = {}, .message = std::move(message)}; }

}  // namespace

WatchStream::WatchStream(Client& client, v1::WatchRequest request, EventQueue& queue)
    : client_(client), request_(std::move(request)), queue_(queue), thread_([this] { run(); }) {}

WatchStream::~WatchStream() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    if (context_ != nullptr) context_->TryCancel();
  }
  wake_.notify_one();
  thread_.join();
}

bool WatchStream::stopping() {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

void WatchStream::run() {
  last_message_ = std::chrono::steady_clock::now();
  while (!stopping()) {
    const grpc::Status status = read_to_end();
    if (stopping() || after_break(status) == Next::kEnd) return;
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, kRetry, [this] { return stopping_; });
  }
}

grpc::Status WatchStream::read_to_end() {
  grpc::ClientContext context;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return grpc::Status::CANCELLED;
    context_ = &context;
  }
  v1::WatchService::Stub stub(client_.channel());
  const auto reader = stub.Watch(&context, request_);
  v1::WatchResponse response;
  while (reader->Read(&response)) {
    connected_once_ = true;
    told_lost_ = false;
    last_message_ = std::chrono::steady_clock::now();
    if (response.has_cursor()) *request_.mutable_after() = response.cursor();
    queue_.push({.kind = Event::Kind::kWatch, .watch = response, .message = {}});
  }
  const grpc::Status status = reader->Finish();
  const std::lock_guard lock(mutex_);
  context_ = nullptr;
  return status;
}

WatchStream::Next WatchStream::after_break(const grpc::Status& status) {
  const std::string message = client_.message_of(status);
  if (status.error_code() == grpc::StatusCode::OUT_OF_RANGE && request_.has_after()) {
    request_.clear_after();
    queue_.push(told(Event::Kind::kLost, message));
    return Next::kAgain;
  }
  const bool passing = status.ok() || status.error_code() == grpc::StatusCode::UNAVAILABLE ||
                       status.error_code() == grpc::StatusCode::CANCELLED || status.error_code() == grpc::StatusCode::INTERNAL;
  const bool patient = std::chrono::steady_clock::now() - last_message_ < kGiveUp;
  if (!passing || !connected_once_ || !patient) {
    queue_.push(told(Event::Kind::kFailed, message));
    return Next::kEnd;
  }
  if (!told_lost_) queue_.push(told(Event::Kind::kLost, "The connection to " + client_.address() + " broke; trying again."));
  told_lost_ = true;
  return Next::kAgain;
}

}  // namespace sheave::cli
