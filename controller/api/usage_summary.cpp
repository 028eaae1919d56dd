#include "controller/api/usage_summary.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "controller/api/convert_machine.hpp"
#include "controller/api/opening.hpp"

namespace sheave::api {
namespace {

constexpr int kHoursOfWeek = 7 * 24;
constexpr double kPeakShare = 0.1;  // of the opening hours of a week: about ten of a hundred

std::int64_t unix_s(const session::WallTime& time) { return time.unix_ns / kNsPerS; }

/// A quarter of an hour that has been.
struct Slice {
  LocalTime local;
  double seen_s = 0, open_s = 0, use_s = 0, down_s = 0;
  std::int64_t sets = 0;
  double volume_kg = 0;
  std::size_t hour_of_week() const {
    return static_cast<std::size_t>(local.weekday - 1) * 24 + static_cast<std::size_t>(local.minute / 60);
  }
};

/// Walks along sorted spans with slices that come in order, so that each span is looked at near its slices only.
class Cursor {
 public:
  explicit Cursor(const std::vector<Span>& spans) : spans_(spans) {}
  double overlap_s(const Span& with) {
    while (next_ < spans_.size() && spans_[next_].to <= with.from) ++next_;
    std::int64_t sum_s = 0;
    for (std::size_t i = next_; i < spans_.size() && spans_[i].from < with.to; ++i) {
      sum_s += std::min(spans_[i].to, with.to) - std::max(spans_[i].from, with.from);
    }
    return static_cast<double>(sum_s);
  }

 private:
  const std::vector<Span>& spans_;
  std::size_t next_ = 0;
};

std::vector<Slice> slices_of(const session::UseFacts& facts, const std::vector<session::OpenHours>& opening, const std::vector<Span>& down,
                             std::int64_t from_unix_s, std::int64_t now_unix_s) {
  const std::vector<Span> use = use_spans(facts.sets);
  Cursor in_use(use), is_down(down);
  std::vector<Slice> slices;
  auto set = facts.sets.begin();
  for (std::int64_t at = from_unix_s; at < now_unix_s; at += kSlice_s) {
    const Span span{at, std::min(now_unix_s, at + kSlice_s)};
    Slice& slice = slices.emplace_back();
    slice.local = local_time(at);
    slice.seen_s = static_cast<double>(span.to - span.from);
    slice.open_s = open_seconds(opening, slice.local.weekday, slice.local.minute, kSlice_s / 60) * slice.seen_s / kSlice_s;
    slice.use_s = in_use.overlap_s(span);
    slice.down_s = is_down.overlap_s(span);
    for (; set != facts.sets.end() && set->start_unix_s < span.to; ++set) {
      ++slice.sets;
      slice.volume_kg += set->volume_kg;
    }
  }
  return slices;
}

/// Sums over slices, of which some are open: what of use and downtime falls into opening time.
struct OpenTime {
  double open_s = 0, use_s = 0, down_s = 0;
  void add(const Slice& slice) {
    open_s += slice.open_s;
    use_s += std::min(slice.use_s, slice.open_s);
    down_s += std::min(slice.down_s, slice.open_s);
  }
};

using Hours = std::array<pb::HourUse, kHoursOfWeek>;

Hours hours_of(const std::vector<Slice>& slices, const std::vector<session::OpenHours>& opening) {
  Hours hours;
  std::array<double, kHoursOfWeek> seen_s{};
  for (int i = 0; i < kHoursOfWeek; ++i) {
    pb::HourUse& hour = hours[static_cast<std::size_t>(i)];
    hour.set_weekday(i / 24 + 1);
    hour.set_hour(i % 24);
    hour.set_open(open_seconds(opening, hour.weekday(), hour.hour() * 60, 60) > 0);
  }
  for (const Slice& slice : slices) {
    pb::HourUse& hour = hours[slice.hour_of_week()];
    seen_s[slice.hour_of_week()] += slice.seen_s;
    hour.set_mean_sets(hour.mean_sets() + static_cast<double>(slice.sets));
    hour.set_in_use(hour.in_use() + slice.use_s);
  }
  for (std::size_t i = 0; i < hours.size(); ++i) {
    if (seen_s[i] <= 0) continue;
    // An hour of which little has been is counted as one: its first set is not 60 of them.
    hours[i].set_mean_sets(hours[i].mean_sets() / std::max(1.0, std::round(seen_s[i] / 3600)));
    hours[i].set_in_use(hours[i].in_use() / seen_s[i]);
  }
  return hours;
}

void write_days(const std::vector<Slice>& slices, pb::UsageSummary& to) {
  pb::DayUse* day = nullptr;
  for (const Slice& slice : slices) {
    if (day == nullptr || day->date() != slice.local.date) {
      day = to.add_days();
      day->set_date(slice.local.date);
    }
    day->set_sets(day->sets() + slice.sets);
    day->set_volume_kg(day->volume_kg() + slice.volume_kg);
    day->set_in_use_s(day->in_use_s() + slice.use_s);
    day->set_open_s(day->open_s() + slice.open_s);
  }
}

void write_programs(const session::UseFacts& facts, const session::Catalog& catalog, pb::UsageSummary& to) {
  std::map<std::string, pb::ProgramUse> programs;
  std::map<std::string, std::set<std::string>> sessions;
  for (const session::SetUse& set : facts.sets) {
    pb::ProgramUse& use = programs[set.program_id];
    use.set_sets(use.sets() + 1);
    use.set_reps(use.reps() + static_cast<std::int64_t>(set.reps));
    use.set_volume_kg(use.volume_kg() + set.volume_kg);
    use.set_work_j(use.work_j() + set.work_j);
    use.set_active_s(use.active_s() + set.duration_s);
    sessions[set.program_id].insert(set.session_id);
  }
  std::vector<pb::ProgramUse> sorted;
  for (auto& [id, use] : programs) {
    use.set_program(Names::program(id));
    use.set_sessions(static_cast<std::int64_t>(sessions[id].size()));
    const session::Program* program = catalog.find(id);
    use.set_display_name(program != nullptr ? program->name : id);
    use.set_exercise_name(program != nullptr ? program->exercise_name : id);
    sorted.push_back(std::move(use));
  }
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.sets() > b.sets(); });
  for (pb::ProgramUse& use : sorted) *to.add_programs() = std::move(use);
}

