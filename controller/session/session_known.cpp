// What is known of who trains before the first set: their range, what they did earlier, their own curve.

#include <algorithm>
#include <utility>

#include "controller/session/own_curve.hpp"
#include "controller/session/progression_question.hpp"
#include "controller/session/session_run.hpp"
#include "controller/session/worked_before.hpp"

namespace sheave::session {

void SessionRun::fetch_known(std::function<void()> ready) {
  // A guest's range and history are those of this session. What a workout did before counts for one too.
  if (record_.member_id.empty()) {
    return count_worked_before(services_.journal, services_.catalog, program_, record_,
                               [this, alive = std::weak_ptr<int>(alive_), ready = std::move(ready)](std::uint32_t sets) {
                                 if (alive.expired()) return ready();
                                 worked_before_ = sets;
                                 fetch_curve(ready);
                               });
  }
  // A store that cannot answer makes the person a stranger: calibrated again and begun lightly.
  services_.journal.load_rom(record_.member_id, set_up_key(program_),
                             [this, alive = std::weak_ptr<int>(alive_), ready = std::move(ready)](Result<std::vector<Rom>> rom) {
                               if (alive.expired()) return ready();
                               if (rom_.empty() && rom && rom->size() == services_.machine.cable_count) rom_ = *std::move(rom);
                               count_worked_before(services_.journal, services_.catalog, program_, record_,
                                                   [this, alive, ready](std::uint32_t sets) {
                                                     if (alive.expired()) return ready();
                                                     worked_before_ = sets;
                                                     fetch_history(ready);
                                                   });
                             });
}

void SessionRun::fetch_history(const std::function<void()>& ready) {
  services_.journal.history(record_.member_id, program_.id, kHistorySets,
                            [this, alive = std::weak_ptr<int>(alive_), ready](Result<std::vector<SetRecord>> sets) {
                              if (alive.expired()) return ready();
                              if (sets) history_ = *std::move(sets);
                              std::erase_if(history_, [this](const SetRecord& set) { return set.session_id == record_.id; });
                              fetch_curve(ready);
                            });
}

void SessionRun::fetch_curve(const std::function<void()>& ready) {
  curve_.reset();
  if (!asks_own_curve(program_)) return know(ready);
  fetch_own_curve(services_.journal, services_.catalog, program_, record_.member_id,
                  [this, alive = std::weak_ptr<int>(alive_), ready](OwnCurve curve) {
                    if (alive.expired()) return ready();
                    curve_ = std::move(curve.used);
                    note_ = std::move(curve.note);
                    know(ready);
                  });
}

void SessionRun::know(const std::function<void()>& ready) {
  known_ = true;
  if (!over() && std::ranges::none_of(book_.ended(), decides_by)) {
    ask_first();
  } else if (!over() && more_planned()) {
    ask_next();
  }
  ready();
}

}  // namespace sheave::session
