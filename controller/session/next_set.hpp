#pragma once
// The set to come: asks the progression, holds the standing proposal, and knows what the person agreed to.

#include <functional>
#include <memory>
#include <optional>

#include "controller/session/plugin_source.hpp"
#include "controller/session/progression_question.hpp"
#include "controller/session/proposal.hpp"
#include "controller/session/worker.hpp"

namespace sheave::session {

inline constexpr std::int64_t kProposalShown_ns = 3 * kNsPerS;  ///< At least, before the machine acts on it.
inline constexpr std::int64_t kDecideLate_ns = kNsPerS;         ///< A progression's answer after it is not used.

/// All [main].
class NextSet {
 public:
  /// @param on_proposal told each time the standing proposal is new or was answered.
  NextSet(const Program& program, const LoadGrid& grid, std::shared_ptr<const Decider> decider, Worker& worker,
          std::function<void()> on_proposal);

  /// Asks; what stood before is gone. @param last_set null before the first. @param baseline_kg what silence may raise from;
  /// NaN: nothing to compare with.
  void ask(std::shared_ptr<const ProgressionQuestion> question, const SetRecord* last_set, double previous_load_kg, double baseline_kg,
           std::int64_t now_ns);
  /// The person chose before anybody asked; no proposal stands.
  void choose(double load_kg);
  /// Nothing is to come.
  void clear();
  void tick(std::int64_t now_ns);

  /// The person agrees, or takes `load_kg` (on the grid) instead. Reasons ETAG_STALE, NOT_RESTING (nothing stands).
  Status accept(const std::string& etag, std::optional<double> load_kg);

  /// The set began at `load_kg`: starting it is an answer too.
  void started(double load_kg);

  bool pending() const noexcept { return asked_ns_ >= 0; }
  const std::optional<Proposal>& standing() const noexcept { return standing_; }
  bool answered() const noexcept { return chosen_kg_.has_value(); }
  /// A load is known and what stands was shown long enough.
  bool ready(std::int64_t now_ns) const noexcept;
  /// What the next set would be done at now: as agreed, or what silence may have. Unknown while pending.
  double load_kg() const noexcept;
  SetKind kind() const noexcept { return standing_ ? standing_->next_kind : SetKind::kWorking; }

 private:
  void on_decision(const Result<sheave_progression_out_t>& decision);
  void answer(double load_kg);

  const Program& program_;
  const LoadGrid& grid_;
  std::shared_ptr<const Decider> decider_;
  Worker& worker_;
  std::function<void()> on_proposal_;

  std::optional<SetRecord> last_set_;  // without reps, for the words
  double previous_load_kg_ = kUnknown, baseline_kg_ = kUnknown;
  std::int64_t asked_ns_ = -1;  // negative: no answer is awaited
  std::int64_t now_ns_ = 0, shown_ns_ = 0;
  std::uint32_t proposals_ = 0;
  std::optional<Proposal> standing_;
  std::optional<double> chosen_kg_;
  std::shared_ptr<int> generation_ = std::make_shared<int>(0);  // a late answer finds its own gone
};

}  // namespace sheave::session
