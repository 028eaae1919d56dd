#include "controller/app/cli/present.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "controller/app/cli/hold_up.hpp"
#include "controller/app/cli/strength_view.hpp"

namespace sheave::cli {
namespace {

constexpr int kBarColumns = 20;      // a rep's range; 5 % a cell
constexpr int kRepLineColumns = 92;  // a rep line with the whole bar

// A getter of an optional field, as a std::optional.
#define SHEAVE_OPTIONAL(message, name) ((message).has_##name() ? std::optional<double>((message).name()) : std::nullopt)

int bar_cells(const Look& look) { return std::clamp(look.width - (kRepLineColumns - kBarColumns), 6, kBarColumns); }

std::string percent(std::optional<double> share) { return share ? fmt::format("{:.0f} %", *share * 100) : "-"; }

std::string form_words(const v1::Rep& rep) {
  std::string text;
  for (const std::string& fault : rep.form_faults()) text.append(text.empty() ? "" : ", ").append(words(fault));
  return text;
}

std::string verdict_words(const v1::Rep& rep) {
  const std::string form = form_words(rep);
  const char* verdict = rep.verdict() == v1::REP_VERDICT_PARTIAL    ? "partial"
                        : rep.verdict() == v1::REP_VERDICT_REJECTED ? "not counted"
                                                                    : "";
  std::string text = verdict;
  if (!form.empty()) text.append(text.empty() ? "" : ": ").append(form);
  if (rep.assisted()) text.append(text.empty() ? "" : ", ").append("assisted");
  return text;
}

std::string plain_rep(const Look& look, const v1::Rep& rep) {
  std::string text = rep.index() > 0 ? fmt::format("rep {}: ", rep.index()) : fmt::format("movement {}: ", rep.candidate());
  text += "range " + quantity(SHEAVE_OPTIONAL(rep, rom_m), 2, "m");
  if (rep.has_rom_share()) text += fmt::format(" ({} of your range)", percent(rep.rom_share()));
  text += fmt::format(", velocity {} (peak {}), force {}, load {}", quantity(SHEAVE_OPTIONAL(rep, mean_velocity_mps), 2, "m/s"),
                      quantity(SHEAVE_OPTIONAL(rep, peak_velocity_mps), 2, "m/s"), quantity(SHEAVE_OPTIONAL(rep, mean_force_n), 0, "N"),
                      rep.has_load_measured_kg() ? load(look, rep.load_measured_kg()) : "-");
  if (rep.has_velocity_loss_share()) text += fmt::format(", velocity loss {}", percent(rep.velocity_loss_share()));
  const std::string verdict = verdict_words(rep);
  return verdict.empty() ? text : text + " (" + verdict + ")";
}

/// What a set is for: only what is worked with is a set and no more.
std::string kind_words(v1::SetKind kind) {
  if (kind == v1::SET_KIND_WARM_UP) return "warm-up";
  return kind == v1::SET_KIND_PROBE ? "trial set" : "set";
}

std::string end_words(const v1::Set& set) { return words(v1::SetEndReason_Name(set.end_reason()), "SET_END_REASON_"); }

std::string table_row(const std::vector<std::pair<std::string, int>>& cells) {
  std::string row;
  for (const auto& [text, columns] : cells) row += (columns < 0 ? "  " + left(text, -columns) : right(text, columns));
  row.erase(row.find_last_not_of(' ') + 1);
  return row;
}

std::string velocities(const v1::Set& set) {
  std::string text;
  for (const v1::Rep& rep : set.reps()) {
    if (rep.verdict() == v1::REP_VERDICT_COUNTED)
      text += " " + (rep.has_mean_velocity_mps() ? fmt::format("{:.2f}", rep.mean_velocity_mps()) : "-");
  }
  return text.empty() ? "" : "velocity by rep:" + text + " m/s";
}

/// Where most reps stuck, and which side led; empty where there is nothing to say.
std::string quality(const v1::Set& set) {
  constexpr double kNoLead = 0.02;  // of the range: nobody pulls more evenly
  double stuck = 0, stuck_at = 0, led = 0, lead = 0, counted = 0;
  for (const v1::Rep& rep : set.reps()) {
    if (rep.verdict() != v1::REP_VERDICT_COUNTED) continue;
    ++counted;
    if (rep.has_sticking_share()) ++stuck, stuck_at += rep.sticking_share();
    if (rep.has_side_lead_share()) ++led, lead += rep.side_lead_share();
  }
  std::string text;
  if (stuck > 0 && 2 * stuck > counted) text = fmt::format("slowest at {:.0f} % of the pull", 100 * stuck_at / stuck);
  if (led > 0 && std::abs(lead / led) > kNoLead) {
    text += fmt::format("{}{} ahead by {:.0f} % of the range", text.empty() ? "" : "; ", lead > 0 ? "left" : "right",
                        100 * std::abs(lead / led));
  }
  return text;
}

/// The two halves of a one-sided set. @pre left.side() and right.side() say so
std::string sides(const v1::Set& left, const v1::Set& right) {
  std::string text = fmt::format("left {} reps, right {}", left.counted_reps(), right.counted_reps());
  if (!left.has_mean_velocity_mps() || !right.has_mean_velocity_mps() || !(left.mean_velocity_mps() > 0)) return text;
  const double slower = 1 - right.mean_velocity_mps() / left.mean_velocity_mps();
  return text + fmt::format("; the right side is {:.0f} % {}", 100 * std::abs(slower), slower > 0 ? "slower" : "faster");
}

std::vector<std::string> report_rows(const Look& look, const v1::Set& set, const v1::Set* before) {
  std::optional<double> peak;
  double force = 0;
  int forces = 0;
  for (const v1::Rep& rep : set.reps()) {
    if (rep.verdict() != v1::REP_VERDICT_COUNTED) continue;
    if (rep.has_peak_velocity_mps()) peak = std::max(peak.value_or(0), rep.peak_velocity_mps());
    if (rep.has_mean_force_n()) force += rep.mean_force_n(), ++forces;
  }
  std::vector<std::string> rows;
  rows.push_back(table_row({{std::to_string(set.index()), 4},
                            {set.kind() == v1::SET_KIND_WORKING ? "working" : kind_words(set.kind()), -9},
                            {load(look, set.load_total_kg()), 10},
                            {std::to_string(set.counted_reps()), 6},
                            {std::to_string(set.partial_reps()), 8},
                            {quantity(SHEAVE_OPTIONAL(set, mean_velocity_mps), 2, "m/s"), 10},
                            {quantity(peak, 2, "m/s"), 10},
                            {quantity(SHEAVE_OPTIONAL(set, mean_rom_m), 2, "m"), 8},
                            {quantity(forces > 0 ? std::optional(force / forces) : std::nullopt, 0, "N"), 7},
                            {clock(set.duration_s()), 6},
                            {end_words(set), -12}}));
  const auto under = [&](Ink ink, const std::string& text) { rows.push_back("      " + paint(look, ink, wrap(text, look.width - 8, 8))); };
  if (const std::string each = velocities(set); !each.empty()) under(Ink::kDim, each);
  if (const std::string text = quality(set); !text.empty()) under(Ink::kDim, text);
  if (before != nullptr && before->side() == v1::SET_SIDE_LEFT && set.side() == v1::SET_SIDE_RIGHT) under(Ink::kDim, sides(*before, set));
  if (set.has_load_curve()) under(Ink::kDim, load_curve_text(set.load_curve()));
  if (const std::string text = tuned_text(set); !text.empty()) under(Ink::kDim, text);
  if (const std::string text = lightened_text(look, set); !text.empty()) under(Ink::kDim, text);
  if (set.has_proposal()) under(Ink::kAccent, proposal_line({.width = look.width, .pounds = look.pounds}, set.proposal()));
  return rows;
}

}  // namespace

std::string tuned_text(const v1::Set& set) {
  std::string text;
  for (const v1::TunedParameter& param : set.tuned_parameters()) {
    text += fmt::format("{}{} {} {:g}", text.empty() ? "changed: " : ", ", param.profile(), param.parameter(), param.value());
    if (param.time_s() > 0) text += fmt::format(" from {} on", clock(param.time_s()));
  }
  return text;
}

std::string lightened_text(const Look& look, const v1::Set& set) {
  std::string text;
  for (const v1::Lightening& less : set.lightened()) {
    text += fmt::format("{}{} from rep {} on{}", text.empty() ? "lighter: " : ", ", load(look, less.load_total_kg()), less.after_reps() + 1,
                        less.by_person() ? ", as you asked" : "");
  }
  return text;
}

std::string rep_line(const Look& look, const v1::Rep& rep) {
  if (!look.live) return plain_rep(look, rep);
  const bool counted = rep.verdict() == v1::REP_VERDICT_COUNTED;
  const int cells = bar_cells(look);
  std::string text = paint(look, counted ? Ink::kBold : Ink::kDim, right(counted ? std::to_string(rep.index()) : "·", 4)) + "  ";
  text += paint(look, counted ? Ink::kAccent : Ink::kDim, bar(rep.has_rom_share() ? rep.rom_share() : 0, cells));
  text += right(percent(SHEAVE_OPTIONAL(rep, rom_share)), 6) + right(quantity(SHEAVE_OPTIONAL(rep, rom_m), 2, "m"), 8);
  if (!counted) return text + "  " + paint(look, Ink::kCaution, verdict_words(rep));
  text += right(quantity(SHEAVE_OPTIONAL(rep, mean_velocity_mps), 2, "m/s"), 10);
  text += paint(look, Ink::kDim, right(rep.has_peak_velocity_mps() ? fmt::format("peak {:.2f}", rep.peak_velocity_mps()) : "", 11));
  text += right(quantity(SHEAVE_OPTIONAL(rep, mean_force_n), 0, "N"), 8);
  text += right(rep.has_load_measured_kg() ? load(look, rep.load_measured_kg()) : "-", 10);
  if (rep.has_velocity_loss_share()) text += paint(look, Ink::kDim, right(fmt::format("loss {}", percent(rep.velocity_loss_share())), 12));
  const std::string remark = verdict_words(rep);
  return remark.empty() ? text : text + "  " + paint(look, Ink::kCaution, remark);
}

std::string rep_head(const Look& look) {
  const int cells = bar_cells(look);
  return paint(look, Ink::kDim,
               right("rep", 4) + "  " + left("share of your range", cells + 6) + right("range", 8) + right("velocity", 10) + right("", 11) +
                   right("force", 8) + right("load", 10));
}

std::string place_of_set(const v1::Snapshot& snapshot) {
  std::string place = kind_words(snapshot.set_kind());
  if (snapshot.set_kind() != v1::SET_KIND_WARM_UP && snapshot.set_kind() != v1::SET_KIND_PROBE) {
    place += snapshot.sets_planned() > 0 ? fmt::format(" {} of {}", std::max(1, snapshot.working_set()), snapshot.sets_planned())
                                         : fmt::format(" {}", snapshot.set_index());
  }
  if (snapshot.side() != v1::SET_SIDE_BOTH) place += ", " + words(v1::SetSide_Name(snapshot.side()), "SET_SIDE_");
  return place;
}

std::string snapshot_line(const Look& look, const v1::Snapshot& snapshot) {
  std::string text = words(v1::MachineState_Name(snapshot.machine_state()), "MACHINE_STATE_");
  if (!snapshot.has_session()) return text;
  text += fmt::format(", {}: {}", id_of(snapshot.session().program()), words(v1::Stage_Name(snapshot.stage()), "STAGE_"));
  if (snapshot.stage() == v1::STAGE_FINISHED) return text;
  if (snapshot.stage() == v1::STAGE_CALIBRATING) return text + fmt::format(", {} of 3 pulls", snapshot.calibration_reps());
  text += ", " + place_of_set(snapshot);
  if (snapshot.load_total_kg() > 0) text += ", " + load(look, snapshot.load_total_kg());
  if (snapshot.stage() == v1::STAGE_WORKING) text += fmt::format(", {} reps", snapshot.counted_reps());
  return text;
}

std::string name_of_set(const v1::Set& set) { return fmt::format("{} {}", kind_words(set.kind()), set.index()); }

std::string set_line(const Look& look, const v1::Set& set) {
  const std::string side = set.side() != v1::SET_SIDE_BOTH ? " (" + words(v1::SetSide_Name(set.side()), "SET_SIDE_") + ")" : "";
  std::string text = fmt::format("{} done{}: {} reps at {}", upper_first(kind_words(set.kind())), side, set.counted_reps(),
                                 load(look, set.load_total_kg()));
  if (set.partial_reps() > 0) text += fmt::format(", {} partial", set.partial_reps());
  if (set.has_mean_velocity_mps()) text += ", mean velocity " + quantity(set.mean_velocity_mps(), 2, "m/s");
  if (set.has_mean_rom_m()) text += ", range " + quantity(set.mean_rom_m(), 2, "m");
  text += fmt::format(", {}, ended: {}.", clock(set.duration_s()), end_words(set));
  return paint(look, Ink::kBold, text);
}

std::string proposal_line(const Look& look, const v1::Proposal& proposal) {
  std::string head = "No further set";
  if (!proposal.stop()) {
    head = "Next " + load(look, proposal.load_total_kg());
    if (proposal.has_previous_load_total_kg()) {
      const double step = proposal.load_total_kg() - proposal.previous_load_total_kg();
      head += step == 0 ? " (unchanged)" : " (" + load_step(look, step) + ")";
    }
    if (proposal.rep_goal() > 0 && proposal.reason() != "RESERVE_LIMIT") head += fmt::format(", {} reps", proposal.rep_goal());
  }
  std::string reason = proposal.text();
  if (!proposal.reason().empty()) reason += (reason.empty() ? "" : " ") + ("[" + proposal.reason() + "]");
  if (proposal.changed()) reason += " changed by the person";
  return paint(look, Ink::kAccent, head) + (reason.empty() ? "" : ": " + reason);
}

std::string odometer_line(const v1::Odometer& odometer) {
  return fmt::format("odometer: {:.1f} m of cable, {} cycles, {:.1f} kJ, {:.1f} h powered", odometer.cable_m(), odometer.cycles(),
                     odometer.work_j() / 1000, odometer.powered_s() / 3600);
}

std::string fault_line(const Look& look, const v1::Fault& fault) {
  if (!fault.active()) return paint(look, Ink::kDim, fault.id() + " is over.");
  const Ink ink = fault.code() < kFirstFault ? Ink::kCaution : Ink::kStop;
  return paint(look, ink, fault.id()) + ": " + fault.meaning() + (fault.remedy().empty() ? "" : " " + fault.remedy());
}

std::vector<std::string> self_test_lines(const v1::SelfTestResult& result) {
  std::vector<std::string> lines;
  for (int i = 0; i < result.cables_size(); ++i) {
    const v1::CableTest& cable = result.cables(i);
    lines.push_back(
        fmt::format("cable {}: force {:+.2f} % of reading (CV {:.2f} %), friction {:.1f} N (+- {:.0f} %) and {:.1f} N s/m, "
                    "moving mass {:.1f} kg; {:.2f} N unexplained",
                    i + 1, cable.bias_percent(), cable.cv_percent(), cable.friction_n(), cable.friction_cv_percent(), cable.viscous_nspm(),
                    cable.moving_mass_kg(), cable.residual_n()));
  }
  return lines;
}

std::vector<std::string> set_up_lines(const Look& look, const v1::Program& program) {
  const v1::SetUp& set_up = program.set_up();
  std::vector<std::string> lines;
  const auto line = [&](const std::string& label, const std::string& text) {
    if (!text.empty()) lines.push_back("  " + paint(look, Ink::kDim, left(label, 12)) + wrap(text, look.width - 16, 14));
  };
  lines.push_back(paint(look, Ink::kBold, program.display_name()) +
                  (program.summary().empty() ? "" : ": " + wrap(program.summary(), look.width - 4, 2)));
  line("pulley", set_up.pulley() + (set_up.pulley_height_m() > 0 ? fmt::format(" ({:.2f} m)", set_up.pulley_height_m()) : ""));
  line("attachment", set_up.attachment());
  line("stance", set_up.stance());
  for (int i = 0; i < set_up.steps_size(); ++i) line(std::to_string(i + 1) + ".", set_up.steps(i));
  return lines;
}

std::vector<std::string> plugin_lines(const Look& look, const v1::Plugin& plugin) {
  std::string head =
      paint(look, Ink::kBold, left(plugin.id(), 22)) + left(plugin.kind(), 14) + plugin.version() + "  " + plugin.description();
  if (plugin.min_rate_hz() > 0) head += fmt::format(" From {:g} Hz.", plugin.min_rate_hz());
  std::vector<std::string> lines = {head};
  constexpr int kHelpColumn = 56;
  const int help_columns = look.live ? std::max(look.width - kHelpColumn, 30) : 1000;  // a pipe's reader wants one line each
  for (const v1::ParameterSpec& parameter : plugin.parameters()) {
    const std::string unit = parameter.unit() == "1" || parameter.unit().empty() ? "" : " " + parameter.unit();
    const std::string range = fmt::format("{:g} to {:g}{}", parameter.min_value(), parameter.max_value(), unit);
    lines.push_back("    " + left(parameter.name(), 20) + left(fmt::format("{:g}{}", parameter.default_value(), unit), 10) +
                    left(range, 16) + left(parameter.live() ? "live" : "", 6) +
                    paint(look, Ink::kDim, wrap(parameter.help(), help_columns, kHelpColumn)));
  }
  return lines;
}

std::vector<std::string> preview_lines(const Look& look, const v1::PreviewProgramResponse& preview) {
  const v1::PreviewMovement& m = preview.movement();
  std::vector<std::string> lines = {paint(look, Ink::kBold, preview.program().display_name()) +
                                    fmt::format(": {}, {:g} s out and {:g} s back over {:g} m", load(look, preview.load_total_kg()),
                                                m.concentric_s(), m.eccentric_s(), m.rom_m())};
  const auto line = [&](const char* label, const std::string& text) {
    lines.push_back("  " + paint(look, Ink::kDim, left(label, 12)) + text);
  };
  const auto forces = [&](const char* label, const google::protobuf::RepeatedField<double>& n) {
    if (n.empty()) return;
    line(label,
         fmt::format("{:.0f} N at the start of the range, {:.0f} N half way, {:.0f} N at its end", n[0], n[n.size() / 2], n[n.size() - 1]));
  };
  forces("pull", preview.felt().pull_n());
  forces("return", preview.felt().return_n());
  forces("last pull", preview.felt_last_rep().pull_n());
  if (preview.highest_size() == 0 || preview.lowest_size() == 0) {
    line("weight", "stays until you change it");
    return lines;
  }
  const v1::PreviewSet& high = *preview.highest().rbegin();
  const v1::PreviewSet& low = *preview.lowest().rbegin();
  line("weight", fmt::format("after {} visits {} where every set reaches {} reps, {} where none reaches {}", high.visit(),
                             load(look, high.load_total_kg()), preview.program().prescription().rep_top(), load(look, low.load_total_kg()),
                             preview.program().prescription().rep_bottom()));
  return lines;
}

std::vector<std::string> report_lines(const Look& look, const std::string& program, const v1::Session& session,
                                      const std::vector<v1::Set>& sets) {
  int reps = 0;
  double volume_kg = 0;
  for (const v1::Set& set : sets) {
    reps += set.counted_reps();
    volume_kg += set.volume_kg();
  }
  std::vector<std::string> lines;
  const std::string state = words(v1::SessionState_Name(session.state()), "SESSION_STATE_");
  lines.push_back(paint(look, Ink::kBold,
                        fmt::format("{}: {} set{}, {} reps, {} moved, {}.", program, sets.size(), sets.size() == 1 ? "" : "s", reps,
                                    load(look, volume_kg), state)));
  if (!session.end_note().empty()) lines.push_back(paint(look, Ink::kCaution, session.end_note()));
  if (sets.empty()) return lines;
  lines.push_back(paint(look, Ink::kDim,
                        table_row({{"set", 4},
                                   {"kind", -9},
                                   {"load", 10},
                                   {"reps", 6},
                                   {"partial", 8},
                                   {"velocity", 10},
                                   {"peak", 10},
                                   {"range", 8},
                                   {"force", 7},
                                   {"time", 6},
                                   {"ended", -12}})));
  for (std::size_t i = 0; i < sets.size(); ++i) {
    for (std::string& row : report_rows(look, sets[i], i > 0 ? &sets[i - 1] : nullptr)) lines.push_back(std::move(row));
  }
  return lines;
}

}  // namespace sheave::cli
