#include "controller/api/context.hpp"

#include <utility>

namespace sheave::api {

Reply::State::~State() {
  finish(to_grpc(Status::error(StatusCode::kUnavailable, "NOT_ANSWERED", "The controller is shutting down. Try again in a few seconds.")));
}

void Reply::State::finish(const grpc::Status& status) {
  if (grpc::ServerUnaryReactor* unanswered = std::exchange(reactor, nullptr)) unanswered->Finish(status);
}

}  // namespace sheave::api
