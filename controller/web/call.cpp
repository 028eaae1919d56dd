#include "controller/web/call.hpp"

#include <boost/asio/post.hpp>
#include <utility>

#include "controller/api/caller.hpp"

namespace sheave::web {

Call::Call(boost::asio::io_context& io, std::string method, std::function<void()> on_gone)
    : io_(io), method_(std::move(method)), on_gone_(std::move(on_gone)) {}

void Call::mark_remote(std::string_view authorization) {
  context_.AddMetadata(api::kRemoteCaller, "1");
  context_.AddMetadata(api::kAuthorization, std::string(authorization));
}

void Call::start(grpc::GenericStub& stub, const std::string& request, std::optional<std::chrono::nanoseconds> timeout, Events events) {
  events_ = std::move(events);
  self_ = shared_from_this();
  if (timeout) context_.set_deadline(std::chrono::system_clock::now() + std::chrono::duration_cast<std::chrono::microseconds>(*timeout));
  const grpc::Slice slice(request);
  request_ = grpc::ByteBuffer(&slice, 1);
  stub.PrepareBidiStreamingCall(&context_, method_, grpc::StubOptions(), this);
  AddHold();  // reads are started outside of reactions: until the last one failed, gRPC may not end the call by itself
  StartWriteLast(&request_, grpc::WriteOptions());
  StartRead(&message_);
  reading_ = true;
  StartCall();
}

void Call::next() {
  reading_ = true;
  StartRead(&message_);
}

void Call::cancel() {
  if (std::exchange(cancelled_, true)) return;
  events_ = {};
  context_.TryCancel();
  if (!reading_) RemoveHold();
}

void Call::OnReadDone(bool ok) {
  if (!ok) return RemoveHold();  // OnDone follows
  boost::asio::post(io_, [self = self_] {
    self->reading_ = false;
    if (self->cancelled_) return self->RemoveHold();
    const auto on_message = self->events_.on_message;  // which may cancel, and so let go of itself
    on_message(self->message_);
  });
}

void Call::OnDone(const grpc::Status& status) {
  boost::asio::post(io_, [self = std::move(self_), status] {
    if (const auto on_end = std::exchange(self->events_, {}).on_end) on_end(status);
    self->on_gone_();
  });
}

}  // namespace sheave::web
