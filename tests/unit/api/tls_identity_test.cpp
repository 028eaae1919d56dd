#include "controller/api/tls_identity.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "tests/support/temporary_folder.hpp"

namespace sheave::api {
namespace {

namespace fs = std::filesystem;

class TlsIdentityTest : public testing::Test {
 protected:
  const test::TemporaryFolder folder;
  const std::string certificate = folder.file("tls.crt"), key = folder.file("tls.key");
};

TEST_F(TlsIdentityTest, WhatIsMadeCanBeLoadedAndHasAFingerprint) {
  ASSERT_TRUE(make_tls_identity(certificate, key, {"row-3", "127.0.0.1", "fe80::1"}).ok());
  const auto identity = load_tls_identity(certificate, key);
  ASSERT_TRUE(identity.ok()) << identity.status().message;
  EXPECT_EQ(identity->fingerprint.size(), 32U * 3 - 1);
  EXPECT_EQ(std::count(identity->fingerprint.begin(), identity->fingerprint.end(), ':'), 31);
  EXPECT_EQ(fs::status(key).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(TlsIdentityTest, TwoMachinesHaveTwoKeys) {
  ASSERT_TRUE(make_tls_identity(certificate, key, {"a"}).ok());
  const std::string other_certificate = folder.file("other.crt"), other_key = folder.file("other.key");
  ASSERT_TRUE(make_tls_identity(other_certificate, other_key, {"a"}).ok());
  EXPECT_NE(load_tls_identity(certificate, key)->fingerprint, load_tls_identity(other_certificate, other_key)->fingerprint);
  EXPECT_EQ(load_tls_identity(certificate, other_key).status().reason, "TLS_MISMATCH");
}

TEST_F(TlsIdentityTest, WhatIsWrongIsNamedByFile) {
  EXPECT_NE(load_tls_identity(certificate, key).status().message.find(certificate), std::string::npos);
  ASSERT_TRUE(make_tls_identity(certificate, key, {"a"}).ok());
  std::ofstream(key) << "nothing\n";
  const auto refused = load_tls_identity(certificate, key);
  EXPECT_EQ(refused.status().reason, "TLS_UNREADABLE");
  EXPECT_NE(refused.status().message.find(key), std::string::npos) << refused.status().message;
  EXPECT_EQ(make_tls_identity(folder.file("no/tls.crt"), folder.file("no/tls.key"), {"a"}).reason, "TLS_UNWRITABLE");
}

TEST(NamesOfThisHost, HoldLocalhost) {
  const auto names = names_of_this_host();
  EXPECT_NE(std::find(names.begin(), names.end(), "localhost"), names.end());
}

}  // namespace
}  // namespace sheave::api
