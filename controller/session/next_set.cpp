#include "controller/session/next_set.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace sheave::session {

NextSet::NextSet(const Program& program, const LoadGrid& grid, std::shared_ptr<const Decider> decider, Worker& worker,
                 std::function<void()> on_proposal)
    : program_(program), grid_(grid), decider_(std::move(decider)), worker_(worker), on_proposal_(std::move(on_proposal)) {}

void NextSet::ask(std::shared_ptr<const ProgressionQuestion> question, const SetRecord* last_set, double previous_load_kg,
                  double baseline_kg, std::int64_t now_ns) {
  clear();
  if (last_set != nullptr) {
    last_set_ = *last_set;
    last_set_->reps.clear();
  }
  previous_load_kg_ = previous_load_kg;
  baseline_kg_ = baseline_kg;
  asked_ns_ = now_ns_ = now_ns;
  auto answer = std::make_shared<Result<sheave_progression_out_t>>(Status{});
  worker_.run([question = std::move(question), answer, decider = decider_] { *answer = decider->decide(question->in()); },
              [this, answer, asked = std::weak_ptr<int>(generation_)] {
                if (!asked.expired()) on_decision(*answer);
              });
}

void NextSet::choose(double load_kg) {
  clear();
  chosen_kg_ = load_kg;
}

void NextSet::clear() {
  generation_ = std::make_shared<int>(0);
  asked_ns_ = -1;
  last_set_.reset();
  standing_.reset();
  chosen_kg_.reset();
}

void NextSet::tick(std::int64_t now_ns) {
  now_ns_ = now_ns;
  if (pending() && now_ns - asked_ns_ > kDecideLate_ns) {
    generation_ = std::make_shared<int>(0);
    on_decision(Status::error(StatusCode::kUnavailable, "PROGRESSION_LATE", "the progression gave no answer in time"));
  }
}

void NextSet::on_decision(const Result<sheave_progression_out_t>& decision) {
  asked_ns_ = -1;
  const ProposalContext context{program_, grid_, last_set_ ? &*last_set_ : nullptr, previous_load_kg_};
  standing_ = make_proposal(decision, context);
  standing_->etag = fmt::format("{}-{}", last_set_ ? last_set_->index : 0, ++proposals_);
  const double silent_kg = silent_load_kg(*standing_, baseline_kg_, grid_);
  if (!standing_->stop && silent_kg < standing_->load_kg) {
    standing_->text += fmt::format(" It is more than one step: tap to take it, else {:g} kg.", silent_kg);
  }
  shown_ns_ = now_ns_;
  on_proposal_();
}

Status NextSet::accept(const std::string& etag, std::optional<double> load_kg) {
  if (!standing_) {
    if (!load_kg || !etag.empty()) {
      return Status::error(StatusCode::kFailedPrecondition, "NOT_RESTING", "no proposal stands at the moment; wait for the end of a set");
    }
    choose(*load_kg);
    return {};
  }
  if (!etag.empty() && etag != standing_->etag) {
    return Status::error(StatusCode::kAborted, "ETAG_STALE", "there is a newer proposal; read it and answer that one");
  }
  answer(load_kg.value_or(standing_->load_kg));
  return {};
}

void NextSet::started(double load_kg) {
  if (standing_) answer(load_kg);
}

void NextSet::answer(double load_kg) {
  // What silence cut to one step was neither accepted nor changed by anybody.
  const bool by_silence = !chosen_kg_ && load_kg == silent_load_kg(*standing_, baseline_kg_, grid_);
  chosen_kg_ = load_kg;
  const bool accepted = load_kg == standing_->load_kg;
  const bool changed = !accepted && !by_silence;
  if (standing_->accepted == accepted && standing_->changed == changed) return;
  standing_->accepted = accepted;
  standing_->changed = changed;
  on_proposal_();
}

bool NextSet::ready(std::int64_t now_ns) const noexcept {
  if (pending()) return false;
  return standing_ ? now_ns - shown_ns_ >= kProposalShown_ns : chosen_kg_.has_value();
}

double NextSet::load_kg() const noexcept {
  if (chosen_kg_) return *chosen_kg_;
  return standing_ ? silent_load_kg(*standing_, baseline_kg_, grid_) : kUnknown;
}

}  // namespace sheave::session
