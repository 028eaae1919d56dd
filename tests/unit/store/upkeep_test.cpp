#include <gmock/gmock.h>

#include "controller/store/sqlite_upkeep.hpp"
#include "tests/unit/store/fixture.hpp"

namespace sheave::store::testing {
namespace {

using session::Alert;
using session::ServiceAction;
using session::ServiceRecord;
using session::Settings;
using ::testing::ElementsAre;

class UpkeepTest : public JournalTest {
 protected:
  template <typename T, typename Call>
  T get(Call call) {
    auto answer = loop_.await<T>(call);
    EXPECT_TRUE(answer) << answer.status().message;
    return answer ? *answer : T{};
  }
  ServiceRecord service(const std::string& part, ServiceAction action) {
    ServiceRecord record;
    record.at = {1'800'000'000 * kNsPerS, true};
    record.part = part;
    record.action = action;
    record.who = "Kim";
    return get<ServiceRecord>([&](auto answer) { upkeep().add_service(record, answer); });
  }
  void move(double cable_m) {
    value(loop_.commit([&](auto done) { journal_->add_odometer({cable_m, 0, 0, 1}, done); }));
  }
  Alert alert(const std::string& key, std::vector<std::string> targets) {
    Alert one;
    one.key = key;
    one.subject = "subject of " + key;
    for (auto& target : targets) one.deliveries.emplace_back().target = target;
    return get<Alert>([&](auto answer) { upkeep().add_alert(one, answer); });
  }
  SqliteUpkeep upkeep() { return SqliteUpkeep(*journal_); }
};

TEST_F(UpkeepTest, AServiceRecordKeepsTheOdometerOfItsTime) {
  move(100);
  EXPECT_EQ(service("cable-inspection", ServiceAction::kSignedOff).number, 1U);
  move(50);
  service("drive-fan", ServiceAction::kNoted);
  open();
  const auto records = get<std::vector<ServiceRecord>>([&](auto answer) { upkeep().list_services(10, 0, answer); });
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].part, "drive-fan");
  EXPECT_EQ(records[0].odometer.cable_m, 150);
  EXPECT_EQ(records[1].odometer.cable_m, 100);
  EXPECT_EQ(records[1].who, "Kim");
  EXPECT_EQ(get<std::vector<ServiceRecord>>([&](auto answer) { upkeep().list_services(10, 2, answer); }).size(), 1U);

  const auto standing = get<session::Upkeep::Standing>([&](auto answer) { upkeep().standing(answer); });
  ASSERT_EQ(standing.last.size(), 1U) << "a note is no sign-off";
  EXPECT_EQ(standing.last[0].part, "cable-inspection");
  EXPECT_EQ(standing.odometer.cable_m, 150);
}

TEST_F(UpkeepTest, AServiceRecordIsNeverChangedNorDeleted) {
  service("cable-inspection", ServiceAction::kSignedOff);
  for (const char* sql : {"UPDATE services SET who = 'nobody'", "DELETE FROM services"}) {
    const auto refused = loop_.commit([&](auto done) {
      journal_->write(
          [sql](SQLite::Database& db) -> std::uint64_t {
            db.exec(sql);
            return 0;
          },
          done);
    });
    EXPECT_EQ(refused.status().reason, "STORE_REJECTED") << sql;
  }
}

TEST_F(UpkeepTest, SettingsAreKeptAndASecondWriterIsTold) {
  Settings settings = get<Settings>([&](auto answer) { upkeep().settings(answer); });
  EXPECT_TRUE(settings.alerts.on_fault);
  settings.opening = {{1, 360, 1380}, {6, 480, 1200}};
  settings.alerts.emails = {"a@example.org", "b@example.org"};
  settings.alerts.webhooks = {"https://hooks.example.org/x"};
  settings.alerts.idle_open_hours = 8;
  const Settings stale = settings;
  get<Settings>([&](auto answer) { upkeep().put_settings(settings, answer); });
  open();
  const Settings kept = get<Settings>([&](auto answer) { upkeep().settings(answer); });
  ASSERT_EQ(kept.opening.size(), 2U);
  EXPECT_EQ(kept.opening[1].weekday, 6);
  EXPECT_EQ(kept.opening[1].close_minute, 1200);
  EXPECT_THAT(kept.alerts.emails, ElementsAre("a@example.org", "b@example.org"));
  EXPECT_THAT(kept.alerts.webhooks, ElementsAre("https://hooks.example.org/x"));
  EXPECT_EQ(kept.alerts.idle_open_hours, 8);
  const auto refused = loop_.await<Settings>([&](auto answer) { upkeep().put_settings(stale, answer); });
  EXPECT_EQ(refused.status().reason, "ETAG_STALE");
}

TEST_F(UpkeepTest, AnOccasionIsToldOfOnce) {
  EXPECT_EQ(alert("fault:300:1", {"a@example.org"}).number, 1U);
  EXPECT_EQ(alert("fault:300:1", {"a@example.org"}).number, 0U);
  const auto alerts = get<std::vector<Alert>>([&](auto answer) { upkeep().list_alerts(10, answer); });
  ASSERT_EQ(alerts.size(), 1U);
  EXPECT_EQ(alerts[0].deliveries.size(), 1U);
}

TEST_F(UpkeepTest, DeliveriesStayOpenOverARestartUntilTheyAreDone) {
  alert("one", {"a@example.org", "b@example.org"});
  alert("two", {"a@example.org"});
  open();
  auto waiting = get<std::vector<Alert>>([&](auto answer) { upkeep().open_deliveries(10, answer); });
  ASSERT_EQ(waiting.size(), 3U);
  EXPECT_EQ(waiting[1].subject, "subject of one");
  EXPECT_EQ(waiting[1].deliveries.front().target, "b@example.org");
  for (std::size_t i : {0U, 1U}) {
    session::Delivery& delivery = waiting[i].deliveries.front();
    delivery.attempts = 2;
    i == 0 ? void(delivery.delivered_unix_s = 99) : void(delivery.given_up = true);
    value(loop_.commit([&](auto done) { upkeep().put_delivery(delivery, done); }));
  }
  open();
  const auto left = get<std::vector<Alert>>([&](auto answer) { upkeep().open_deliveries(10, answer); });
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].key, "two");
  const auto all = get<std::vector<Alert>>([&](auto answer) { upkeep().list_alerts(10, answer); });
  EXPECT_EQ(all[1].deliveries[0].delivered_unix_s, 99);
  EXPECT_EQ(all[1].deliveries[0].attempts, 2U);
  EXPECT_TRUE(all[1].deliveries[1].given_up);
}

