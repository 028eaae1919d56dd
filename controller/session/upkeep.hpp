#pragma once
// What keeps a machine in order, remembered: service records, the operator's settings, alerts with their deliveries, and the facts that
// use and availability are worked out from. Declared here so that api and app depend on no database; store/ implements it.
// Nothing in it names a member.

#include <cstdint>
#include <string>
#include <vector>

#include "controller/core/status.hpp"
#include "controller/session/journal.hpp"

namespace sheave::session {

enum class ServiceAction : std::uint8_t { kSignedOff = 1, kReplaced = 2, kNoted = 3 };

/// What somebody did to the machine. Never changed once stored.
struct ServiceRecord {
  std::uint64_t number = 0;  ///< From 1, filled by the store.
  WallTime at;
  std::string part;  ///< Of a maintenance interval; kNoted: any text.
  ServiceAction action = ServiceAction::kNoted;
  std::string who, note;
  Odometer odometer;  ///< At that time, filled by the store.
};

/// When the house is open on one day of the week, in the machine's local time.
struct OpenHours {
  int weekday = 1;                        ///< 1 Monday to 7 Sunday.
  int open_minute = 0, close_minute = 0;  ///< Of the day; close_minute is after open_minute and at most 1440.
};

struct AlertSettings {
  std::vector<std::string> emails, webhooks;
  bool on_fault = true, on_out_of_order = true, on_maintenance = true;
  int idle_open_hours = 0;  ///< 0: never.
};

/// What an operator may set. Nothing of it touches a load or a limit.
struct Settings {
  std::vector<OpenHours> opening;
  AlertSettings alerts;
  std::uint64_t revision = 0;  ///< Counted up by the store.
};

enum class AlertKind : std::uint8_t { kFault = 1, kOutOfOrder = 2, kMaintenance = 3, kIdle = 4, kTest = 5 };
enum class Channel : std::uint8_t { kEmail = 1, kWebhook = 2 };

/// One message to one address.
struct Delivery {
  std::uint64_t number = 0, alert = 0;  ///< Filled by the store.
  Channel channel = Channel::kEmail;
  std::string target;
  std::uint32_t attempts = 0;
  std::int64_t due_unix_s = 0;        ///< Not tried before.
  std::int64_t delivered_unix_s = 0;  ///< 0: not yet.
  bool given_up = false;
  std::string last_error;
};

struct Alert {
  std::uint64_t number = 0;  ///< Filled by the store.
  AlertKind kind = AlertKind::kTest;
  std::string key;  ///< Of the occasion: a second alert with the same key is not stored.
  WallTime at;
  std::string subject, text;
  std::vector<Delivery> deliveries;
};

/// One set as use sees it.
struct SetUse {
  std::string session_id, program_id;
  std::int64_t start_unix_s = 0;
  double duration_s = 0;
  std::uint64_t reps = 0;  ///< Counted ones.
  double volume_kg = 0, work_j = 0;
};

/// All that a summary of use needs, read at one moment.
struct UseFacts {
  std::vector<SetUse> sets;                                ///< That began in the span, oldest first.
  std::vector<FaultRecord> faults;                         ///< Of the span and, per code, the last one before it; oldest first.
  std::vector<OutOfOrder> orders;                          ///< Likewise.
  std::int64_t first_use_unix_s = 0, last_use_unix_s = 0;  ///< Begin of the first and end of the last set of all; 0: never used.
};

/// All calls are [main], return at once and answer on [main]; errors as Journal's.
class Upkeep {
 public:
  template <typename T>
  using Answer = Journal::Answer<T>;
  virtual ~Upkeep() = default;

  /// Gives it back with number and odometer.
  virtual void add_service(const ServiceRecord& record, Answer<ServiceRecord> answer) = 0;
  /// Newest first, those with a number below `before`; 0: from the newest.
  virtual void list_services(std::size_t limit, std::uint64_t before, Answer<std::vector<ServiceRecord>> answer) = 0;
  /// The newest sign-off or replacement of each part, and the odometer now.
  struct Standing {
    std::vector<ServiceRecord> last;
    Odometer odometer;
    std::int64_t first_use_unix_s = 0;  ///< 0: never used.
  };
  virtual void standing(Answer<Standing> answer) = 0;

  virtual void settings(Answer<Settings> answer) = 0;
  /// Reason ETAG_STALE (kAborted) where `settings.revision` is not the stored one.
  virtual void put_settings(const Settings& settings, Answer<Settings> answer) = 0;

  /// Gives it back with its numbers; number 0 where its key was stored before.
  virtual void add_alert(const Alert& alert, Answer<Alert> answer) = 0;
  virtual void list_alerts(std::size_t limit, Answer<std::vector<Alert>> answer) = 0;  ///< Newest first, with deliveries.
  /// Neither delivered nor given up, of any due time; oldest first, with the alert each belongs to (its other deliveries left out).
  virtual void open_deliveries(std::size_t limit, Answer<std::vector<Alert>> answer) = 0;
  virtual void put_delivery(const Delivery& delivery, Committed done) = 0;  ///< What an attempt came to.

  virtual void use_facts(std::int64_t from_unix_s, std::int64_t to_unix_s, Answer<UseFacts> answer) = 0;
};

}  // namespace sheave::session
