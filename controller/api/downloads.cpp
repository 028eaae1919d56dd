#include "controller/api/downloads.hpp"

#include <algorithm>

#include "controller/session/secrets.hpp"

namespace sheave::api {

namespace {

constexpr std::size_t kToken_bytes = 16;

}  // namespace

std::string Downloads::offer(DownloadFile file) {
  forget_old();
  if (offers_.size() >= kMost) offers_.pop_front();
  offers_.push_back({session::random_hex(kToken_bytes), now_ns_() + kKeep_ns, std::move(file)});
  return std::string(kPath) + offers_.back().token;
}

std::optional<DownloadFile> Downloads::take(std::string_view token) {
  forget_old();
  const auto found = std::ranges::find(offers_, token, &Offer::token);
  if (found == offers_.end()) return std::nullopt;
  DownloadFile file = std::move(found->file);
  offers_.erase(found);
  return file;
}

void Downloads::forget_old() {
  std::erase_if(offers_, [now_ns = now_ns_()](const Offer& offer) { return offer.until_ns <= now_ns; });
}

}  // namespace sheave::api
