#include "controller/api/watch_tail.hpp"

#include <algorithm>

#include "controller/api/convert_machine.hpp"
#include "controller/api/convert_session.hpp"
#include "controller/api/watch_wire.hpp"

namespace sheave::api {

WatchEntry watch_entry(const Names& names, const std::string& epoch, const session::LogEntry& entry) {
  using Kind = session::LogEntry::Kind;
  WatchEntry result;
  result.seq = entry.seq;
  pb::WatchResponse message;
  switch (entry.kind) {
    case Kind::kRep:
      result.kind = pb::WATCH_KIND_REPS;
      to_pb(names, entry.session_id, entry.set_index, entry.rep, message.mutable_rep());
      message.mutable_rep()->set_seq(entry.seq);
      break;
    case Kind::kSet: {
      result.kind = pb::WATCH_KIND_SETS;
      to_pb(names, entry.set, message.mutable_set());
      message.mutable_set()->clear_reps();  // each came by itself
      message.mutable_set()->set_seq(entry.seq);
      break;
    }
    case Kind::kProposal: {
      if (!entry.set.proposal) return result;
      result.kind = pb::WATCH_KIND_PROPOSALS;
      pb::Set set;
      to_pb(names, entry.set, &set);
      message.mutable_proposal()->set_session(names.session(entry.session_id));
      message.mutable_proposal()->set_set_index(static_cast<std::int32_t>(entry.set_index));
      *message.mutable_proposal()->mutable_proposal() = set.proposal();
      break;
    }
    case Kind::kFault:
      result.kind = pb::WATCH_KIND_FAULTS;
      to_pb(names, entry.fault, message.mutable_fault());
      message.mutable_fault()->set_seq(entry.seq);
      break;
    case Kind::kSession:
      return result;  // the snapshot says it
  }
  message.mutable_cursor()->set_machine(names.machine());
  message.mutable_cursor()->set_epoch(epoch);
  message.mutable_cursor()->set_seq(entry.seq);
  result.bytes = wire_message(message);
  return result;
}

WatchTail::WatchTail(const Names& names, session::Journal& journal, std::function<void()> on_grown)
    : names_(names), journal_(journal), on_grown_(std::move(on_grown)) {
  const session::Cursor head = journal.head();
  epoch_ = head.epoch;
  oldest_ = newest_ = head.seq;
}

void WatchTail::announce(const session::LogEntry& entry) {
  announced_ = std::max(announced_, entry.seq);
  if (entry.seq == newest_ + 1) {
    append(entry);
    on_grown_();
  }
  if (announced_ > newest_) close_gap();
}

void WatchTail::close_gap() {
  if (reading_) return;
  reading_ = true;
  journal_.read_log({epoch_, newest_}, kPage,
                    [this, alive = std::weak_ptr<bool>(alive_)](const Result<std::vector<session::LogEntry>>& page) {
                      if (alive.expired()) return;
                      reading_ = false;
                      if (!page.ok()) return;  // the next announcement tries again
                      const std::uint64_t before = newest_;
                      for (const auto& entry : *page) {
                        if (entry.seq > newest_) append(entry);
                      }
                      if (newest_ == before) return;  // announced, but not yet to be read: the next announcement tries again
                      on_grown_();
                      if (announced_ > newest_) close_gap();
                    });
}

void WatchTail::append(const session::LogEntry& entry) {
  entries_.push_back(watch_entry(names_, epoch_, entry));
  newest_ = entry.seq;
  if (entries_.size() <= kEntries) return;
  oldest_ = entries_.front().seq;
  entries_.pop_front();
}

void WatchTail::copy_after(std::uint64_t seq, std::size_t limit, std::vector<WatchEntry>& to) const {
  auto entry = std::upper_bound(entries_.begin(), entries_.end(), seq, [](std::uint64_t s, const WatchEntry& e) { return s < e.seq; });
  for (; entry != entries_.end() && limit > 0; ++entry, --limit) to.push_back(*entry);
}

}  // namespace sheave::api
