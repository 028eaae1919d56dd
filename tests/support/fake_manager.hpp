#pragma once
// A session::Manager that does nothing by itself: tests set what it shows and how it answers, and see what it was asked.

#include <algorithm>
#include <string>
#include <vector>

#include "controller/session/manager.hpp"

namespace sheave::test {

class FakeManager final : public session::Manager {
 public:
  session::Snapshot shown;
  session::Catalog programs;
  Status answer;                  ///< Of every call that gives a Status.
  session::SessionRecord record;  ///< Of every call that gives a session, unless `answer` is an error.
  std::optional<session::SelfTestRecord> tested;
  std::string training;            ///< The member who trains; empty: nobody.
  std::vector<std::string> calls;  ///< "arm abc", in order.

  void create(const session::CreateSession& request, Done<session::SessionRecord> done) override {
    calls.push_back("create " + request.program_id);
    created = request;
    give(done);
  }
  void activate(const std::string& id, Done<session::SessionRecord> done) override {
    calls.push_back("activate " + id);
    give(done);
  }
  void join(const std::string& id, Done<session::SessionRecord> done) override {
    calls.push_back("join " + id);
    give(done);
  }
  Status confirm_set_up(const std::string& id) override { return called("confirm_set_up " + id); }
  void reassign(const std::string& id, const std::string& member_id, const std::string&, Done<session::SessionRecord> done) override {
    calls.push_back("reassign " + id + " " + member_id);
    give(done);
  }
  bool trains(const std::string& member_id) const override { return member_id == training; }
  void forget_range(const std::string& member_id, const std::string& program_id) override {
    calls.push_back("forget_range " + member_id + " " + program_id);
  }
  void next_exercise(const std::string& id, Done<session::SessionRecord> done) override {
    calls.push_back("next_exercise " + id);
    give(done);
  }
  Status arm(const std::string& id) override { return called("arm " + id); }
  Status accept_proposal(const std::string& id, const std::string& etag, std::optional<double>) override {
    return called("accept_proposal " + id + " " + etag);
  }
  Status set_profile_parameter(const std::string& id, const std::string& profile, const std::string& parameter, double value) override {
    return called("set_profile_parameter " + id + " " + profile + " " + parameter + " " + std::to_string(value));
  }
  Status set_load(const std::string& id, double load_total_kg) override {
    return called("set_load " + id + " " + std::to_string(load_total_kg));
  }
  Status pause(const std::string& id) override { return called("pause " + id); }
  void finish(const std::string& id, Done<session::SessionRecord> done) override {
    calls.push_back("finish " + id);
    give(done);
  }
  Status report_effort(const std::string& id, std::uint32_t, int) override { return called("report_effort " + id); }
  Status report_stop_reason(const std::string& id, std::uint32_t, session::StopAnswer) override {
    return called("report_stop_reason " + id);
  }
  Status calibrate(const std::string& id) override { return called("calibrate " + id); }
  Result<std::string> acquire_lease(const std::string& client, bool) override {
    calls.push_back("acquire_lease " + client);
    if (!answer.ok()) return answer;
    return std::string("token");
  }
  Status renew_lease(const std::string& token) override { return called("renew_lease " + token); }
  Status release_lease(const std::string& token) override { return called("release_lease " + token); }
  Status acknowledge_fault() override { return called("acknowledge_fault"); }
  void set_out_of_order(const session::OutOfOrder& order, Done<session::OutOfOrder> done) override {
    calls.push_back(order.active ? "out_of_order " + order.reason : "back_in_order");
    answer.ok() ? done(order) : done(answer);
  }
  void self_test(Done<session::SelfTestRecord> done) override {
    calls.emplace_back("self_test");
    answer.ok() ? done(tested.value_or(session::SelfTestRecord{})) : done(answer);
  }
  const std::optional<session::SelfTestRecord>& last_self_test() const override { return tested; }

  Result<std::uint64_t> jog(const session::JogRequest& request) override {
    calls.emplace_back(request.release ? "jog released" : "jog");
    jogged = request;
    if (!answer.ok()) return answer;
    return request.press != 0 ? request.press : 7;
  }

  const session::Snapshot& snapshot() const override { return shown; }
  const session::Catalog& catalog() const override { return programs; }
  void add_observer(session::Observer* observer) override { observers.push_back(observer); }
  void remove_observer(session::Observer* observer) override { std::erase(observers, observer); }

  void tell(const session::Update& update) {
    for (auto* observer : observers) observer->on_update(update);
  }

  session::CreateSession created;
  session::JogRequest jogged;
  std::vector<session::Observer*> observers;

 private:
  Status called(std::string what) {
    calls.push_back(std::move(what));
    return answer;
  }
  void give(const Done<session::SessionRecord>& done) { answer.ok() ? done(record) : done(answer); }
};

}  // namespace sheave::test
