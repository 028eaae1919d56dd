// The gateway for other hosts.

#include "controller/web/tls.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/web/gateway_bench.hpp"

namespace sheave::web {
namespace {

namespace ssl = boost::asio::ssl;

class GatewayTlsTest : public GatewayTest {
 protected:
  using Secure = HttpClient<ssl::stream<tcp::socket>>;

  void SetUp() override {
    const std::string certificate = folder.file("tls.crt"), key = folder.file("tls.key");
    ASSERT_TRUE(api::make_tls_identity(certificate, key, {"127.0.0.1", "localhost"}).ok());
    auto identity = api::load_tls_identity(certificate, key);
    ASSERT_TRUE(identity.ok()) << identity.status().message;
    auto context = make_tls_context(*identity);
    ASSERT_TRUE(context.ok()) << context.status().message;
    tls = *context;
    client_tls.load_verify_file(certificate);
    client_tls.set_verify_mode(ssl::verify_peer);
    client_tls.set_verify_callback(ssl::host_name_verification("127.0.0.1"));
    GatewayTest::SetUp();
  }
  std::shared_ptr<ssl::context> tls_context() override { return tls; }

  const test::TemporaryFolder folder;
  std::shared_ptr<ssl::context> tls;
  ssl::context client_tls{ssl::context::tls_client};
};

TEST_F(GatewayTlsTest, CallsAndStreamsOverTlsAsWithoutIt) {
  Secure client(client_io, client_tls);
  client.socket.next_layer().connect(endpoint());
  client.socket.handshake(ssl::stream_base::client);
  bool secure = false;
  on_main([&] {
    gate = [&secure](std::string_view, bool over_tls, std::string_view) {
      secure = over_tls;
      return Status();
    };
  });
  EXPECT_EQ(client.ask(get("/", {{"Host", "row-1.gym:8443"}})).result_int(), 200U) << "over TLS any name will do";
  EXPECT_EQ(client.ask(post("/test.Api/Echo", framed("a"))).body(), framed("a") + trailers_frame(grpc::Status::OK));
  EXPECT_TRUE(secure);
  const auto who = client.ask(post("/test.Api/Who", framed(""), {{"Authorization", "Bearer abc"}}));
  EXPECT_NE(who.body().find("grpc-message: Bearer abc"), std::string::npos) << "a stream is asked for it again: " << who.body();
  client.send(post("/test.Api/Stream", framed("")));
  std::string part(20 * MadeUpApi::kPart_bytes, ' ');
  boost::asio::read(client.socket, boost::asio::buffer(part));
  boost::system::error_code ignored;
  client.socket.next_layer().close(ignored);
  api.first_cancelled.get_future().get();
}

TEST_F(GatewayTlsTest, WhoDoesNotSpeakTlsIsCutOff) {
  Plain client = connect();
  client.send(get("/"));
  boost::system::error_code error;
  std::string rest(1000, ' ');
  while (!error) client.socket.read_some(boost::asio::buffer(rest), error);
  Secure old(client_io, client_tls);
  SSL_set_max_proto_version(old.socket.native_handle(), TLS1_1_VERSION);
  old.socket.next_layer().connect(endpoint());
  old.socket.handshake(ssl::stream_base::client, error);
  EXPECT_TRUE(error) << "TLS 1.1 was taken";
}

}  // namespace
}  // namespace sheave::web