void write_faults(std::vector<FaultTimes> faults, pb::UsageSummary& to) {
  std::stable_sort(faults.begin(), faults.end(), [](const auto& a, const auto& b) { return a.spans.back().from > b.spans.back().from; });
  for (const FaultTimes& times : faults) {
    pb::FaultUse* use = to.add_faults();
    to_pb(times.last.code, use->mutable_fault());
    use->mutable_fault()->set_reaction(to_pb(times.last.reaction));
    use->mutable_fault()->set_active(times.on);
    unix_s_to_pb(times.spans.back().from, use->mutable_fault()->mutable_time());
    if (!times.on) unix_s_to_pb(times.spans.back().to, use->mutable_end_time());
    use->set_times(static_cast<std::int64_t>(times.spans.size()));
    for (const Span& span : times.spans) use->set_total_s(use->total_s() + static_cast<double>(span.to - span.from));
  }
}

void write_today(const std::vector<Slice>& slices, std::int64_t now_unix_s, pb::TodayUse* to) {
  const LocalTime now = local_time(now_unix_s);
  for (int hour = 0; hour < 24; ++hour) to->add_sets_by_hour(0);
  OpenTime today;
  std::map<std::string, std::int64_t> earlier;  // sets up to this time of day, by date
  for (const Slice& slice : slices) {
    if (slice.local.date != now.date) {
      if (slice.local.weekday == now.weekday && slice.local.minute <= now.minute) earlier[slice.local.date] += slice.sets;
      continue;
    }
    to->set_sets(to->sets() + slice.sets);
    to->set_volume_kg(to->volume_kg() + slice.volume_kg);
    const int hour = slice.local.minute / 60;
    to->set_sets_by_hour(hour, to->sets_by_hour(hour) + slice.sets);
    today.add(slice);
  }
  if (today.open_s > 0) to->set_utilisation(today.use_s / today.open_s);
  double sum = 0;
  for (const auto& [date, sets] : earlier) sum += static_cast<double>(sets);
  if (!earlier.empty()) to->set_usual_sets(sum / static_cast<double>(earlier.size()));
}

/// The busiest of the open hours of a week.
std::set<std::size_t> peak_hours(const Hours& hours) {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < hours.size(); ++i) {
    if (hours[i].open()) open.push_back(i);
  }
  std::stable_sort(open.begin(), open.end(), [&](std::size_t a, std::size_t b) { return hours[a].in_use() > hours[b].in_use(); });
  open.resize(static_cast<std::size_t>(std::ceil(kPeakShare * static_cast<double>(open.size()))));
  return {open.begin(), open.end()};
}

