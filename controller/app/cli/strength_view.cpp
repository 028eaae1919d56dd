#include "controller/app/cli/strength_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace sheave::cli {
namespace {

/// Why a number is not known, and what helps.
std::string why(const std::string& reason) {
  if (reason == "NO_SETS") return "no set yet that could be judged";
  if (reason == "ONE_LOAD") return "needs sets at two weights, a fifth apart: warm-ups count";
  if (reason == "SPEED_DOES_NOT_FALL") return "your speeds do not tell: pull as fast as you can";
  if (reason == "POOR_FIT") return "your speeds differ too much from set to set";
  if (reason == "NOT_ANSWERED") return "say after two sets or more how many reps were left";
  if (reason == "NO_WARM_UP") return "needs warm-ups, today and on an earlier day";
  if (reason == "TOO_FEW_VISITS") return "needs four visits over two weeks";
  return words(reason);
}

/// What to do about a test that does not tell.
std::string test_problem(const std::string& reason) {
  if (reason == "NOT_HELD") return "no pull was hard enough for the machine to hold it: pull with all you have";
  if (reason == "TOO_FEW_PLACES") return "too little of the range could be read: pull hard from the very start to the very end";
  return words(reason);
}

/// "at 25 % 412 N", place by place, and how a load follows it.
std::vector<std::string> test_lines(const Look& look, const v1::StrengthTest& test) {
  const bool held_speed = test.kind() == v1::STRENGTH_TEST_KIND_ISOKINETIC;
  std::string head = fmt::format("Strength test of {} ({})", local_time(test.time().seconds()),
                                 held_speed ? fmt::format("pulled at {:g} m/s", test.speed_mps()) : std::string("held still"));
  head += fmt::format(", {} {}", test.efforts(), held_speed ? "pulls" : "holds");
  if (test.has_peak_force_n()) head += fmt::format(", peak {:.0f} N, mean {:.0f} N", test.peak_force_n(), test.mean_force_n());
  std::vector<std::string> lines{paint(look, Ink::kBold, head)};
  if (!test.unknown_reason().empty()) lines.push_back("  no curve: " + test_problem(test.unknown_reason()));
  for (int i = 0; i < test.curve_size(); ++i) {
    const v1::ForceAtPlace& place = test.curve(i);
    std::string text = fmt::format("  {:>3.0f} % of the range  {:>9}", 100.0 * place.rom_share(),
                                   place.has_force_n() ? fmt::format("{:.0f} N", place.force_n()) : "not known");
    if (i < test.load_share_size()) text += fmt::format("   {:>4.0f} % of the load", 100.0 * test.load_share(i));
    lines.push_back(text);
  }
  return lines;
}

/// @param format of one number: "{:.1f} kg"
std::string line(std::string_view title, const v1::Estimate& estimate, const std::function<std::string(double)>& number) {
  if (!estimate.has_value()) return fmt::format("{:<34} not known: {}", title, why(estimate.unknown_reason()));
  return fmt::format("{:<34} {} ({} to {}; {})", title, number(estimate.value()), number(estimate.low()), number(estimate.high()),
                     estimate.method());
}

}  // namespace

std::vector<std::string> strength_lines(const Look& look, const v1::Strength& strength) {
  std::vector<std::string> lines;
  const auto kg = [&](double value) { return load(look, value); };
  const auto plain = [](double value) { return fmt::format("{:.1f}", value); };
  const auto share = [](double value) { return fmt::format("{:.0f} %", 100.0 * value); };
  const auto speed = [](double value) { return fmt::format("{:.2f} m/s", value); };
  lines.push_back(fmt::format("{}, from {} sets", id_of(strength.program()), strength.sets_used()));
  lines.push_back(line("You could pull once", strength.one_rm_kg(), kg));
  lines.push_back(line("  by speed over weight", strength.one_rm_by_speed_kg(), kg));
  lines.push_back(line("  by reps and what was left", strength.one_rm_by_reps_kg(), kg));
  lines.push_back(line("Speed of a last possible rep", strength.failure_speed_mps(), speed));
  lines.push_back(line("Left after the last set, by speed", strength.last_set_reps_left(), plain));
  lines.push_back(line("Strength that day, of the usual", strength.form_share(), share));
  lines.push_back(line("Change in kg per week", strength.drift_kg_per_week(), plain));
  for (const v1::StrengthTest& test : strength.tests()) {
    for (const std::string& text : test_lines(look, test)) lines.push_back(text);
  }
  return lines;
}

std::string load_curve_text(const v1::LoadCurve& curve) {
  if (curve.test_session().empty()) return "the load was not shaped by a strength test: none was known";
  std::string text = fmt::format("the load followed the strength test of {}:", local_time(curve.test_time().seconds()));
  for (int i = 0; i < std::min(curve.load_share_size(), curve.rom_share_size()); ++i) {
    text += fmt::format("{} {:.0f} % at {:.0f} %", i > 0 ? "," : "", 100.0 * curve.load_share(i), 100.0 * curve.rom_share(i));
  }
  return text + " of the range";
}

}  // namespace sheave::cli
