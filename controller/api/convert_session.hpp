#pragma once
// Sessions, sets, reps and proposals, from our records to the API's messages and back where the API takes them.

#include "controller/api/convert_common.hpp"
#include "controller/api/names.hpp"
#include "controller/session/manager.hpp"
#include "sheave/v1/session.pb.h"
#include "sheave/v1/watch.pb.h"

namespace sheave::api {

/// Takes out whose the session is.
void hide_member(pb::Session* session);

pb::Stage to_pb(session::Stage stage) noexcept;
pb::SetKind to_pb(session::SetKind kind) noexcept;
session::StopAnswer from_pb(pb::StopAnswer answer) noexcept;

/// The record alone: stage, load and proposal belong to the present session, see to_pb(..., Snapshot, ...).
void to_pb(const Names& names, const session::SessionRecord& record, pb::Session* to);
/// The record, and what the snapshot adds where it is about the same session.
void to_pb(const Names& names, const session::SessionRecord& record, const session::Snapshot& snapshot, std::size_t cable_count,
           pb::Session* to);
void to_pb(const Names& names, const std::string& session_id, std::uint32_t set_index, const Rep& rep, pb::Rep* to);
/// With reps and the figures made from them, as far as the record holds them.
void to_pb(const Names& names, const session::SetRecord& set, pb::Set* to);
void to_pb(const Names& names, const session::CurveUsed& curve, pb::LoadCurve* to);
void to_pb(const session::TunedParam& param, pb::TunedParameter* to);
void to_pb(const session::Lightening& less, pb::Lightening* to);
void to_pb(const session::Proposal& proposal, std::size_t cable_count, pb::Proposal* to);
void to_pb(const Rom& rom, pb::Rom* to);

/// Names of the SHEAVE_FORM_* bits of `form`: "SHORT_ROM", "NO_HOLD"; an unknown bit is "FORM_<bit>".
std::vector<std::string> form_names(std::uint32_t form);
/// Of a sheave_cue_t: "HOLD"; unknown ones are "CUE_<number>".
std::string cue_name(std::uint32_t cue);

}  // namespace sheave::api