TEST_F(UpkeepTest, FactsOfUseAreThoseOfTheSpanAndWhatStoodBeforeIt) {
  constexpr std::int64_t kBegin_s = 1'800'000'000;
  put(session_record("s1"));
  for (std::uint32_t index : {1U, 2U}) {
    session::SetRecord set = set_record("s1", index, 40.0);  // 180 s apart
    begin(set);
    add("s1", index, rep_record(1));
    add("s1", index, rep_record(2, RepVerdict::kPartial));
    set.duration_s = 30;
    finish(set);
  }
  const auto fault = [&](FaultCode code, bool active, std::int64_t at_unix_s) {
    session::FaultRecord record;
    record.code = code;
    record.active = active;
    record.at = {at_unix_s * kNsPerS, true};
    value(loop_.commit([&](auto done) { journal_->add_fault(record, done); }));
  };
  fault(FaultCode::kLinkLost, true, kBegin_s - 900);
  fault(FaultCode::kLinkLost, false, kBegin_s - 800);
  fault(FaultCode::kLinkLost, true, kBegin_s - 700);
  fault(FaultCode::kDriveFault, true, kBegin_s + 250);
  for (bool active : {true, false}) {
    const session::OutOfOrder order{active, "worn", "Kim", {(kBegin_s + (active ? 10 : 20)) * kNsPerS, true}};
    value(loop_.commit([&](auto done) { journal_->put_order(order, done); }));
  }
  const auto facts = get<session::UseFacts>([&](auto answer) { upkeep().use_facts(kBegin_s + 200, kBegin_s + 1000, answer); });
  ASSERT_EQ(facts.sets.size(), 1U);
  EXPECT_EQ(facts.sets[0].program_id, "cable-row-muscle");
  EXPECT_EQ(facts.sets[0].reps, 1U);
  EXPECT_EQ(facts.sets[0].volume_kg, 40.0);
  EXPECT_EQ(facts.sets[0].work_j, 200.0);
  EXPECT_EQ(facts.sets[0].start_unix_s, kBegin_s + 360);
  EXPECT_EQ(facts.first_use_unix_s, kBegin_s + 180);
  EXPECT_EQ(facts.last_use_unix_s, kBegin_s + 390);
  ASSERT_EQ(facts.faults.size(), 2U);
  EXPECT_EQ(facts.faults[0].at.unix_ns / kNsPerS, kBegin_s - 700);
  EXPECT_EQ(facts.faults[1].code, FaultCode::kDriveFault);
  ASSERT_EQ(facts.orders.size(), 1U);
  EXPECT_FALSE(facts.orders[0].active);

  const auto open = get<std::vector<session::FaultRecord>>([&](auto answer) { journal_->open_faults(answer); });
  EXPECT_EQ(open.size(), 2U);
  EXPECT_FALSE(get<session::OutOfOrder>([&](auto answer) { journal_->order(answer); }).active);
}

}  // namespace
}  // namespace sheave::store::testing
