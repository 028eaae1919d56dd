// Streams of callers from other hosts end with their token.

#include "sheave/v1/usage.grpc.pb.h"
#include "sheave/v1/watch.grpc.pb.h"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/api/server_bench.hpp"

namespace sheave::api {
namespace {

class RevokedTest : public ServerTest {
 protected:
  struct Stream {
    std::unique_ptr<grpc::ClientContext> call = std::make_unique<grpc::ClientContext>();
    std::unique_ptr<grpc::ClientReader<pb::WatchResponse>> reader;
  };

  void SetUp() override {
    const std::string certificate = folder.file("tls.crt"), key = folder.file("tls.key");
    ASSERT_TRUE(make_tls_identity(certificate, key, {"127.0.0.1", "localhost"}).ok());
    const auto identity = load_tls_identity(certificate, key);
    ASSERT_TRUE(identity.ok()) << identity.status().message;
    remote = RemoteAccess{"127.0.0.1:0", *identity, std::make_shared<Gate>(tokens)};
    ServerTest::SetUp();
    grpc::SslCredentialsOptions options;
    options.pem_root_certs = identity->certificate_pem;
    afar = grpc::CreateChannel(server->remote_address(), grpc::SslCredentials(options));
    inside = server->in_process_channel();
  }

  std::string token(const std::string& name) const {
    auto made = create_token(tokens, name, Scope::kOperator, 1'700'000'000);
    EXPECT_TRUE(made.ok()) << made.status().message;
    return "Bearer " + *made;
  }

  static Stream watch(const std::shared_ptr<grpc::Channel>& channel, const std::string& authorization, bool through_gateway = false) {
    Stream stream;
    stream.call->AddMetadata(kAuthorization, authorization);
    if (through_gateway) stream.call->AddMetadata(kRemoteCaller, "1");
    stream.reader = pb::WatchService::NewStub(channel)->Watch(stream.call.get(), pb::WatchRequest());
    pb::WatchResponse snapshot;
    EXPECT_TRUE(stream.reader->Read(&snapshot));
    return stream;
  }

  static grpc::Status end_of(Stream& stream) {
    pb::WatchResponse message;
    while (stream.reader->Read(&message)) {
    }
    return stream.reader->Finish();
  }

  const test::TemporaryFolder folder;
  const std::string tokens = folder.file("tokens");
  std::shared_ptr<grpc::Channel> afar, inside;
};

TEST_F(RevokedTest, AWatchEndsWithItsTokenAndTheOthersGoOn) {
  const std::string office = token("office"), other = token("other");
  Stream revoked = watch(afar, office), revoked_page = watch(inside, office, true);
  Stream kept = watch(afar, other), kept_page = watch(inside, other, true), local = watch(channel, office);
  main.ask([this] { server->recheck_callers(); });
  ASSERT_TRUE(revoke_token(tokens, "office").ok());
  main.ask([this] { server->recheck_callers(); });
  for (Stream* stream : {&revoked, &revoked_page}) {
    const grpc::Status end = end_of(*stream);
    EXPECT_EQ(end.error_code(), grpc::StatusCode::UNAUTHENTICATED);
    EXPECT_EQ(reason_of(end), "TOKEN_UNKNOWN");
  }
  main.ask([this] { rooms.manager.tell({session::Update::Kind::kSnapshot, 0, nullptr, &rooms.manager.shown, 0}); });
  for (Stream* stream : {&kept, &kept_page, &local}) {
    pb::WatchResponse message;
    EXPECT_TRUE(stream->reader->Read(&message));
    stream->call->TryCancel();
    EXPECT_EQ(end_of(*stream).error_code(), grpc::StatusCode::CANCELLED);
  }
}

TEST_F(RevokedTest, WhatIsSentInChunksAsksForTheTokenAgain) {
  const std::string office = token("office"), other = token("other");
  ASSERT_TRUE(revoke_token(tokens, "office").ok());
  const auto export_csv = [this](const std::string& authorization) {
    grpc::ClientContext call;
    call.AddMetadata(kAuthorization, authorization);
    call.AddMetadata(kRemoteCaller, "1");
    // Past the gateway, as if the token had been good a moment ago.
    const auto reader = pb::UsageService::NewStub(inside)->ExportCsv(&call, pb::ExportCsvRequest());
    pb::ExportCsvResponse chunk;
    const bool told = reader->Read(&chunk);
    while (reader->Read(&chunk)) {
    }
    return std::pair{told, reader->Finish().error_code()};
  };
  EXPECT_EQ(export_csv(office), std::pair(false, grpc::StatusCode::UNAUTHENTICATED));
  EXPECT_EQ(export_csv(other), std::pair(true, grpc::StatusCode::OK));
}

}  // namespace
}  // namespace sheave::api
