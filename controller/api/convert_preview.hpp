#pragma once
// A preview, from our values to the API's messages.

#include "controller/api/convert_common.hpp"
#include "controller/session/preview.hpp"
#include "sheave/v1/program.pb.h"

namespace sheave::api {

/// Everything but the program itself. @param program whose preview it is: names the links.
void to_pb(const session::Program& program, const session::Preview& preview, pb::PreviewProgramResponse* to);

}  // namespace sheave::api
