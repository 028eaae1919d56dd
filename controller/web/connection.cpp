#include "controller/web/connection.hpp"

#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/write.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/write.hpp>
#include <sstream>
#include <utility>
#include <vector>

#include "controller/api/error_map.hpp"

namespace sheave::web {
namespace {

namespace http = boost::beast::http;
using boost::system::error_code;
using std::chrono::seconds;

constexpr auto kHandshake = seconds(5);
constexpr auto kRequest = seconds(30);  // between two requests, and for one to come in whole
constexpr auto kWrite = seconds(15);    // for a client to take one part of an answer
constexpr auto kLinger = seconds(2);    // for what was refused unread to be discarded, so that the answer is not lost with it
// In base64 and in its frame.
constexpr std::size_t kMaxBody_bytes = (kMaxMessage_bytes + 16) * 4 / 3;
// Sent ahead of an answer: one request of the largest kind, or a hundred of the usual.
constexpr std::size_t kMaxAhead_bytes = kMaxHeader_bytes + kMaxBody_bytes;
// Of samples that the kernel holds for a slow client: an old picture helps nobody, and a new one cannot overtake it.
constexpr int kUnsent_bytes = 16 * 1024;

std::string_view view(boost::string_view text) { return {text.data(), text.size()}; }

void set(Stream::Socket& socket, int level, int option, int value) {
  ::setsockopt(socket.native_handle(), level, option, &value, sizeof value);
}

void tune(Stream::Socket& socket) {
  set(socket, IPPROTO_TCP, TCP_NODELAY, 1);
  set(socket, IPPROTO_TCP, TCP_NOTSENT_LOWAT, kUnsent_bytes);
  // A phone that left the network is noticed in 14 s also where nothing is being sent to it.
  set(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
  set(socket, IPPROTO_TCP, TCP_KEEPIDLE, 5);
  set(socket, IPPROTO_TCP, TCP_KEEPINTVL, 3);
  set(socket, IPPROTO_TCP, TCP_KEEPCNT, 3);
}

std::string chunk(const std::string& bytes) { return fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes); }

std::string bytes_of(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  buffer.Dump(&slices);
  std::string bytes;
  bytes.reserve(buffer.Length());
  for (const grpc::Slice& slice : slices) bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return bytes;
}

}  // namespace

Connection::Connection(Site& site, Stream::Socket socket, boost::asio::ssl::context* tls, std::function<void()> on_closed)
    : site_(site), stream_(std::move(socket), tls), on_closed_(std::move(on_closed)), deadline_(site.io) {
  tune(stream_.socket());
}

Connection::~Connection() { on_closed_(); }

void Connection::start() {
  allow(kHandshake);
  stream_.async_handshake([self = shared_from_this()](const error_code& error) {
    if (error) return self->close();
    self->read_request();
  });
}

void Connection::finish() {
  closing_ = true;
  if (waiting_) close();
}

void Connection::close() {
  closing_ = true;
  deadline_.cancel();
  if (const auto call = std::exchange(call_, nullptr)) call->cancel();
  error_code ignored;
  stream_.socket().close(ignored);
}

void Connection::allow(std::chrono::steady_clock::duration time) {
  deadline_.expires_after(time);
  deadline_.async_wait([weak = weak_from_this()](const error_code& error) {
    const auto self = weak.lock();
    if (error || !self || self->deadline_.expiry() > std::chrono::steady_clock::now()) return;
    self->close();
  });
}

void Connection::read_request() {
  parser_.emplace();
  parser_->header_limit(kMaxHeader_bytes);
  parser_->body_limit(kMaxBody_bytes);
  parser_->eager(true);
  waiting_ = true;
  allow(kRequest);
  parse();
}

void Connection::parse() {
  error_code error;
  while (!error && buffer_.size() > 0 && !parser_->is_done()) buffer_.consume(parser_->put(buffer_.data(), error));
  const bool more = !error ? !parser_->is_done() : error == http::error::need_more;
  if (more) {
    if (!reading_) read_more();
    return;
  }
  waiting_ = false;
  deadline_.cancel();
  if (error) return refuse_request(error);
  request_ = parser_->release();
  answer();
}

void Connection::refuse_request(const error_code& error) {
  closing_ = true;
  request_ = {};
  if (error == http::error::body_limit) return send_page(413, fmt::format("A request has at most {} bytes.", kMaxBody_bytes));
  if (error == http::error::header_limit) {
    return send_page(431, fmt::format("The headers of a request have at most {} bytes.", kMaxHeader_bytes));
  }
  send_page(400, "This is no HTTP request.");
}

void Connection::answer() {
  const std::string_view host = view(request_[http::field::host]);
  const std::string_view origin = view(request_[http::field::origin]);
  if (!stream_.secure() && !names_this_host(host)) {
    return send_page(421, "Without TLS this host is reached as localhost or 127.0.0.1 only.");
  }
  if (!may_call(origin, host, stream_.secure(), site_.origins)) {
    return send_page(403, fmt::format("Pages of {} may not call this machine; list it in [web] origins.", origin));
  }
  switch (request_.method()) {
    case http::verb::get:
    case http::verb::head:
      return answer_file();
    case http::verb::options:
      return answer_preflight();
    case http::verb::post:
      if (const auto encoding = encoding_of(view(request_[http::field::content_type]))) return answer_call(*encoding);
      return send_page(415, "Calls have the content type application/grpc-web+proto or application/grpc-web-text.");
    default:
      return send_page(405, "Only GET, HEAD, POST and OPTIONS are answered.");
  }
}

template <typename Response>
void Connection::add_headers(Response& response) const {
  add_security_headers(response, site_.origins);
  const std::string_view origin = view(request_[http::field::origin]);
  if (may_call(origin, view(request_[http::field::host]), stream_.secure(), site_.origins)) add_cross_origin_headers(response, origin);
}

void Connection::answer_file() {
  const std::string_view target = view(request_.target());
  if (site_.downloads != nullptr && target.substr(0, api::Downloads::kPath.size()) == api::Downloads::kPath) {
    return answer_download(target.substr(api::Downloads::kPath.size()));
  }
  const StaticFile* const file = site_.files.find(target.substr(0, target.find('?')));
  if (file == nullptr) return send_page(404, "There is no such page here.");
  const bool gzip = !file->gzip.empty() && request_[http::field::accept_encoding].find("gzip") != boost::string_view::npos;
  const bool known = view(request_[http::field::if_none_match]) == file->etag;
  const std::string& bytes = gzip ? file->gzip : file->bytes;
  http::response<http::span_body<const char>> response(known ? http::status::not_modified : http::status::ok, request_.version());
  response.set(http::field::etag, file->etag);
  response.set(http::field::cache_control, file->cache_control);
  response.set(http::field::vary, "Accept-Encoding");
  if (!known) {
    response.set(http::field::content_type, file->type);
    if (gzip) response.set(http::field::content_encoding, "gzip");
    response.content_length(bytes.size());
    if (request_.method() == http::verb::get) response.body() = {bytes.data(), bytes.size()};
  }
  send(std::move(response));
}

/// The link is the credential. Only GET uses it up: what looks at a link before it opens it asks with HEAD.
void Connection::answer_download(std::string_view token) {
  if (request_.method() != http::verb::get) return send_page(405, "A link is opened with GET.");
  auto file = site_.downloads->take(token);
  if (!file) return send_page(404, "This link was opened before, or it is too old. The machine's screen makes a new one.");
  http::response<http::string_body> response(http::status::ok, request_.version());
  response.set(http::field::content_type, file->type);
  response.set(http::field::content_disposition, fmt::format("attachment; filename=\"{}\"", file->name));
  response.set(http::field::cache_control, "no-store");
  response.content_length(file->bytes.size());
  response.body() = std::move(file->bytes);
  send(std::move(response));
}

void Connection::answer_preflight() {
  http::response<http::empty_body> response(http::status::no_content, request_.version());
  response.set(http::field::access_control_allow_methods, "POST");
  response.set(http::field::access_control_allow_headers, "authorization, content-type, grpc-timeout, x-grpc-web, x-user-agent");
  response.set(http::field::access_control_max_age, "600");
  send(std::move(response));
}

void Connection::send_page(unsigned status, std::string text) {
  http::response<http::string_body> response(static_cast<http::status>(status), 11);
  response.set(http::field::content_type, "text/plain; charset=utf-8");
  response.set(http::field::cache_control, "no-store");
  if (status == 405) response.set(http::field::allow, "GET, HEAD, POST, OPTIONS");
  text += "\n";
  response.content_length(text.size());
  if (request_.method() != http::verb::head) response.body() = std::move(text);
  send(std::move(response));
}

template <typename Body>
void Connection::send(http::response<Body> response) {
  add_headers(response);
  const bool keep = request_.keep_alive() && !closing_;
  response.keep_alive(keep);
  // A body that HEAD leaves out still has its length said.
  auto owned = std::make_shared<http::response<Body>>(std::move(response));
  auto serializer = std::make_shared<http::response_serializer<Body>>(*owned);
  const auto done = [self = shared_from_this(), owned, serializer, keep](const error_code& error, std::size_t) {
    if (error) return self->close();
    self->answered(keep);
  };
  allow(kWrite);
  if (request_.method() == http::verb::head) return http::async_write_header(stream_, *serializer, done);
  http::async_write(stream_, *serializer, done);
}

void Connection::answered(bool keep) {
  deadline_.cancel();
  keep && !closing_ ? read_request() : linger();
}

void Connection::linger() {
  closing_ = true;
  error_code ignored;
  stream_.socket().shutdown(Stream::Socket::shutdown_send, ignored);
  allow(kLinger);
  if (!reading_) read_more();
}

void Connection::read_more() {
  reading_ = true;
  stream_.async_read_some(boost::asio::buffer(arrived_), [self = shared_from_this()](const error_code& error, std::size_t size) {
    self->reading_ = false;
    if (error) return self->close();
    self->on_arrived(size);
  });
}

void Connection::on_arrived(std::size_t size) {
  if (closing_ && !call_) return read_more();  // to be discarded, until the client has gone
  const boost::asio::const_buffer bytes(arrived_.data(), size);
  buffer_.commit(boost::asio::buffer_copy(buffer_.prepare(size), bytes));
  if (waiting_) return parse();
  if (!call_) return;  // the answer is on its way, and then the next request's turn
  if (buffer_.size() > kMaxAhead_bytes) return refuse_more();
  read_more();
}

void Connection::refuse_more() {
  if (head_sent_) return close();
  call_->cancel();
  closing_ = true;
  end_call(api::to_grpc(Status::error(StatusCode::kResourceExhausted, "SENT_AHEAD",
                                      fmt::format("At most {} bytes may be sent ahead of an answer.", kMaxAhead_bytes))));
}

void Connection::answer_call(Encoding encoding) {
  if (request_.version() < 11) return send_page(505, "Calls need HTTP/1.1: an answer may be a stream.");
  encoding_ = encoding;
  head_sent_ = false;
  std::string method(view(request_.target()));
  if (const Status status = site_.gate(method, stream_.secure(), view(request_[http::field::authorization])); !status.ok()) {
    return end_call(api::to_grpc(status));
  }
  const auto message = web::read_request(encoding, std::move(request_.body()));
  if (!message.ok()) return end_call(api::to_grpc(message.status()));
  ++site_.calls;
  call_ = std::make_shared<Call>(site_.io, std::move(method), [&site = site_] {
    --site.calls;
    site.on_call_gone();
  });
  if (stream_.secure()) call_->mark_remote(view(request_[http::field::authorization]));
  const auto self = shared_from_this();
  call_->start(site_.stub, *message, parse_timeout(view(request_["grpc-timeout"])),
               {[self](const grpc::ByteBuffer& part) { self->write_part(message_header(part.Length()) + bytes_of(part), false); },
                [self](const grpc::Status& status) { self->end_call(status); }});
  if (!reading_) read_more();
}

void Connection::end_call(const grpc::Status& status) {
  call_.reset();
  write_part(trailers_frame(status), true);
}

void Connection::write_part(std::string bytes, bool last) {
  const bool keep = request_.keep_alive() && !closing_;
  out_.clear();
  if (!std::exchange(head_sent_, true)) {
    http::response<http::empty_body> head(http::status::ok, 11);
    const std::string_view type = content_type_of(encoding_);
    head.set(http::field::content_type, boost::string_view(type.data(), type.size()));
    head.set(http::field::cache_control, "no-store");
    head.keep_alive(keep);
    head.chunked(true);
    add_headers(head);
    std::ostringstream text;
    text << head.base();
    out_ = std::move(text).str();
  }
  out_ += chunk(encoded(encoding_, std::move(bytes)));
  if (last) out_ += "0\r\n\r\n";
  allow(kWrite);
  boost::asio::async_write(stream_, boost::asio::buffer(out_),
                           [self = shared_from_this(), last, keep](const error_code& error, std::size_t) {
                             if (error) return self->close();
                             self->deadline_.cancel();
                             if (last) return self->answered(keep);
                             if (self->call_) self->call_->next();
                           });
}

}  // namespace sheave::web
