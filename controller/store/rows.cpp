#include "controller/store/rows.hpp"

#include <cmath>

namespace sheave::store {

static_assert(static_cast<int>(RepVerdict::kCounted) == 1, "kSetColumns counts verdict = 1");

Binder& Binder::text(const std::string& value) {
  statement_.bind(next_++, value);
  return *this;
}

Binder& Binder::text_or_null(const std::string& value) { return value.empty() ? null() : text(value); }

Binder& Binder::real(double value) {
  if (std::isnan(value)) return null();
  statement_.bind(next_++, value);
  return *this;
}

Binder& Binder::wall(const session::WallTime& time) { return integer(time.unix_ns).integer(time.synchronized); }

Binder& Binder::null() {
  statement_.bind(next_++);
  return *this;
}

std::string Reader::text() { return statement_.getColumn(next_++).getString(); }

double Reader::real() {
  const SQLite::Column column = statement_.getColumn(next_++);
  return column.isNull() ? kUnknown : column.getDouble();
}

bool Reader::null_next() const { return statement_.getColumn(next_).isNull(); }

session::WallTime Reader::wall() {
  session::WallTime time;
  time.unix_ns = integer<std::int64_t>();
  time.synchronized = integer<int>() != 0;
  return time;
}

session::SessionRecord read_session(Reader& row) {
  session::SessionRecord session;
  session.seq = row.integer<std::uint64_t>();
  session.id = row.text();
  session.request_id = row.text();
  session.program_id = row.text();
  session.program_toml_hash = row.text();
  session.member_id = row.text();
  session.created = row.wall();
  session.finished = row.wall();
  session.state = row.integer<session::SessionState>();
  session.end_note = row.text();
  session.workout_id = row.text();
  session.workout_run = row.text();
  session.workout_position = row.integer<std::uint32_t>();
  session.workout_size = row.integer<std::uint32_t>();
  return session;
}

namespace {
std::optional<session::CurveUsed> read_curve(Reader& row) {
  const bool used = !row.null_next();
  session::CurveUsed curve;
  for (double& share : curve.shares.share) share = row.real();
  curve.test_session_id = row.text();
  curve.tested = row.wall();
  return used ? std::optional(curve) : std::nullopt;
}
}  // namespace

void bind_curve(Binder& binder, const std::optional<session::CurveUsed>& curve) {
  for (std::size_t i = 0; i < session::kCurvePlaces.size(); ++i) binder.real(curve ? curve->shares.share[i] : kUnknown);
  binder.text_or_null(curve ? curve->test_session_id : "").wall(curve ? curve->tested : session::WallTime{});
}

session::SetRecord read_set(Reader& row) {
  session::SetRecord set;
  set.session_id = row.text();
  set.index = row.integer<std::uint32_t>();
  set.kind = row.integer<session::SetKind>();
  set.load_kg = row.real();
  set.axis_mask = row.integer<std::uint32_t>();
  set.started = row.wall();
  set.duration_s = row.real();
  set.end = row.integer<session::SetEndReason>();
  const bool answered = !row.null_next();
  const int rir = row.integer<int>();
  if (answered) set.answer_rir = rir;
  set.stop_answer = row.integer<session::StopAnswer>();
  set.samples_lost = row.integer<std::uint64_t>();
  set.side = row.integer<session::Side>();
  set.worked_before = row.integer<std::uint32_t>();
  set.curve = read_curve(row);
  set.counted = row.integer<std::uint32_t>();
  return set;
}

std::string rep_columns() {
  std::string columns = "candidate, rep_index, axis, verdict, assisted, form, start_ns, peak_ns, end_ns";
  for (const RepColumn& column : kRepColumns) columns.append(", ").append(column.name);
  return columns;
}

void bind_rep(Binder& binder, const Rep& rep) {
  binder.integer(rep.candidate).integer(rep.index).integer(rep.axis).integer(rep.verdict).integer(rep.assisted).integer(rep.form);
  binder.integer(rep.start_ns).integer(rep.peak_ns).integer(rep.end_ns);
  for (const RepColumn& column : kRepColumns) binder.real(rep.*column.value);
}

Rep read_rep(Reader& row) {
  Rep rep;
  rep.candidate = row.integer<std::uint32_t>();
  rep.index = row.integer<std::uint32_t>();
  rep.axis = row.integer<RepAxis>();
  rep.verdict = row.integer<RepVerdict>();
  rep.assisted = row.integer<int>() != 0;
  rep.form = row.integer<std::uint32_t>();
  rep.start_ns = row.integer<std::int64_t>();
  rep.peak_ns = row.integer<std::int64_t>();
  rep.end_ns = row.integer<std::int64_t>();
  for (const RepColumn& column : kRepColumns) rep.*column.value = row.real();
  return rep;
}

session::Proposal read_proposal(Reader& row, std::int64_t& seq) {
  session::Proposal proposal;
  seq = row.integer<std::int64_t>();
  proposal.stop = row.integer<int>() != 0;
  proposal.load_kg = row.real();
  proposal.previous_load_kg = row.real();
  proposal.next_kind = row.integer<session::SetKind>();
  proposal.rep_goal = row.integer<std::uint32_t>();
  proposal.reason = row.text();
  proposal.text = row.text();
  proposal.confidence = row.real();
  proposal.accepted = row.integer<int>() != 0;
  proposal.changed = row.integer<int>() != 0;
  proposal.etag = row.text();
  return proposal;
}

session::FaultRecord read_fault(Reader& row) {
  session::FaultRecord fault;
  fault.seq = row.integer<std::uint64_t>();
  fault.code = row.integer<FaultCode>();
  fault.active = row.integer<int>() != 0;
  fault.reaction = row.integer<safety::Reaction>();
  fault.at = row.wall();
  fault.session_id = row.text();
  return fault;
}

session::OutOfOrder read_order(Reader& row) {
  session::OutOfOrder order;
  order.active = row.integer<int>() != 0;
  order.reason = row.text();
  order.who = row.text();
  order.since = row.wall();
  return order;
}

}  // namespace sheave::store
