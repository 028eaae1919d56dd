// Who trains: turns at one machine, what is whose, and several exercises in one visit.

#include <gmock/gmock.h>

#include <algorithm>

#include "controller/session/memory_members.hpp"
#include "tests/scenarios/gym.hpp"

namespace sheave::test {
namespace {

using session::CreateSession;
using session::SetRecord;
using session::Stage;

CreateSession request(const std::string& program, const std::string& member, double load_kg, double rest_s, std::uint32_t sets) {
  CreateSession create;
  create.program_id = program;
  create.member_id = member;
  create.member_alias = member;
  if (load_kg > 0) create.load_total_kg = load_kg;
  create.rest_s = rest_s;
  create.sets = sets;
  return create;
}

std::string create(sim::Scenario& scenario, const CreateSession& wanted) {
  std::string id;
  scenario.manager().create(wanted, [&](const Result<session::SessionRecord>& made) {
    ASSERT_TRUE(made.ok()) << made.status().message;
    id = made->id;
  });
  return id;
}

/// People at a screen: each confirms the set-up, and taps when the turn is theirs and the rest over. Until nobody is left, or `limit_s`.
struct People {
  sim::Scenario& scenario;
  std::uint32_t confirmed = 0;

  bool run(double limit_s = 1800.0) {
    for (double t = 0; t < limit_s; t += 0.1) {
      scenario.run_for(0.1);
      const session::Snapshot& now = scenario.snapshot();
      if (!now.session || scenario.state() != safety::MachineState::kIdle) continue;
      if (now.stage == Stage::kFinished) return true;
      tap(now);
    }
    return false;
  }

