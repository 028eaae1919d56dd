#include "controller/app/sheaved/operator_side.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <spdlog/sinks/ringbuffer_sink.h>
#include <spdlog/spdlog.h>

#include <array>
#include <fstream>
#include <utility>

#include "controller/app/sheaved/version.hpp"

namespace sheave::app {
namespace {

constexpr std::int64_t kSecond_ns = kNsPerS, kCheck_ns = 60 * kNsPerS;

}  // namespace

std::string sha256_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return {};
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> hash(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  EVP_DigestInit_ex(hash.get(), EVP_sha256(), nullptr);
  std::array<char, 65536> piece;
  while (file.read(piece.data(), piece.size()), file.gcount() > 0) {
    EVP_DigestUpdate(hash.get(), piece.data(), static_cast<std::size_t>(file.gcount()));
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned int length = 0;
  EVP_DigestFinal_ex(hash.get(), digest.data(), &length);
  std::string hex;
  for (unsigned int i = 0; i < length; ++i) hex += fmt::format("{:02x}", digest[i]);
  return hex;
}

std::vector<api::Component> components(const plugin_host::Registry& registry, const hal::StackInfo& stack) {
  std::vector<api::Component> all = {{"software", "sheaved", kVersion, sha256_of("/proc/self/exe")}};
  for (const auto& plugin : registry.plugins()) all.push_back({"plugin", plugin.id, plugin.version, sha256_of(plugin.file)});
  for (const std::string& serial : stack.serials) all.push_back({"drive", fmt::format("{}, serial {}", stack.model, serial), "", ""});
  return all;
}

std::string recent_log() {
  std::string text;
  for (const auto& sink : spdlog::default_logger()->sinks()) {
    const auto ring = std::dynamic_pointer_cast<spdlog::sinks::ringbuffer_sink_mt>(sink);
    if (!ring) continue;
    for (const std::string& line : ring->last_formatted()) text += line;
  }
  return text;
}

OperatorSide::OperatorSide(const Config& config, store::SqliteJournal& journal, session::Manager& manager,
                           const session::WallClock& wall_clock, std::function<void(std::function<void()>)> post)
    : config_(config),
      wall_clock_(wall_clock),
      upkeep_(journal),
      courier_(std::make_unique<CurlTransport>(config.mail, Sender{"machines/" + config.machine.id, config.machine.display_name}),
               std::move(post)),
      outbox_(upkeep_, courier_),
      watch_({manager, upkeep_, wall_clock, config.machine.display_name, config.maintenance,
              [this](session::Alert alert) { raise(std::move(alert)); }}) {}

void OperatorSide::start() {
  outbox_.start();
  upkeep_.settings([this, alive = std::weak_ptr<int>(alive_)](const Result<session::Settings>& settings) {
    if (alive.expired()) return;
    // A store that cannot say is one that nothing can be sent from either: it is said in the log, and the defaults hold.
    if (!settings.ok()) spdlog::warn("settings: {}", settings.status().message);
    use(settings.ok() ? *settings : session::Settings{});
  });
}

void OperatorSide::use(const session::Settings& settings) {
  settings_ = settings;
  watch_.use(settings);
  check_due_ns_ = 0;
  for (session::Alert& alert : std::exchange(waiting_, {})) raise(std::move(alert));
}

void OperatorSide::tick(std::int64_t now_ns) {
  if (now_ns < second_due_ns_) return;
  second_due_ns_ = now_ns + kSecond_ns;
  outbox_.tick(wall_clock_.now().unix_ns / kNsPerS);
  if (now_ns < check_due_ns_) return;
  check_due_ns_ = now_ns + kCheck_ns;
  watch_.check();
}

void OperatorSide::raise(session::Alert alert) {
  if (!settings_) return waiting_.push_back(std::move(alert));
  const std::string subject = alert.subject;
  outbox_.raise(std::move(alert), settings_->alerts, [subject](const Result<session::Alert>& stored) {
    if (!stored.ok()) spdlog::warn("alert \"{}\" was not stored: {}", subject, stored.status().message);
  });
}

api::Operation OperatorSide::operation() {
  api::Operation operation;
  operation.support_files = [this] {
    return std::vector<api::SupportFile>{{"sheaved.toml", without_secrets(config_.text)}, {"sheaved.log", recent_log()}};
  };
  operation.settings_changed = [this](const session::Settings& settings) { use(settings); };
  operation.test_alert = [this](session::Upkeep::Answer<session::Alert> answer) {
    if (!settings_ || (settings_->alerts.emails.empty() && settings_->alerts.webhooks.empty())) {
      return answer(Status::error(StatusCode::kFailedPrecondition, "NO_TARGETS",
                                  "Nobody is named to be told: add an e-mail address or a webhook first, and save it."));
    }
    outbox_.raise(test_alert(config_.machine.display_name, wall_clock_.now()), settings_->alerts, std::move(answer));
  };
  return operation;
}

}  // namespace sheave::app
