#include "controller/app/sheaved/alerts/outbox.hpp"

#include <algorithm>
#include <utility>

namespace sheave::app {

namespace {
constexpr std::size_t kMostOpen = 1000;  // deliveries taken up after a restart: far more than a weekend without mail leaves
}

ThreadCourier::ThreadCourier(std::unique_ptr<Transport> transport, std::function<void(std::function<void()>)> post)
    : transport_(std::move(transport)), post_(std::move(post)), thread_([this] { run(); }) {}

ThreadCourier::~ThreadCourier() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  transport_->cancel();
  wake_.notify_one();
  thread_.join();
}

void ThreadCourier::attempt(const session::Alert& alert, std::function<void(std::string error)> done) {
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back({alert, std::move(done)});
  }
  wake_.notify_one();
}

void ThreadCourier::run() {
  while (true) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
      if (stopping_) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    std::string error = transport_->send(job.alert, job.alert.deliveries.front());
    post_([done = std::move(job.done), error = std::move(error)] { done(error); });
  }
}

std::int64_t retry_pause_s(std::uint32_t attempts) {
  constexpr std::int64_t kFirst_s = 30, kMost_s = 3600;
  constexpr std::uint32_t kMostDoublings = 7;  // past an hour already
  return std::min(kMost_s, kFirst_s << std::min(attempts > 0 ? attempts - 1 : 0, kMostDoublings));
}

void AlertOutbox::start() {
  upkeep_.open_deliveries(kMostOpen, [this, alive = std::weak_ptr<int>(alive_)](Result<std::vector<session::Alert>> open) {
    if (alive.expired() || !open) return;
    for (session::Alert& alert : *open) {
      session::Delivery& delivery = alert.deliveries.front();
      delivery.due_unix_s = 0;  // whoever restarted it has perhaps mended the network
      open_.try_emplace(delivery.number, std::move(alert));
    }
  });
}

void AlertOutbox::raise(session::Alert alert, const session::AlertSettings& settings, session::Upkeep::Answer<session::Alert> done) {
  const auto add = [&](session::Channel channel, const std::vector<std::string>& targets) {
    for (const std::string& target : targets) {
      session::Delivery& delivery = alert.deliveries.emplace_back();
      delivery.channel = channel;
      delivery.target = target;
      delivery.due_unix_s = alert.at.unix_ns / kNsPerS;
    }
  };
  add(session::Channel::kEmail, settings.emails);
  add(session::Channel::kWebhook, settings.webhooks);
  upkeep_.add_alert(alert, [this, done = std::move(done), alive = std::weak_ptr<int>(alive_)](const Result<session::Alert>& stored) {
    if (alive.expired()) return;
    if (stored.ok() && stored->number != 0) {
      for (const session::Delivery& delivery : stored->deliveries) {
        session::Alert one = *stored;
        one.deliveries = {delivery};
        open_.try_emplace(delivery.number, std::move(one));
      }
      tick(std::max(now_unix_s_, stored->at.unix_ns / kNsPerS));
    }
    done(stored);
  });
}

void AlertOutbox::tick(std::int64_t now_unix_s) {
  now_unix_s_ = now_unix_s;
  for (const auto& [number, alert] : open_) {
    if (alert.deliveries.front().due_unix_s > now_unix_s || !under_way_.insert(number).second) continue;
    courier_.attempt(alert, [this, number = number, alive = std::weak_ptr<int>(alive_)](const std::string& error) {
      if (!alive.expired()) on_attempt(number, error);
    });
  }
}

void AlertOutbox::on_attempt(std::uint64_t number, const std::string& error) {
  under_way_.erase(number);
  const auto at = open_.find(number);
  if (at == open_.end()) return;
  session::Delivery& delivery = at->second.deliveries.front();
  ++delivery.attempts;
  delivery.last_error = error;
  if (error.empty()) {
    delivery.delivered_unix_s = now_unix_s_;
  } else if (now_unix_s_ - at->second.at.unix_ns / kNsPerS >= kGiveUp_s) {
    delivery.given_up = true;
  } else {
    delivery.due_unix_s = now_unix_s_ + retry_pause_s(delivery.attempts);
  }
  // Where this cannot be stored, the next run sends once more: twice is better than never.
  upkeep_.put_delivery(delivery, {});
  if (delivery.delivered_unix_s != 0 || delivery.given_up) open_.erase(at);
}

}  // namespace sheave::app
