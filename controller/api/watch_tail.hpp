#pragma once
// The newest entries of the machine's log, in memory, in order and without a hole: what live watchers are fed from.

#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "controller/api/names.hpp"
#include "controller/api/watch_outbox.hpp"
#include "controller/session/journal.hpp"

namespace sheave::api {

/// One log entry as watchers get it.
WatchEntry watch_entry(const Names& names, const std::string& epoch, const session::LogEntry& entry);

/// The session announces entries after their commit, but perhaps not every one and perhaps not in order. The tail takes those that
/// come in order, and reads the journal where one is missing, so that nothing depends on announcements being complete. [main]
class WatchTail {
 public:
  /// Entries kept: about twenty sets. A watcher further behind reads the journal.
  static constexpr std::size_t kEntries = 512;
  static constexpr std::size_t kPage = 128;

  /// @param on_grown called whenever entries were added.
  WatchTail(const Names& names, session::Journal& journal, std::function<void()> on_grown);

  /// Something was committed.
  void announce(const session::LogEntry& entry);

  const std::string& epoch() const noexcept { return epoch_; }
  std::uint64_t newest() const noexcept { return newest_; }
  /// Whether every entry after `seq` is held; else the journal has to be read.
  bool covers(std::uint64_t seq) const noexcept { return seq >= oldest_; }
  /// Entries after `seq`, at most `limit`, appended to `to`. @pre covers(seq)
  void copy_after(std::uint64_t seq, std::size_t limit, std::vector<WatchEntry>& to) const;

 private:
  void append(const session::LogEntry& entry);
  void close_gap();

  const Names& names_;
  session::Journal& journal_;
  std::function<void()> on_grown_;
  std::string epoch_;
  std::uint64_t oldest_;         // everything after it is in entries_
  std::uint64_t newest_;         // of the last entry taken
  std::uint64_t announced_ = 0;  // the highest heard of
  bool reading_ = false;
  std::deque<WatchEntry> entries_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);  // for answers that come after the tail is gone
};

}  // namespace sheave::api
