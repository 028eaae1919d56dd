// The gateway as well-behaved clients use it.

#include "controller/web/gateway.hpp"

#include "tests/unit/web/gateway_bench.hpp"

namespace sheave::web {
namespace {

using namespace std::string_literals;

const std::string kOk = trailers_frame(grpc::Status::OK);

TEST_F(GatewayTest, ServesPagesCompressedAndFromTheClientsCache) {
  Plain client = connect();
  const auto page = client.ask(get("/"));
  EXPECT_EQ(page.result_int(), 200U);
  EXPECT_EQ(page[http::field::content_type], "text/html; charset=utf-8");
  EXPECT_EQ(page.body(), "<!doctype html><title>Kiosk</title>\n");
  EXPECT_NE(page["Content-Security-Policy"].find("'self'"), boost::string_view::npos);

  const auto script = client.ask(get("/assets/app-1a2b.js", {{"Accept-Encoding", "br, gzip"}}));
  EXPECT_EQ(script[http::field::content_encoding], "gzip");
  EXPECT_LT(script.body().size(), 200U);
  const std::string etag(script[http::field::etag]);
  const auto known = client.ask(get("/assets/app-1a2b.js", {{"If-None-Match", etag}}));
  EXPECT_EQ(known.result_int(), 304U);
  EXPECT_EQ(known.body(), "");

  client.send(get("/assets/app-1a2b.js", {}, "HEAD"));
  const auto head = client.read(true);
  EXPECT_EQ(head.result_int(), 200U);
  EXPECT_GT(std::stoul(std::string(head[http::field::content_length])), 1000U);
  EXPECT_EQ(client.ask(get("/../../etc/passwd")).result_int(), 404U);
  EXPECT_EQ(client.ask(get("/?from=qr")).result_int(), 200U) << "and all of it on one connection";
}

TEST_F(GatewayTest, AOneTimeLinkOpensItsFileOnceAndOnlyByGet) {
  std::string path;
  on_main([&] { path = downloads.offer({"sheave-2026-11-21.csv", "text/csv; charset=utf-8", "Date,Reps\r\n"}); });
  Plain client = connect();
  client.send(get(path, {}, "HEAD"));
  EXPECT_EQ(client.read(true).result_int(), 405U) << "a look at the link does not use it up";
  const auto file = client.ask(get(path));
  EXPECT_EQ(file.result_int(), 200U);
  EXPECT_EQ(file.body(), "Date,Reps\r\n");
  EXPECT_EQ(file[http::field::content_type], "text/csv; charset=utf-8");
  EXPECT_EQ(file[http::field::content_disposition], "attachment; filename=\"sheave-2026-11-21.csv\"");
  EXPECT_EQ(file[http::field::cache_control], "no-store");
  const auto again = client.ask(get(path));
  EXPECT_EQ(again.result_int(), 404U);
  EXPECT_NE(again.body().find("opened before"), std::string::npos) << again.body();
}

TEST_F(GatewayTest, CarriesUnaryCallsOneAfterTheOther) {
  Plain client = connect();
  for (const std::string& message : {"hello"s, ""s, std::string(60'000, 'z')}) {
    const auto answer = client.ask(post("/test.Api/Echo", framed(message)));
    EXPECT_EQ(answer.result_int(), 200U);
    EXPECT_EQ(answer[http::field::content_type], "application/grpc-web+proto");
    EXPECT_EQ(answer.body(), framed(message) + kOk);
  }
}

TEST_F(GatewayTest, WhatIsSentAheadIsAnsweredInOrder) {
  Plain client = connect();
  const std::string large(60'000, 'z');
  client.send(post("/test.Api/Echo", framed("first")) + post("/test.Api/Fail", framed("")) + get("/") +
              post("/test.Api/Echo", framed(large)) + post("/test.Api/Echo", framed("last")));
  EXPECT_EQ(client.read().body(), framed("first") + kOk);
  EXPECT_NE(client.read().body().find("grpc-status: 5\r\n"), std::string::npos);
  EXPECT_EQ(client.read().body(), "<!doctype html><title>Kiosk</title>\n");
  EXPECT_EQ(client.read().body(), framed(large) + kOk);
  EXPECT_EQ(client.read().body(), framed("last") + kOk);
}

TEST_F(GatewayTest, ARequestMayComeInPiecesBehindAnother) {
  Plain client = connect();
  const std::string next = post("/test.Api/Echo", framed("next"));
  for (std::size_t cut = 0; cut < next.size(); cut += 20) {
    client.send(post("/test.Api/Echo", framed("first")) + next.substr(0, cut));
    EXPECT_EQ(client.read().body(), framed("first") + kOk);
    client.send(next.substr(cut));
    EXPECT_EQ(client.read().body(), framed("next") + kOk);
  }
}

TEST_F(GatewayTest, SpeaksTextToThoseWhoCannotReadBytes) {
  Plain client = connect();
  const auto answer = client.ask(post("/test.Api/Echo", base64(framed("hello"), true), {{"Content-Type", "application/grpc-web-text"}}));
  EXPECT_EQ(answer[http::field::content_type], "application/grpc-web-text+proto");
  EXPECT_EQ(answer.body(), base64(framed("hello"), true) + base64(kOk, true));
}

TEST_F(GatewayTest, AStatusComesWithItsDetails) {
  const auto answer = connect().ask(post("/test.Api/Fail", framed("")));
  EXPECT_EQ(answer.result_int(), 200U);
  EXPECT_EQ(answer.body(), trailers_frame({grpc::StatusCode::NOT_FOUND, "no such thing", "\1\2\3"}));
}

TEST_F(GatewayTest, ADeadlineEndsWhatIsNotAnswered) {
  const auto answer = connect().ask(post("/test.Api/Silent", framed(""), {{"grpc-timeout", "50m"}}));
  EXPECT_NE(answer.body().find("grpc-status: 4\r\n"), std::string::npos) << answer.body();
  api.first_cancelled.get_future().get();
}

TEST_F(GatewayTest, AClientThatLeavesCancelsItsCall) {
  connect().send(post("/test.Api/Silent", framed("")));
  api.first_cancelled.get_future().get();
}

TEST_F(GatewayTest, AClientThatLeavesInMidStreamCancelsIt) {
  {
    Plain client = connect();
    client.send(post("/test.Api/Stream", framed("")));
    std::string part(2 * MadeUpApi::kPart_bytes, ' ');
    boost::asio::read(client.socket, boost::asio::buffer(part));
  }
  api.first_cancelled.get_future().get();
}

TEST_F(GatewayTest, ASlowClientHoldsTheSenderBack) {
  Plain client = connect();
  client.send(post("/test.Api/Stream", framed("")));
  constexpr std::size_t kRead = 200, kBuffered_parts = 160;  // sockets hold at most 10 MB (tcp_wmem, tcp_rmem), a part is 64 KiB
  std::string part(MadeUpApi::kPart_bytes, ' ');
  for (std::size_t i = 0; i < kRead; ++i) {
    boost::asio::read(client.socket, boost::asio::buffer(part));
    ASSERT_LE(api.written.load(), i + 1 + kBuffered_parts);
  }
}

TEST_F(GatewayTest, PagesOfOtherMachinesCallOnlyWhereTheyAreListed) {
  Plain client = connect();
  const auto listed = client.ask(post("/test.Api/Echo", framed("a"), {{"Origin", "https://row-2.gym:8443"}}));
  EXPECT_EQ(listed["Access-Control-Allow-Origin"], "https://row-2.gym:8443");
  EXPECT_EQ(listed.body(), framed("a") + kOk);
  const auto preflight =
      client.ask(get("/test.Api/Echo", {{"Origin", "https://row-2.gym:8443"}, {"Access-Control-Request-Method", "POST"}}, "OPTIONS"));
  EXPECT_EQ(preflight.result_int(), 204U);
  EXPECT_NE(preflight["Access-Control-Allow-Headers"].find("authorization"), boost::string_view::npos);
  const auto stranger = client.ask(post("/test.Api/Echo", framed("a"), {{"Origin", "https://evil.example"}}));
  EXPECT_EQ(stranger.result_int(), 403U);
  EXPECT_EQ(stranger["Access-Control-Allow-Origin"], "");
  EXPECT_EQ(client.ask(post("/test.Api/Echo", framed("a"), {{"Host", "evil.example"}})).result_int(), 421U) << "DNS rebinding";
}

TEST_F(GatewayTest, TheGateIsAskedAboutEveryCall) {
  std::string asked;
  on_main([&] {
    gate = [&asked](std::string_view method, bool secure, std::string_view authorization) {
      asked = std::string(method) + (secure ? " secure " : " plain ") + std::string(authorization);
      return Status::error(StatusCode::kPermissionDenied, "SCOPE_MISSING", "needs a token of scope operator");
    };
  });
  const auto answer = connect().ask(post("/test.Api/Echo", framed("a"), {{"Authorization", "Bearer abc"}}));
  EXPECT_NE(answer.body().find("grpc-status: 7\r\ngrpc-message: needs a token of scope operator"), std::string::npos) << answer.body();
  EXPECT_EQ(asked, "/test.Api/Echo plain Bearer abc");
}

TEST_F(GatewayTest, StoppingEndsStreamsAndTellsTheirClients) {
  Plain client = connect();
  client.send(post("/test.Api/Silent", framed("")));
  Plain idle = connect();
  EXPECT_EQ(idle.ask(get("/")).result_int(), 200U);
  server->Shutdown(std::chrono::system_clock::now());
  const auto answer = client.read();
  EXPECT_NE(answer.body().find("grpc-status: "), std::string::npos) << answer.body();
  EXPECT_EQ(answer.body().find("grpc-status: 0"), std::string::npos) << answer.body();
}

}  // namespace
}  // namespace sheave::web
