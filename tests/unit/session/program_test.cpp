#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "controller/session/program.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sheave::session {
namespace {

using ::testing::HasSubstr;

const std::string kSetUp = R"([set_up]
pulley_height_m = 0.4
pulley = "low"
attachment = "close-grip handle"
stance = "seated"
steps = ["Sit."]
cues = ["Back straight."]
)";

const std::string kGood = R"(id = "cable-row"
name = "Cable row"
exercise_name = "Cable row"
goal = "muscle"
summary = "Rows."
muscles = ["rhomboids"]
start_load_kg = 10.0

[exercise]
plugin = "cable-row"

[[load]]
plugin = "constant"

[progression]
plugin = "double-progression"
[progression.params]
step_rule = 1

[prescription]
sets = 3
reps = [6, 8]
rest_s = 120
tempo = [1.0, 0.0, 2.0]

)" + kSetUp;

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Program, IsReadWhole) {
  const Result<Program> program = parse_program(kGood, "row.toml");
  ASSERT_TRUE(program.ok()) << program.status().message;
  EXPECT_EQ(program->id, "cable-row");
  EXPECT_EQ(program->load_chain.size(), 1U);
  EXPECT_EQ(program->progression.params.at("step_rule"), 1.0);
  EXPECT_EQ(program->prescription.rep_bottom, 6U);
  EXPECT_EQ(program->prescription.rep_top, 8U);
  EXPECT_EQ(program->prescription.tempo_eccentric_s, 2.0);
  EXPECT_EQ(program->min_rom_m, 0.10);
  EXPECT_EQ(program->etag.size(), 16U);
}

TEST(Program, EveryChangeChangesTheEtag) {
  EXPECT_NE(parse_program(kGood, "")->etag, parse_program(replaced(kGood, "sets = 3", "sets = 4"), "")->etag);
}

TEST(Program, WarmUpsSidesAndTheEndBySpeedAreRead) {
  const auto program = parse_program(replaced(kGood, "sets = 3", R"(sets = 3
sides = "each"
warm_up = [{ load_share = 0.5, reps = 8 }, { load_share = 0.75, reps = 4 }]
end = { loss_share = 0.1, reps = 2, speed = "peak" })"),
                                     "row.toml");
  ASSERT_TRUE(program.ok()) << program.status().message;
  const Prescription& p = program->prescription;
  EXPECT_TRUE(p.one_sided);
  ASSERT_EQ(p.warm_ups.size(), 2U);
  EXPECT_EQ(p.warm_ups[1].load_share, 0.75);
  EXPECT_EQ(p.warm_ups[1].reps, 4U);
  EXPECT_EQ(p.speed_loss_end.loss_share, 0.1);
  EXPECT_EQ(p.speed_loss_end.reps, 2U);
  EXPECT_TRUE(p.speed_loss_end.peak);
  const auto plain = parse_program(kGood, "");
  EXPECT_FALSE(plain->prescription.one_sided || !plain->prescription.warm_ups.empty() ||
               plain->prescription.speed_loss_end.loss_share > 0.0);
}

struct Bad {
  const char* name;
  const char* from;
  const char* to;
  const char* says;
};

class ProgramErrors : public ::testing::TestWithParam<Bad> {};

