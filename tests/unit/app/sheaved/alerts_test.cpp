// What an operator is told of, and how it is delivered.

#include <gmock/gmock.h>

#include <future>
#include <nlohmann/json.hpp>

#include "controller/app/sheaved/alerts/outbox.hpp"
#include "controller/app/sheaved/alerts/watch.hpp"
#include "tests/support/fake_manager.hpp"
#include "tests/support/fake_upkeep.hpp"

namespace sheave::app {
namespace {

using session::Alert;
using session::AlertKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::int64_t kNow_s = 1'800'000'000;

class FixedClock final : public session::WallClock {
 public:
  session::WallTime now() const override { return {unix_s * kNsPerS, true}; }
  std::int64_t unix_s = kNow_s;
};

/// Attempts wait until the test says what came of them.
class ManualCourier final : public Courier {
 public:
  void attempt(const Alert& alert, std::function<void(std::string)> done) override { attempts.push_back({alert, std::move(done)}); }
  void answer(const std::string& error) {
    auto done = std::move(attempts.front().second);
    attempts.erase(attempts.begin());
    done(error);
  }
  std::vector<std::pair<Alert, std::function<void(std::string)>>> attempts;
};

class Outbox : public testing::Test {
 protected:
  Alert some_alert(const std::string& key = "one") {
    Alert alert;
    alert.key = key;
    alert.at = {kNow_s * kNsPerS, true};
    alert.subject = "Cable 1: the drive does not answer";
    return alert;
  }
  void raise(const Alert& alert) {
    outbox.raise(alert, settings, [](const Result<Alert>&) {});
  }
  const session::Delivery& stored(std::size_t alert, std::size_t delivery) { return upkeep.alerts.at(alert).deliveries.at(delivery); }

