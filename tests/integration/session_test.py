"""Whole sessions on a real wire, recomputed by the independent witness from the simulator's log."""

import harness
import witness
from harness import Machine, check

ROM_TOLERANCE_M = 0.005
VELOCITY_TOLERANCE = 0.03
LOAD_TOLERANCE_KG = 1.0
GRAVITY_MPS2 = 9.80665


def counted(one_set):
    return [rep for rep in one_set["reps"] if rep["verdict"] == "REP_VERDICT_COUNTED"]


def compare(machine, sets, hold_s=0.0):
    """Every stored set against what the simulator's log says happened. Ends the programs, so that the log is whole."""
    machine.finish()
    log = witness.read(machine.log_path)
    spans = witness.set_spans(log)
    full_m = witness.full_range_m(log)
    check(len(spans) == len(sets), f"the log shows {len(spans)} sets, {len(sets)} are stored")
    for one_set, span in zip(sets, spans):
        number = one_set["index"]
        truth = [rep for rep in witness.full_reps(log, span, full_m) if rep.hold_s >= hold_s]
        stored = counted(one_set)
        check(len(stored) == len(truth), f"set {number}: {len(stored)} reps stored, the witness sees {len(truth)}")
        for rep, seen in zip(stored, truth):
            name = f"set {number} rep {rep['index']}"
            check(abs(rep["rom_m"] - seen.rom_m) <= ROM_TOLERANCE_M, f"{name}: ROM {rep['rom_m']} m, the witness sees {seen.rom_m}")
            check(abs(rep["mean_velocity_mps"] / seen.mean_velocity_mps - 1) <= VELOCITY_TOLERANCE,
                  f"{name}: {rep['mean_velocity_mps']} m/s, the witness sees {seen.mean_velocity_mps}")
            if rep["assisted"]:
                continue  # the spotter takes load off on purpose
            load_kg = seen.hand_force_n / GRAVITY_MPS2
            check(abs(rep["load_measured_kg"] - load_kg) <= LOAD_TOLERANCE_KG, f"{name}: {rep['load_measured_kg']} kg, the witness sees {load_kg}")
            check(abs(one_set["load_total_kg"] - load_kg) <= LOAD_TOLERANCE_KG, f"{name}: set at {one_set['load_total_kg']} kg, the witness sees {load_kg}")


def run(program, athlete, *arguments, seed=1):
    """One session; returns its sets and its last line, after the witness agreed."""
    with Machine(athlete=athlete, seed=seed) as machine:
        lines = machine.run("start", program, "--rest", 3, "--once", *arguments)
        sets = machine.sets()
        compare(machine, sets, hold_s=0.5 if program.startswith("face-pull") else 0.0)
        return sets, lines


def summary(sets):
    return [(one_set["load_total_kg"], one_set["counted_reps"]) for one_set in sets]


def a_cable_row_session_is_what_the_witness_saw():
    sets, lines = run("cable-row", "style=cable-row,one_rm_kg=85,reps=8", "--load-kg", 45)
    check(len(sets) == 3, f"{len(sets)} sets")
    check(all(one_set["counted_reps"] >= 3 for one_set in sets), f"reps {summary(sets)}")
    check(lines[-1]["state"] == "SESSION_STATE_FINISHED", f"the session ended as {lines[-1]['state']}")
    reasons = [one_set["proposal"]["reason"] for one_set in sets[:-1]]
    check(all(reasons), f"a weight step without a reason: {reasons}")


def a_face_pull_session_is_what_the_witness_saw():
    sets, _ = run("face-pull", "style=face-pull,one_rm_kg=30,reps=6", "--load-kg", 12, "--sets", 2)
    check(len(sets) == 2 and all(one_set["counted_reps"] >= 3 for one_set in sets), f"sets {summary(sets)}")


def another_strength_makes_other_reps_and_another_next_weight():
    weak, _ = run("cable-row-strength", "style=cable-row,one_rm_kg=42,reps=0", "--load-kg", 38, "--sets", 2)
    strong, _ = run("cable-row-strength", "style=cable-row,one_rm_kg=60,reps=0", "--load-kg", 38, "--sets", 2)
    check(weak[0]["counted_reps"] < strong[0]["counted_reps"], f"reps {summary(weak)} and {summary(strong)}")
    check(weak[1]["load_total_kg"] < strong[1]["load_total_kg"], f"loads {summary(weak)} and {summary(strong)}")


def a_face_pull_without_the_hold_counts_nothing():
    with Machine(athlete="style=face-pull,one_rm_kg=22,hold_s=0,reps=6") as machine:
        machine.run("start", "face-pull", "--load-kg", 8, "--rest", 3, "--sets", 1, "--once")
        sets = machine.sets()
        check(sets and sets[0]["counted_reps"] == 0, f"sets {summary(sets)}")
        compare(machine, sets, hold_s=0.5)


def a_cable_row_is_no_face_pull():
    with Machine(athlete="style=cable-row,one_rm_kg=62,reps=6") as machine:
        machine.run("start", "face-pull", "--load-kg", 8, "--rest", 3, "--sets", 1, "--once")
        sets = machine.sets()
        check(sets and sets[0]["counted_reps"] == 0, f"sets {summary(sets)}")


if __name__ == "__main__":
    harness.main(a_cable_row_session_is_what_the_witness_saw, a_face_pull_session_is_what_the_witness_saw,
                 another_strength_makes_other_reps_and_another_next_weight, a_face_pull_without_the_hold_counts_nothing,
                 a_cable_row_is_no_face_pull)
