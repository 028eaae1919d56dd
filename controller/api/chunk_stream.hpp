#pragma once
// Sends one long text or file in chunks.

#include <grpcpp/support/server_callback.h>

#include <string>
#include <utility>

#include "controller/api/caller.hpp"
#include "controller/api/error_map.hpp"

namespace sheave::api {

inline constexpr std::size_t kChunk_bytes = std::size_t{32} * 1024;  // half of what a client with our own receive limit takes

/// One write in flight. feed() or fail() is called once, on [main]; gRPC deletes it after OnDone. `Response` has a `chunk`.
template <typename Response>
class ChunkStream final : public grpc::ServerWriteReactor<Response> {
 public:
  /// @param admission asked before each chunk.
  explicit ChunkStream(Admission admission) : admission_(std::move(admission)) {}
  void feed(std::string bytes) {
    bytes_ = std::move(bytes);
    write_next();
  }
  void fail(const Status& status) { this->Finish(to_grpc(status)); }

 private:
  void OnWriteDone(bool ok) override {
    if (ok) return write_next();
    this->Finish(grpc::Status::CANCELLED);
  }
  void OnDone() override { delete this; }

  void write_next() {
    if (sent_ >= bytes_.size()) return this->Finish(grpc::Status::OK);
    if (const Status status = admission_(); !status.ok()) return fail(status);
    message_.set_chunk(bytes_.substr(sent_, kChunk_bytes));
    sent_ += kChunk_bytes;
    this->StartWrite(&message_);
  }

  const Admission admission_;
  std::string bytes_;
  std::size_t sent_ = 0;
  Response message_;
};

}  // namespace sheave::api
