#include "controller/app/cli/explain.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <utility>

#include "controller/app/cli/explain_rules.hpp"
#include "controller/app/cli/present.hpp"
#include "controller/app/cli/strength_view.hpp"

namespace sheave::cli {
namespace {

/// Why a movement did not count toward the weight; empty: it did.
std::string why_not(const v1::Rep& rep) {
  if (rep.verdict() == v1::REP_VERDICT_COUNTED) return rep.assisted() ? "the machine helped" : "";
  std::vector<std::string> faults;
  for (const std::string& fault : rep.form_faults()) faults.push_back(words(fault));
  return faults.empty() ? "it was not a whole rep" : fmt::format("{}", fmt::join(faults, ", "));
}

/// In the order a member reads them, not by name.
std::vector<std::string> evidence_lines(const Look& look, const v1::Proposal& proposal) {
  const std::map<std::string, double> sorted(proposal.evidence().begin(), proposal.evidence().end());
  std::vector<std::string> lines;
  lines.reserve(sorted.size());
  for (const auto& [name, value] : sorted) lines.push_back(evidence_line(look, name, value));
  return lines;
}

std::string said(const v1::Set& set) {
  std::string text;
  if (set.has_answer_reps_in_reserve()) text = fmt::format("You said {} more were left. ", set.answer_reps_in_reserve());
  if (set.stop_answer() != v1::STOP_ANSWER_UNSPECIFIED) {
    text += "You stopped because: " + words(v1::StopAnswer_Name(set.stop_answer()), "STOP_ANSWER_") + ". ";
  }
  return text.empty() ? "You were asked how many more were left, and did not answer." : text;
}

std::string became(const Look& look, const Explanation& e) {
  const v1::Proposal& proposal = e.set->proposal();
  if (proposal.stop()) return "";
  if (e.next == nullptr) return proposal.changed() ? "You chose another weight." : "The next set has not begun.";
  if (e.next->load_total_kg() == proposal.load_total_kg()) return "You did the next set at this weight.";
  return fmt::format("The next set was done at {}{}.", load(look, e.next->load_total_kg()), proposal.changed() ? ", as you chose" : "");
}

std::string sentence(std::string text) { return upper_first(std::move(text)) + "."; }

std::string how_sure(double confidence) { return fmt::format("{:.0f} %", 100.0 * confidence); }

}  // namespace

Explanation explain(const std::vector<v1::Set>& sets, int index) {
  Explanation found;
  for (const v1::Set& set : sets) {
    if (index > 0 ? set.index() == index : set.has_proposal()) found.set = &set;
  }
  if (found.set == nullptr) return found;
  for (const v1::Set& set : sets) {
    if (set.index() < found.set->index()) found.before.push_back(&set);
    if (set.index() == found.set->index() + 1) found.next = &set;
  }
  return found;
}

std::vector<std::string> explanation_lines(const Look& look, const Explanation& e) {
  const v1::Proposal& proposal = e.set->proposal();
  const ReasonRule& rule = reason_rule(proposal.reason());
  std::vector<std::string> lines;
  const auto part = [&](std::string_view title) { lines.push_back(paint(look, Ink::kDim, title)); };
  const auto line = [&](const std::string& text) {
    if (!text.empty()) lines.push_back("  " + wrap(text, look.width - 4, 2));
  };
  lines.push_back(proposal_line(look, proposal));
  part("What you did");
  line(set_line(look, *e.set));
  for (const v1::Rep& rep : e.set->reps()) {
    const std::string why = why_not(rep);
    if (!why.empty()) line(fmt::format("Movement {} did not count: {}.", rep.candidate(), why));
  }
  line(said(*e.set));
  if (e.set->has_load_curve()) line(sentence(load_curve_text(e.set->load_curve())));
  if (const std::string text = tuned_text(*e.set); !text.empty()) line(sentence(text));
  if (const std::string text = lightened_text(look, *e.set); !text.empty()) line(sentence(text));
  if (std::ranges::any_of(e.set->lightened(), [](const v1::Lightening& less) { return !less.by_person(); })) {
    line("Your speed said that one or two reps were left while the range was far: load came off, so that you reach it.");
  }
  if (!rule.rule.empty()) {
    part(fmt::format("The rule ({})", rule.rules));
    line(std::string(rule.rule));
    line(std::string(rule.otherwise));
  }
  part("The numbers");
  for (const std::string& text : evidence_lines(look, proposal)) line(text);
  if (proposal.has_confidence()) line("how sure this is: " + how_sure(proposal.confidence()));
  for (const v1::Set* set : e.before) {
    line(fmt::format("earlier today: {}, {} reps at {}", name_of_set(*set), set->counted_reps(), load(look, set->load_total_kg())));
  }
  if (const std::string text = became(look, e); !text.empty()) {
    part("What became of it");
    line(text);
  }
  return lines;
}

google::protobuf::Struct explanation_data(const Explanation& e) {
  const v1::Proposal& proposal = e.set->proposal();
  const ReasonRule& rule = reason_rule(proposal.reason());
  google::protobuf::Struct data;
  auto& fields = *data.mutable_fields();
  fields["set"].set_string_value(e.set->name());
  fields["set_index"].set_number_value(e.set->index());
  fields["set_kind"].set_string_value(v1::SetKind_Name(e.set->kind()));
  fields["load_total_kg"].set_number_value(e.set->load_total_kg());
  fields["counted_reps"].set_number_value(e.set->counted_reps());
  if (e.set->has_load_curve()) {
    fields["load_curve_test"].set_string_value(e.set->load_curve().test_session());
    for (const double share : e.set->load_curve().load_share())
      fields["load_share"].mutable_list_value()->add_values()->set_number_value(share);
  }
  for (const v1::TunedParameter& param : e.set->tuned_parameters()) {
    auto& tuned = *fields["tuned_parameters"].mutable_list_value()->add_values()->mutable_struct_value()->mutable_fields();
    tuned["profile"].set_string_value(param.profile());
    tuned["parameter"].set_string_value(param.parameter());
    tuned["value"].set_number_value(param.value());
    tuned["time_s"].set_number_value(param.time_s());
  }
  for (const v1::Lightening& less : e.set->lightened()) {
    auto& lighter = *fields["lightened"].mutable_list_value()->add_values()->mutable_struct_value()->mutable_fields();
    lighter["after_reps"].set_number_value(less.after_reps());
    lighter["load_total_kg"].set_number_value(less.load_total_kg());
    lighter["by_person"].set_bool_value(less.by_person());
  }
  fields["stop"].set_bool_value(proposal.stop());
  if (!proposal.stop()) fields["next_load_total_kg"].set_number_value(proposal.load_total_kg());
  fields["reason"].set_string_value(proposal.reason());
  fields["text"].set_string_value(proposal.text());
  fields["rules"].set_string_value(std::string(rule.rules));
  fields["rule"].set_string_value(std::string(rule.rule));
  fields["otherwise"].set_string_value(std::string(rule.otherwise));
  if (proposal.has_confidence()) fields["confidence"].set_number_value(proposal.confidence());
  auto& evidence = *fields["evidence"].mutable_struct_value()->mutable_fields();
  for (const auto& [name, value] : proposal.evidence()) evidence[name].set_number_value(value);
  if (e.set->has_answer_reps_in_reserve()) fields["answer_reps_in_reserve"].set_number_value(e.set->answer_reps_in_reserve());
  auto& movements = *fields["movements"].mutable_list_value();
  for (const v1::Rep& rep : e.set->reps()) {
    auto& movement = *movements.add_values()->mutable_struct_value()->mutable_fields();
    movement["candidate"].set_number_value(rep.candidate());
    movement["counted"].set_bool_value(why_not(rep).empty());
    movement["why_not"].set_string_value(why_not(rep));
  }
  auto& before = *fields["earlier_sets"].mutable_list_value();
  for (const v1::Set* set : e.before) {
    auto& earlier = *before.add_values()->mutable_struct_value()->mutable_fields();
    earlier["set_index"].set_number_value(set->index());
    earlier["set_kind"].set_string_value(v1::SetKind_Name(set->kind()));
    earlier["load_total_kg"].set_number_value(set->load_total_kg());
    earlier["counted_reps"].set_number_value(set->counted_reps());
  }
  if (e.next != nullptr) fields["then_done_at_kg"].set_number_value(e.next->load_total_kg());
  return data;
}

}  // namespace sheave::cli
