#include "controller/store/sqlite_journal.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "controller/rt/thread_roles.hpp"
#include "controller/store/reads.hpp"
#include "controller/store/self_tests.hpp"
#include "controller/store/writes.hpp"

namespace sheave::store {
namespace {

bool is_rejection(const SQLite::Exception& error) { return error.getErrorCode() == SQLITE_CONSTRAINT; }

Status rejection(const SQLite::Exception& error) {
  return Status::error(StatusCode::kFailedPrecondition, "STORE_REJECTED",
                       std::string("The record does not fit what is stored: ") + error.what() + ".");
}

}  // namespace

Result<std::unique_ptr<SqliteJournal>> SqliteJournal::open(const std::string& path, Post post) {
  Result<OpenedDatabase> opened = open_database(path);
  if (!opened) return opened.status();
  return std::unique_ptr<SqliteJournal>(new SqliteJournal(path, *std::move(opened), std::move(post)));
}

SqliteJournal::SqliteJournal(std::string path, OpenedDatabase opened, Post post)
    : path_(std::move(path)),
      database_(std::move(opened.database)),
      report_(std::move(opened.report)),
      post_(std::move(post)),
      head_(std::make_shared<session::Cursor>(session::Cursor{std::move(opened.epoch), newest_seq(*database_)})),
      thread_([this] { run(); }) {}

SqliteJournal::~SqliteJournal() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void SqliteJournal::enqueue(Call call) {
  SHEAVE_ON_THREAD(kMain);
  {
    const std::lock_guard lock(mutex_);
    if (queue_.size() < kQueueLimit) {
      queue_.push_back(std::move(call));
      wake_.notify_one();
      return;
    }
  }
  const Status full = Status::error(StatusCode::kUnavailable, "STORE_UNAVAILABLE",
                                    "The disk of the store " + path_ + " does not keep up. Check the disk and its file system.");
  post_([call = std::move(call), full] { std::visit([&](const auto& refused) { refused.fail(full); }, call); });
}

void SqliteJournal::run() {
  rt::set_thread_role(rt::ThreadRole::kStore);
  std::vector<Call> calls;
  while (true) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      calls.assign(std::make_move_iterator(queue_.begin()), std::make_move_iterator(queue_.end()));
      queue_.clear();
    }
    carry_out(calls);
    calls.clear();
  }
}

void SqliteJournal::carry_out(std::vector<Call>& calls) {
  std::vector<Task> answers;
  std::vector<Write> group;
  for (Call& call : calls) {
    if (auto* writing = std::get_if<Write>(&call)) {
      group.push_back(std::move(*writing));
    } else {
      commit(group, answers);  // a read sees what was written before it
      answer_read(std::get<Read>(call), answers);
    }
  }
  commit(group, answers);
  post_([answers = std::move(answers)] {
    for (const Task& answer : answers) answer();
  });
}

void SqliteJournal::commit(std::vector<Write>& group, std::vector<Task>& answers) {
  if (group.empty()) return;
  std::vector<Result<std::uint64_t>> results;
  try {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    for (Write& one : group) apply_one(one, results);
    transaction.commit();
  } catch (const SQLite::Exception& error) {
    results.assign(group.size(), status_of(error, path_));
  }
  for (std::size_t i = 0; i < group.size(); ++i) {
    answers.push_back([head = head_, done = std::move(group[i].done), result = std::move(results[i])] {
      if (result) head->seq = std::max(head->seq, *result);
      if (done) done(result);
    });
  }
  group.clear();
}

void SqliteJournal::apply_one(Write& write, std::vector<Result<std::uint64_t>>& results) {
  database_->exec("SAVEPOINT one");
  try {
    results.emplace_back(write.apply(*database_));
  } catch (const SQLite::Exception& error) {
    if (!is_rejection(error)) throw;
    database_->exec("ROLLBACK TO one");
    results.emplace_back(rejection(error));
  }
  database_->exec("RELEASE one");
}

void SqliteJournal::answer_read(Read& read, std::vector<Task>& answers) {
  try {
    answers.push_back(read.query(*database_));
  } catch (const SQLite::Exception& error) {
    answers.push_back([fail = std::move(read.fail), status = status_of(error, path_)] { fail(status); });
  }
}

void SqliteJournal::write(std::function<std::uint64_t(SQLite::Database&)> apply, session::Committed done) {
  enqueue(Write{std::move(apply), std::move(done)});
}

void SqliteJournal::put_session(const session::SessionRecord& session, session::Committed done) {
  write([session](SQLite::Database& db) { return store::put_session(db, session); }, std::move(done));
}

void SqliteJournal::put_owner(const std::string& session_id, const std::string& member_id, session::Committed done) {
  write([session_id, member_id](SQLite::Database& db) { return store::put_owner(db, session_id, member_id); }, std::move(done));
}

void SqliteJournal::begin_set(const session::SetRecord& set, session::Committed done) {
  write([set](SQLite::Database& db) { return store::begin_set(db, set); }, std::move(done));
}

void SqliteJournal::add_rep(const std::string& session_id, std::uint32_t set_index, const Rep& rep, session::Committed done) {
  write([session_id, set_index, rep](SQLite::Database& db) { return store::add_rep(db, session_id, set_index, rep); }, std::move(done));
}

