#pragma once
// How a message leaves the machine: mail over SMTP, or a POST of JSON to a webhook.

#include <atomic>
#include <string>

#include "controller/session/upkeep.hpp"

namespace sheave::app {

/// The mail server, as the configuration names it.
struct MailServer {
  std::string url;   ///< "smtps://mail.example.org:465" or "smtp://mail.example.org:587"; empty: none.
  std::string from;  ///< The sender's address.
  std::string user, password_file;
  std::string password;  ///< The first line of that file.
  bool starttls = true;  ///< smtp: refuses to send in the clear.

  std::string host() const;  ///< Of `url`; empty: none.
};

/// Who the messages are from.
struct Sender {
  std::string machine;       ///< "machines/m1"
  std::string machine_name;  ///< For people.
};

class Transport {
 public:
  virtual ~Transport() = default;
  /// Sends `alert` to `delivery.target`; empty: it was taken, else why not, in one sentence. Blocks, half a minute at most. [alerts]
  virtual std::string send(const session::Alert& alert, const session::Delivery& delivery) = 0;
  /// A running send() ends within a second or two, and so does every later one: the program is ending. [any]
  virtual void cancel() = 0;
};

/// On libcurl.
class CurlTransport final : public Transport {
 public:
  /// Once per process. [main] before other threads use libcurl
  CurlTransport(MailServer server, Sender sender);
  std::string send(const session::Alert& alert, const session::Delivery& delivery) override;
  void cancel() override { cancelled_ = true; }

 private:
  std::string send_mail(const session::Alert& alert, const std::string& to) const;
  std::string post(const session::Alert& alert, const std::string& url) const;

  const MailServer server_;
  const Sender sender_;
  std::atomic<bool> cancelled_{false};
};

/// A header's text for any mail reader: as it is where plain ASCII, else as an encoded word (RFC 2047). Line breaks become spaces. Pure.
std::string mail_header_text(const std::string& text);

/// The JSON that a webhook gets: machine, machine_name, kind, number, time (RFC 3339), subject, and text, which chat services show. Pure.
std::string webhook_json(const session::Alert& alert, const Sender& sender);

}  // namespace sheave::app
