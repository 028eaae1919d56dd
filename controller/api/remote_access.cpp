#include "controller/api/remote_access.hpp"

#include <grpcpp/security/auth_metadata_processor.h>

#include <string_view>
#include <utility>

#include "controller/api/caller.hpp"
#include "controller/api/error_map.hpp"

namespace sheave::api {
namespace {

class AskGate final : public grpc::AuthMetadataProcessor {
 public:
  explicit AskGate(std::shared_ptr<Gate> gate) : gate_(std::move(gate)) {}

  bool IsBlocking() const override { return false; }  // a look at a file's time, and a hash

  /// The header is left with the call: a stream is asked for it again, see admission_of().
  grpc::Status Process(const InputMetadata& metadata, grpc::AuthContext*, OutputMetadata*, OutputMetadata*) override {
    const auto value = [&](const char* key) {
      const auto found = metadata.find(key);
      return found == metadata.end() ? std::string_view() : std::string_view(found->second.data(), found->second.size());
    };
    return to_grpc(gate_->check(value(":path"), value(kAuthorization)));
  }

 private:
  const std::shared_ptr<Gate> gate_;
};

}  // namespace

std::shared_ptr<grpc::ServerCredentials> credentials_of(const RemoteAccess& access) {
  grpc::SslServerCredentialsOptions options;
  options.pem_key_cert_pairs.push_back({access.identity.key_pem, access.identity.certificate_pem});
  auto credentials = grpc::SslServerCredentials(options);
  credentials->SetAuthMetadataProcessor(std::make_shared<AskGate>(access.gate));
  return credentials;
}

}  // namespace sheave::api
