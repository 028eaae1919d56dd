#include "controller/web/static_files.hpp"

#include <fmt/format.h>
#include <openssl/sha.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

namespace sheave::web {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::pair<std::string_view, std::string_view>, 15> kTypes = {{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".png", "image/png"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".wasm", "application/wasm"},
    {".txt", "text/plain; charset=utf-8"},
    {".ogg", "audio/ogg"},
    {".mp3", "audio/mpeg"},
}};

std::string type_of(const fs::path& path) {
  const std::string suffix = path.extension().string();
  const auto* const known = std::find_if(kTypes.begin(), kTypes.end(), [&](const auto& type) { return type.first == suffix; });
  return std::string(known != kTypes.end() ? known->second : "application/octet-stream");
}

std::string etag_of(const std::string& bytes) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
  std::string etag = "\"";
  for (std::size_t i = 0; i < 12; ++i) etag += fmt::format("{:02x}", digest[i]);
  return etag + "\"";
}

/// Empty where it would not be smaller by a tenth.
std::string gzipped(const std::string& bytes) {
  constexpr int kGzipWindow = 15 + 16;  // zlib: largest window, with a gzip header
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib does not write to it
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return done && out.size() < bytes.size() / 10 * 9 ? out : std::string();
}

/// Vite writes what it names by content into assets/.
bool has_hash_in_name(const std::string& path) { return path.rfind("assets/", 0) == 0; }

StaticFile make(const std::string& path, std::string bytes) {
  StaticFile file;
  file.type = type_of(path);
  file.etag = etag_of(bytes);
  file.cache_control = has_hash_in_name(path) ? "public, max-age=31536000, immutable" : "no-cache";
  file.gzip = gzipped(bytes);
  file.bytes = std::move(bytes);
  return file;
}

}  // namespace

Result<StaticFiles> StaticFiles::load(const std::string& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return Status::error(StatusCode::kNotFound, "PAGES_MISSING",
                         fmt::format("there are no pages in {}: name their folder in [web] root.", folder));
  }
  StaticFiles all;
  std::size_t total_bytes = 0;
  fs::recursive_directory_iterator it(folder, error);
  for (; !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
    std::error_code unreadable;
    if (!it->is_regular_file(unreadable)) continue;
    std::ifstream stream(it->path(), std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    std::string bytes = std::move(text).str();
    if (stream.bad() || !stream.is_open()) {
      return Status::error(StatusCode::kUnavailable, "PAGES_UNREADABLE", fmt::format("{} cannot be read.", it->path().string()));
    }
    total_bytes += bytes.size();
    if (total_bytes > kMost_bytes) {
      return Status::error(StatusCode::kResourceExhausted, "PAGES_TOO_LARGE",
                           fmt::format("{} holds more than {} MB: is it the folder of the built pages?", folder, kMost_bytes >> 20));
    }
    std::string path = it->path().lexically_relative(folder).generic_string();
    all.files_.emplace(path, make(path, std::move(bytes)));
  }
  if (error) return Status::error(StatusCode::kUnavailable, "PAGES_UNREADABLE", fmt::format("{}: {}.", folder, error.message()));
  return all;
}

const StaticFile* StaticFiles::find(std::string_view path) const {
  if (path.empty() || path.front() != '/') return nullptr;
  path.remove_prefix(1);
  if (const auto file = files_.find(path); file != files_.end()) return &file->second;
  // Below a page its own addresses: the page itself reads them. What looks like a file has to be one.
  const std::string_view last = path.substr(path.rfind('/') + 1);
  if (last.find('.') != std::string_view::npos) return nullptr;
  const std::string_view page = path.substr(0, path.find('/'));
  const auto file = files_.find(page.empty() ? "index.html" : std::string(page) + ".html");
  return file != files_.end() ? &file->second : nullptr;
}

}  // namespace sheave::web
