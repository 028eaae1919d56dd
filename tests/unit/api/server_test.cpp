#include "controller/api/server.hpp"

#include <future>
#include <thread>

#include "controller/rt/clock.hpp"
#include "sheave/v1/control.grpc.pb.h"
#include "sheave/v1/machine.grpc.pb.h"
#include "sheave/v1/member.grpc.pb.h"
#include "sheave/v1/program.grpc.pb.h"
#include "sheave/v1/session.grpc.pb.h"
#include "sheave/v1/telemetry.grpc.pb.h"
#include "sheave/v1/watch.grpc.pb.h"
#include "tests/unit/api/server_bench.hpp"

namespace sheave::api {
namespace {

TEST_F(ServerTest, AnswersFromTheMainThreadAndNamesItsErrors) {
  const auto stub = pb::ProgramService::NewStub(channel);
  {
    grpc::ClientContext call;
    pb::GetProgramRequest request;
    request.set_name("programs/moon-walk");
    pb::Program program;
    const grpc::Status status = stub->GetProgram(&call, request, &program);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
    EXPECT_EQ(reason_of(status), "PROGRAM_NOT_FOUND");
  }
  main.ask([this] {
    for (const char* id : {"a", "b", "c"}) {
      session::Program program;
      program.id = id;
      rooms.manager.programs.programs.push_back(program);
    }
    rooms.plugins.missing = Status::error(StatusCode::kFailedPrecondition, "PLUGIN_UNKNOWN", "needs the plugin \"x\"");
  });
  pb::ListProgramsRequest request;
  request.set_page_size(2);
  std::vector<std::string> names;
  for (;;) {
    grpc::ClientContext call;
    pb::ListProgramsResponse response;
    ASSERT_TRUE(stub->ListPrograms(&call, request, &response).ok());
    for (const auto& program : response.programs()) {
      names.push_back(program.name());
      EXPECT_FALSE(program.unavailable_reason().empty());
    }
    if (response.next_page_token().empty()) break;
    request.set_page_token(response.next_page_token());
  }
  EXPECT_EQ(names, (std::vector<std::string>{"programs/a", "programs/b", "programs/c"}));
}

TEST_F(ServerTest, TheManagersRefusalReachesTheCaller) {
  main.ask([this] {
    rooms.manager.shown.session = session::SessionRecord{};
    rooms.manager.shown.session->id = "abc";
    rooms.manager.answer = Status::error(StatusCode::kFailedPrecondition, "SET_ACTIVE", "A set runs.");
  });
  const auto stub = pb::SessionService::NewStub(channel);
  grpc::ClientContext call;
  pb::SetLoadRequest request;
  request.set_name("machines/-/sessions/-");
  request.set_load_total_kg(20);
  pb::Session session;
  const grpc::Status status = stub->SetLoad(&call, request, &session);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(reason_of(status), "SET_ACTIVE");
  EXPECT_EQ(status.error_message(), "A set runs.");
}

/// A session of `member` with one ended set, stored as "ses-{n}".
void store_visit(Rooms& rooms, const std::string& program, const std::string& member, int n) {
  session::SessionRecord record;
  record.id = "ses-" + std::to_string(n);
  record.program_id = program;
  record.member_id = member;
  const auto stored = [](const Result<std::uint64_t>& seq) { EXPECT_TRUE(seq.ok()) << seq.status().message; };
  rooms.journal.put_session(record, stored);
  session::SetRecord set;
  set.session_id = record.id;
  set.index = 1;
  set.load_kg = 10 + n;
  set.started.unix_ns = kNsPerS;
  rooms.journal.begin_set(set, stored);
  set.end = session::SetEndReason::kRacked;
  rooms.journal.finish_set(set, stored);
}

TEST_F(ServerTest, ADownloadHoldsTheSessionsThatWereNamedAndNoOthers) {
  main.ask([this] {
    for (int n = 1; n <= 3; ++n) store_visit(rooms, "row", "", n);
    rooms.downloads.set_origin("https://192.0.2.7:8443");
  });
  const auto stub = pb::TelemetryService::NewStub(channel);
  const auto ask = [&](const std::vector<std::string>& sessions, pb::Download* download) {
    grpc::ClientContext call;
    pb::CreateDownloadRequest request;
    for (const std::string& id : sessions) request.add_sessions("machines/m1/sessions/" + id);
    return reason_of(stub->CreateDownload(&call, request, download));
  };
  pb::Download download;
  ASSERT_EQ(ask({"ses-1", "ses-3"}, &download), "");
  EXPECT_EQ(download.url(), "https://192.0.2.7:8443" + download.path());
  const auto file = main.ask([&] { return rooms.downloads.take(download.path().substr(Downloads::kPath.size())); });
  ASSERT_TRUE(file.has_value());
  EXPECT_NE(file->bytes.find(",row,1,11,"), std::string::npos) << file->bytes;
  EXPECT_NE(file->bytes.find(",row,1,13,"), std::string::npos) << file->bytes;
  EXPECT_EQ(file->bytes.find(",row,1,12,"), std::string::npos) << file->bytes;
  EXPECT_EQ(ask({}, &download), "SESSIONS_INVALID");
  EXPECT_EQ(ask({"ses-4"}, &download), "SESSION_NOT_FOUND");
}

TEST_F(ServerTest, TheLastVisitsWithOneProgramAreNewestFirst) {
  const std::string member = main.ask([this] {
    session::MemberRecord record;
    record.id = "ann";
    rooms.members.add(record, [](const Result<session::MemberRecord>& added) { EXPECT_TRUE(added.ok()); });
    for (int n = 1; n <= 4; ++n) store_visit(rooms, n == 3 ? "pull" : "row", "ann", n);
    return record.id;
  });
  const auto stub = pb::MemberService::NewStub(channel);
  const auto loads = [&](const std::string& program, int visits) {
    grpc::ClientContext call;
    pb::ListLastTimesRequest request;
    request.set_member("members/" + member);
    request.set_program(program);
    request.set_visits(visits);
    pb::ListLastTimesResponse response;
    EXPECT_EQ(reason_of(stub->ListLastTimes(&call, request, &response)), visits > 20 ? "VISITS_RANGE" : "");
    std::vector<double> found;
    for (const auto& last : response.last_times()) found.push_back(last.sets(0).load_total_kg());
    return found;
  };
  EXPECT_EQ(loads("programs/row", 0), (std::vector<double>{14, 12, 11}));
  EXPECT_EQ(loads("programs/row", 2), (std::vector<double>{14, 12}));
  EXPECT_EQ(loads("", 0), (std::vector<double>{14, 13})) << "the newest of each";
  EXPECT_EQ(loads("programs/row", 21), (std::vector<double>{}));
}

TEST_F(ServerTest, StopWorksWhileTheMainThreadHangs) {
  rooms.port->measured_tension_n = 20.0F;
  rooms.port->state = static_cast<std::uint8_t>(safety::MachineState::kUnload);
  std::promise<void> release, hangs;
  main.post([&] {
    hangs.set_value();
    release.get_future().wait();
  });
  hangs.get_future().wait();
  const auto stub = pb::ControlService::NewStub(channel);
  grpc::ClientContext call;
  pb::StopResponse response;
  const grpc::Status status = stub->Stop(&call, pb::StopRequest(), &response);
  EXPECT_EQ(rooms.port->stop_requests.load(), 1U);
  release.set_value();
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_TRUE(response.confirmed());
  EXPECT_DOUBLE_EQ(response.measured_force_n(), 20.0);
  EXPECT_EQ(response.machine_state(), pb::MACHINE_STATE_UNLOAD);
}

TEST_F(ServerTest, AStopForAnotherMachineIsNotConfirmed) {
  const auto stub = pb::ControlService::NewStub(channel);
  grpc::ClientContext call;
  pb::StopRequest request;
  request.set_machine("machines/m2");
  pb::StopResponse response;
  EXPECT_EQ(reason_of(stub->Stop(&call, request, &response)), "MACHINE_NOT_FOUND");
}

TEST_F(ServerTest, AWatchBeginsWithASnapshotAndEndsWithTheServer) {
  const auto stub = pb::WatchService::NewStub(channel);
  grpc::ClientContext call;
  const auto reader = stub->Watch(&call, pb::WatchRequest());
  pb::WatchResponse message;
  ASSERT_TRUE(reader->Read(&message));
  EXPECT_EQ(message.snapshot().machine(), "machines/m1");
  std::promise<void> stopped;
  main.post([&] { server->stop([&] { stopped.set_value(); }); });
  EXPECT_FALSE(reader->Read(&message));
  const grpc::Status status = reader->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE) << status.error_message();
  stopped.get_future().get();
}

TEST_F(ServerTest, ASecondInstanceOnThePortIsRefusedWithARemedy) {
  Rooms others;
  MainThread main2;
  Server second(others.context([&](std::function<void()> call) { main2.post(std::move(call)); }), ServerLimits{});
  const Status status = main2.ask([&] { return second.start(server->address()); });
  EXPECT_EQ(status.reason, "LISTEN_FAILED");
  EXPECT_NE(status.message.find(server->address()), std::string::npos) << status.message;
  EXPECT_NE(status.message.find("in use"), std::string::npos) << status.message;
}

TEST_F(ServerTest, ASelfTestsResultIsAnsweredAndShownWithTheMachine) {
  main.ask([this] {
    session::SelfTestRecord record;
    record.at = {1'800'000'000'000'000'000, true};
    session::CableTest& cable = record.cables.emplace_back();
    cable.readings = {{10.0, 10.1, true}};
    cable.drag = {16.5, 9.0, 7.25};
    cable.bias_percent = 1.0;
    cable.runs = 3;
    rooms.manager.tested = record;
  });
  pb::MachineService::Stub stub(channel);
  grpc::ClientContext test_call, get_call;
  pb::SelfTestRequest request;
  request.set_name("machines/-");
  pb::SelfTestResult result;
  ASSERT_TRUE(stub.SelfTest(&test_call, request, &result).ok());
  ASSERT_EQ(result.cables_size(), 1);
  EXPECT_EQ(result.cables(0).friction_n(), 16.5);
  EXPECT_EQ(result.cables(0).moving_mass_kg(), 7.25);
  EXPECT_EQ(result.cables(0).readings(0).measured_n(), 10.1);
  EXPECT_TRUE(result.cables(0).readings(0).rising());
  pb::GetMachineRequest get;
  get.set_name("machines/-");
  pb::Machine machine;
  ASSERT_TRUE(stub.GetMachine(&get_call, get, &machine).ok());
  EXPECT_EQ(machine.self_test().time().seconds(), 1'800'000'000);
  EXPECT_EQ(machine.self_test().cables(0).runs(), 3);
}

TEST_F(ServerTest, ASelfTestThatMayNotRunSaysWhy) {
  main.ask([this] { rooms.manager.answer = Status::error(StatusCode::kFailedPrecondition, "SESSION_ACTIVE", "finish it first"); });
  pb::MachineService::Stub stub(channel);
  grpc::ClientContext call;
  pb::SelfTestRequest request;
  request.set_name("machines/-");
  pb::SelfTestResult result;
  const grpc::Status status = stub.SelfTest(&call, request, &result);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(status.error_message(), "finish it first");
}

pb::JogRequest jog(std::int32_t cable, pb::JogMotion motion, std::uint64_t press) {
  pb::JogRequest request;
  request.set_name("machines/-");
  request.set_cable(cable);
  request.set_motion(motion);
  request.set_press(press);
  return request;
}

TEST_F(ServerTest, ACallOfAPressIsDatedWhereItArrives) {
  pb::MachineService::Stub stub(channel);
  pb::JogResponse response;
  grpc::ClientContext first, then;
  ASSERT_TRUE(stub.Jog(&first, jog(1, pb::JOG_MOTION_WIND_IN, 0), &response).ok());
  EXPECT_EQ(response.press(), 7U);
  EXPECT_EQ(response.next_within().nanos(), 400'000'000);
  std::promise<void> began, hangs;
  main.post([&began, waits = hangs.get_future().share()] {
    began.set_value();
    waits.wait();
  });
  began.get_future().wait();
  grpc::Status status;
  std::thread caller([&] { status = stub.Jog(&then, jog(1, pb::JOG_MOTION_HOLD, 7), &response); });
  rt::MonotonicClock clock;
  // Until the call waits behind what hangs: its arrival is before this moment, whenever it is taken up.
  while (!main.waiting()) std::this_thread::yield();
  const std::int64_t waiting_ns = clock.now_ns();
  hangs.set_value();
  caller.join();
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(rooms.manager.jogged.press, 7U);
  EXPECT_EQ(rooms.manager.jogged.cable, 0U);
  EXPECT_EQ(rooms.manager.jogged.motion, safety::JogMotion::kHold);
  EXPECT_LE(rooms.manager.jogged.arrived_ns, waiting_ns);
  EXPECT_GT(rooms.manager.jogged.arrived_ns, 0);
}

TEST_F(ServerTest, ACableIsMovedByNobodyOnAnotherHost) {
  pb::MachineService::Stub stub(channel);
  grpc::ClientContext press, test;
  press.AddMetadata(kRemoteCaller, "1");
  test.AddMetadata(kRemoteCaller, "1");
  pb::JogResponse moved;
  pb::SelfTestRequest request;
  request.set_name("machines/-");
  pb::SelfTestResult tested;
  for (const grpc::Status& status : {stub.Jog(&press, jog(1, pb::JOG_MOTION_WIND_IN, 0), &moved), stub.SelfTest(&test, request, &tested)}) {
    EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
    EXPECT_EQ(reason_of(status), "LOCAL_ONLY");
  }
  EXPECT_TRUE(rooms.manager.calls.empty());
}

TEST_F(ServerTest, APressNamesACableAndAMotionThatThereAre) {
  pb::MachineService::Stub stub(channel);
  const auto refused = [&](const pb::JogRequest& request) {
    grpc::ClientContext call;
    pb::JogResponse response;
    return reason_of(stub.Jog(&call, request, &response));
  };
  EXPECT_EQ(refused(jog(0, pb::JOG_MOTION_WIND_IN, 0)), "CABLE_UNKNOWN");
  EXPECT_EQ(refused(jog(2, pb::JOG_MOTION_WIND_IN, 0)), "CABLE_UNKNOWN");
  EXPECT_EQ(refused(jog(1, pb::JOG_MOTION_UNSPECIFIED, 0)), "MOTION_UNKNOWN");
  EXPECT_TRUE(rooms.manager.calls.empty());
  pb::JogRequest release = jog(0, pb::JOG_MOTION_UNSPECIFIED, 7);
  release.set_release(true);
  EXPECT_EQ(refused(release), "") << "letting go needs no more than the number";
  EXPECT_TRUE(rooms.manager.jogged.release);
}

}  // namespace
}  // namespace sheave::api
