#include "controller/api/tls_identity.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>

namespace sheave::api {
namespace {

constexpr long kYesterday_s = -24L * 3600, kTenYears_s = 10L * 365 * 24 * 3600;

template <auto Free>
struct Freed {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;

Result<std::string> read_file(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file.is_open() || file.bad()) {
    return Status::error(StatusCode::kUnavailable, "TLS_UNREADABLE", fmt::format("{} cannot be read: {}.", path, std::strerror(errno)));
  }
  return text.str();
}

Bio reading(const std::string& text) { return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))); }

std::string text_of(const Bio& bio) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

std::string fingerprint_of(X509* certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  X509_digest(certificate, EVP_sha256(), digest.data(), &size);
  std::string text;
  for (unsigned i = 0; i < size; ++i) text += fmt::format("{}{:02X}", i == 0 ? "" : ":", digest[i]);
  return text;
}

bool add_extension(X509* certificate, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

/// "DNS:row-3,IP:192.168.1.4"
std::string alternative_names(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) {
    std::array<unsigned char, sizeof(in6_addr)> address{};
    const bool ip = inet_pton(AF_INET, name.c_str(), address.data()) == 1 || inet_pton(AF_INET6, name.c_str(), address.data()) == 1;
    all += fmt::format("{}{}:{}", all.empty() ? "" : ",", ip ? "IP" : "DNS", name);
  }
  return all;
}

/// Null where OpenSSL refuses, as for a name that is none.
Certificate certify(EVP_PKEY* key, const std::vector<std::string>& names) {
  Certificate certificate(X509_new());
  std::uint64_t serial = 0;
  if (!certificate || RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) != 1) return nullptr;
  X509* const raw = certificate.get();
  X509_NAME* const name = X509_get_subject_name(raw);
  const auto* common_name = reinterpret_cast<const unsigned char*>("Sheave");
  const bool made = X509_set_version(raw, X509_VERSION_3) == 1 && ASN1_INTEGER_set_uint64(X509_get_serialNumber(raw), serial >> 1) == 1 &&
                    X509_gmtime_adj(X509_getm_notBefore(raw), kYesterday_s) != nullptr &&
                    X509_gmtime_adj(X509_getm_notAfter(raw), kTenYears_s) != nullptr && X509_set_pubkey(raw, key) == 1 &&
                    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, common_name, -1, -1, 0) == 1 &&
                    X509_set_issuer_name(raw, name) == 1 &&
                    // It vouches for itself and for nothing else, also where somebody trusts it.
                    add_extension(raw, NID_basic_constraints, "critical,CA:FALSE") && add_extension(raw, NID_ext_key_usage, "serverAuth") &&
                    add_extension(raw, NID_subject_alt_name, alternative_names(names)) && X509_sign(raw, key, EVP_sha256()) > 0;
  return made ? std::move(certificate) : nullptr;
}

Status write_file(const std::string& path, const std::string& text, mode_t mode) {
  ::unlink(path.c_str());
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  const bool written = fd >= 0 && ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const int error = errno;
  if ((fd >= 0 && ::close(fd) != 0) || !written) {
    return Status::error(StatusCode::kUnavailable, "TLS_UNWRITABLE", fmt::format("cannot write {}: {}.", path, std::strerror(error)));
  }
  return {};
}

}  // namespace

Result<TlsIdentity> load_tls_identity(const std::string& certificate_path, const std::string& key_path) {
  auto certificate_pem = read_file(certificate_path);
  if (!certificate_pem.ok()) return certificate_pem.status();
  auto key_pem = read_file(key_path);
  if (!key_pem.ok()) return key_pem.status();
  const Certificate certificate(PEM_read_bio_X509(reading(*certificate_pem).get(), nullptr, nullptr, nullptr));
  const Key key(PEM_read_bio_PrivateKey(reading(*key_pem).get(), nullptr, nullptr, nullptr));
  if (!certificate || !key) {
    return Status::error(
        StatusCode::kInvalidArgument, "TLS_UNREADABLE",
        fmt::format("{} holds no {} in PEM.", certificate ? key_path : certificate_path, certificate ? "key" : "certificate"));
  }
  if (X509_check_private_key(certificate.get(), key.get()) != 1) {
    return Status::error(StatusCode::kInvalidArgument, "TLS_MISMATCH", fmt::format("{} is not the key of {}.", key_path, certificate_path));
  }
  if (X509_cmp_current_time(X509_get0_notAfter(certificate.get())) <= 0) {
    return Status::error(
        StatusCode::kFailedPrecondition, "TLS_EXPIRED",
        fmt::format("the certificate {} has expired: renew it; one that sheaved made is made anew once it is removed.", certificate_path));
  }
  return TlsIdentity{*std::move(certificate_pem), *std::move(key_pem), fingerprint_of(certificate.get())};
}

Status make_tls_identity(const std::string& certificate_path, const std::string& key_path, const std::vector<std::string>& names) {
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate = key ? certify(key.get(), names) : nullptr;
  const Bio certificate_text(BIO_new(BIO_s_mem())), key_text(BIO_new(BIO_s_mem()));
  if (!certificate || PEM_write_bio_X509(certificate_text.get(), certificate.get()) != 1 ||
      PEM_write_bio_PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    return Status::error(StatusCode::kInternal, "TLS_UNWRITABLE", "a certificate could not be made for " + alternative_names(names) + ".");
  }
  if (Status status = write_file(key_path, text_of(key_text), 0600); !status.ok()) return status;
  return write_file(certificate_path, text_of(certificate_text), 0644);
}

std::vector<std::string> names_of_this_host() {
  std::set<std::string> names = {"localhost", "127.0.0.1", "::1"};
  std::array<char, 256> text{};
  if (::gethostname(text.data(), text.size() - 1) == 0 && text[0] != '\0') names.insert(text.data());
  ifaddrs* all = nullptr;
  if (::getifaddrs(&all) == 0) {
    for (const ifaddrs* one = all; one != nullptr; one = one->ifa_next) {
      if (one->ifa_addr == nullptr || (one->ifa_flags & IFF_LOOPBACK) != 0) continue;
      const int family = one->ifa_addr->sa_family;
      const void* address = family == AF_INET ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in*>(one->ifa_addr)->sin_addr)
                            : family == AF_INET6
                                ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in6*>(one->ifa_addr)->sin6_addr)
                                : nullptr;
      if (address != nullptr && inet_ntop(family, address, text.data(), text.size()) != nullptr) names.insert(text.data());
    }
    freeifaddrs(all);
  }
  return {names.begin(), names.end()};
}

}  // namespace sheave::api
