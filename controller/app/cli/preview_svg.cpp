#include "controller/app/cli/preview_svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "controller/app/cli/svg.hpp"
#include "controller/core/units.hpp"

namespace sheave::cli {
namespace {

using Anchor = Svg::Anchor;
using Sets = google::protobuf::RepeatedPtrField<v1::PreviewSet>;

// The page [px]: two plots beside each other share their vertical axis, and so do the two below them.
constexpr double kWidth = 960, kLeft = 60, kRight = 900, kGap = 36;
constexpr double kForcesTop = 150, kForcesBottom = 360;
constexpr double kLoadsTop = 462, kLoadsBottom = 596;
constexpr double kHeight = 652, kShortHeight = 450;
constexpr double kMiddle = (kLeft + kRight) / 2;
constexpr double kCharacter = 6.6;  // of the 12 px text, on average

constexpr std::array kSeries = {"a", "b", "c", "d"};  // one per link; a chain has four at most

std::string unit_of(const Look& look) { return look.pounds ? "lb" : "kg"; }
double in_unit(const Look& look, double kg) { return look.pounds ? kg / kKgPerLb : kg; }

/// One plot: where it lies, and what its axes mean.
struct Plot {
  Scale x, y;
  double left() const { return std::min(x.at_from, x.at_to); }
  double right() const { return std::max(x.at_from, x.at_to); }
};

void draw_grid(Svg& svg, const Plot& plot, const std::vector<double>& levels) {
  for (const double level : levels) svg.line({{plot.left(), plot.y(level)}, {plot.right(), plot.y(level)}}, "grid");
}

void draw_levels(Svg& svg, const Scale& y, const std::vector<double>& levels, double x, Anchor anchor, const std::string& unit) {
  for (const double level : levels) svg.text({x, y(level) + 4}, "dim", fmt::format("{:g}", level), anchor);
  svg.text({x, y.at_to - 18}, "dim", unit, anchor);
}

/// The force curves of one direction.
class Forces {
 public:
  Forces(Svg& svg, const v1::PreviewProgramResponse& preview, Plot plot, bool pull)
      : svg_(svg), preview_(preview), plot_(plot), pull_(pull) {}

  void draw(const std::vector<double>& levels) const {
    draw_grid(svg_, plot_, levels);
    for (const double share : {0.0, 0.25, 0.5, 0.75, 1.0}) {
      const bool at_left = plot_.x(share) == plot_.left(), at_right = plot_.x(share) == plot_.right();
      const Anchor anchor = at_left ? Anchor::kStart : at_right ? Anchor::kEnd : Anchor::kMiddle;
      svg_.text({plot_.x(share), kForcesBottom + 18}, "dim", fmt::format("{:g} %", share * 100), anchor);
    }
    const char* head = pull_ ? "Pull, from the start of the range to its end" : "Return, from the end of the range to its start";
    svg_.text({plot_.left(), kForcesTop - 24}, "ink head", head);
    const double set_n = newton_from_kg(preview_.load_total_kg());
    svg_.line({{plot_.left(), plot_.y(set_n)}, {plot_.right(), plot_.y(set_n)}}, "dim", 1, true);
    for (int i = 0; i < preview_.links_size(); ++i) {
      // Later links are drawn on top and thinner, so that of two that lie on each other both are seen.
      const double width = 2.5 + 3.0 * (preview_.links_size() - i);
      svg_.line(points(preview_.links(i).tension()), std::string(kSeries[static_cast<std::size_t>(i) % kSeries.size()]) + " soft2", width);
    }
    svg_.line(points(preview_.felt_last_rep()), "ink", 1.5, true);
    svg_.line(points(preview_.felt()), "ink", 2);
  }

 private:
  std::vector<Point> points(const v1::ForceCurve& curve) const {
    const auto& force_n = pull_ ? curve.pull_n() : curve.return_n();
    std::vector<Point> points;
    for (int i = 0; i < std::min(force_n.size(), preview_.rom_share_size()); ++i) {
      points.push_back({plot_.x(preview_.rom_share(i)), plot_.y(force_n[i])});
    }
    return points;
  }