void SqliteJournal::finish_set(const session::SetRecord& set, session::Committed done) {
  write([set](SQLite::Database& db) { return store::finish_set(db, set); }, std::move(done));
}

void SqliteJournal::put_proposal(const session::SetRecord& set, session::Committed done) {
  write([set](SQLite::Database& db) { return store::put_proposal(db, set); }, std::move(done));
}

void SqliteJournal::put_answers(const session::SetRecord& set, session::Committed done) {
  write([set](SQLite::Database& db) { return store::put_answers(db, set); }, std::move(done));
}

void SqliteJournal::put_samples(session::SampleBlob blob, session::Committed done) {
  write([blob = std::move(blob)](SQLite::Database& db) { return store::put_samples(db, blob); }, std::move(done));
}

void SqliteJournal::add_fault(const session::FaultRecord& fault, session::Committed done) {
  write([fault](SQLite::Database& db) { return store::add_fault(db, fault); }, std::move(done));
}

void SqliteJournal::add_odometer(const session::Odometer& delta, session::Committed done) {
  write([delta](SQLite::Database& db) { return store::add_odometer(db, delta); }, std::move(done));
}

void SqliteJournal::put_rom(const std::string& member_id, const std::string& set_up, const std::vector<Rom>& rom, session::Committed done) {
  write([member_id, set_up, rom](SQLite::Database& db) { return store::put_rom(db, member_id, set_up, rom); }, std::move(done));
}

void SqliteJournal::put_order(const session::OutOfOrder& order, session::Committed done) {
  write([order](SQLite::Database& db) { return store::put_order(db, order); }, std::move(done));
}

void SqliteJournal::add_self_test(const session::SelfTestRecord& test, session::Committed done) {
  write([test](SQLite::Database& db) { return store::add_self_test(db, test); }, std::move(done));
}

void SqliteJournal::last_self_test(Answer<session::SelfTestRecord> answer) {
  read([](SQLite::Database& db) { return store::last_self_test(db); }, std::move(answer));
}

void SqliteJournal::list_sessions(std::size_t limit, std::uint64_t before_seq, Answer<std::vector<session::SessionRecord>> answer) {
  read([limit, before_seq](SQLite::Database& db) { return store::list_sessions(db, limit, before_seq); }, std::move(answer));
}

void SqliteJournal::find_session(const std::string& id, Answer<session::SessionRecord> answer) {
  read([id](SQLite::Database& db) { return store::find_session(db, id); }, std::move(answer));
}

void SqliteJournal::find_request(const std::string& request_id, Answer<session::SessionRecord> answer) {
  read([request_id](SQLite::Database& db) { return store::find_request(db, request_id); }, std::move(answer));
}

void SqliteJournal::list_sets(const std::string& session_id, Answer<std::vector<session::SetRecord>> answer) {
  read([session_id](SQLite::Database& db) { return store::list_sets(db, session_id); }, std::move(answer));
}

void SqliteJournal::history(const std::string& member_id, const std::string& program_id, std::size_t sets_limit,
                            Answer<std::vector<session::SetRecord>> answer) {
  read([member_id, program_id, sets_limit](SQLite::Database& db) { return store::history(db, member_id, program_id, sets_limit); },
       std::move(answer));
}

void SqliteJournal::load_rom(const std::string& member_id, const std::string& set_up, Answer<std::vector<Rom>> answer) {
  read([member_id, set_up](SQLite::Database& db) { return store::load_rom(db, member_id, set_up); }, std::move(answer));
}

void SqliteJournal::load_samples(const std::string& session_id, std::uint32_t set_index, Answer<session::SampleBlob> answer) {
  read([session_id, set_index](SQLite::Database& db) { return store::load_samples(db, session_id, set_index); }, std::move(answer));
}

void SqliteJournal::read_log(const session::Cursor& after, std::size_t limit, Answer<std::vector<session::LogEntry>> answer) {
  read([epoch = head_->epoch, after, limit](SQLite::Database& db) { return store::read_log(db, epoch, after, limit); }, std::move(answer));
}

void SqliteJournal::usage(std::int64_t from_unix_s, std::int64_t to_unix_s, std::int64_t bucket_s,
                          Answer<std::vector<session::UsageBucket>> answer) {
  read([from_unix_s, to_unix_s, bucket_s](SQLite::Database& db) { return store::usage(db, from_unix_s, to_unix_s, bucket_s); },
       std::move(answer));
}

void SqliteJournal::list_faults(std::size_t limit, std::uint64_t before_seq, Answer<std::vector<session::FaultRecord>> answer) {
  read([limit, before_seq](SQLite::Database& db) { return store::list_faults(db, limit, before_seq); }, std::move(answer));
}

void SqliteJournal::odometer(Answer<session::Odometer> answer) {
  read([](SQLite::Database& db) { return store::odometer(db); }, std::move(answer));
}

void SqliteJournal::order(Answer<session::OutOfOrder> answer) {
  read([](SQLite::Database& db) { return store::newest_order(db); }, std::move(answer));
}

void SqliteJournal::open_faults(Answer<std::vector<session::FaultRecord>> answer) {
  read([](SQLite::Database& db) { return store::open_faults(db); }, std::move(answer));
}

}  // namespace sheave::store
