#include "controller/api/convert_upkeep.hpp"

#include <gmock/gmock.h>

namespace sheave::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

pb::MachineConfig config_with(const std::function<void(pb::MachineConfig&)>& change = [](auto&) {}) {
  pb::MachineConfig config;
  config.set_etag("3");
  change(config);
  return config;
}

session::Settings stored() {
  session::Settings settings;
  settings.revision = 3;
  settings.alerts.webhooks = {"https://hooks.example.org/a?token=1", "https://hooks.example.org/b"};
  return settings;
}

TEST(ConvertUpkeep, AWebhookIsShownWithoutItsSecrets) {
  EXPECT_EQ(shown_webhook("https://hooks.example.org/services/T0/B0/secret"), "https://hooks.example.org/…");
  EXPECT_EQ(shown_webhook("http://name:word@10.0.0.5:8080?key=1"), "http://10.0.0.5:8080/…");
  EXPECT_EQ(shown_webhook("https://example.org"), "https://example.org/…");
}

TEST(ConvertUpkeep, AWebhookGivenAsShownStandsForTheStoredOne) {
  pb::MachineConfig shown;
  to_pb(stored(), "", &shown);
  EXPECT_THAT(shown.DebugString(), Not(HasSubstr("token")));
  const auto same = from_pb(shown, stored(), "");
  ASSERT_TRUE(same.ok()) << same.status().message;
  EXPECT_EQ(same->alerts.webhooks, stored().alerts.webhooks);
  EXPECT_EQ(same->revision, 3U);

  shown.mutable_alerts()->clear_webhooks();
  shown.mutable_alerts()->add_webhooks("https://other.example.org/new");
  EXPECT_THAT(from_pb(shown, stored(), "")->alerts.webhooks, ElementsAre("https://other.example.org/new"));
}

TEST(ConvertUpkeep, BadSettingsAreRefusedByName) {
  const auto reason = [](const std::function<void(pb::MachineConfig&)>& change, const std::string& mail_server = "mail.example.org") {
    return from_pb(config_with(change), stored(), mail_server).status().reason;
  };
  EXPECT_EQ(reason([](auto&) {}), "");
  EXPECT_EQ(reason([](auto& c) { c.clear_etag(); }), "ETAG_MISSING");
  EXPECT_EQ(reason([](auto& c) { c.add_opening()->set_weekday(9); }), "OPENING_INVALID");
  EXPECT_EQ(reason([](auto& c) { c.mutable_alerts()->set_idle_open_hours(-1); }), "IDLE_RANGE");
  EXPECT_EQ(reason([](auto& c) {
              for (int i = 0; i < 21; ++i) c.mutable_alerts()->add_emails("a@b.org");
            }),
            "TARGETS_TOO_MANY");
  for (const char* wrong : {"nobody", "@example.org", "a@", "a@b@c", "a b@example.org", "a@example.org\r\nBcc: x@y.org", "<a@b.org>"}) {
    EXPECT_EQ(reason([&](auto& c) { c.mutable_alerts()->add_emails(wrong); }), "EMAIL_INVALID") << wrong;
  }
  for (const char* wrong : {"example.org/hook", "ftp://example.org", "https://", "https:///x", "https://a b"}) {
    EXPECT_EQ(reason([&](auto& c) { c.mutable_alerts()->add_webhooks(wrong); }), "WEBHOOK_INVALID") << wrong;
  }
  EXPECT_EQ(reason([](auto& c) { c.mutable_alerts()->add_emails("a@b.org"); }, ""), "MAIL_SERVER_MISSING");
}

TEST(ConvertUpkeep, OutOfOrderWantsAPersonAndAReason) {
  pb::SetOutOfOrderRequest request;
  request.set_out_of_order(true);
  EXPECT_EQ(from_pb(request).status().reason, "WHO_MISSING");
  request.set_who("Kim");
  EXPECT_EQ(from_pb(request).status().reason, "REASON_MISSING");
  request.set_reason(std::string(501, 'x'));
  EXPECT_EQ(from_pb(request).status().reason, "TEXT_TOO_LONG");
  request.set_reason("cable worn");
  EXPECT_TRUE(from_pb(request).ok());
  request.set_out_of_order(false);
  request.clear_reason();
  EXPECT_TRUE(from_pb(request).ok());
}

TEST(ConvertUpkeep, AServiceRecordWantsAPartThatComesRound) {
  const auto known = session::usual_maintenance();
  pb::RecordServiceRequest request;
  request.set_who("Kim");
  request.set_part("gearbox");
  EXPECT_EQ(from_pb(request, known).status().reason, "ACTION_MISSING");
  request.set_action(pb::SERVICE_ACTION_REPLACED);
  EXPECT_EQ(from_pb(request, known).status().reason, "PART_UNKNOWN");
  EXPECT_THAT(from_pb(request, known).status().message, HasSubstr("cable-inspection, cable-change, drive-fan"));
  request.set_action(pb::SERVICE_ACTION_NOTED);
  EXPECT_TRUE(from_pb(request, known).ok());
  request.set_part("drive-fan");
  request.set_action(pb::SERVICE_ACTION_REPLACED);
  EXPECT_EQ(from_pb(request, known)->action, session::ServiceAction::kReplaced);
}

}  // namespace
}  // namespace sheave::api
