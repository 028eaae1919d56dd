#pragma once
// What an operator's page draws, worked out of the facts of use: by hour and weekday, by day, by exercise; faults, utilisation and
// availability on opening hours. Pure but for the zone of this computer.

#include <string>
#include <vector>

#include "controller/session/program.hpp"
#include "controller/session/upkeep.hpp"
#include "sheave/v1/usage.pb.h"

namespace sheave::api {

namespace pb = sheave::v1;

/// [from, to) in seconds since 1970.
struct Span {
  std::int64_t from = 0, to = 0;
};

/// Sorted, without overlaps.
std::vector<Span> merged(std::vector<Span> spans);

/// From the beginning of each session's first set to the end of its last, merged.
std::vector<Span> use_spans(const std::vector<session::SetUse>& sets);

/// One fault code's times.
struct FaultTimes {
  session::FaultRecord last;  ///< When it last began.
  std::vector<Span> spans;    ///< Oldest first; what is still on ends `now`.
  bool on = false;
};

/// @pre `faults` oldest first. Those that ended before `from` are left out.
std::vector<FaultTimes> fault_times(const std::vector<session::FaultRecord>& faults, std::int64_t from_unix_s, std::int64_t now_unix_s);

/// When the machine could not be used: a fault of the machine (3xx) was on, or it was out of order; merged.
std::vector<Span> down_spans(const std::vector<FaultTimes>& faults, const std::vector<session::OutOfOrder>& orders,
                             std::int64_t now_unix_s);

/// @param from_unix_s of `facts`, a local midnight. Names and fault texts are filled in too; `machine` is the caller's.
pb::UsageSummary summarize(const session::UseFacts& facts, const std::vector<session::OpenHours>& opening, const session::Catalog& catalog,
                           std::int64_t from_unix_s, std::int64_t now_unix_s);

}  // namespace sheave::api
