#include "controller/session/memory_members.hpp"

#include <algorithm>
#include <set>

namespace sheave::session {

namespace {

Status no_member() { return Status::error(StatusCode::kNotFound, "MEMBER_NOT_FOUND", "there is no such member"); }
Status tag_is_taken() { return Status::error(StatusCode::kAlreadyExists, "TAG_TAKEN", "the tag is another member's"); }

}  // namespace

template <typename Match>
void MemoryMembers::find_where(Match match, const Answer<MemberRecord>& answer) const {
  if (failing_) return answer(Status::error(StatusCode::kUnavailable, "STORE_UNAVAILABLE", "the store cannot be read"));
  const auto at = std::find_if(members_.begin(), members_.end(), match);
  at != members_.end() ? answer(*at) : answer(no_member());
}

bool MemoryMembers::tag_taken(const MemberRecord& member) const {
  return std::ranges::any_of(members_, [&](const MemberRecord& other) {
    return other.id != member.id &&
           std::ranges::any_of(other.tag_hashes, [&](const std::string& tag) { return std::ranges::count(member.tag_hashes, tag) > 0; });
  });
}

void MemoryMembers::add(const MemberRecord& member, Answer<MemberRecord> answer) {
  if (tag_taken(member)) return answer(tag_is_taken());
  members_.push_back(member);
  members_.back().number = ++last_number_;
  answer(members_.back());
}

void MemoryMembers::put(const MemberRecord& member, Answer<MemberRecord> answer) {
  const auto at = std::ranges::find(members_, member.id, &MemberRecord::id);
  if (at == members_.end()) return answer(no_member());
  if (tag_taken(member)) return answer(tag_is_taken());
  const auto number = at->number;
  const WallTime created = at->created;
  *at = member;
  at->number = number;
  at->created = created;
  answer(*at);
}

void MemoryMembers::find(const std::string& id, Answer<MemberRecord> answer) {
  find_where([&](const MemberRecord& m) { return m.id == id; }, answer);
}

void MemoryMembers::find_number(std::uint32_t number, Answer<MemberRecord> answer) {
  find_where([&](const MemberRecord& m) { return m.number == number; }, answer);
}

void MemoryMembers::find_tag(const std::string& tag_hash, Answer<MemberRecord> answer) {
  find_where([&](const MemberRecord& m) { return std::ranges::count(m.tag_hashes, tag_hash) > 0; }, answer);
}

void MemoryMembers::erase(const std::string& id, Answer<std::uint32_t> answer) {
  if (std::erase_if(members_, [&](const MemberRecord& m) { return m.id == id; }) == 0) return answer(no_member());
  std::erase_if(set_ups_, [&](const auto& kept) { return kept.first.first == id; });
  answer(journal_.disown(id));
}

void MemoryMembers::put_set_up(const std::string& member_id, const SetUpNote& note, Committed done) {
  set_ups_[{member_id, note.program_id}] = note;
  if (done) done(std::uint64_t{0});
}

void MemoryMembers::set_ups(const std::string& member_id, Answer<std::vector<SetUpNote>> answer) {
  std::vector<SetUpNote> notes;
  for (const auto& [key, note] : set_ups_) {
    if (key.first == member_id) notes.push_back(note);
  }
  answer(notes);
}

void MemoryMembers::ranges(const std::string& member_id, Answer<std::vector<MemberRange>> answer) { answer(journal_.ranges_of(member_id)); }

void MemoryMembers::sessions_of(const std::string& member_id, Answer<std::vector<SessionRecord>> answer) {
  std::vector<SessionRecord> found = journal_.sessions();
  std::erase_if(found, [&](const SessionRecord& s) { return member_id.empty() || s.member_id != member_id; });
  answer(found);
}

void MemoryMembers::last_sessions(const std::string& member_id, Answer<std::vector<SessionRecord>> answer) {
  std::vector<SessionRecord> found;
  std::set<std::string> known;
  for (auto s = journal_.sessions().rbegin(); s != journal_.sessions().rend(); ++s) {
    if (member_id.empty() || s->member_id != member_id || known.contains(s->program_id)) continue;
    const std::vector<SetRecord> sets = journal_.sets_of(s->id);
    if (std::ranges::none_of(sets, [](const SetRecord& set) { return set.end != SetEndReason::kUnknown; })) continue;
    known.insert(s->program_id);
    found.push_back(*s);
  }
  answer(found);
}

}  // namespace sheave::session
