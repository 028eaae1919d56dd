#include "controller/web/static_files.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>

#include "tests/support/temporary_folder.hpp"

namespace sheave::web {
namespace {

namespace fs = std::filesystem;

class StaticFilesTest : public testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder / "assets"); }
  void write(const std::string& path, const std::string& bytes) const { std::ofstream(folder / path, std::ios::binary) << bytes; }

  const test::TemporaryFolder temporary;
  const fs::path folder = temporary.path();
};

std::string unzipped(const std::string& gzip, std::size_t size) {
  std::string out(size, '\0');
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(gzip.data()));
  stream.avail_in = static_cast<uInt>(gzip.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  inflateEnd(&stream);
  return out;
}

TEST_F(StaticFilesTest, EachPageAnswersForWhatLiesBelowIt) {
  write("index.html", "kiosk");
  write("operator.html", "operator");
  write("assets/a-1234.js", "1");
  const auto files = StaticFiles::load(folder);
  ASSERT_TRUE(files.ok()) << files.status().message;
  EXPECT_EQ(files->find("/")->bytes, "kiosk");
  EXPECT_EQ(files->find("/index.html")->bytes, "kiosk");
  EXPECT_EQ(files->find("/operator")->bytes, "operator");
  EXPECT_EQ(files->find("/operator/machines/m1")->bytes, "operator");
  EXPECT_EQ(files->find("/assets/a-1234.js")->bytes, "1");
  EXPECT_EQ(files->find("/assets/a-1234.js")->type, "text/javascript; charset=utf-8");
  EXPECT_NE(files->find("/assets/a-1234.js")->cache_control.find("immutable"), std::string::npos);
  EXPECT_EQ(files->find("/")->cache_control, "no-cache");
  for (const char* none :
       {"", "index.html", "/service", "/operator/x.js", "/assets", "/../index.html", "/assets/../../passwd", "/%2e%2e/x"}) {
    EXPECT_EQ(files->find(none), nullptr) << none;
  }
}

TEST_F(StaticFilesTest, CompressesWhatGetsSmallerAndTagsContent) {
  const std::string text(5000, 'x');
  write("index.html", text);
  write("a.png", "\x89PNG\1\2\3\4\5\6\7");
  const auto files = StaticFiles::load(folder);
  ASSERT_TRUE(files.ok());
  const StaticFile& page = *files->find("/");
  EXPECT_LT(page.gzip.size(), 200U);
  EXPECT_EQ(unzipped(page.gzip, text.size()), text);
  EXPECT_TRUE(files->find("/a.png")->gzip.empty());
  const std::string before = page.etag;
  write("index.html", text + "y");
  EXPECT_NE(StaticFiles::load(folder)->find("/")->etag, before);
}

TEST_F(StaticFilesTest, AFolderThatIsNoneIsNamedWithTheRemedy) {
  const auto files = StaticFiles::load(folder / "nowhere");
  EXPECT_EQ(files.status().reason, "PAGES_MISSING");
  EXPECT_NE(files.status().message.find("[web] root"), std::string::npos) << files.status().message;
}

}  // namespace
}  // namespace sheave::web