TEST_P(ProgramErrors, NameFileLineFieldAndRemedy) {
  const Result<Program> program = parse_program(replaced(kGood, GetParam().from, GetParam().to), "row.toml");
  ASSERT_FALSE(program.ok());
  EXPECT_THAT(program.status().message, HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(
    All, ProgramErrors,
    ::testing::Values(
        Bad{"Syntax", "goal =", "goal", "row.toml:4: this is not TOML"},
        Bad{"Missing", "name = \"Cable row\"\ne", "e", "name: is missing; add it"},
        Bad{"UnknownKey", "goal =", "gaol = 1\ngoal =", "row.toml:4: gaol: is not known here"},
        Bad{"UnknownInnerKey", "sets = 3", "sets = 3\nset = 3",
            "prescription.set: is not known here; remove it or write one of: end, reps, rest_s, sets, sides, tempo, warm_up"},
        Bad{"WarmUpShare", "sets = 3", "sets = 3\nwarm_up = [{ load_share = 1.5, reps = 8 }]",
            "prescription.warm_up[0].load_share: must be a number"},
        Bad{"Sides", "sets = 3", "sets = 3\nsides = \"left\"", "write one of: both, each"},
        Bad{"EndLoss", "sets = 3", "sets = 3\nend = { loss_share = 0, reps = 1 }", "prescription.end.loss_share: must be a number"},
        Bad{"Goal", "muscle\"", "fun\"", "row.toml:4: goal: is \"fun\"; write one of: strength, muscle"},
        Bad{"Id", "id = \"cable-row\"", "id = \"Cable Row\"", "row.toml:1: id: \"Cable Row\" is no id"},
        Bad{"WrongType", "start_load_kg = 10.0", "start_load_kg = \"ten\"", "row.toml:7: start_load_kg: must be a number from 0.25 to 200"},
        Bad{"NotFinite", "start_load_kg = 10.0", "start_load_kg = nan", "must be a number"},
        Bad{"Reps", "[6, 8]", "[8, 6]", "prescription.reps: must be two whole numbers, the smaller one first"},
        Bad{"RepsHalf", "[6, 8]", "[6.5, 8]", "two whole numbers"},
        Bad{"Sets", "sets = 3", "sets = 21", "row.toml:21: prescription.sets: must be a whole number from 0 to 20"},
        Bad{"OpenSetsWithARange", "sets = 3", "sets = 0", "row.toml:21: prescription.sets: is 0, which means open sets: remove reps"},
        Bad{"OpenSetsWithAProgression", "sets = 3\nreps = [6, 8]\nrest_s = 120\ntempo = [1.0, 0.0, 2.0]\n", "sets = 0\n",
            "row.toml:15: progression: cannot choose a weight for open sets"},
        Bad{"Tempo", "[1.0, 0.0, 2.0]", "[1.0, 2.0]", "prescription.tempo: must be a list of 3 numbers"},
        Bad{"Param", "step_rule = 1", "step_rule = \"article\"", "row.toml:18: progression.params.step_rule: must be a number"},
        Bad{"Chain", "[[load]]", "[load]", "load: must be one or more tables"},
        Bad{"NoExercise", "[exercise]\nplugin = \"cable-row\"\n", "", "exercise: is missing"},
        Bad{"EmptySteps", "steps = [\"Sit.\"]", "steps = []", "set_up.steps: must be a list of texts"}),
    [](const auto& param) { return param.param.name; });

TEST(Program, AllProblemsAreToldAtOnce) {
  const Result<Program> program = parse_program("id = 1\nfoo = 2\n", "x.toml");
  ASSERT_FALSE(program.ok());
  EXPECT_THAT(program.status().message, HasSubstr("x.toml:1: id"));
  EXPECT_THAT(program.status().message, HasSubstr("x.toml:2: foo"));
}

class CatalogFolder : public ::testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) { std::ofstream(folder / name) << text; }

  const test::TemporaryFolder temporary;
  const std::filesystem::path folder = temporary.path();
};

TEST_F(CatalogFolder, ABrokenFileIsRefusedAndTheOthersLoad) {
  write("b.toml", kGood);
  write("a.toml", replaced(kGood, "cable-row", "a-row"));
  write("broken.toml", "id =");
  write("double.toml", kGood);
  write("notes.txt", "not a program");
  const Catalog catalog = load_catalog(folder.string());
  ASSERT_EQ(catalog.programs.size(), 2U);
  EXPECT_EQ(catalog.programs.front().id, "a-row");
  EXPECT_NE(catalog.find("cable-row"), nullptr);
  EXPECT_EQ(catalog.find("squat"), nullptr);
  ASSERT_EQ(catalog.refused.size(), 2U);
  EXPECT_THAT(catalog.refused[0].message, HasSubstr("broken.toml:1"));
  EXPECT_THAT(catalog.refused[1].message, HasSubstr("is the id of"));
}

TEST(Catalog, AFolderThatIsNotThereIsSaidSo) {
  const Catalog catalog = load_catalog("/nowhere/catalog");
  ASSERT_EQ(catalog.refused.size(), 1U);
  EXPECT_THAT(catalog.refused[0].message, HasSubstr("/nowhere/catalog"));
}

