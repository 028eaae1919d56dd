#include "controller/store/self_tests.hpp"

#include "controller/store/rows.hpp"

namespace sheave::store {

namespace {

void add_cable(SQLite::Database& db, std::int64_t id, std::size_t axis, const session::CableTest& cable) {
  SQLite::Statement insert(db,
                           "INSERT INTO self_test_cables (test_id, axis, bias_percent, cv_percent, friction_n, viscous_nspm, "
                           "moving_mass_kg, residual_n, friction_cv_percent, runs) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  Binder(insert)
      .integer(id)
      .integer(axis)
      .real(cable.bias_percent)
      .real(cable.cv_percent)
      .real(cable.drag.friction_n)
      .real(cable.drag.viscous_nspm)
      .real(cable.drag.moving_mass_kg)
      .real(cable.residual_n)
      .real(cable.friction_cv_percent)
      .integer(cable.runs);
  insert.exec();
  SQLite::Statement reading(
      db, "INSERT INTO self_test_readings (test_id, axis, position, commanded_n, measured_n, rising) VALUES (?, ?, ?, ?, ?, ?)");
  for (std::size_t i = 0; i < cable.readings.size(); ++i) {
    const session::ForceReading& r = cable.readings[i];
    Binder(reading).integer(id).integer(axis).integer(i).real(r.commanded_n).real(r.measured_n).integer(r.rising);
    reading.exec();
    reading.reset();
  }
}

std::vector<session::ForceReading> read_readings(SQLite::Database& db, std::int64_t id, std::size_t axis) {
  SQLite::Statement query(
      db, "SELECT commanded_n, measured_n, rising FROM self_test_readings WHERE test_id = ? AND axis = ? ORDER BY position");
  Binder(query).integer(id).integer(axis);
  std::vector<session::ForceReading> readings;
  while (query.executeStep()) {
    Reader row(query);
    session::ForceReading& r = readings.emplace_back();
    r.commanded_n = row.real();
    r.measured_n = row.real();
    r.rising = row.integer<int>() != 0;
  }
  return readings;
}

}  // namespace

std::uint64_t add_self_test(SQLite::Database& db, const session::SelfTestRecord& test) {
  SQLite::Statement insert(db, "INSERT INTO self_tests (at_unix_ns, at_synchronized) VALUES (?, ?)");
  Binder(insert).wall(test.at);
  insert.exec();
  const std::int64_t id = db.getLastInsertRowid();
  for (std::size_t axis = 0; axis < test.cables.size(); ++axis) add_cable(db, id, axis, test.cables[axis]);
  return 0;
}

Result<session::SelfTestRecord> last_self_test(SQLite::Database& db) {
  SQLite::Statement newest(db, "SELECT id, at_unix_ns, at_synchronized FROM self_tests ORDER BY id DESC LIMIT 1");
  if (!newest.executeStep()) {
    return Status::error(StatusCode::kNotFound, "SELF_TEST_NOT_FOUND", "No self-test is stored. Run `sheave self-test`.");
  }
  Reader head(newest);
  const auto id = head.integer<std::int64_t>();
  session::SelfTestRecord test;
  test.at = head.wall();
  SQLite::Statement query(
      db,
      "SELECT bias_percent, cv_percent, friction_n, viscous_nspm, moving_mass_kg, residual_n, friction_cv_percent, runs "
      "FROM self_test_cables WHERE test_id = ? ORDER BY axis");
  Binder(query).integer(id);
  while (query.executeStep()) {
    Reader row(query);
    session::CableTest& cable = test.cables.emplace_back();
    cable.bias_percent = row.real();
    cable.cv_percent = row.real();
    cable.drag.friction_n = row.real();
    cable.drag.viscous_nspm = row.real();
    cable.drag.moving_mass_kg = row.real();
    cable.residual_n = row.real();
    cable.friction_cv_percent = row.real();
    cable.runs = row.integer<std::uint32_t>();
    cable.readings = read_readings(db, id, test.cables.size() - 1);
  }
  return test;
}

}  // namespace sheave::store
