#pragma once
// What the next set is: a warm-up on the way to the working weight, the other side of a one-sided set, or what was proposed.

#include <vector>

#include "controller/session/loads.hpp"
#include "controller/session/program.hpp"
#include "controller/session/records.hpp"

namespace sheave::session {

struct Upcoming {
  SetKind kind = SetKind::kWorking;
  Side side = Side::kBoth;
  double load_kg = kUnknown;  ///< Total at the handle; NaN while the working load is not known.
  std::uint32_t reps = 0;     ///< To do; 0: the program's range.
  bool of_proposal = true;    ///< Starting it answers the standing proposal.
};

/// @param ended sets of this session, oldest first. @param next_kind and @param next_load_kg what was proposed or chosen.
/// Warm-ups come before the first working set, lighter than it and each heavier than the last on the machine's grid; a probe needs
/// none, being light itself. Pure.
Upcoming upcoming_set(const Prescription& prescription, const LoadGrid& grid, const std::vector<SetRecord>& ended, SetKind next_kind,
                      double next_load_kg);

}  // namespace sheave::session
