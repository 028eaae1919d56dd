#include "controller/api/usage_service.hpp"

#include <fmt/format.h>

#include "controller/api/chunk_stream.hpp"
#include "controller/api/convert_upkeep.hpp"
#include "controller/api/opening.hpp"
#include "controller/api/paging.hpp"
#include "controller/api/usage_query.hpp"
#include "controller/api/usage_summary.hpp"

namespace sheave::api {
namespace {

constexpr int kDefaultDays = 56, kMaxDays = 366;  // eight weeks show a week's shape; a year is what a store thread reads in a moment

using CsvStream = ChunkStream<pb::ExportCsvResponse>;

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

grpc::ServerUnaryReactor* UsageService::Summarize(grpc::CallbackServerContext* call, const pb::SummarizeRequest* request,
                                                  pb::UsageSummary* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    if (const Status status = context_.names.check_machine(request->machine()); !status.ok()) return reply.fail(status);
    if (request->days() < 0 || request->days() > kMaxDays) {
      return reply.fail(Status::error(StatusCode::kInvalidArgument, "DAYS_RANGE",
                                      fmt::format("days is {}; use 1 to {}, or 0 for {}.", request->days(), kMaxDays, kDefaultDays)));
    }
    const std::int64_t now = context_.wall_clock.now().unix_ns / kNsPerS + 1;  // what began in this very second is in
    const std::int64_t from = local_midnight(now, (request->days() == 0 ? kDefaultDays : request->days()) - 1);
    context_.upkeep.settings([=, this](const Result<session::Settings>& settings) {
      if (!settings.ok()) return reply.fail(settings.status());
      context_.upkeep.use_facts(from, now, [=, this, opening = settings->opening](const Result<session::UseFacts>& facts) {
        if (!facts.ok()) return reply.fail(facts.status());
        *response = summarize(*facts, opening, context_.manager.catalog(), from, now);
        response->set_machine(context_.names.machine());
        reply.ok();
      });
    });
  });
}

grpc::ServerWriteReactor<pb::ExportCsvResponse>* UsageService::ExportCsv(grpc::CallbackServerContext* call,
                                                                         const pb::ExportCsvRequest* request) {
  auto* stream = new CsvStream(admission_of(*call, "/sheave.v1.UsageService/ExportCsv", context_.gate));
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
