// kill -9 at any moment: what was acknowledged is there after the restart.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <random>

#include "tests/unit/store/fixture.hpp"

namespace sheave::store {
namespace {

using namespace testing;

struct Acknowledged {
  std::uint32_t set_index;
  std::uint32_t candidate;  ///< 0: the set's end.
};
constexpr std::uint32_t kRepsPerSet = 6;

/// Writes sets and reps without end, several at a time, and tells the pipe of each one that was acknowledged.
[[noreturn]] void write_for_ever(const std::string& path, int pipe) {
  MainLoop loop;
  auto opened = SqliteJournal::open(path, loop.post());
  if (!opened) ::_exit(1);
  SqliteJournal& journal = **opened;
  const auto tell = [pipe](Acknowledged what) {
    return [pipe, what](const Result<std::uint64_t>& result) {
      if (!result || ::write(pipe, &what, sizeof what) != sizeof what) ::_exit(2);
    };
  };
  journal.put_session(session_record("s1"), nullptr);
  for (std::uint32_t set = 1;; ++set) {
    journal.begin_set(set_record("s1", set), nullptr);
    for (std::uint32_t candidate = 1; candidate <= kRepsPerSet; ++candidate) {
      journal.add_rep("s1", set, rep_record(candidate), tell({set, candidate}));
      if (candidate % 2 == 0) loop.run_one();
    }
    const auto end = tell({set, 0});
    loop.commit([&](auto done) {
      journal.finish_set(set_record("s1", set), [&, done](const Result<std::uint64_t>& result) {
        end(result);
        done(result);
      });
    });
  }
}

/// Lets the child run until it acknowledged `count` records, kills it, and returns all that it acknowledged.
std::vector<Acknowledged> run_and_kill(const std::string& path, std::size_t count) {
  int ends[2];
  if (::pipe(ends) != 0) std::abort();
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    write_for_ever(path, ends[1]);
  }
  ::close(ends[1]);
  std::vector<Acknowledged> acknowledged;
  Acknowledged one{};
  bool killed = false;
  while (::read(ends[0], &one, sizeof one) == sizeof one) {
    acknowledged.push_back(one);
    if (!killed && acknowledged.size() >= count) {
      ::kill(child, SIGKILL);
      killed = true;
    }
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);
  return acknowledged;
}

TEST(Durability, NothingAcknowledgedIsLostByKillAtAnyMoment) {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const test::TemporaryFolder folder;
    const std::string path = folder.file("sheave.db");
    const std::vector<Acknowledged> acknowledged = run_and_kill(path, 1 + random() % 120);

    MainLoop loop;
    auto opened = SqliteJournal::open(path, loop.post());
    ASSERT_TRUE(opened) << opened.status().message;
    EXPECT_EQ((*opened)->startup().quarantined, "");
    const auto sets = loop.await<std::vector<session::SetRecord>>([&](auto done) { (*opened)->list_sets("s1", done); });
    ASSERT_TRUE(sets) << sets.status().message;
    for (const Acknowledged& one : acknowledged) {
      ASSERT_LE(one.set_index, sets->size());
      const session::SetRecord& set = (*sets)[one.set_index - 1];
      ASSERT_LE(one.candidate, set.reps.size());
      if (one.candidate == 0) {
        EXPECT_EQ(set.reps.size(), kRepsPerSet);
      } else {
        EXPECT_EQ(set.reps[one.candidate - 1].candidate, one.candidate);
      }
    }
  }
}

}  // namespace
}  // namespace sheave::store
