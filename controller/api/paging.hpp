#pragma once
// Page sizes and opaque page tokens (AIP-158).

#include <cstdint>
#include <string>

#include "controller/core/status.hpp"

namespace sheave::api {

inline constexpr std::size_t kDefaultPage = 50;
inline constexpr std::size_t kMaxPage = 200;  // of sessions, faults, programs: about 100 KiB of answer

/// 0: the default; above the most: the most. Reason PAGE_SIZE_INVALID where negative.
Result<std::size_t> page_size(std::int32_t wanted);

/// A token that a client cannot read anything into. @param list which list it belongs to; @param from where it goes on.
std::string page_token(const std::string& list, const std::string& from);

/// The `from` of a token of the same list; empty for an empty token. Reason PAGE_TOKEN_INVALID.
Result<std::string> read_page_token(const std::string& list, const std::string& token);

/// read_page_token() for lists that go on from a number; 0 for an empty token.
Result<std::uint64_t> read_page_number(const std::string& list, const std::string& token);

}  // namespace sheave::api
