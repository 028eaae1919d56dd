#pragma once
// Upkeep on the journal's file and thread.

#include "controller/session/upkeep.hpp"
#include "controller/store/sqlite_journal.hpp"

namespace sheave::store {

/// The journal outlives it. All [main].
class SqliteUpkeep final : public session::Upkeep {
 public:
  explicit SqliteUpkeep(SqliteJournal& journal) : journal_(journal) {}

  void add_service(const session::ServiceRecord& record, Answer<session::ServiceRecord> answer) override;
  void list_services(std::size_t limit, std::uint64_t before, Answer<std::vector<session::ServiceRecord>> answer) override;
  void standing(Answer<Standing> answer) override;
  void settings(Answer<session::Settings> answer) override;
  void put_settings(const session::Settings& settings, Answer<session::Settings> answer) override;
  void add_alert(const session::Alert& alert, Answer<session::Alert> answer) override;
  void list_alerts(std::size_t limit, Answer<std::vector<session::Alert>> answer) override;
  void open_deliveries(std::size_t limit, Answer<std::vector<session::Alert>> answer) override;
  void put_delivery(const session::Delivery& delivery, session::Committed done) override;
  void use_facts(std::int64_t from_unix_s, std::int64_t to_unix_s, Answer<session::UseFacts> answer) override;

 private:
  SqliteJournal& journal_;
};

}  // namespace sheave::store
