// What is answered about a person: what they did last time, and everything that is stored of them.

#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

#include "sheave/v1/member.grpc.pb.h"
#include "tests/unit/api/server_bench.hpp"

namespace sheave::api {
namespace {

using session::SetKind;
using session::SetRecord;
using ::testing::ElementsAre;

SetRecord set_of(SetKind kind, double load_kg, int reps, session::SetEndReason end = session::SetEndReason::kRacked) {
  SetRecord set;
  set.kind = kind;
  set.load_kg = load_kg;
  set.end = end;
  for (int i = 0; i < reps; ++i) {
    Rep& rep = set.reps.emplace_back();
    rep.index = rep.candidate = static_cast<std::uint32_t>(i + 1);
    rep.verdict = RepVerdict::kCounted;
    rep.mean_speed_mps = 0.5;
  }
  return set;
}

class MemberServiceTest : public ServerTest {
 protected:
  void SetUp() override {
    ServerTest::SetUp();
    stub = pb::MemberService::NewStub(channel);
  }

  std::string enrol(const std::string& alias) {
    return main.ask([&] {
      std::string id;
      session::MemberChange wanted;
      wanted.alias = alias;
      rooms.desk.create(wanted, [&](const Result<session::MemberRecord>& made) { id = made->id; });
      return id;
    });
  }

  /// As the session room stores it.
  void train(const std::string& member_id, const std::string& session_id, std::vector<SetRecord> sets) {
    main.ask([&] {
      const auto stored = [](const Result<std::uint64_t>& seq) { EXPECT_TRUE(seq.ok()) << seq.status().message; };
      session::SessionRecord record;
      record.id = session_id;
      record.program_id = "cable-row";
      record.member_id = member_id;
      record.created = {1'700'000'000'000'000'000, true};
      rooms.journal.put_session(record, stored);
      std::uint32_t index = 0;
      for (SetRecord& set : sets) {
        set.session_id = session_id;
        set.index = ++index;
        const std::vector<Rep> reps = std::exchange(set.reps, {});
        rooms.journal.begin_set(set, stored);
        for (const Rep& rep : reps) rooms.journal.add_rep(session_id, index, rep, stored);
        if (set.end != session::SetEndReason::kUnknown) rooms.journal.finish_set(set, stored);
      }
    });
  }