  void tap(const session::Snapshot& now) {
    const std::string id = now.session->id;
    if (now.set_up_due) {
      EXPECT_LE(scenario.last_frame().axes[0].commanded_n, 20.0) << "somebody's hands are at the pulley";
      EXPECT_TRUE(scenario.manager().confirm_set_up(id).ok());
      ++confirmed;
    } else if (now.stage == Stage::kSetUp || now.stage == Stage::kAwaitingStart ||
               (now.stage == Stage::kResting && now.rest_left_ms <= 0)) {
      EXPECT_TRUE(scenario.manager().arm(id).ok());
    }
  }
};

std::vector<double> loads(const std::vector<SetRecord>& sets) {
  std::vector<double> kg;
  for (const SetRecord& set : sets) kg.push_back(set.load_kg);
  return kg;
}

TEST(Lanes, TwoMembersAlternateSixSetsAndNothingOfOneReachesTheOther) {
  sim::ScenarioConfig config = gym("one_rm_kg=90,reps=7");
  session::MemoryJournal journal;
  config.journal = &journal;
  sim::Scenario scenario(config);
  ASSERT_TRUE(scenario.start(request("cable-row", "ann", 20.0, 90.0, 3)).ok());
  const std::string ann = scenario.snapshot().session->id;
  const std::string bob = create(scenario, request("cable-row", "bob", 45.0, 30.0, 3));
  scenario.manager().join(bob, [](const Result<session::SessionRecord>& joined) { EXPECT_TRUE(joined.ok()) << joined.status().message; });
  ASSERT_EQ(scenario.snapshot().lanes.size(), 2u);
  EXPECT_EQ(scenario.snapshot().lanes[1].session.member_alias, "bob") << "whose turn is next is told";

  People people{scenario};
  ASSERT_TRUE(people.run());
  const auto sets_ann = journal.sets_of(ann), sets_bob = journal.sets_of(bob);
  ASSERT_EQ(sets_ann.size(), 3u);
  ASSERT_EQ(sets_bob.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_LT(sets_ann[i].started.unix_ns, sets_bob[i].started.unix_ns);
    if (i < 2) {
      EXPECT_LT(sets_bob[i].started.unix_ns, sets_ann[i + 1].started.unix_ns) << "they take turns";
    }
    EXPECT_EQ(sets_ann[i].rom.at(0).end_m, sets_ann[0].rom.at(0).end_m);
    EXPECT_EQ(sets_bob[i].rom.at(0).end_m, sets_bob[0].rom.at(0).end_m);
    EXPECT_LT(sets_ann[i].load_kg, 30.0);
    EXPECT_GT(sets_bob[i].load_kg, 35.0);
  }
  EXPECT_NE(sets_ann[0].rom.at(0).end_m, sets_bob[0].rom.at(0).end_m) << "each pulled three times for a range of their own";
  for (const auto* sets : {&sets_ann, &sets_bob}) {
    for (std::size_t i = 1; i < sets->size(); ++i) {
      ASSERT_TRUE((*sets)[i - 1].proposal);
      EXPECT_EQ((*sets)[i - 1].proposal->previous_load_kg, (*sets)[i - 1].load_kg) << "made from their own last set";
    }
  }
  // Ann's rest of 90 s holds Bob nowhere: he trains in it, and hers is over no sooner.
  const auto end_ns = [](const SetRecord& set) { return set.started.unix_ns + from_seconds(set.duration_s); };
  EXPECT_LT(sets_bob[0].started.unix_ns, end_ns(sets_ann[0]) + from_seconds(90.0));
  EXPECT_GE(sets_ann[1].started.unix_ns, end_ns(sets_ann[0]) + from_seconds(89.0));
  journal.history("ann", "cable-row", 60, [&](const Result<std::vector<SetRecord>>& history) {
    ASSERT_TRUE(history.ok());
    for (const SetRecord& set : *history) EXPECT_EQ(set.session_id, ann);
    EXPECT_EQ(history->size(), 3u);
  });
  expect_in_order(scenario);
}

TEST(Lanes, AfterATurnNothingStartsByItselfAndTheTurnChangesAtRestOnly) {
  sim::Scenario scenario(gym("one_rm_kg=90,reps=6"));
  ASSERT_TRUE(scenario.start(request("cable-row", "ann", 20.0, 5.0, 2)).ok());
  const std::string ann = scenario.snapshot().session->id;
  const std::string bob = create(scenario, request("cable-row", "bob", 60.0, 5.0, 2));
  scenario.manager().join(bob, [](const Result<session::SessionRecord>&) {});
  ASSERT_TRUE(scenario.run_until(safety::MachineState::kActive));
  Status refused;
  scenario.manager().join(bob, [&](const Result<session::SessionRecord>& joined) { refused = joined.status(); });
  EXPECT_EQ(refused.reason, "SET_ACTIVE");
  for (double t = 0; t < 120.0 && scenario.snapshot().session->id == ann; t += 0.1) scenario.run_for(0.1);
  ASSERT_EQ(scenario.snapshot().session->id, bob) << "the set is over: Bob's turn";
  EXPECT_EQ(scenario.manager().arm(ann).reason, "NOT_YOUR_TURN");
  scenario.run_for(60.0);
  EXPECT_EQ(scenario.state(), safety::MachineState::kIdle) << "Ann may still hold the handle: 60 kg wait for Bob's own tap";
  scenario.manager().activate(ann, [&](const Result<session::SessionRecord>& back) { EXPECT_TRUE(back.ok()) << back.status().message; });
  EXPECT_EQ(scenario.snapshot().session->id, ann) << "Bob went for water";
  EXPECT_EQ(scenario.snapshot().lanes.at(1).session.id, bob);
  for (int i = 0; i < 2; ++i) {
    const std::string id = create(scenario, request("face-pull", "", 10.0, 30.0, 1));
    scenario.manager().join(id, [](const Result<session::SessionRecord>& joined) { EXPECT_TRUE(joined.ok()); });
  }
  const std::string fifth = create(scenario, request("face-pull", "", 10.0, 30.0, 1));
  scenario.manager().join(fifth, [&](const Result<session::SessionRecord>& joined) { refused = joined.status(); });
  EXPECT_EQ(refused.reason, "LANES_FULL");
  expect_in_order(scenario);
}

TEST(Lanes, WhoLeavesWhileAnotherTrainsTakesNoLoadOffAndTheMachineGoesOnForTheRest) {
  session::MemoryJournal journal;
  sim::ScenarioConfig config = gym("one_rm_kg=90,reps=6");
  config.journal = &journal;
  sim::Scenario scenario(config);
  ASSERT_TRUE(scenario.start(request("cable-row", "ann", 20.0, 5.0, 1)).ok());
  const std::string ann = scenario.snapshot().session->id;
  const std::string bob = create(scenario, request("cable-row", "bob", 40.0, 5.0, 2));
  scenario.manager().join(bob, [](const Result<session::SessionRecord>&) {});
  ASSERT_TRUE(scenario.run_until(safety::MachineState::kActive));
  scenario.manager().finish(bob, [](const Result<session::SessionRecord>& ended) { EXPECT_TRUE(ended.ok()); });
  People people{scenario};
  ASSERT_TRUE(people.run());
  ASSERT_EQ(journal.sets_of(ann).size(), 1u);
  EXPECT_EQ(journal.sets_of(ann)[0].counted, 6u);
  EXPECT_EQ(journal.sets_of(ann)[0].end, session::SetEndReason::kRacked);
  EXPECT_TRUE(journal.sets_of(bob).empty());
  expect_in_order(scenario);
}

/// One visit of one member on `journal`; the loads it was done with, and whether the range was measured.
struct Visit {
  std::vector<double> loads_kg;
  bool calibrated = false;
  std::string session_id;
};

Visit visit(session::MemoryJournal& journal, const std::string& member, double load_kg) {
  sim::ScenarioConfig config = gym("one_rm_kg=80,reps=7");
  config.journal = &journal;
  sim::Scenario scenario(config);
  scenario.wall_clock().unix_ns += static_cast<std::int64_t>(journal.sessions().size()) * 48 * 3600 * kNsPerS;
  EXPECT_TRUE(scenario.start(request("cable-row", member, load_kg, 30.0, 2)).ok());
  Visit done;
  done.session_id = scenario.snapshot().session->id;
  for (int i = 0; i < 300 && scenario.state() != safety::MachineState::kReady && !done.calibrated; ++i) {
    scenario.run_for(0.1);
    done.calibrated = scenario.state() == safety::MachineState::kCalibrate;
  }
  EXPECT_TRUE(scenario.run_session());
  done.loads_kg = loads(scenario.sets());
  return done;
}

TEST(Members, AGuestAfterAMemberStartsFromNothing) {
  session::MemoryJournal fresh, journal;
  const Visit stranger = visit(fresh, "", 0.0);
  const Visit first = visit(journal, "ann", 40.0);
  EXPECT_TRUE(first.calibrated);
  const Visit guest = visit(journal, "", 0.0);
  EXPECT_TRUE(guest.calibrated);
  EXPECT_EQ(guest.loads_kg, stranger.loads_kg);
  const Visit again = visit(journal, "ann", 0.0);
  EXPECT_FALSE(again.calibrated) << "Ann's range is known";
  EXPECT_GT(again.loads_kg.at(0), 30.0);
}

TEST(Members, NotMeMovesTheSessionAndTheNextWeightsAreMadeAnew) {
  session::MemoryJournal journal;
  visit(journal, "bob", 20.0);
  const Visit wrong = visit(journal, "bob", 50.0);  // it was Ann
  sim::ScenarioConfig config = gym("one_rm_kg=80,reps=7");
  config.journal = &journal;
  {
    sim::Scenario scenario(config);
    scenario.wall_clock().unix_ns = journal.sessions().back().finished.unix_ns + 3600 * kNsPerS;
    scenario.manager().reassign(wrong.session_id, "ann", "Ann", [](const Result<session::SessionRecord>& moved) {
      ASSERT_TRUE(moved.ok()) << moved.status().message;
      EXPECT_EQ(moved->member_id, "ann");
    });
    scenario.run_for(1.0);
  }
  const Visit bob = visit(journal, "bob", 0.0), ann = visit(journal, "ann", 0.0);
  EXPECT_LT(bob.loads_kg.at(0), 30.0) << "from his own first visit";
  EXPECT_TRUE(bob.calibrated) << "the range that was stored last was Ann's";
  EXPECT_GT(ann.loads_kg.at(0), 40.0);
  EXPECT_FALSE(ann.calibrated);

  sim::Scenario scenario(config);
  scenario.wall_clock().unix_ns = journal.sessions().back().finished.unix_ns + 25 * 3600 * kNsPerS;
  Status late;
  scenario.manager().reassign(ann.session_id, "", "", [&](const Result<session::SessionRecord>& moved) { late = moved.status(); });
  EXPECT_EQ(late.reason, "REASSIGN_TOO_LATE");
}

TEST(Members, NotMeInTheMiddleOfASessionGoesOnFromTheRightPersonsHistory) {
  session::MemoryJournal journal;
  visit(journal, "bob", 20.0);
  visit(journal, "ann", 50.0);
  sim::ScenarioConfig config = gym("one_rm_kg=80,reps=7");
  config.journal = &journal;
  sim::Scenario scenario(config);
  scenario.wall_clock().unix_ns = journal.sessions().back().finished.unix_ns + 48 * 3600 * kNsPerS;
  ASSERT_TRUE(scenario.start(request("cable-row", "bob", 0.0, 30.0, 2)).ok());
  EXPECT_LT(scenario.snapshot().load_total_kg, 30.0);
  scenario.manager().reassign(scenario.snapshot().session->id, "ann", "Ann",
                              [](const Result<session::SessionRecord>& moved) { EXPECT_TRUE(moved.ok()) << moved.status().message; });
  EXPECT_EQ(scenario.snapshot().session->member_alias, "Ann");
  EXPECT_TRUE(scenario.run_session());
  EXPECT_GT(scenario.sets().at(0).load_kg, 40.0);
}

TEST(Members, ErasingOneLeavesTheUseOfTheMachineAndNoLink) {
  session::MemoryJournal journal;
  session::MemoryMembers members(journal);
  session::MemberRecord record;
  record.id = "ann";
  members.add(record, [](const Result<session::MemberRecord>& made) { EXPECT_TRUE(made.ok()); });
  visit(journal, "ann", 40.0);
  const auto use = [&] {
    std::pair<std::uint64_t, double> sums;
    journal.usage(0, 4'000'000'000, 86'400, [&](const Result<std::vector<session::UsageBucket>>& buckets) {
      ASSERT_TRUE(buckets.ok());
      for (const auto& bucket : *buckets) sums = {sums.first + bucket.reps, sums.second + bucket.volume_kg};
    });
    return sums;
  };
  const auto before = use();
  EXPECT_GT(before.first, 0u);
  members.erase("ann", [](const Result<std::uint32_t>& sessions) {
    ASSERT_TRUE(sessions.ok());
    EXPECT_EQ(*sessions, 1u);
  });
  EXPECT_EQ(use(), before);
  for (const auto& s : journal.sessions()) EXPECT_EQ(s.member_id, "");
  const Visit again = visit(journal, "ann", 0.0);  // whoever takes the id
  EXPECT_TRUE(again.calibrated);
  EXPECT_LT(again.loads_kg.at(0), 30.0);
}

TEST(Workouts, TwoExercisesInOneVisitWithASetUpBetween) {
  sim::ScenarioConfig config = gym("one_rm_kg=90,reps=6");
  session::MemoryJournal journal;
  config.journal = &journal;
  session::Workout workout;
  workout.id = "short";
  workout.name = "Short";
  workout.parts = {{"cable-row", 2, 20.0}, {"t-bar-row", 1, 20.0}};
  config.catalog.workouts = {workout};
  const auto walk = [&] {
    sim::Scenario scenario(config);
    CreateSession create;
    create.workout_id = "short";
    create.member_id = "ann";
    create.load_total_kg = 20.0;
    EXPECT_TRUE(scenario.start(create).ok());
    People people{scenario};
    EXPECT_TRUE(people.run());
    EXPECT_EQ(people.confirmed, 1u) << "once, between the two";
    expect_in_order(scenario);
  };
  walk();
  ASSERT_EQ(journal.sessions().size(), 2u);
  const session::SessionRecord first = journal.sessions()[0], second = journal.sessions()[1];
  EXPECT_EQ(first.program_id, "cable-row");
  EXPECT_EQ(second.program_id, "t-bar-row");
  EXPECT_EQ(second.workout_position, 2u);
  EXPECT_EQ(second.workout_run, first.id);
  EXPECT_EQ(second.member_id, "ann");
  EXPECT_EQ(journal.sets_of(first.id).size(), 2u);
  const auto sets = journal.sets_of(second.id);
  ASSERT_FALSE(sets.empty());
  EXPECT_EQ(sets.front().worked_before, 2u) << "A8: equal positions are compared";
  EXPECT_EQ(second.state, session::SessionState::kFinished);
  // The second time the ranges are known: one light pull before the second exercise says that pulley and attachment are right.
  walk();
  ASSERT_EQ(journal.sessions().size(), 4u);
  const auto again = journal.sets_of(journal.sessions()[3].id);
  ASSERT_FALSE(again.empty());
  EXPECT_EQ(again.front().rom.at(0).end_m, sets.front().rom.at(0).end_m);
}

TEST(Workouts, TheShippedOnesAreThoseOfTheArticle) {
  session::Catalog catalog = shipped_catalog();
  catalog.check_workouts();
  EXPECT_TRUE(catalog.refused.empty()) << catalog.refused.front().message;
  const session::Workout* upper = catalog.find_workout("upper-back");
  const session::Workout* strength = catalog.find_workout("upper-back-strength");
  ASSERT_NE(upper, nullptr);
  ASSERT_NE(strength, nullptr);
  std::string text;
  for (const auto* workout : {upper, strength}) {
    for (const session::WorkoutPart& part : workout->parts) {
      const session::Program* program = catalog.find(part.program_id);
      text += program->exercise_name + " " + std::to_string(part.sets.value_or(program->prescription.sets)) + "x" +
              std::to_string(program->prescription.rep_bottom) + "-" + std::to_string(program->prescription.rep_top) + "/" +
              std::to_string(static_cast<int>(part.rest_s.value_or(program->prescription.rest_s))) + " ";
    }
    text += "| ";
  }
  EXPECT_EQ(text,
            "Deadlift 3x4-6/180 Cable row 3x4-6/180 Single-arm row 3x6-8/120 Face pull 3x10-12/90 Rear lateral raise 3x10-15/90 | "
            "T-bar row 5x3-5/180 Cable row 4x3-5/180 High pull 5x2-3/180 Face pull 3x8-10/90 | ");
}

}  // namespace
}  // namespace sheave::test