  Svg& svg_;
  const v1::PreviewProgramResponse& preview_;
  Plot plot_;
  bool pull_;
};

double most_force_n(const v1::PreviewProgramResponse& preview) {
  double most_n = newton_from_kg(preview.load_total_kg());
  const auto take = [&](const v1::ForceCurve& curve) {
    for (const double n : curve.pull_n()) most_n = std::max(most_n, n);
    for (const double n : curve.return_n()) most_n = std::max(most_n, n);
  };
  for (const v1::PreviewLink& link : preview.links()) take(link.tension());
  take(preview.felt());
  take(preview.felt_last_rep());
  return most_n;
}

/// Line samples with their names, in one row.
class Legend {
 public:
  Legend(Svg& svg, double x, double y) : svg_(svg), x_(x), y_(y) {}
  void add(const std::string& classes, double width, bool dashed, const std::string& name) {
    svg_.line({{x_, y_ - 4}, {x_ + 22, y_ - 4}}, classes, width, dashed);
    svg_.text({x_ + 29, y_}, "ink", name);
    x_ += 29 + kCharacter * columns_of(name) + 20;
  }

 private:
  Svg& svg_;
  double x_, y_;
};

void draw_forces(Svg& svg, const Look& look, const v1::PreviewProgramResponse& preview) {
  Legend legend(svg, kLeft, 86);
  for (int i = 0; i < preview.links_size(); ++i) {
    const std::string name = preview.links_size() > 1 ? fmt::format("{}. {}", i + 1, preview.links(i).plugin()) : preview.links(i).plugin();
    legend.add(std::string(kSeries[static_cast<std::size_t>(i) % kSeries.size()]) + " soft2", 6, false, name);
  }
  legend.add("ink", 2, false, "felt in the first rep");
  legend.add("ink", 1.5, true, "in the last rep");
  legend.add("dim", 1, true, "weight that is set");

  const double most_n = most_force_n(preview) * 1.08;
  const Scale force{0, most_n, kForcesBottom, kForcesTop};
  const std::vector<double> levels = round_ticks(0, most_n, 7);
  const double half = (kRight - kLeft - kGap) / 2;
  Forces(svg, preview, {{0, 1, kLeft, kLeft + half}, force}, true).draw(levels);
  Forces(svg, preview, {{0, 1, kRight, kRight - half}, force}, false).draw(levels);
  draw_levels(svg, force, levels, kLeft - 8, Anchor::kEnd, "N");
  const double most = in_unit(look, kg_from_newton(most_n));
  draw_levels(svg, {0, most, kForcesBottom, kForcesTop}, round_ticks(0, most, 7), kRight + 8, Anchor::kStart, unit_of(look));
  svg.text({kMiddle, kForcesBottom + 36}, "dim", "place in the range", Anchor::kMiddle);
}

/// The sets and rests of the first visit: a bar for each set at its highest load, in it a mark at its lowest.
void draw_visit(Svg& svg, const Look& look, const v1::PreviewProgramResponse& preview, const Scale& load_scale, double right) {
  std::vector<v1::PreviewSet> sets;
  for (const v1::PreviewSet& set : preview.highest()) {
    if (set.visit() == 1) sets.push_back(set);
  }
  const double end_s = sets.back().start_s() + sets.back().duration_s();
  const Scale minutes{0, end_s / 60, kLeft + 36, right - 36};
  double rest_from = 0;
  for (const v1::PreviewSet& set : sets) {
    const double from = minutes(set.start_s() / 60), to = minutes((set.start_s() + set.duration_s()) / 60);
    const double top = load_scale(in_unit(look, set.load_total_kg()));
    svg.rect({from, top}, to - from, kLoadsBottom - top, "a");
    svg.text({(from + to) / 2, top - 6}, "ink", fmt::format("{} x {}", set.reps(), load(look, set.load_total_kg())), Anchor::kMiddle);
    if (rest_from > 0) svg.text({(rest_from + from) / 2, kLoadsBottom - 8}, "dim", "rest", Anchor::kMiddle);
    rest_from = to;
    for (const v1::PreviewSet& low : preview.lowest()) {
      if (low.visit() != 1 || low.index() != set.index()) continue;
      const double level = load_scale(in_unit(look, low.load_total_kg()));
      svg.line({{from, level}, {to, level}}, "b", 4);
    }
  }
  for (const double minute : round_ticks(0, end_s / 60, 8)) {
    svg.text({minutes(minute), kLoadsBottom + 18}, "dim", fmt::format("{:g}", minute), Anchor::kMiddle);
  }
  svg.text({(kLeft + right) / 2, kLoadsBottom + 36}, "dim", "minutes of the first visit", Anchor::kMiddle);
}

/// Of each visit the heaviest set, or the lightest.
std::vector<Point> by_visit(const Look& look, const Sets& sets, const Scale& visits, const Scale& load_scale, bool heaviest) {
  std::vector<Point> points;
  for (const v1::PreviewSet& set : sets) {
    const Point p{visits(set.visit()), load_scale(in_unit(look, set.load_total_kg()))};
    if (points.empty() || points.back().x != p.x) {
      points.push_back(p);
    } else {
      points.back().y = heaviest ? std::min(points.back().y, p.y) : std::max(points.back().y, p.y);
    }
  }
  return points;
}

void draw_visits(Svg& svg, const Look& look, const v1::PreviewProgramResponse& preview, const Scale& load_scale, double left) {
  const int last = std::max({preview.highest().rbegin()->visit(), preview.lowest().rbegin()->visit(), 2});
  const Scale visits{1, static_cast<double>(last), left + 10, kRight - 10};
  const std::vector<Point> high = by_visit(look, preview.highest(), visits, load_scale, true);
  const std::vector<Point> low = by_visit(look, preview.lowest(), visits, load_scale, false);
  std::vector<Point> band = high;
  band.insert(band.end(), low.rbegin(), low.rend());
  svg.area(band, "a soft");
  svg.line(high, "a", 2.5);
  svg.line(low, "b", 2.5);
  const auto end_label = [&](const Sets& sets, Point at, double dy) {
    svg.text({at.x, at.y + dy}, "ink", load(look, sets.rbegin()->load_total_kg()), Anchor::kEnd);
  };
  end_label(preview.highest(), high.back(), -8);
  end_label(preview.lowest(), low.back(), low.back().y > kLoadsBottom - 16 ? -8 : 18);
  for (int visit = 1; visit <= last; ++visit) {
    svg.text({visits(visit), kLoadsBottom + 18}, "dim", std::to_string(visit), Anchor::kMiddle);
  }
  svg.text({(left + kRight) / 2, kLoadsBottom + 36}, "dim", "visit", Anchor::kMiddle);
}

void draw_loads(Svg& svg, const Look& look, const v1::PreviewProgramResponse& preview) {
  const v1::Prescription& p = preview.program().prescription();
  double most = 0;
  for (const v1::PreviewSet& set : preview.highest()) most = std::max(most, in_unit(look, set.load_total_kg()));
  for (const v1::PreviewSet& set : preview.lowest()) most = std::max(most, in_unit(look, set.load_total_kg()));
  most *= 1.2;
  const double half = (kRight - kLeft - kGap) / 2;
  const Scale load_scale{0, most, kLoadsBottom, kLoadsTop};
  const std::vector<double> levels = round_ticks(0, most, 5);
  draw_grid(svg, {{0, 1, kLeft, kLeft + half}, load_scale}, levels);
  draw_grid(svg, {{0, 1, kRight - half, kRight}, load_scale}, levels);
  draw_levels(svg, load_scale, levels, kLeft - 8, Anchor::kEnd, unit_of(look));
  svg.text(
      {kLeft, kLoadsTop - 24}, "ink head",
      fmt::format("{} sets of {} to {}, rest {}", p.sets(), p.rep_bottom(), p.rep_top(), clock(static_cast<double>(p.rest().seconds()))));
  svg.text({kRight - half, kLoadsTop - 24}, "ink head", "Where the weight can go");
  draw_visit(svg, look, preview, load_scale, kLeft + half);
  draw_visits(svg, look, preview, load_scale, kRight - half);
  Legend legend(svg, kRight - half, kLoadsTop - 6);
  legend.add("a", 2.5, false, "every set at the top of the range");
  legend.add("b", 2.5, false, "every set below it");
}

}  // namespace

std::string preview_svg(const Look& look, const v1::PreviewProgramResponse& preview) {
  const bool has_loads = preview.highest_size() > 0 && preview.lowest_size() > 0;
  Svg svg(kWidth, has_loads ? kHeight : kShortHeight);
  svg.text({kLeft, 38}, "ink title", preview.program().display_name());
  const v1::PreviewMovement& m = preview.movement();
  const std::string hold = m.hold_s() > 0 ? fmt::format(", {:g} s held", m.hold_s()) : "";
  svg.text({kLeft, 60}, "dim",
           fmt::format("{}, drawn over {:g} m: {:g} s out{}, {:g} s back; the last of {} reps is {:.0f} % slower",
                       load(look, preview.load_total_kg()), m.rom_m(), m.concentric_s(), hold, m.eccentric_s(), m.reps(),
                       m.last_rep_slower_share() * 100));
  draw_forces(svg, look, preview);
  if (has_loads) {
    draw_loads(svg, look, preview);
  } else {
    svg.text({kLeft, kForcesBottom + 70}, "ink", "As many sets and reps as you like. The weight stays until you change it.");
  }
  return svg.finish();
}

}  // namespace sheave::cli