TEST(Catalog, TheShippedProgramsLoad) {
  const Catalog catalog = load_catalog(SHEAVE_SOURCE_DIR "/plugins/catalog");
  EXPECT_TRUE(catalog.refused.empty()) << catalog.refused.front().message;
  for (const char* id :
       {"cable-row", "cable-row-strength", "cable-row-technique", "face-pull", "face-pull-strength", "face-pull-technique"}) {
    EXPECT_NE(catalog.find(id), nullptr) << id;
  }
  EXPECT_TRUE(catalog.find("just-pull")->prescription.open());
  EXPECT_EQ(catalog.find("just-pull")->progression.id, "");
  EXPECT_EQ(catalog.find("cable-row-strength")->progression.params.at("step_rule"), 1.0);
}

const std::string kTest = R"(id = "row-test"
name = "Row test"
exercise_name = "Cable row"
goal = "strength"
summary = "Tests."
muscles = ["rhomboids"]
start_load_kg = 5.0
[test]
kind = "isometric"
places = [0.25, 0.75]
hold_s = 4
[exercise]
plugin = "cable-row"
[[load]]
plugin = "isometric-hold"
[load.params]
at_share = 0.5
[prescription]
sets = 2
reps = [1, 1]
rest_s = 120
)" + kSetUp;

TEST(Program, ATestSaysWhatItMeasuresAndChoosesNoWeight) {
  const Result<Program> program = parse_program(kTest, "test.toml");
  ASSERT_TRUE(program.ok()) << program.status().message;
  EXPECT_EQ(program->test.kind, TestKind::kIsometric);
  EXPECT_EQ(program->test.places, (std::vector<double>{0.25, 0.75}));
  EXPECT_DOUBLE_EQ(program->test.hold_s, 4.0);
  EXPECT_EQ(program->progression.id, "");
  const auto why = [](const std::string& toml) { return parse_program(toml, "test.toml").status().message; };
  EXPECT_THAT(why(replaced(kTest, "[0.25, 0.75]", "[0.25]")), HasSubstr("places"));
  EXPECT_THAT(why(replaced(kTest, "at_share = 0.5", "most_n = 500.0")), HasSubstr("states at_share"));
  EXPECT_THAT(why(replaced(kTest, "hold_s = 4", "hold_s = 60")), HasSubstr("hold_s"));
  EXPECT_THAT(why(replaced(kTest, "[prescription]", "[progression]\nplugin = \"double-progression\"\n[prescription]")),
              HasSubstr("a test, which keeps it"));
  EXPECT_THAT(why(replaced(kTest, "sets = 2\nreps = [1, 1]\nrest_s = 120", "sets = 0")), HasSubstr("say how many"));
  EXPECT_THAT(why(replaced(kTest, "\"isometric\"\nplaces = [0.25, 0.75]\nhold_s = 4", "\"isokinetic\"")), HasSubstr("states speed_mps"));
}

TEST(Program, ALinkWithThePersonsOwnCurveIsLevelWhereNothingIsStated) {
  const std::string own = replaced(kGood, "[[load]]\nplugin = \"constant\"", "[[load]]\nplugin = \"strength-curve\"\ncurve = \"own\"");
  const Result<Program> program = parse_program(own, "row.toml");
  ASSERT_TRUE(program.ok()) << program.status().message;
  EXPECT_TRUE(program->load_chain[0].own_curve);
  EXPECT_EQ(program->load_chain[0].params.size(), 5U);
  EXPECT_DOUBLE_EQ(program->load_chain[0].params.at("at_100"), 1.0);
  EXPECT_THAT(parse_program(replaced(own, "\"own\"", "\"yours\""), "row.toml").status().message, HasSubstr("curve"));
  EXPECT_THAT(
      parse_program(replaced(kGood, "plugin = \"cable-row\"", "plugin = \"cable-row\"\ncurve = \"own\""), "row.toml").status().message,
      HasSubstr("curve"));
}

}  // namespace
}  // namespace sheave::session