  test::FakeUpkeep upkeep;
  ManualCourier courier;
  AlertOutbox outbox{upkeep, courier};
  session::AlertSettings settings{{"kim@example.org"}, {"https://hooks.example.org/x"}};
};

TEST_F(Outbox, AnAlertGoesToEveryTargetAtOnceAndIsMarkedDelivered) {
  outbox.tick(kNow_s);
  raise(some_alert());
  ASSERT_EQ(courier.attempts.size(), 2U);
  EXPECT_EQ(courier.attempts[0].first.deliveries.front().target, "kim@example.org");
  EXPECT_EQ(courier.attempts[1].first.deliveries.front().channel, session::Channel::kWebhook);
  courier.answer("");
  courier.answer("");
  EXPECT_EQ(stored(0, 0).delivered_unix_s, kNow_s);
  EXPECT_EQ(stored(0, 1).attempts, 1U);
  outbox.tick(kNow_s + 100'000);
  EXPECT_THAT(courier.attempts, IsEmpty());
}

TEST_F(Outbox, WhatFailsIsTriedAgainWithGrowingPausesAndGivenUpAfterDays) {
  settings.webhooks.clear();
  outbox.tick(kNow_s);
  raise(some_alert());
  std::int64_t now = kNow_s;
  std::uint32_t attempts = 0;
  std::int64_t last_pause = 0;
  while (!stored(0, 0).given_up) {
    ASSERT_EQ(courier.attempts.size(), 1U) << "after " << attempts;
    courier.answer("Connection refused");
    ++attempts;
    if (stored(0, 0).given_up) break;
    const std::int64_t pause = stored(0, 0).due_unix_s - now;
    EXPECT_GE(pause, last_pause);
    EXPECT_LE(pause, 3600);
    outbox.tick(now + pause - 1);
    EXPECT_THAT(courier.attempts, IsEmpty());
    last_pause = pause;
    now += pause;
    outbox.tick(now);
  }
  EXPECT_GE(now - kNow_s, kGiveUp_s);
  EXPECT_EQ(stored(0, 0).last_error, "Connection refused");
  EXPECT_LT(attempts, 90U);  // about hourly, not a flood
}

TEST_F(Outbox, ARestartTakesUpWhatWasLeft) {
  outbox.tick(kNow_s);
  raise(some_alert());
  courier.answer("");
  ManualCourier next_courier;
  AlertOutbox next(upkeep, next_courier);
  next.start();
  next.tick(kNow_s);
  ASSERT_EQ(next_courier.attempts.size(), 1U);
  EXPECT_EQ(next_courier.attempts[0].first.deliveries.front().target, "https://hooks.example.org/x");
  EXPECT_EQ(next_courier.attempts[0].first.subject, some_alert().subject);
}

TEST_F(Outbox, TheSameOccasionIsSentOnce) {
  outbox.tick(kNow_s);
  raise(some_alert());
  raise(some_alert());
  EXPECT_EQ(courier.attempts.size(), 2U);
}

TEST_F(Outbox, AStoreThatFailsIsSaid) {
  upkeep.failure = Status::error(StatusCode::kUnavailable, "STORE_UNAVAILABLE", "disk full");
  Status told;
  outbox.raise(some_alert(), settings, [&](const Result<Alert>& stored) { told = stored.status(); });
  EXPECT_EQ(told.reason, "STORE_UNAVAILABLE");
  EXPECT_THAT(courier.attempts, IsEmpty());
}

TEST(ThreadCourier, AttemptsAwayFromTheMainThreadAndAnswersOnIt) {
  class Slow final : public Transport {
   public:
    std::string send(const Alert& alert, const session::Delivery& delivery) override { return alert.subject + " to " + delivery.target; }
    void cancel() override {}
  };
  std::promise<std::function<void()>> posted;
  ThreadCourier courier(std::make_unique<Slow>(), [&](std::function<void()> task) { posted.set_value(std::move(task)); });
  Alert alert;
  alert.subject = "it";
  alert.deliveries.emplace_back().target = "kim";
  std::string said;
  courier.attempt(alert, [&](const std::string& error) { said = error; });
  posted.get_future().get()();
  EXPECT_EQ(said, "it to kim");
}

class Watch : public testing::Test {
 protected:
  Watch() {
    settings.alerts.idle_open_hours = 4;
    for (int day = 1; day <= 7; ++day) settings.opening.push_back({day, 0, 1440});
    upkeep.facts.last_use_unix_s = kNow_s;
  }
  void fault(FaultCode code, bool active) {
    session::LogEntry entry;
    entry.fault.code = code;
    entry.fault.active = active;
    entry.fault.at = clock.now();
    manager.tell({session::Update::Kind::kFault, 1, &entry, nullptr, 0});
  }
  void order(bool active, std::int64_t since_unix_s) {
    session::Snapshot snapshot;
    snapshot.order = session::OutOfOrder{active, "cable worn", "Kim", {since_unix_s * kNsPerS, true}};
    manager.tell({session::Update::Kind::kSnapshot, 0, nullptr, &snapshot, 0});
  }
  std::vector<AlertKind> kinds() const {
    std::vector<AlertKind> kinds;
    for (const Alert& alert : raised) kinds.push_back(alert.kind);
    return kinds;
  }

  test::FakeManager manager;
  test::FakeUpkeep upkeep;
  FixedClock clock;
  session::Settings settings;
  std::vector<Alert> raised;
  AlertWatch watch{{manager, upkeep, clock, "Cable 1", session::usual_maintenance(), [this](Alert alert) { raised.push_back(alert); }}};
};

TEST_F(Watch, FaultsOfTheMachineAreToldWithTheirRemedyAndThoseOfThePersonAreNot) {
  watch.use(settings);
  fault(FaultCode::kSpotter, true);
  fault(FaultCode::kLinkLossy, true);
  fault(FaultCode::kLinkLost, true);
  fault(FaultCode::kLinkLost, false);
  ASSERT_THAT(kinds(), ElementsAre(AlertKind::kFault));
  EXPECT_EQ(raised[0].subject, "Cable 1: The drive does not answer.");
  EXPECT_THAT(raised[0].text, HasSubstr("Check power, cable and address of the drive"));
  settings.alerts.on_fault = false;
  watch.use(settings);
  fault(FaultCode::kLinkLost, true);
  EXPECT_EQ(raised.size(), 1U);
}

TEST_F(Watch, AFaultThatFlickersHasOneKeyAnHour) {
  EXPECT_EQ(fault_alert("m", FaultCode::kLinkLost, {7200 * kNsPerS, true}).key,
            fault_alert("m", FaultCode::kLinkLost, {7300 * kNsPerS, true}).key);
  EXPECT_NE(fault_alert("m", FaultCode::kLinkLost, {7200 * kNsPerS, true}).key,
            fault_alert("m", FaultCode::kLinkLost, {10800 * kNsPerS, true}).key);
}

TEST_F(Watch, OutOfOrderAndBackAreToldButNotWhatStoodAtTheStart) {
  watch.use(settings);
  order(true, kNow_s - 1000);
  EXPECT_THAT(raised, IsEmpty());
  order(false, kNow_s);
  order(true, kNow_s + 10);
  order(true, kNow_s + 10);
  ASSERT_THAT(kinds(), ElementsAre(AlertKind::kOutOfOrder, AlertKind::kOutOfOrder));
  EXPECT_EQ(raised[0].subject, "Cable 1: can be used again");
  EXPECT_THAT(raised[1].text, HasSubstr("Kim took it out of use"));
  EXPECT_THAT(raised[1].text, HasSubstr("cable worn"));
}

TEST_F(Watch, WhatIsDueIsToldOnceUntilItIsSignedOff) {
  watch.use(settings);
  upkeep.stands.odometer.cable_m = 5'100;
  watch.check();
  watch.check();
  ASSERT_THAT(kinds(), ElementsAre(AlertKind::kMaintenance));
  EXPECT_EQ(raised[0].subject, "Cable 1: Cable inspection is due");
  session::ServiceRecord record;
  record.number = 1;
  record.part = "cable-inspection";
  record.odometer = upkeep.stands.odometer;
  upkeep.stands.last = {record};
  watch.check();
  EXPECT_EQ(raised.size(), 1U);
  upkeep.stands.odometer.cable_m = 10'200;
  watch.check();
  EXPECT_EQ(raised.size(), 2U);
}

TEST_F(Watch, IdlenessIsToldOnceAfterTheOpeningHoursThatWereAskedFor) {
  watch.use(settings);
  clock.unix_s = kNow_s + 4 * 3600 - 900;
  watch.check();
  EXPECT_THAT(raised, IsEmpty());
  clock.unix_s = kNow_s + 4 * 3600;
  watch.check();
  watch.check();
  EXPECT_THAT(kinds(), ElementsAre(AlertKind::kIdle));
  upkeep.facts.last_use_unix_s = 0;
  watch.check();
  EXPECT_EQ(raised.size(), 1U) << "a machine that was never used is new, not idle";
}

TEST_F(Watch, NothingIsLookedUpBeforeTheSettingsAreKnown) {
  upkeep.stands.odometer.cable_m = 5'100;
  watch.check();
  EXPECT_THAT(raised, IsEmpty());
}

TEST(AlertTransport, AHeaderIsPlainOrEncodedAndNeverTwoLines) {
  EXPECT_EQ(mail_header_text("Cable 1: a test"), "Cable 1: a test");
  EXPECT_EQ(mail_header_text("a\r\nBcc: x"), "a  Bcc: x");
  EXPECT_EQ(mail_header_text("Zug ä"), "=?UTF-8?Q?Zug=20=C3=A4?=");
  const std::string name = "Übungsgerät für das Rudern im großen Saal hinten links neben der Tür";
  const std::string encoded = mail_header_text(name);
  std::istringstream words(encoded);
  for (std::string word; words >> word;) EXPECT_LE(word.size(), 75U) << word;
  EXPECT_THAT(encoded, Not(HasSubstr("=C3?=")));  // no character is cut in two
}

TEST(AlertTransport, AWebhookGetsOneJsonObject) {
  Alert alert = test_alert("Cable \"1\"", {kNow_s * kNsPerS, true});
  alert.number = 7;
  const auto json = nlohmann::json::parse(webhook_json(alert, {"machines/m1", "Cable \"1\""}));
  EXPECT_EQ(json["kind"], "TEST");
  EXPECT_EQ(json["machine"], "machines/m1");
  EXPECT_EQ(json["machine_name"], "Cable \"1\"");
  EXPECT_EQ(json["number"], 7);
  EXPECT_EQ(json["time"], "2027-01-15T08:00:00Z");
  EXPECT_THAT(json["text"].get<std::string>(), HasSubstr("Nothing is wrong"));
}

TEST(AlertTransport, TheMailServersHostIsThatOfItsAddress) {
  MailServer server;
  server.url = "smtps://mail.example.org:465";
  EXPECT_EQ(server.host(), "mail.example.org");
  EXPECT_EQ((MailServer{}.host()), "");
}

}  // namespace
}  // namespace sheave::app
