#include "controller/api/convert_preview.hpp"

#include "controller/api/convert_session.hpp"

namespace sheave::api {
namespace {

void write(const session::ForceCurve& curve, pb::ForceCurve* to) {
  to->mutable_pull_n()->Assign(curve.pull_n.begin(), curve.pull_n.end());
  to->mutable_return_n()->Assign(curve.return_n.begin(), curve.return_n.end());
}

void write(const session::PreviewSet& set, pb::PreviewSet* to) {
  to->set_visit(static_cast<std::int32_t>(set.visit));
  to->set_index(static_cast<std::int32_t>(set.index));
  to->set_kind(to_pb(set.kind));
  to->set_load_total_kg(set.load_kg);
  to->set_reps(static_cast<std::int32_t>(set.reps));
  to->set_start_s(set.start_s);
  to->set_duration_s(set.duration_s);
  to->set_reason(set.reason);
}

}  // namespace

void to_pb(const session::Program& program, const session::Preview& preview, pb::PreviewProgramResponse* to) {
  to->set_load_total_kg(preview.load_kg);
  pb::PreviewMovement* movement = to->mutable_movement();
  movement->set_rom_m(preview.movement.rom_m);
  movement->set_concentric_s(preview.movement.concentric_s);
  movement->set_hold_s(preview.movement.hold_s);
  movement->set_eccentric_s(preview.movement.eccentric_s);
  movement->set_reps(static_cast<std::int32_t>(preview.movement.reps));
  movement->set_last_rep_slower_share(preview.movement.last_rep_slower);
  for (std::size_t i = 0; i < session::kPreviewPlaces; ++i) {
    to->add_rom_share(static_cast<double>(i) / (session::kPreviewPlaces - 1));
  }
  for (std::size_t i = 0; i < preview.links.size(); ++i) {
    pb::PreviewLink* link = to->add_links();
    link->set_plugin(program.load_chain[i].id);
    write(preview.links[i], link->mutable_tension());
  }
  write(preview.felt, to->mutable_felt());
  write(preview.felt_last, to->mutable_felt_last_rep());
  for (const auto& set : preview.highest) write(set, to->add_highest());
  for (const auto& set : preview.lowest) write(set, to->add_lowest());
}

}  // namespace sheave::api
