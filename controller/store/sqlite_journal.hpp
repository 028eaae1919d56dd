#pragma once
// The Journal on SQLite: the machine's only truth. fsync is slow, so a thread of its own does all of it.

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "controller/session/journal.hpp"
#include "controller/store/database.hpp"

namespace sheave::store {

/// Hands a task to the main thread. Called on [store]; must be callable until the journal is destroyed.
using Post = std::function<void(std::function<void()>)>;

/// Writes that wait together are committed together (one fsync), each answered after the commit. A failed commit fails every write of
/// its group, with STORE_UNAVAILABLE and the remedy; the next write tries again. A record that contradicts the stored ones is answered
/// with STORE_REJECTED and harms no other. More than kQueueLimit waiting calls are refused: the disk hangs.
class SqliteJournal final : public session::Journal {
 public:
  /// A minute of reps, faults and requests at the most that two cables and a full house of clients make.
  static constexpr std::size_t kQueueLimit = 4096;

  /// Reasons as open_database(). [main]
  static Result<std::unique_ptr<SqliteJournal>> open(const std::string& path, Post post);

  /// Carries out what waits, then closes the file. Answers of that are posted as ever and may be dropped by the executor. [main]
  ~SqliteJournal() override;
  SqliteJournal(const SqliteJournal&) = delete;
  SqliteJournal& operator=(const SqliteJournal&) = delete;

  const StartupReport& startup() const noexcept { return report_; }

  void put_session(const session::SessionRecord& session, session::Committed done) override;
  void put_owner(const std::string& session_id, const std::string& member_id, session::Committed done) override;
  void begin_set(const session::SetRecord& set, session::Committed done) override;
  void add_rep(const std::string& session_id, std::uint32_t set_index, const Rep& rep, session::Committed done) override;
  void finish_set(const session::SetRecord& set, session::Committed done) override;
  void put_proposal(const session::SetRecord& set, session::Committed done) override;
  void put_answers(const session::SetRecord& set, session::Committed done) override;
  void put_samples(session::SampleBlob blob, session::Committed done) override;
  void add_fault(const session::FaultRecord& fault, session::Committed done) override;
  void add_odometer(const session::Odometer& delta, session::Committed done) override;
  void put_rom(const std::string& member_id, const std::string& set_up, const std::vector<Rom>& rom, session::Committed done) override;
  void put_order(const session::OutOfOrder& order, session::Committed done) override;

  void add_self_test(const session::SelfTestRecord& test, session::Committed done) override;
  void last_self_test(Answer<session::SelfTestRecord> answer) override;

  void list_sessions(std::size_t limit, std::uint64_t before_seq, Answer<std::vector<session::SessionRecord>> answer) override;
  void find_session(const std::string& id, Answer<session::SessionRecord> answer) override;
  void find_request(const std::string& request_id, Answer<session::SessionRecord> answer) override;
  void list_sets(const std::string& session_id, Answer<std::vector<session::SetRecord>> answer) override;
  void history(const std::string& member_id, const std::string& program_id, std::size_t sets_limit,
               Answer<std::vector<session::SetRecord>> answer) override;
  void load_rom(const std::string& member_id, const std::string& set_up, Answer<std::vector<Rom>> answer) override;
  void load_samples(const std::string& session_id, std::uint32_t set_index, Answer<session::SampleBlob> answer) override;
  void read_log(const session::Cursor& after, std::size_t limit, Answer<std::vector<session::LogEntry>> answer) override;
  void usage(std::int64_t from_unix_s, std::int64_t to_unix_s, std::int64_t bucket_s,
             Answer<std::vector<session::UsageBucket>> answer) override;
  void list_faults(std::size_t limit, std::uint64_t before_seq, Answer<std::vector<session::FaultRecord>> answer) override;
  void odometer(Answer<session::Odometer> answer) override;
  void order(Answer<session::OutOfOrder> answer) override;
  void open_faults(Answer<std::vector<session::FaultRecord>> answer) override;

  session::Cursor head() const override { return *head_; }

  /// For the other interfaces on the same file: `apply` runs on [store] in a transaction, like every write, and gives the place in the
  /// log or 0. [main]
  void write(std::function<std::uint64_t(SQLite::Database&)> apply, session::Committed done);
  /// As write(), for what gives a Result<T>: answered after the commit. [main]
  template <typename T, typename Change>
  void change(Change change, Answer<T> answer) {
    // Filled on [store] before the commit, read on [main] after it.
    auto made = std::make_shared<Result<T>>(T{});
    write(
        [change = std::move(change), made](SQLite::Database& db) -> std::uint64_t {
          *made = change(db);
          return 0;
        },
        [answer = std::move(answer), made](const Result<std::uint64_t>& committed) {
          if (!committed) return answer(committed.status());
          answer(std::move(*made));
        });
  }
  /// `query` runs on [store] and gives a T or a Result of it. [main]
  template <typename T, typename Query>
  void read(Query query, Answer<T> answer) {
    enqueue(Read{[query = std::move(query), answer](SQLite::Database& db) -> Task {
                   return [answer, result = Result<T>(query(db))] { answer(result); };
                 },
                 [answer](const Status& status) { answer(status); }});
  }

 private:
  using Task = std::function<void()>;  // posted to [main]

  struct Write {
    std::function<std::uint64_t(SQLite::Database&)> apply;
    session::Committed done;  // may be empty: nobody wants to know
    void fail(const Status& status) const {
      if (done) done(status);
    }
  };
  struct Read {
    std::function<Task(SQLite::Database&)> query;  // gives the answer as a task
    std::function<void(const Status&)> fail;       // [main]
  };
  using Call = std::variant<Write, Read>;

  SqliteJournal(std::string path, OpenedDatabase opened, Post post);

  void enqueue(Call call);  // [main]

  void run();                                                                 // [store]
  void carry_out(std::vector<Call>& calls);                                   // [store]
  void commit(std::vector<Write>& group, std::vector<Task>& answers);         // [store]
  void apply_one(Write& write, std::vector<Result<std::uint64_t>>& results);  // [store]
  void answer_read(Read& read, std::vector<Task>& answers);                   // [store]

  const std::string path_;
  const std::unique_ptr<SQLite::Database> database_;  // [store] after construction
  const StartupReport report_;
  const Post post_;
  const std::shared_ptr<session::Cursor> head_;  // [main]; shared with posted answers, which may outlive the journal

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Call> queue_;  // under mutex_
  bool stopping_ = false;   // under mutex_
  std::thread thread_;
};

}  // namespace sheave::store
