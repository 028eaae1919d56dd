#pragma once
// A session::Upkeep in memory: answers at once, remembers what it is given, and can be told to fail.

#include <algorithm>
#include <vector>

#include "controller/session/upkeep.hpp"

namespace sheave::test {

class FakeUpkeep final : public session::Upkeep {
 public:
  Status failure;  ///< Of every call, unless ok.
  std::vector<session::ServiceRecord> services;
  Standing stands;
  session::Settings set;
  std::vector<session::Alert> alerts;
  session::UseFacts facts;

  void add_service(const session::ServiceRecord& record, Answer<session::ServiceRecord> answer) override {
    services.push_back(record);
    services.back().number = services.size();
    services.back().odometer = stands.odometer;
    give(answer, services.back());
  }
  void list_services(std::size_t limit, std::uint64_t before, Answer<std::vector<session::ServiceRecord>> answer) override {
    std::vector<session::ServiceRecord> page;
    for (auto record = services.rbegin(); record != services.rend() && page.size() < limit; ++record) {
      if (before == 0 || record->number < before) page.push_back(*record);
    }
    give(answer, page);
  }
  void standing(Answer<Standing> answer) override { give(answer, stands); }
  void settings(Answer<session::Settings> answer) override { give(answer, set); }
  void put_settings(const session::Settings& settings, Answer<session::Settings> answer) override {
    set = settings;
    ++set.revision;
    give(answer, set);
  }
  void add_alert(const session::Alert& alert, Answer<session::Alert> answer) override {
    session::Alert stored = alert;
    const bool known = std::any_of(alerts.begin(), alerts.end(), [&](const auto& a) { return a.key == alert.key; });
    stored.number = known ? 0 : alerts.size() + 1;
    for (session::Delivery& delivery : stored.deliveries) delivery.number = ++deliveries_;
    if (!known) alerts.push_back(stored);
    give(answer, stored);
  }
  void list_alerts(std::size_t limit, Answer<std::vector<session::Alert>> answer) override {
    std::vector<session::Alert> page(alerts.rbegin(), alerts.rend());
    page.resize(std::min(page.size(), limit));
    give(answer, page);
  }
  void open_deliveries(std::size_t, Answer<std::vector<session::Alert>> answer) override {
    std::vector<session::Alert> open;
    for (const session::Alert& alert : alerts) {
      for (const session::Delivery& delivery : alert.deliveries) {
        if (delivery.delivered_unix_s != 0 || delivery.given_up) continue;
        open.push_back(alert);
        open.back().deliveries = {delivery};
      }
    }
    give(answer, open);
  }
  void put_delivery(const session::Delivery& delivery, session::Committed done) override {
    for (session::Alert& alert : alerts) {
      for (session::Delivery& known : alert.deliveries) {
        if (known.number == delivery.number) known = delivery;
      }
    }
    if (done) failure.ok() ? done(std::uint64_t{0}) : done(failure);
  }
  void use_facts(std::int64_t, std::int64_t, Answer<session::UseFacts> answer) override { give(answer, facts); }

 private:
  template <typename T>
  void give(const Answer<T>& answer, const T& value) {
    failure.ok() ? answer(value) : answer(failure);
  }
  std::uint64_t deliveries_ = 0;
};

}  // namespace sheave::test
