#include "controller/session/own_curve.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <utility>

#include "controller/session/strength_test.hpp"

namespace sheave::session {

namespace {

CurveShares stated(const Program& program) {
  for (const PluginUse& link : program.load_chain) {
    if (link.own_curve) return stated_curve(link);
  }
  return {};
}

/// The program that measures this exercise; the isokinetic one where there are several.
const Program* test_for(const Catalog& catalog, const std::string& set_up) {
  const Program* found = nullptr;
  for (const Program& program : catalog.programs) {
    if (program.test.kind == TestKind::kNone || set_up_key(program) != set_up) continue;
    if (found == nullptr || program.test.kind == TestKind::kIsokinetic) found = &program;
  }
  return found;
}

Note none_note(const Program* test) {
  const std::string level = "The load is not shaped by your strength: no test of yours is known for this exercise.";
  return {"NO_STRENGTH_TEST", test != nullptr ? level + " \"" + test->name + "\" measures it." : level, {}};
}

/// The pulls of one day and the holds of another are one person's, unless months lie between them.
constexpr std::int64_t kOnePerson_ns = kNsPerS * 60 * 86'400;

/// Pulls at a set speed tell nothing of the first third, where the force builds up; holds nothing of the ends.
StrengthCurve with_other_kind(const StrengthTest& test, const std::vector<StrengthTest>& tests) {
  for (const StrengthTest& other : tests) {  // newest first
    if (other.kind == test.kind || std::abs(other.at.unix_ns - test.at.unix_ns) > kOnePerson_ns) continue;
    if (other.efforts > 0) return joined(test.curve, other.curve);
  }
  return test.curve;
}

/// The day, in UTC: a label, as all wall time here.
std::string day_of(const WallTime& time) {
  return fmt::format("{:%Y-%m-%d}", fmt::gmtime(static_cast<std::time_t>(time.unix_ns / kNsPerS)));
}

}  // namespace

bool asks_own_curve(const Program& program) noexcept { return std::ranges::any_of(program.load_chain, &PluginUse::own_curve); }

void fetch_own_curve(Journal& journal, const Catalog& catalog, const Program& program, const std::string& member_id,
                     std::function<void(OwnCurve)> done) {
  const std::string set_up = set_up_key(program);
  const OwnCurve none{{stated(program), {}, {}}, none_note(test_for(catalog, set_up))};
  fetch_strength_tests(journal, catalog, member_id, set_up, [none, done = std::move(done)](const std::vector<StrengthTest>& tests) {
    for (const StrengthTest& test : tests) {
      if (const auto shares = shares_of(with_other_kind(test, tests))) {
        const Note note{"OWN_STRENGTH",
                        fmt::format("The load follows your strength over the range, as tested on {}.", day_of(test.at)),
                        {{"test_time_s", seconds(test.at.unix_ns)}}};
        return done({{*shares, test.session_id, test.at}, note});
      }
    }
    done(none);
  });
}

Program for_set(const Program& program, const std::optional<CurveUsed>& curve, std::uint32_t index) {
  Program given = program;
  for (PluginUse& link : given.load_chain) {
    if (link.own_curve && curve) give_curve(link, curve->shares, Given::kAlways);
    if (program.test.places.empty()) continue;
    if (const auto place = link.params.find("at_share"); place != link.params.end()) {
      place->second = program.test.place_of(index);
    }
  }
  return given;
}

}  // namespace sheave::session
