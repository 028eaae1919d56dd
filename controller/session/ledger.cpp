#include "controller/session/ledger.hpp"

#include <utility>

namespace sheave::session {

namespace {
constexpr std::int64_t kRetry_ns = kNsPerS;
// Recordings are the one thing that fills memory while the disk is gone (about 200 kB a set); reps and sets never count toward it.
constexpr std::size_t kMaxSamplesWaiting = 64;

LogEntry entry_of(LogEntry::Kind kind, const std::string& session_id, std::uint32_t set_index) {
  LogEntry entry;
  entry.kind = kind;
  entry.session_id = session_id;
  entry.set_index = set_index;
  return entry;
}
}  // namespace

Ledger::Ledger(Journal& journal, std::function<void(const LogEntry&)> announce)
    : journal_(journal), announce_(std::move(announce)), self_(std::make_shared<Ledger*>(this)) {}

void Ledger::put_session(const SessionRecord& session, std::function<void(const Status&)> first_answer) {
  LogEntry entry = entry_of(LogEntry::Kind::kSession, session.id, 0);
  entry.session = session;
  add({[this, session](Committed done) { journal_.put_session(session, std::move(done)); }, std::move(entry), std::move(first_answer)});
}

void Ledger::begin_set(const SetRecord& set) {
  add({[this, set](Committed done) { journal_.begin_set(set, std::move(done)); }, {}, {}});
}

void Ledger::add_rep(const std::string& session_id, std::uint32_t set_index, const Rep& rep) {
  LogEntry entry = entry_of(LogEntry::Kind::kRep, session_id, set_index);
  entry.rep = rep;
  add({[=, this](Committed done) { journal_.add_rep(session_id, set_index, rep, std::move(done)); }, std::move(entry), {}});
}

void Ledger::finish_set(const SetRecord& set) {
  LogEntry entry = entry_of(LogEntry::Kind::kSet, set.session_id, set.index);
  entry.set = set;
  entry.set.reps.clear();
  add({[this, set](Committed done) { journal_.finish_set(set, std::move(done)); }, std::move(entry), {}});
}

void Ledger::put_proposal(const SetRecord& set) {
  LogEntry entry = entry_of(LogEntry::Kind::kProposal, set.session_id, set.index);
  entry.set = set;
  entry.set.reps.clear();
  add({[this, set](Committed done) { journal_.put_proposal(set, std::move(done)); }, std::move(entry), {}});
}

void Ledger::put_answers(const SetRecord& set) {
  add({[this, set](Committed done) { journal_.put_answers(set, std::move(done)); }, {}, {}});
}

void Ledger::put_samples(SampleBlob blob) {
  if (samples_waiting_ >= kMaxSamplesWaiting) return;
  ++samples_waiting_;
  Entry entry;
  entry.write = [this, blob = std::move(blob)](Committed done) { journal_.put_samples(blob, std::move(done)); };
  entry.samples = true;
  add(std::move(entry));
}

void Ledger::add_fault(const FaultRecord& fault) {
  LogEntry entry = entry_of(LogEntry::Kind::kFault, fault.session_id, 0);
  entry.fault = fault;
  add({[this, fault](Committed done) { journal_.add_fault(fault, std::move(done)); }, std::move(entry), {}});
}

void Ledger::add_odometer(const Odometer& delta) {
  add({[this, delta](Committed done) { journal_.add_odometer(delta, std::move(done)); }, {}, {}});
}

void Ledger::put_rom(const std::string& member_id, const std::string& set_up, const std::vector<Rom>& rom) {
  add({[=, this](Committed done) { journal_.put_rom(member_id, set_up, rom, std::move(done)); }, {}, {}});
}

void Ledger::put_order(const OutOfOrder& order, std::function<void(const Status&)> first_answer) {
  add({[this, order](Committed done) { journal_.put_order(order, std::move(done)); }, {}, std::move(first_answer)});
}

void Ledger::tick(std::int64_t now_ns) {
  now_ns_ = now_ns;
  pump();
}

void Ledger::add(Entry entry) {
  queue_.push_back(std::move(entry));
  pump();
}

// A journal may answer within the call: the loop, not recursion, goes on to the next entry.
void Ledger::pump() {
  if (pumping_) return;
  pumping_ = true;
  while (!in_flight_ && !queue_.empty() && (!degraded_ || now_ns_ >= retry_at_ns_)) {
    in_flight_ = true;
    queue_.front().write([self = std::weak_ptr<Ledger*>(self_)](const Result<std::uint64_t>& seq) {
      if (const auto ledger = self.lock()) (*ledger)->on_answer(seq);
    });
  }
  pumping_ = false;
}

void Ledger::on_answer(const Result<std::uint64_t>& seq) {
  in_flight_ = false;
  auto first_answer = std::exchange(queue_.front().first_answer, {});
  if (first_answer) first_answer(seq.status());
  // Anything but a journal that cannot write now stays as it is however often it is given: it must not hold up what follows.
  degraded_ = !seq.ok() && seq.status().code == StatusCode::kUnavailable;
  if (degraded_) {
    retry_at_ns_ = now_ns_ + kRetry_ns;
    return;
  }
  if (!seq.ok() && !first_answer) ++rejected_;
  Entry entry = std::move(queue_.front());
  queue_.pop_front();
  if (entry.samples) --samples_waiting_;
  if (entry.announced && seq.ok()) {
    LogEntry& announced = *entry.announced;
    announced.seq = *seq;
    if (announced.kind == LogEntry::Kind::kFault) announced.fault.seq = *seq;
    announce_(announced);
  }
  pump();
}

}  // namespace sheave::session
