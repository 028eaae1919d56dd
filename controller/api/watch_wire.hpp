#pragma once
// Watch messages as bytes. What many streams send alike is serialized once; only the cursor of a snapshot and the count of lost
// samples differ between streams, and they are put beside the shared bytes, not copied with them.

#include <grpcpp/support/byte_buffer.h>

#include <cstdint>
#include <string>

#include "sheave/v1/watch.pb.h"

namespace sheave::api {

/// The whole message.
grpc::ByteBuffer wire_message(const sheave::v1::WatchResponse& message);

/// A WatchResponse with only its snapshot set, for wire_snapshot().
grpc::Slice wire_snapshot_body(const sheave::v1::Snapshot& snapshot);
grpc::ByteBuffer wire_snapshot(const grpc::Slice& body, const sheave::v1::Cursor& cursor);

/// The samples of a batch, without its count of losses, for wire_samples().
grpc::Slice wire_samples_body(const sheave::v1::SampleBatch& samples);
grpc::ByteBuffer wire_samples(const grpc::Slice& body, std::uint64_t lost);

}  // namespace sheave::api
