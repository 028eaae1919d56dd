#pragma once
// Upkeep, settings and alerts, from our values to the API's messages and back.

#include <string>
#include <vector>

#include "controller/api/convert_machine.hpp"
#include "controller/session/maintenance.hpp"
#include "sheave/v1/upkeep.pb.h"

namespace sheave::api {

void to_pb(const session::Odometer& odometer, pb::Odometer* to);
void to_pb(const session::OutOfOrder& order, bool pending, pb::OutOfOrder* to);
void to_pb(const session::ServiceRecord& record, pb::ServiceRecord* to);
void to_pb(const session::MaintenanceInterval& interval, const session::MaintenanceState& state, pb::MaintenanceItem* to);
void to_pb(const session::Alert& alert, pb::Alert* to);
void to_pb(const Component& component, pb::Component* to);

/// Who said it and what: required, at most kMaxText characters. Reason WHO_MISSING, REASON_MISSING, TEXT_TOO_LONG.
inline constexpr std::size_t kMaxText = 500;
Result<session::OutOfOrder> from_pb(const pb::SetOutOfOrderRequest& request);
/// Reasons WHO_MISSING, TEXT_TOO_LONG, ACTION_MISSING, PART_UNKNOWN (names those there are).
Result<session::ServiceRecord> from_pb(const pb::RecordServiceRequest& request, const std::vector<session::MaintenanceInterval>& known);

/// Where a webhook goes, without the secret in its path: "https://hooks.example.org/…".
std::string shown_webhook(const std::string& url);

/// Webhooks are shown by shown_webhook().
void to_pb(const session::Settings& settings, const std::string& mail_server, pb::MachineConfig* to);
/// A webhook as to_pb() shows it stands for the stored one. Reasons OPENING_INVALID, OPENING_TWICE, EMAIL_INVALID, WEBHOOK_INVALID,
/// TARGETS_TOO_MANY, IDLE_RANGE, ETAG_MISSING, MAIL_SERVER_MISSING.
Result<session::Settings> from_pb(const pb::MachineConfig& config, const session::Settings& stored, const std::string& mail_server);

}  // namespace sheave::api
