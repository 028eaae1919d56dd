#pragma once
// Everything that is stored about a person, as a stream.

#include "controller/api/context.hpp"
#include "sheave/v1/member.grpc.pb.h"

namespace sheave::api {

/// The stream's reactor; it deletes itself. @param name as find_member() takes it. @param admission asked before each session. [transport]
grpc::ServerWriteReactor<pb::ExportMemberResponse>* export_member(const Context& context, const std::string& name, Admission admission);

}  // namespace sheave::api
