#include "controller/app/cli/client.hpp"

#include <fstream>
#include <sstream>
#include <utility>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace sheave::cli {
namespace {

// What gRPC calls the least backoff is how long it lets a connection take. Refused ones are tried again after 100 ms all the same.
constexpr int kConnect_ms = 5'000;

/// The server's reason, "SET_ACTIVE"; empty where it gave none.
std::string reason_of(const grpc::Status& status) {
  google::rpc::Status details;
  google::rpc::ErrorInfo info;
  if (details.ParseFromString(status.error_details()) && details.details_size() > 0 && details.details(0).UnpackTo(&info))
    return info.reason();
  return {};
}

std::shared_ptr<grpc::ChannelCredentials> channel_credentials(const Credentials& credentials) {
  if (credentials.ca.empty()) {
    if (!credentials.token.empty()) {
      throw Failure(
          "A token is sent over TLS only: name the machine's certificate with --ca or SHEAVE_CA (its tls.crt), or give no token.");
    }
    return grpc::InsecureChannelCredentials();
  }
  std::ifstream file(credentials.ca);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file.is_open() || file.bad()) throw Failure(credentials.ca + " cannot be read. Name the machine's certificate with --ca.");
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = text.str();
  const auto tls = grpc::SslCredentials(options);
  return credentials.token.empty() ? tls : grpc::CompositeChannelCredentials(tls, grpc::AccessTokenCredentials(credentials.token));
}

}  // namespace

Client::Client(std::string address, const Credentials& credentials) : address_(std::move(address)) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, kConnect_ms);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 2000);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);  // the machine is near; a proxy between is a mistake
  channel_ = grpc::CreateCustomChannel(address_, channel_credentials(credentials), arguments);
}

void Client::check(const grpc::Status& status) const {
  if (!status.ok()) throw Failure(message_of(status), status.error_code());
}

std::string Client::message_of(const grpc::Status& status) const {
  const std::string reason = reason_of(status);
  if (!reason.empty()) return status.error_message() + " [" + reason + "]";
  switch (status.error_code()) {
    case grpc::StatusCode::UNAVAILABLE:
      return "No controller answers at " + address_ + ". Start sheaved, or name its address with --address or SHEAVE_ADDRESS.";
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return "The controller at " + address_ + " did not answer in time. See its log; Stop works even when it hangs.";
    case grpc::StatusCode::UNIMPLEMENTED:
      return "The controller at " + address_ + " does not know this call: it is of another version (" + status.error_message() + ").";
    default:
      return "The controller at " + address_ + " refused: " + status.error_message() + ".";
  }
}

}  // namespace sheave::cli
