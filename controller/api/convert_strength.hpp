#pragma once
// What sets say of a person's strength, from our values to the API's messages.

#include <vector>

#include "controller/api/names.hpp"
#include "controller/session/strength_model.hpp"
#include "controller/session/strength_test.hpp"
#include "sheave/v1/telemetry.pb.h"

namespace sheave::api {

namespace pb = ::sheave::v1;

/// As of `session`: what came after it is left out. @param earlier the same person's sets, newest first; those of the session itself and
/// of later ones are skipped. @param present the session's own, oldest first.
void to_pb(const Names& names, const session::SessionRecord& session, const std::vector<session::SetRecord>& earlier,
           const std::vector<session::SetRecord>& present, pb::Strength* to);

void to_pb(const Names& names, const session::StrengthTest& test, pb::StrengthTest* to);

}  // namespace sheave::api
