#include "controller/app/sheaved/alerts/transport.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <memory>
#include <nlohmann/json.hpp>

namespace sheave::app {
namespace {

constexpr long kConnect_s = 10, kAttempt_s = 30;
constexpr std::size_t kLongestWord = 40;  // bytes in one encoded word: with its frame far below the 75 that RFC 2047 allows

struct CurlFree {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  void operator()(curl_mime* mime) const { curl_mime_free(mime); }
};
using Handle = std::unique_ptr<CURL, CurlFree>;
using List = std::unique_ptr<curl_slist, CurlFree>;

List list_of(const std::vector<std::string>& lines) {
  List list;
  for (const std::string& line : lines) list.reset(curl_slist_append(list.release(), line.c_str()));
  return list;
}

std::size_t drop(char*, std::size_t size, std::size_t count, void*) { return size * count; }

/// libcurl asks about once a second whether to go on.
int is_cancelled(void* cancelled, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return *static_cast<const std::atomic<bool>*>(cancelled) ? 1 : 0;
}

/// @param protocols what it may speak, whatever it is redirected to.
Handle handle_for(const std::string& url, const char* protocols, const std::atomic<bool>& cancelled) {
  Handle handle(curl_easy_init());
  if (!handle) return handle;
  curl_easy_setopt(handle.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_PROTOCOLS_STR, protocols);
  curl_easy_setopt(handle.get(), CURLOPT_NOSIGNAL, 1L);  // its timer would be a signal to the whole process
  curl_easy_setopt(handle.get(), CURLOPT_CONNECTTIMEOUT, kConnect_s);
  curl_easy_setopt(handle.get(), CURLOPT_TIMEOUT, kAttempt_s);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, drop);
  curl_easy_setopt(handle.get(), CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle.get(), CURLOPT_XFERINFODATA, &cancelled);
  curl_easy_setopt(handle.get(), CURLOPT_XFERINFOFUNCTION, is_cancelled);
  return handle;
}

std::string perform(CURL* handle) {
  char detail[CURL_ERROR_SIZE] = "";
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, detail);
  const CURLcode code = curl_easy_perform(handle);
  if (code == CURLE_OK) return {};
  return detail[0] != '\0' ? std::string(detail) : std::string(curl_easy_strerror(code));
}

std::string utc(std::int64_t unix_s, const char* format) {
  const auto time = static_cast<std::time_t>(unix_s);
  std::tm tm{};
  gmtime_r(&time, &tm);
  char text[48];
  std::strftime(text, sizeof text, format, &tm);
  return text;
}

const char* name(session::AlertKind kind) {
  switch (kind) {
    case session::AlertKind::kFault:
      return "FAULT";
    case session::AlertKind::kOutOfOrder:
      return "OUT_OF_ORDER";
    case session::AlertKind::kMaintenance:
      return "MAINTENANCE";
    case session::AlertKind::kIdle:
      return "IDLE";
    case session::AlertKind::kTest:
      return "TEST";
  }
  return "UNKNOWN";
}

}  // namespace

std::string MailServer::host() const {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos) return {};
  const std::size_t begin = scheme + 3;
  return url.substr(begin, std::min(url.find_first_of(":/", begin), url.size()) - begin);
}

CurlTransport::CurlTransport(MailServer server, Sender sender) : server_(std::move(server)), sender_(std::move(sender)) {
  curl_global_init(CURL_GLOBAL_DEFAULT);
}

std::string CurlTransport::send(const session::Alert& alert, const session::Delivery& delivery) {
  return delivery.channel == session::Channel::kEmail ? send_mail(alert, delivery.target) : post(alert, delivery.target);
}

std::string CurlTransport::send_mail(const session::Alert& alert, const std::string& to) const {
  if (server_.url.empty()) return "No mail server is configured: set [alerts] smtp.";
  const Handle handle = handle_for(server_.url, "smtp,smtps", cancelled_);
  if (!handle) return "There is no memory for it.";
  CURL* curl = handle.get();
  if (server_.starttls) curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
  if (!server_.user.empty()) {
    curl_easy_setopt(curl, CURLOPT_USERNAME, server_.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, server_.password.c_str());
  }
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, ("<" + server_.from + ">").c_str());
  const List recipients = list_of({"<" + to + ">"});
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
  // The number makes the id the same at every attempt, so that a message that arrived twice is one in the reader's eyes.
  const List headers = list_of({"Date: " + utc(alert.at.unix_ns / kNsPerS, "%a, %d %b %Y %H:%M:%S +0000"), "From: " + server_.from,
                                "To: " + to, "Subject: " + mail_header_text(alert.subject),
                                fmt::format("Message-ID: <sheave-{}-{}@{}>", alert.number, alert.at.unix_ns, server_.host()),
                                "Auto-Submitted: auto-generated"});
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  const std::unique_ptr<curl_mime, CurlFree> mime(curl_mime_init(curl));
  curl_mimepart* part = curl_mime_addpart(mime.get());
  curl_mime_data(part, alert.text.c_str(), CURL_ZERO_TERMINATED);
  curl_mime_type(part, "text/plain; charset=utf-8");
  curl_mime_encoder(part, "quoted-printable");
  curl_easy_setopt(curl, CURLOPT_MIMEPOST, mime.get());
  return perform(curl);
}

std::string CurlTransport::post(const session::Alert& alert, const std::string& url) const {
  const Handle handle = handle_for(url, "http,https", cancelled_);
  if (!handle) return "There is no memory for it.";
  const std::string body = webhook_json(alert, sender_);
  const List headers = list_of({"Content-Type: application/json", "User-Agent: sheave"});
  curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
  curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDS, body.c_str());
  if (std::string error = perform(handle.get()); !error.empty()) return error;
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  return status >= 200 && status < 300 ? std::string() : fmt::format("The webhook answered {}.", status);
}

std::string mail_header_text(const std::string& text) {
  std::string line = text;
  std::replace_if(
      line.begin(), line.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; }, ' ');
  if (std::all_of(line.begin(), line.end(), [](unsigned char c) { return c < 0x80; })) return line;
  std::string words;
  std::string word;
  std::size_t bytes = 0;
  const auto flush = [&] {
    if (!word.empty()) words += (words.empty() ? "=?UTF-8?Q?" : " =?UTF-8?Q?") + std::exchange(word, "") + "?=";
    bytes = 0;
  };
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    const bool begins_a_character = (byte & 0xc0U) != 0x80U;  // a word does not end inside one
    if (begins_a_character && bytes >= kLongestWord) flush();
    const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
    const std::string piece = plain ? std::string(1, c) : fmt::format("={:02X}", byte);
    bytes += piece.size();
    word += piece;
  }
  flush();
  return words;
}

std::string webhook_json(const session::Alert& alert, const Sender& sender) {
  return nlohmann::json{{"machine", sender.machine},
                        {"machine_name", sender.machine_name},
                        {"kind", name(alert.kind)},
                        {"number", alert.number},
                        {"time", utc(alert.at.unix_ns / kNsPerS, "%Y-%m-%dT%H:%M:%SZ")},
                        {"subject", alert.subject},
                        {"text", alert.subject + "\n" + alert.text}}
      .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace sheave::app
