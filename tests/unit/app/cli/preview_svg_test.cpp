#include "controller/app/cli/preview_svg.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "controller/app/cli/present.hpp"

namespace sheave::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

void fill(v1::ForceCurve& curve, double from_n, double to_n) {
  for (const double share : {0.0, 0.5, 1.0}) {
    curve.add_pull_n(from_n + share * (to_n - from_n));
    curve.add_return_n(from_n + share * (to_n - from_n));
  }
}

void add_set(google::protobuf::RepeatedPtrField<v1::PreviewSet>* sets, int visit, int index, double load_kg) {
  v1::PreviewSet& set = *sets->Add();
  set.set_visit(visit);
  set.set_index(index);
  set.set_reps(8);
  set.set_load_total_kg(load_kg);
  set.set_start_s(150 * (index - 1));
  set.set_duration_s(30);
}

v1::PreviewProgramResponse row() {
  v1::PreviewProgramResponse p;
  p.mutable_program()->set_display_name("Row & <chains>");
  v1::Prescription& prescription = *p.mutable_program()->mutable_prescription();
  prescription.set_sets(2);
  prescription.set_rep_bottom(6);
  prescription.set_rep_top(8);
  prescription.mutable_rest()->set_seconds(120);
  p.set_load_total_kg(20);
  v1::PreviewMovement& m = *p.mutable_movement();
  m.set_rom_m(0.5);
  m.set_concentric_s(1);
  m.set_eccentric_s(2);
  m.set_reps(8);
  for (const double share : {0.0, 0.5, 1.0}) p.add_rom_share(share);
  for (const char* plugin : {"constant", "chains"}) {
    v1::PreviewLink& link = *p.add_links();
    link.set_plugin(plugin);
    fill(*link.mutable_tension(), 196, 250);
  }
  fill(*p.mutable_felt(), 196, 250);
  fill(*p.mutable_felt_last_rep(), 196, 240);
  for (int visit = 1; visit <= 2; ++visit) {
    for (int index = 1; index <= 2; ++index) {
      add_set(p.mutable_highest(), visit, index, 20 + visit + index);
      add_set(p.mutable_lowest(), visit, index, 20 - visit - index);
    }
  }
  return p;
}

std::size_t times(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(PreviewSvg, NamesEveryLinkItsAxesAndTheLoadsToCome) {
  const std::string svg = preview_svg({}, row());
  for (const char* text :
       {"Row &amp; &lt;chains&gt;", "1. constant", "2. chains", "felt in the first rep", ">N<", ">kg<", "place in the range",
        "2 sets of 6 to 8, rest 2:00", ">8 x 22.0 kg<", ">rest<", "minutes of the first visit", ">24.0 kg<", ">16.0 kg<"}) {
    EXPECT_THAT(svg, HasSubstr(text));
  }
  EXPECT_EQ(times(svg, "class=\"a soft2 line\""), 3U);  // in the legend, out and back
  EXPECT_EQ(times(svg, "<rect"), 1U + 2U);              // the paper and two sets
  EXPECT_THAT(svg, Not(HasSubstr("nan")));
  EXPECT_THAT(svg, Not(HasSubstr("inf")));
}

TEST(PreviewSvg, PoundsWhereTheyAreAskedFor) {
  const std::string svg = preview_svg({.pounds = true}, row());
  EXPECT_THAT(svg, HasSubstr(">lb<"));
  EXPECT_THAT(svg, Not(HasSubstr(">kg<")));
  EXPECT_THAT(svg, HasSubstr(">8 x 48.5 lb<"));
}

TEST(PreviewSvg, OpenSetsHaveNoLoadsToCome) {
  v1::PreviewProgramResponse open = row();
  open.clear_highest();
  open.clear_lowest();
  const std::string svg = preview_svg({}, open);
  EXPECT_THAT(svg, HasSubstr("The weight stays until you change it."));
  EXPECT_THAT(svg, Not(HasSubstr("Where the weight can go")));
}

TEST(PreviewLines, SayForcesAndWhereTheWeightCanGo) {
  EXPECT_THAT(preview_lines({}, row()),
              ElementsAre("Row & <chains>: 20.0 kg, 1 s out and 2 s back over 0.5 m",
                          "  pull        196 N at the start of the range, 223 N half way, 250 N at its end",
                          "  return      196 N at the start of the range, 223 N half way, 250 N at its end",
                          "  last pull   196 N at the start of the range, 218 N half way, 240 N at its end",
                          "  weight      after 2 visits 24.0 kg where every set reaches 8 reps, 16.0 kg where none reaches 6"));
}

}  // namespace
}  // namespace sheave::cli
