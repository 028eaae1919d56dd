#include "controller/api/tokens.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace sheave::api {
namespace {

constexpr std::size_t kToken_bytes = 32;
constexpr std::string_view kPrefix = "sheave_";  // a token that went astray is known for what it is
constexpr std::string_view kHexDigits = "0123456789abcdef";

std::string hex(const unsigned char* bytes, std::size_t size) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i) {
    text += kHexDigits[bytes[i] >> 4];
    text += kHexDigits[bytes[i] & 15];
  }
  return text;
}

bool is_name(const std::string& text) {
  return !text.empty() && text.size() <= 64 && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
}

/// Whole or not at all, and readable by its owner only.
Status save(const std::string& path, const std::vector<TokenEntry>& entries) {
  std::string text = "# Credentials of this machine: name, scope, SHA-256 of the token, time of making. See `sheave token`.\n";
  for (const TokenEntry& entry : entries) {
    text += fmt::format("{} {} {} {}\n", entry.name, name_of(entry.scope), entry.sha256, entry.created_unix_s);
  }
  const std::string fresh = path + ".new";
  const auto fail = [&] {
    return Status::error(StatusCode::kUnavailable, "TOKENS_UNWRITABLE",
                         fmt::format("cannot write {}: {}. Run this as the user that sheaved runs as, or name the file with --tokens.",
                                     path, std::strerror(errno)));
  };
  ::unlink(fresh.c_str());
  const int fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return fail();
  // What root writes stays readable for the service that owns the file or its folder.
  struct stat before {};
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const bool known = ::stat(path.c_str(), &before) == 0 || ::stat(folder.empty() ? "." : folder.c_str(), &before) == 0;
  const bool owned = !known || ::geteuid() != 0 || ::fchown(fd, before.st_uid, before.st_gid) == 0;
  const bool written = owned && ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
  if (::close(fd) != 0 || !written || ::rename(fresh.c_str(), path.c_str()) != 0) return fail();
  return {};
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
  return hex(digest.data(), digest.size());
}

Result<std::vector<TokenEntry>> parse_tokens(const std::string& text, const std::string& source) {
  std::vector<TokenEntry> entries;
  std::istringstream lines(text);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream words(line);
    TokenEntry entry;
    std::string scope, rest;
    words >> entry.name >> scope >> entry.sha256 >> entry.created_unix_s;
    const bool whole = !words.fail() && !(words >> rest);
    const auto known = parse_scope(scope);
    const bool hash = entry.sha256.size() == 2 * SHA256_DIGEST_LENGTH && entry.sha256.find_first_not_of(kHexDigits) == std::string::npos;
    if (!whole || !known || !hash || !is_name(entry.name)) {
      return Status::error(StatusCode::kInvalidArgument, "TOKENS_MALFORMED",
                           fmt::format("{}:{}: this is no credential (name, scope, SHA-256, time): remove the line, and make a new token "
                                       "with `sheave token create`.",
                                       source, number));
    }
    entry.scope = *known;
    entries.push_back(std::move(entry));
  }
  return entries;
}

Result<std::vector<TokenEntry>> load_tokens(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error) && !error) return std::vector<TokenEntry>();
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file.is_open() || file.bad()) {
    return Status::error(StatusCode::kUnavailable, "TOKENS_UNREADABLE", fmt::format("{} cannot be read ({}).", path, std::strerror(errno)));
  }
  return parse_tokens(text.str(), path);
}

Result<std::string> create_token(const std::string& path, const std::string& name, Scope scope, std::int64_t now_unix_s) {
  if (!is_name(name)) {
    return Status::error(StatusCode::kInvalidArgument, "TOKEN_NAME_INVALID",
                         fmt::format("\"{}\" is no name for a token; use lower case letters, digits and hyphens: \"front-desk\".", name));
  }
  auto entries = load_tokens(path);
  if (!entries.ok()) return entries.status();
  if (std::any_of(entries->begin(), entries->end(), [&](const TokenEntry& entry) { return entry.name == name; })) {
    return Status::error(StatusCode::kAlreadyExists, "TOKEN_EXISTS",
                         fmt::format("there is a token \"{}\" already: choose another name, or revoke it first.", name));
  }
  std::array<unsigned char, kToken_bytes> random{};
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) {
    return Status::error(StatusCode::kUnavailable, "NO_RANDOM", "the system gives no random numbers; try again.");
  }
  std::string token = std::string(kPrefix) + hex(random.data(), random.size());
  entries->push_back({name, scope, sha256_hex(token), now_unix_s});
  if (Status status = save(path, *entries); !status.ok()) return status;
  return token;
}

Status revoke_token(const std::string& path, const std::string& name) {
  auto entries = load_tokens(path);
  if (!entries.ok()) return entries.status();
  const auto gone = std::remove_if(entries->begin(), entries->end(), [&](const TokenEntry& entry) { return entry.name == name; });
  if (gone == entries->end()) {
    return Status::error(StatusCode::kNotFound, "TOKEN_NOT_FOUND",
                         fmt::format("there is no token \"{}\" in {}; `sheave token list` shows those there are.", name, path));
  }
  entries->erase(gone, entries->end());
  return save(path, *entries);
}

}  // namespace sheave::api
