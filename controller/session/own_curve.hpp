#pragma once
// A program whose load follows the person's own strength, and what it becomes for the person who is here.

#include <functional>
#include <optional>
#include <string>

#include "controller/session/journal.hpp"
#include "controller/session/note.hpp"
#include "controller/session/program.hpp"
#include "controller/session/records.hpp"

namespace sheave::session {

/// A link of the chain says curve = "own".
bool asks_own_curve(const Program& program) noexcept;

struct OwnCurve {
  CurveUsed used;
  Note note;  ///< Which test it is from, or that there is none and what measures it.
};

/// From the newest test of this exercise and set-up that tells, completed by the newest of the other kind; without one, and for guests,
/// what the program states (level, where it states nothing). @pre asks_own_curve(program)
void fetch_own_curve(Journal& journal, const Catalog& catalog, const Program& program, const std::string& member_id,
                     std::function<void(OwnCurve)> done);

/// The program of the session's set `index`, from 1: with the curve in it, and the place that a test holds in this set.
Program for_set(const Program& program, const std::optional<CurveUsed>& curve, std::uint32_t index);

}  // namespace sheave::session