  /// The loads of a member's last time.
  std::vector<double> last_loads_kg(const std::string& member_id) {
    grpc::ClientContext call;
    pb::ListLastTimesRequest request;
    request.set_member("members/" + member_id);
    pb::ListLastTimesResponse response;
    const grpc::Status status = stub->ListLastTimes(&call, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(response.last_times_size(), 1);
    std::vector<double> loads_kg;
    for (const pb::LastTime& last : response.last_times()) {
      for (const pb::LastSet& set : last.sets()) loads_kg.push_back(set.load_total_kg());
    }
    return loads_kg;
  }

  struct Export {
    std::vector<pb::ExportMemberResponse> parts;
    grpc::Status status;
  };
  Export export_of(const std::string& name) {
    grpc::ClientContext call;
    pb::ExportMemberRequest request;
    request.set_name(name);
    const auto stream = stub->ExportMember(&call, request);
    Export all;
    for (pb::ExportMemberResponse part; stream->Read(&part);) all.parts.push_back(part);
    all.status = stream->Finish();
    return all;
  }

  std::unique_ptr<pb::MemberService::Stub> stub;
};

TEST_F(MemberServiceTest, TheLastTimeIsItsWorkingSets) {
  const std::string ann = enrol("Ann");
  train(ann, "s1",
        {set_of(SetKind::kWarmUp, 20, 6), set_of(SetKind::kProbe, 10, 5), set_of(SetKind::kWorking, 40, 8),
         set_of(SetKind::kWorking, 38, 7), set_of(SetKind::kWorking, 38, 1, session::SetEndReason::kUnknown)});
  EXPECT_THAT(last_loads_kg(ann), ElementsAre(40, 38)) << "neither what warmed up nor what was never ended";
}

TEST_F(MemberServiceTest, AVisitThatOnlyLookedForTheWeightShowsWhereItLooked) {
  const std::string ann = enrol("Ann");
  train(ann, "s1", {set_of(SetKind::kProbe, 10, 5), set_of(SetKind::kProbe, 14.5, 5)});
  EXPECT_THAT(last_loads_kg(ann), ElementsAre(10, 14.5));
}

TEST_F(MemberServiceTest, AnExportIsEverythingOfThatPersonAndNothingOfAnother) {
  const std::string ann = enrol("Ann"), bob = enrol("Bob");
  train(ann, "s1", {set_of(SetKind::kWarmUp, 20, 2), set_of(SetKind::kWorking, 40, 3)});
  train(bob, "s2", {set_of(SetKind::kWorking, 90, 1)});
  train(ann, "s3", {});
  main.ask([&] {
    rooms.members.put_set_up(ann, {"cable-row", 4, "rope", "seat 3"}, [](const Result<std::uint64_t>&) {});
    rooms.members.put_set_up(bob, {"cable-row", 9, "", ""}, [](const Result<std::uint64_t>&) {});
    rooms.journal.put_rom(ann, "row-low", {Rom{0.2, 0.8}}, [](const Result<std::uint64_t>&) {});
  });
  const Export all = export_of("members/1");
  EXPECT_TRUE(all.status.ok()) << all.status.error_message();
  ASSERT_EQ(all.parts.size(), 3U);
  ASSERT_TRUE(all.parts[0].has_member());
  const pb::ExportedMember& person = all.parts[0].member();
  EXPECT_EQ(person.member().name(), "members/" + ann);
  EXPECT_EQ(person.member().alias(), "Ann");
  ASSERT_EQ(person.set_ups_size(), 1);
  EXPECT_EQ(person.set_ups(0).program(), "programs/cable-row");
  EXPECT_EQ(person.set_ups(0).notch(), 4);
  EXPECT_EQ(person.set_ups(0).attachment(), "rope");
  EXPECT_EQ(person.set_ups(0).note(), "seat 3");
  ASSERT_EQ(person.ranges_size(), 1);
  EXPECT_EQ(person.ranges(0).set_up(), "row-low");
  EXPECT_EQ(person.ranges(0).rom(0).end_m(), 0.8);
  ASSERT_TRUE(all.parts[1].has_session());
  const pb::ExportedSession& trained = all.parts[1].session();
  EXPECT_EQ(trained.session().name(), "machines/m1/sessions/s1");
  ASSERT_EQ(trained.sets_size(), 2);
  EXPECT_EQ(trained.sets(0).reps_size(), 2) << "warm-ups too";
  EXPECT_EQ(trained.sets(1).reps_size(), 3);
  EXPECT_EQ(trained.sets(1).load_total_kg(), 40);
  EXPECT_EQ(all.parts[2].session().session().name(), "machines/m1/sessions/s3");
  EXPECT_EQ(all.parts[2].session().sets_size(), 0) << "nothing is carried over from the message before";
}

TEST_F(MemberServiceTest, AfterWrongTriesTheAnswerSaysForHowLongToWait) {
  const auto try_wrong = [&] {
    grpc::ClientContext call;
    pb::ResolveCredentialRequest request;
    request.mutable_number()->set_number(7);
    request.mutable_number()->set_pin("0000");
    pb::ResolveCredentialResponse response;
    google::rpc::Status details;
    EXPECT_TRUE(details.ParseFromString(stub->ResolveCredential(&call, request, &response).error_details()));
    google::rpc::RetryInfo retry;
    return details.details_size() > 1 && details.details(1).UnpackTo(&retry) ? retry.retry_delay().seconds() : 0;
  };
  for (int i = 0; i < 4; ++i) EXPECT_EQ(try_wrong(), 0) << "a person mistypes";
  EXPECT_EQ(try_wrong(), 30) << "known with the fifth try, before the next one";
  EXPECT_EQ(try_wrong(), 30) << "a try that was not taken costs nothing more";
}

TEST_F(MemberServiceTest, NobodyIsNotExported) {
  const Export none = export_of("members/7");
  EXPECT_TRUE(none.parts.empty());
  EXPECT_EQ(reason_of(none.status), "MEMBER_NOT_FOUND");
}

}  // namespace
}  // namespace sheave::api
