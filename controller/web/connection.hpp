#pragma once
// One client's connection: reads a request at a time, answers it with a file or with a call of the API, notices when the client goes.

#include <array>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "controller/web/call.hpp"
#include "controller/web/grpc_web.hpp"
#include "controller/web/site.hpp"
#include "controller/web/stream.hpp"

namespace sheave::web {

/// Everything is [main]. Kept alive by its own operations; `on_closed` is called once, when the last of them ended.
///
/// One reader: what comes while a call is answered is kept, tells by its end that the client went, and is the next request. So a client
/// may send several requests ahead, and gets the answers in their order.
///
/// A slow client is waited for: while a part of a stream is being written, the next one is not asked for, so that what piles up does so
/// where losses are counted. A client that takes or says nothing for too long is cut off.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Site& site, Stream::Socket socket, boost::asio::ssl::context* tls, std::function<void()> on_closed);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start();
  /// Closes once what is being answered is answered.
  void finish();
  /// Closes now, and cancels what is being answered.
  void close();

 private:
  using Request = boost::beast::http::request<boost::beast::http::string_body>;
  using Fields = boost::beast::http::fields;

  void read_request();
  void parse();
  void refuse_request(const boost::system::error_code& error);
  void answer();
  void answer_file();
  void answer_download(std::string_view token);
  void answer_preflight();
  void answer_call(Encoding encoding);
  void end_call(const grpc::Status& status);

  void send_page(unsigned status, std::string text);
  template <typename Body>
  void send(boost::beast::http::response<Body> response);
  void answered(bool keep);

  void write_part(std::string bytes, bool last);
  void read_more();
  void on_arrived(std::size_t size);
  void refuse_more();

  void allow(std::chrono::steady_clock::duration time);
  void linger();
  template <typename Response>
  void add_headers(Response& response) const;

  Site& site_;
  Stream stream_;
  std::function<void()> on_closed_;
  boost::asio::steady_timer deadline_;
  std::array<char, 4096> arrived_{};  // being read
  boost::beast::flat_buffer buffer_;  // read, and no part of a request yet
  std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> parser_;
  Request request_;
  std::shared_ptr<Call> call_;
  Encoding encoding_ = Encoding::kBinary;
  std::string out_;         // what is being written of a call's answer
  bool head_sent_ = false;  // of a call's answer
  bool reading_ = false;    // into arrived_
  bool waiting_ = false;    // for the next request, none of it is there yet
  bool closing_ = false;    // after this answer
};

}  // namespace sheave::web
