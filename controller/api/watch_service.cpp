#include "controller/api/watch_service.hpp"

#include <utility>

#include "controller/api/watch_hub.hpp"

namespace sheave::api {
namespace {

/// Lives from the call to OnDone. The hub may hold the outbox longer; it is finished then and writes no more.
class WatchStream final : public grpc::ServerWriteReactor<grpc::ByteBuffer>, public WatchSink {
 public:
  WatchStream(const Post& post, const std::weak_ptr<WatchHub>& hub) : post_(post), hub_(hub) {
    outbox_ = std::make_shared<WatchOutbox>(this, [post, hub](const WatchOutbox* outbox) {
      post([hub, outbox] {
        if (const auto alive = hub.lock()) alive->feed(outbox);
      });
    });
  }

  void begin(const pb::WatchRequest& request, bool names_members, Admission admission) {
    post_([hub = hub_, outbox = outbox_, request, names_members, admission = std::move(admission)] {
      const auto alive = hub.lock();
      const Status status = alive ? alive->subscribe(outbox, request, names_members, admission)
                                  : Status::error(StatusCode::kUnavailable, "SHUTTING_DOWN", "The controller is shutting down.");
      if (!status.ok()) outbox->finish(to_grpc(status));
    });
  }

  void refuse(const Status& status) { outbox_->finish(to_grpc(status)); }

 private:
  void write(const grpc::ByteBuffer& message) override { StartWrite(&message); }
  void finish(const grpc::Status& status) override { Finish(status); }

  void OnWriteDone(bool ok) override { outbox_->on_written(ok); }
  // A client that vanished in the middle of a write may never complete it; the cancellation does come.
  void OnCancel() override { outbox_->cancel(); }
  void OnDone() override {
    post_([hub = hub_, outbox = outbox_] {
      if (const auto alive = hub.lock()) alive->unsubscribe(outbox.get());
    });
    delete this;
  }

  Post post_;
  std::weak_ptr<WatchHub> hub_;
  std::shared_ptr<WatchOutbox> outbox_;
};

}  // namespace

grpc::ServerWriteReactor<grpc::ByteBuffer>* WatchService::Watch(grpc::CallbackServerContext* call, const grpc::ByteBuffer* request) {
  auto* stream = new WatchStream(context_.post, hub_);
  pb::WatchRequest parsed;
  grpc::ByteBuffer bytes = *request;
  if (grpc::SerializationTraits<pb::WatchRequest>::Deserialize(&bytes, &parsed).ok()) {
    stream->begin(parsed, may_see_members(*call), admission_of(*call, "/sheave.v1.WatchService/Watch", context_.gate));
  } else {
    stream->refuse(Status::error(StatusCode::kInvalidArgument, "REQUEST_UNREADABLE", "The request is no sheave.v1.WatchRequest."));
  }
  return stream;
}

}  // namespace sheave::api