void write_shares(const std::vector<Slice>& slices, const Hours& hours, pb::UsageSummary& to) {
  const std::set<std::size_t> peaks = peak_hours(hours);
  OpenTime all, peak;
  for (const Slice& slice : slices) {
    all.add(slice);
    if (peaks.count(slice.hour_of_week()) > 0) peak.add(slice);
  }
  if (all.open_s > 0) {
    to.set_utilisation(all.use_s / all.open_s);
    to.set_availability(1 - all.down_s / all.open_s);
  }
  if (peak.open_s > 0) {
    to.set_peak_availability(1 - peak.down_s / peak.open_s);
    to.set_peak_free(1 - peak.use_s / peak.open_s);
  }
}

}  // namespace

std::vector<Span> merged(std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.from < b.from; });
  std::vector<Span> whole;
  for (const Span& span : spans) {
    if (whole.empty() || span.from > whole.back().to) {
      whole.push_back(span);
    } else {
      whole.back().to = std::max(whole.back().to, span.to);
    }
  }
  return whole;
}

std::vector<Span> use_spans(const std::vector<session::SetUse>& sets) {
  std::map<std::string, Span> sessions;
  for (const session::SetUse& set : sets) {
    const std::int64_t end = set.start_unix_s + std::llround(set.duration_s);
    const auto [at, first] = sessions.try_emplace(set.session_id, Span{set.start_unix_s, end});
    if (!first) at->second.to = std::max(at->second.to, end);
  }
  std::vector<Span> spans;
  spans.reserve(sessions.size());
  for (const auto& [id, span] : sessions) spans.push_back(span);
  return merged(std::move(spans));
}

std::vector<FaultTimes> fault_times(const std::vector<session::FaultRecord>& faults, std::int64_t from_unix_s, std::int64_t now_unix_s) {
  std::map<FaultCode, FaultTimes> by_code;
  for (const session::FaultRecord& fault : faults) {
    FaultTimes& times = by_code[fault.code];
    if (fault.active && !times.on) {
      times.last = fault;
      times.spans.push_back({unix_s(fault.at), now_unix_s});
    } else if (!fault.active && times.on) {
      times.spans.back().to = std::max(times.spans.back().from, unix_s(fault.at));
    }
    times.on = fault.active;
  }
  std::vector<FaultTimes> found;
  for (auto& [code, times] : by_code) {
    std::erase_if(times.spans, [&](const Span& span) { return span.to < from_unix_s; });
    if (!times.spans.empty()) found.push_back(std::move(times));
  }
  return found;
}

std::vector<Span> down_spans(const std::vector<FaultTimes>& faults, const std::vector<session::OutOfOrder>& orders,
                             std::int64_t now_unix_s) {
  std::vector<Span> down;
  for (const FaultTimes& times : faults) {
    if (is_machine_fault(times.last.code)) down.insert(down.end(), times.spans.begin(), times.spans.end());
  }
  for (std::size_t i = 0; i < orders.size(); ++i) {
    if (!orders[i].active) continue;
    down.push_back({unix_s(orders[i].since), i + 1 < orders.size() ? unix_s(orders[i + 1].since) : now_unix_s});
  }
  return merged(std::move(down));
}

pb::UsageSummary summarize(const session::UseFacts& facts, const std::vector<session::OpenHours>& opening, const session::Catalog& catalog,
                           std::int64_t from_unix_s, std::int64_t now_unix_s) {
  pb::UsageSummary summary;
  unix_s_to_pb(now_unix_s, summary.mutable_time());
  summary.set_time_zone(time_zone_name());
  summary.set_utc_offset_s(local_time(now_unix_s).utc_offset_s);
  std::vector<FaultTimes> faults = fault_times(facts.faults, from_unix_s, now_unix_s);
  const std::vector<Span> down = down_spans(faults, facts.orders, now_unix_s);
  // What was before the first use of all says nothing: a machine that came last week was not idle for the eight before.
  const bool used = facts.first_use_unix_s != 0;
  const std::int64_t begin = std::max(from_unix_s, used ? local_midnight(facts.first_use_unix_s, 0) : now_unix_s);
  const std::vector<Slice> slices = slices_of(facts, opening, down, begin, now_unix_s);
  const Hours hours = hours_of(slices, opening);
  for (const pb::HourUse& hour : hours) *summary.add_hours() = hour;
  write_days(slices, summary);
  write_programs(facts, catalog, summary);
  write_faults(std::move(faults), summary);
  write_today(slices, now_unix_s, summary.mutable_today());
  write_shares(slices, hours, summary);
  if (used) {
    unix_s_to_pb(facts.last_use_unix_s, summary.mutable_last_use_time());
    summary.set_idle_open_s(open_time_s(opening, facts.last_use_unix_s, now_unix_s));
  }
  return summary;
}

}  // namespace sheave::api
