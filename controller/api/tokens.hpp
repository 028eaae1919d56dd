#pragma once
// The credentials of one machine: a file with a line for each, "NAME SCOPE SHA256 CREATED", of which the hash alone is kept. Made by
// `sheave token create`, read by sheaved. A token has 256 random bits, so that a plain hash of it is no easier to turn round.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "controller/api/scopes.hpp"
#include "controller/core/status.hpp"

namespace sheave::api {

struct TokenEntry {
  std::string name;  ///< Whose it is: "office". Kebab-case, one of a kind.
  Scope scope = Scope::kDisplay;
  std::string sha256;  ///< Of the token, in lower case hexadecimal.
  std::int64_t created_unix_s = 0;
  bool operator==(const TokenEntry&) const = default;
};

/// Lower case hexadecimal.
std::string sha256_hex(std::string_view bytes);

/// Every line that is no comment has to be an entry: a file that was damaged lets nobody in. Reason TOKENS_MALFORMED.
/// @param source the file's name, for messages.
Result<std::vector<TokenEntry>> parse_tokens(const std::string& text, const std::string& source);
/// A missing file is an empty one. Reasons TOKENS_UNREADABLE, TOKENS_MALFORMED.
Result<std::vector<TokenEntry>> load_tokens(const std::string& path);

/// Adds an entry and returns its token, which is nowhere kept. Reasons of load_tokens(), TOKEN_NAME_INVALID, TOKEN_EXISTS,
/// TOKENS_UNWRITABLE.
Result<std::string> create_token(const std::string& path, const std::string& name, Scope scope, std::int64_t now_unix_s);
/// Reasons of load_tokens(), TOKEN_NOT_FOUND, TOKENS_UNWRITABLE.
Status revoke_token(const std::string& path, const std::string& name);

}  // namespace sheave::api
