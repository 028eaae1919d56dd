#include "controller/api/scopes.hpp"

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/paths.hpp"

namespace sheave::api {
namespace {

TEST(Scopes, EveryServiceOfTheApiHasALineSoThatNoneIsForgotten) {
  int methods = 0;
  for (const auto& file : std::filesystem::directory_iterator(SHEAVE_SOURCE_DIR "/proto/sheave/v1")) {
    const std::string name = "sheave/v1/" + file.path().filename().string();
    const auto* const described = google::protobuf::DescriptorPool::generated_pool()->FindFileByName(name);
    ASSERT_NE(described, nullptr) << name;
    for (int s = 0; s < described->service_count(); ++s) {
      const auto* const service = described->service(s);
      for (int m = 0; m < service->method_count(); ++m) {
        const std::string method = "/" + service->full_name() + "/" + service->method(m)->name();
        EXPECT_NE(scopes_for(method), 0U) << method << " is in no line of scopes.cpp: nobody on another host may call it";
        ++methods;
      }
    }
  }
  EXPECT_GT(methods, 30);
}

TEST(Scopes, AreNarrowWhereTheMachineMovesOrPeopleAreNamed) {
  EXPECT_EQ(scopes_for("/sheave.v1.MachineService/NotYetWritten"), set_of(Scope::kService));
  EXPECT_EQ(scopes_for("/sheave.v1.MachineService/Jog"), set_of(Scope::kService));
  EXPECT_EQ(scopes_for("/sheave.v1.MachineService/SetOutOfOrder"), set_of(Scope::kOperator) | set_of(Scope::kService));
  EXPECT_EQ(scopes_for("/sheave.v1.SessionService/SetLoad") & set_of(Scope::kOperator), 0U) << "an office sets nobody's load";
  EXPECT_EQ(scopes_for("/sheave.v1.SessionService/ActivateSession") & set_of(Scope::kDisplay), 0U);
  for (const char* method : {"GetMember", "ListLastTimes", "ExportMember", "NotYetWritten"}) {
    const ScopeSet scopes = scopes_for(std::string("/sheave.v1.MemberService/") + method);
    EXPECT_EQ(scopes & (set_of(Scope::kOperator) | set_of(Scope::kDisplay)), 0U) << method << ": an office sees use, and nobody's health";
  }
  EXPECT_EQ(scopes_for("/sheave.v1.SessionService/ReassignSession") & set_of(Scope::kOperator), 0U);
  for (const char* none :
       {"", "/", "/sheave.v1.Control", "sheave.v1.ControlService/Stop", "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"}) {
    EXPECT_EQ(scopes_for(none), 0U) << none;
  }
}

TEST(Scopes, AreNamed) {
  EXPECT_EQ(names_of(set_of(Scope::kService)), "service");
  EXPECT_EQ(names_of(set_of(Scope::kOperator) | set_of(Scope::kService)), "operator or service");
  EXPECT_EQ(names_of(set_of(Scope::kKiosk) | set_of(Scope::kApp) | set_of(Scope::kTrainer)), "kiosk, app or trainer");
  EXPECT_EQ(parse_scope("operator"), Scope::kOperator);
  EXPECT_FALSE(parse_scope("root"));
}

}  // namespace
}  // namespace sheave::api
