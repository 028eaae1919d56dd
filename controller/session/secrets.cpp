#include "controller/session/secrets.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <stdexcept>
#include <string_view>

namespace sheave::session {

namespace {

constexpr std::uint64_t kScryptN = 1U << 14U, kScryptR = 8, kScryptP = 1, kScryptMost_bytes = 32U << 20U;
constexpr std::size_t kSalt_bytes = 16, kHash_bytes = 32;

/// A secret that could not be made must not become one that everybody knows: nothing catches this.
void require(bool made, const char* what) {
  if (!made) throw std::runtime_error(what);
}

std::string hex(const unsigned char* bytes, std::size_t size) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < size; ++i) {
    text += kDigits[bytes[i] >> 4U];
    text += kDigits[bytes[i] & 15U];
  }
  return text;
}

std::string keyed(const MachineKey& key, const std::string& use, const std::string& text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned size = 0;
  const std::string input = use + text;
  const unsigned char* const made = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                                         reinterpret_cast<const unsigned char*>(input.data()), input.size(), mac.data(), &size);
  require(made != nullptr, "OpenSSL could not make an HMAC-SHA-256");
  return hex(mac.data(), size);
}

std::string scrypt(const std::string& secret, const std::string& salt) {
  std::array<unsigned char, kHash_bytes> out{};
  const int made = EVP_PBE_scrypt(secret.data(), secret.size(), reinterpret_cast<const unsigned char*>(salt.data()), salt.size(), kScryptN,
                                  kScryptR, kScryptP, kScryptMost_bytes, out.data(), out.size());
  require(made == 1, "OpenSSL could not hash a PIN: too little memory?");
  return hex(out.data(), out.size());
}

}  // namespace

std::string random_bytes(std::size_t size) {
  std::string bytes(size, '\0');
  require(RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(size)) == 1, "the system has no randomness to give");
  return bytes;
}

std::string random_hex(std::size_t bytes) {
  const std::string random = random_bytes(bytes);
  return hex(reinterpret_cast<const unsigned char*>(random.data()), bytes);
}

std::string key_check(const MachineKey& key) { return keyed(key, "check:", ""); }

std::string hash_tag(const MachineKey& key, const std::string& tag) { return keyed(key, "tag:", tag); }

std::string hash_pin(const MachineKey& key, const std::string& pin) {
  const std::string salt = random_hex(kSalt_bytes);
  return salt + "$" + scrypt(keyed(key, "pin:", pin), salt);
}

bool pin_matches(const MachineKey& key, const std::string& pin, const std::string& stored) {
  const std::size_t at = stored.find('$');
  if (at == std::string::npos) return false;
  const std::string hash = scrypt(keyed(key, "pin:", pin), stored.substr(0, at));
  return stored.size() == at + 1 + hash.size() && CRYPTO_memcmp(stored.data() + at + 1, hash.data(), hash.size()) == 0;
}

}  // namespace sheave::session
