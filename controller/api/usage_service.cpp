#include "controller/api/usage_service.hpp"

#include "controller/api/paging.hpp"
#include "controller/api/usage_query.hpp"

namespace sheave::api {
namespace {

constexpr std::size_t kCsvChunk = 32 * 1024;  // half of what a client with our own receive limit takes

/// Sends one text in chunks, one write in flight. feed() or fail() is called once, on [main]; gRPC deletes it after OnDone.
class CsvStream final : public grpc::ServerWriteReactor<pb::ExportCsvResponse> {
 public:
  void feed(std::string csv) {
    csv_ = std::move(csv);
    write_next();
  }
  void fail(const Status& status) { Finish(to_grpc(status)); }

 private:
  void OnWriteDone(bool ok) override {
    if (ok) return write_next();
    Finish(grpc::Status::CANCELLED);
  }
  void OnDone() override { delete this; }

  void write_next() {
    if (sent_ >= csv_.size()) return Finish(grpc::Status::OK);
    message_.set_chunk(csv_.substr(sent_, kCsvChunk));
    sent_ += kCsvChunk;
    StartWrite(&message_);
  }

  std::string csv_;
  std::size_t sent_ = 0;
  pb::ExportCsvResponse message_;
};

}  // namespace

grpc::ServerUnaryReactor* UsageService::QueryUsage(grpc::CallbackServerContext* call, const pb::QueryUsageRequest* request,
                                                   pb::QueryUsageResponse* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    if (const Status status = context_.names.check_machine(request->machine()); !status.ok()) return reply.fail(status);
    const auto span = usage_span(*request, from_pb(request->bucket()), context_.wall_clock.now().unix_ns / kNsPerS);
    if (!span.ok()) return reply.fail(span.status());
    context_.journal.usage(span->from_unix_s, span->to_unix_s, span->bucket_s,
                           [=, this](const Result<std::vector<session::UsageBucket>>& found) {
                             if (!found.ok()) return reply.fail(found.status());
                             for (const auto& bucket : *found) to_pb(bucket, response->add_buckets());
                             context_.journal.odometer([reply, response](const Result<session::Odometer>& odometer) {
                               if (!odometer.ok()) return reply.fail(odometer.status());
                               to_pb(*odometer, response->mutable_odometer());
                               reply.ok();
                             });
                           });
  });
}

grpc::ServerUnaryReactor* UsageService::ListFaults(grpc::CallbackServerContext* call, const pb::ListFaultsRequest* request,
                                                   pb::ListFaultsResponse* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    if (const Status status = context_.names.check_machine(request->machine()); !status.ok()) return reply.fail(status);
    const auto size = page_size(request->page_size());
    if (!size.ok()) return reply.fail(size.status());
    const auto before = read_page_number("faults", request->page_token());
    if (!before.ok()) return reply.fail(before.status());
    context_.journal.list_faults(*size + 1, *before, [=, this](Result<std::vector<session::FaultRecord>> found) {
      if (!found.ok()) return reply.fail(found.status());
      if (found->size() > *size) {
        found->resize(*size);
        response->set_next_page_token(page_token("faults", std::to_string(found->back().seq)));
      }
      for (const auto& fault : *found) to_pb(context_.names, fault, response->add_faults());
      reply.ok();
    });
  });
}

grpc::ServerWriteReactor<pb::ExportCsvResponse>* UsageService::ExportCsv(grpc::CallbackServerContext*,
                                                                         const pb::ExportCsvRequest* request) {
  auto* stream = new CsvStream;
  context_.post([this, stream, request = *request] {
    const Status status = context_.names.check_machine(request.machine());
    if (!status.ok()) return stream->fail(status);
    const auto span = usage_span(request, 0, context_.wall_clock.now().unix_ns / kNsPerS);
    if (!span.ok()) return stream->fail(span.status());
    context_.journal.usage(span->from_unix_s, span->to_unix_s, span->bucket_s,
                           [stream](const Result<std::vector<session::UsageBucket>>& found) {
                             if (!found.ok()) return stream->fail(found.status());
                             stream->feed(usage_csv(*found));
                           });
  });
  return stream;
}

}  // namespace sheave::api
