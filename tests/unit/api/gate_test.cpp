#include "controller/api/gate.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <vector>

#include "tests/support/temporary_folder.hpp"

namespace sheave::api {
namespace {

namespace fs = std::filesystem;

class GateTest : public testing::Test {
 protected:
  std::string token(const std::string& name, Scope scope) const {
    auto made = create_token(path, name, scope, 1'700'000'000);
    EXPECT_TRUE(made.ok()) << made.status().message;
    return "Bearer " + *made;
  }

  const test::TemporaryFolder folder;
  const std::string path = folder.file("tokens");
  Gate gate{path};
};

constexpr const char* kUsage = "/sheave.v1.UsageService/QueryUsage";

TEST_F(GateTest, ATokenIsGoodForItsScope) {
  EXPECT_EQ(gate.check(kUsage, "").reason, "TOKEN_MISSING");
  EXPECT_EQ(gate.check(kUsage, "Basic YTpi").code, StatusCode::kUnauthenticated);
  EXPECT_EQ(gate.check(kUsage, "Bearer sheave_00").reason, "TOKEN_UNKNOWN") << "there is no file at all";
  const std::string office = token("office", Scope::kOperator), phone = token("phone", Scope::kApp);
  EXPECT_TRUE(gate.check(kUsage, office).ok());
  const Status refused = gate.check(kUsage, phone);
  EXPECT_EQ(refused.code, StatusCode::kPermissionDenied);
  EXPECT_NE(refused.message.find("operator or service"), std::string::npos) << refused.message;
  EXPECT_TRUE(gate.check("/sheave.v1.SessionService/CreateSession", phone).ok());
  EXPECT_EQ(gate.check("/sheave.v1.SessionService/CreateSession", office).reason, "SCOPE_MISSING");
  EXPECT_EQ(gate.check("/sheave.v1.NoService/Call", office).reason, "METHOD_UNKNOWN");
  EXPECT_EQ(gate.check(kUsage, office.substr(0, office.size() - 1)).reason, "TOKEN_UNKNOWN");
}

TEST_F(GateTest, WhoeverHasAnyTokenMayTakeTheLoadOff) {
  for (const Scope scope : {Scope::kDisplay, Scope::kKiosk, Scope::kApp, Scope::kTrainer, Scope::kOperator, Scope::kService}) {
    const std::string held = token(std::string(name_of(scope)), scope);
    EXPECT_TRUE(gate.check("/sheave.v1.ControlService/Stop", held).ok()) << name_of(scope);
    EXPECT_TRUE(gate.check("/sheave.v1.ControlService/Lower", held).ok()) << name_of(scope);
  }
  EXPECT_FALSE(gate.check("/sheave.v1.ControlService/Stop", "").ok());
}

TEST_F(GateTest, ARevokedTokenIsRefusedFromTheNextCallOn) {
  const std::string office = token("office", Scope::kOperator), other = token("other", Scope::kOperator);
  EXPECT_TRUE(gate.check(kUsage, office).ok());
  ASSERT_TRUE(revoke_token(path, "office").ok());
  EXPECT_EQ(gate.check(kUsage, office).reason, "TOKEN_UNKNOWN");
  EXPECT_TRUE(gate.check(kUsage, other).ok());
}

// Only time and size were looked at.
TEST_F(GateTest, AnotherContentIsSeenAlsoWhereTimeAndSizeAreTheSame) {
  const std::string office = token("office", Scope::kOperator);
  std::ifstream file(path);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto written = fs::last_write_time(path);
  const std::string hash = sha256_hex(office.substr(7));
  const auto put = [&](const std::string& name, const std::string& other) {
    std::string changed = text;
    changed.replace(changed.find(hash), hash.size(), other);
    std::ofstream(folder.file(name)) << changed;
    fs::last_write_time(folder.file(name), written);
  };
  ASSERT_TRUE(gate.check(kUsage, office).ok());
  const std::uint64_t revision = gate.revision();
  EXPECT_EQ(gate.revision(), revision) << "a file that is read again and is the same is no change";

  put("tokens", sha256_hex("another"));  // in place, within the same tick of the file system's clock
  EXPECT_EQ(gate.check(kUsage, office).reason, "TOKEN_UNKNOWN");
  EXPECT_NE(gate.revision(), revision);
  put("restored", hash);  // another file under the same name, as a backup is put back
  fs::rename(folder.file("restored"), path);
  EXPECT_TRUE(gate.check(kUsage, office).ok());
}

TEST_F(GateTest, ADamagedFileLetsNobodyIn) {
  const std::string office = token("office", Scope::kOperator);
  std::ofstream(path, std::ios::app) << "somebody operator abc 1\n";
  const Status refused = gate.check(kUsage, office);
  EXPECT_EQ(refused.reason, "TOKENS_UNREADABLE");
  EXPECT_EQ(refused.message.find(folder.path().string()), std::string::npos) << "a caller from afar learns no paths: " << refused.message;
}

TEST_F(GateTest, TheFileHoldsNoToken) {
  const std::string office = token("office", Scope::kOperator).substr(7);
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(text.find(office), std::string::npos);
  EXPECT_NE(text.find(sha256_hex(office)), std::string::npos);
  EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(create_token(path, "office", Scope::kApp, 0).status().reason, "TOKEN_EXISTS");
  EXPECT_EQ(create_token(path, "Front desk", Scope::kApp, 0).status().reason, "TOKEN_NAME_INVALID");
  EXPECT_EQ(revoke_token(path, "nobody").reason, "TOKEN_NOT_FOUND");
}

TEST(Tokens, HashesAsTheStandardSays) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");  // FIPS 180-2, B.1
}

TEST(Tokens, EveryLineIsReadOrNamed) {
  const std::string hash(64, 'a');
  const auto read = parse_tokens("# a comment\n\noffice operator " + hash + " 17\n", "tokens");
  ASSERT_TRUE(read.ok()) << read.status().message;
  ASSERT_EQ(read->size(), 1U);
  EXPECT_EQ(read->front().scope, Scope::kOperator);
  for (const std::string& line :
       std::vector<std::string>{"office " + hash + " 17", "office king " + hash + " 17", "office operator abc 17",
                                "office operator " + hash, "office operator " + hash + " 17 more", "Office operator " + hash + " 17"}) {
    const auto refused = parse_tokens("\n" + line + "\n", "tokens");
    EXPECT_EQ(refused.status().reason, "TOKENS_MALFORMED") << line;
    EXPECT_NE(refused.status().message.find("tokens:2:"), std::string::npos) << refused.status().message;
  }
}

}  // namespace
}  // namespace sheave::api
