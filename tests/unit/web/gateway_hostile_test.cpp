// What careless and hostile clients send: each is told what is wrong where it can be told, and the next client is served as ever.

#include <list>

#include "tests/unit/web/gateway_bench.hpp"

namespace sheave::web {
namespace {

using namespace std::string_literals;

class HostileTest : public GatewayTest {
 protected:
  void TearDown() override {
    EXPECT_EQ(connect().ask(post("/test.Api/Echo", framed("still here"))).body(), framed("still here") + trailers_frame(grpc::Status::OK));
    GatewayTest::TearDown();
  }
};

TEST_F(HostileTest, MalformedFramesAreRefusedAndTheConnectionGoesOn) {
  Plain client = connect();
  for (const std::string& body : {""s, "\0"s,
                                  "\0\0\0\0\5"
                                  "abc"s,
                                  "\0\xFF\xFF\xFF\xFF"
                                  "abc"s,
                                  "\1\0\0\0\3"
                                  "abc"s,
                                  "\x80\0\0\0\0"s, std::string(40'000, '\xFF')}) {
    const auto answer = client.ask(post("/test.Api/Echo", body));
    EXPECT_EQ(answer.result_int(), 200U);
    EXPECT_NE(answer.body().find("grpc-status: 3\r\n"), std::string::npos) << answer.body();
  }
  const auto text = client.ask(post("/test.Api/Echo", "no base64!", {{"Content-Type", "application/grpc-web-text"}}));
  EXPECT_EQ(text.result_int(), 200U);
}

TEST_F(HostileTest, OversizeIsRefusedBeforeItIsRead) {
  {
    Plain client = connect();
    client.send(
        "POST /test.Api/Echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/grpc-web\r\nContent-Length: 4000000000\r\n\r\n");
    EXPECT_EQ(client.read().result_int(), 413U);
  }
  {
    Plain client = connect();
    client.send(get("/", {{"X-Long", std::string(9000, 'x')}}));
    EXPECT_EQ(client.read().result_int(), 431U);
  }
  {
    Plain client = connect();  // without a length: in chunks that go on
    client.send(
        "POST /test.Api/Echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/grpc-web\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string chunk = "8000\r\n" + std::string(0x8000, 'x') + "\r\n";
    for (int i = 0; i < 4; ++i) client.send(chunk);
    EXPECT_EQ(client.read().result_int(), 413U);
  }
}

TEST_F(HostileTest, WhatIsNoHttpIsToldSo) {
  for (const std::string& bytes : {"hello\r\n\r\n"s, "GET / HTTP/9.9\r\n\r\n"s, "\x16\x03\x01\x02\0\1\0\1\xfc\3\3\r\n\r\n"s,
                                   "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n"s}) {
    EXPECT_EQ(connect().ask(bytes).result_int(), 400U) << bytes;
  }
  Plain client = connect();
  EXPECT_EQ(client.ask(post("/test.Api/Echo", "{}", {{"Content-Type", "application/json"}})).result_int(), 415U);
  EXPECT_EQ(client.ask(get("/", {}, "DELETE")).result_int(), 405U);
}

TEST_F(HostileTest, ClientsLeaveAtEveryByte) {
  const std::string request = post("/test.Api/Stream", framed("abc"));
  for (std::size_t length = 0; length <= request.size(); ++length) connect().send(request.substr(0, length));
}

TEST_F(HostileTest, WhoSendsTooMuchAheadOfAnAnswerIsToldSo) {
  Plain loud = connect();
  loud.send(post("/test.Api/Silent", framed("")) + std::string(100'000, 'x'));
  const auto answer = loud.read();
  EXPECT_NE(answer.body().find("grpc-status: 8\r\n"), std::string::npos) << answer.body();
  EXPECT_FALSE(answer.keep_alive());
  api.first_cancelled.get_future().get();
}

TEST_F(HostileTest, AClientThatTalksAndTalksDuringItsStreamIsCutOff) {
  Plain loud = connect();
  loud.send(post("/test.Api/Stream", framed("")));
  std::string part(MadeUpApi::kPart_bytes, ' ');
  boost::asio::read(loud.socket, boost::asio::buffer(part));
  boost::system::error_code error;
  while (!error) boost::asio::write(loud.socket, boost::asio::buffer(std::string(4096, 'x')), error);
  api.first_cancelled.get_future().get();
}

TEST_F(HostileTest, MoreConnectionsThanThereMayBeWaitForTheirTurn) {
  std::list<Plain> clients;
  for (std::size_t i = 0; i < Gateway::kMaxConnections; ++i) {
    clients.push_back(connect());
    EXPECT_EQ(clients.back().ask(get("/")).result_int(), 200U);
  }
  Plain late = connect();
  late.send(get("/"));
  clients.pop_front();
  EXPECT_EQ(late.read().result_int(), 200U);
}

}  // namespace
}  // namespace sheave::web
