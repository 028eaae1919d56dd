#include "controller/api/watch_wire.hpp"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include <array>

namespace sheave::api {
namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedOutputStream;
using sheave::v1::SampleBatch;
using sheave::v1::WatchResponse;

/// A few bytes of tags and numbers, on the stack.
class Header {
 public:
  void tag(int field, WireFormatLite::WireType type) { varint(WireFormatLite::MakeTag(field, type)); }
  void varint(std::uint64_t value) { end_ = CodedOutputStream::WriteVarint64ToArray(value, end_); }
  std::size_t size() const { return static_cast<std::size_t>(end_ - bytes_.data()); }
  grpc::Slice slice() const { return grpc::Slice(bytes_.data(), size()); }

 private:
  std::array<std::uint8_t, 32> bytes_;
  std::uint8_t* end_ = bytes_.data();
};

grpc::Slice serialized(const google::protobuf::MessageLite& message) { return grpc::Slice(message.SerializeAsString()); }

}  // namespace

grpc::ByteBuffer wire_message(const WatchResponse& message) {
  const grpc::Slice slice = serialized(message);
  return {&slice, 1};
}

grpc::Slice wire_snapshot_body(const sheave::v1::Snapshot& snapshot) {
  WatchResponse message;
  *message.mutable_snapshot() = snapshot;
  return serialized(message);
}

grpc::ByteBuffer wire_snapshot(const grpc::Slice& body, const sheave::v1::Cursor& cursor) {
  WatchResponse rest;
  *rest.mutable_cursor() = cursor;
  const std::array<grpc::Slice, 2> slices{body, serialized(rest)};
  return {slices.data(), slices.size()};
}

grpc::Slice wire_samples_body(const SampleBatch& samples) { return serialized(samples); }

grpc::ByteBuffer wire_samples(const grpc::Slice& body, std::uint64_t lost) {
  Header tail;
  if (lost > 0) {
    tail.tag(SampleBatch::kLostFieldNumber, WireFormatLite::WIRETYPE_VARINT);
    tail.varint(lost);
  }
  Header head;
  head.tag(WatchResponse::kSamplesFieldNumber, WireFormatLite::WIRETYPE_LENGTH_DELIMITED);
  head.varint(body.size() + tail.size());
  const std::array<grpc::Slice, 3> slices{head.slice(), body, tail.slice()};
  return {slices.data(), tail.size() > 0 ? std::size_t{3} : std::size_t{2}};
}

}  // namespace sheave::api
