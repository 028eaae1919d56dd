#include "controller/api/server.hpp"

#include <future>

#include "sheave/v1/control.grpc.pb.h"
#include "sheave/v1/machine.grpc.pb.h"
#include "sheave/v1/program.grpc.pb.h"
#include "sheave/v1/session.grpc.pb.h"
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

}  // namespace
}  // namespace sheave::api
