"""The article's step rule on a real wire: +10 lb after a set that reached the top of its range, -5 lb after one below the bottom.

Seen twice: in what is stored, and in what the simulator's log says that the hand felt, recomputed by the independent witness.
"""

import harness
import witness
from harness import Machine, check

UP_KG, DOWN_KG = 4.5, 2.25  # 10 lb and 5 lb in the machine's increment
GRAVITY_MPS2 = 9.80665
FELT_TOLERANCE_KG = 0.7


def session(athlete, load_kg, sets):
    """The stored sets, and the load that the hand felt in each, in kg."""
    with Machine(athlete=athlete) as machine:
        machine.run("start", "cable-row-strength", "--load-kg", load_kg, "--sets", sets, "--rest", 3, "--once")
        stored = machine.sets()
        machine.finish()
        log = witness.read(machine.log_path)
        full_m = witness.full_range_m(log)
        felt = []
        for span in witness.set_spans(log):
            forces = [rep.hand_force_n for rep in witness.full_reps(log, span, full_m)]
            felt.append(sum(forces) / len(forces) / GRAVITY_MPS2)
        check(len(stored) == len(felt) == sets, f"{len(stored)} sets are stored, the log shows {len(felt)}")
        print([(one["load_total_kg"], one["counted_reps"], round(kg, 2)) for one, kg in zip(stored, felt)], flush=True)
        return stored, felt


def expect_steps(stored, felt, step_kg, reason):
    for this, following, felt_kg, felt_next_kg in zip(stored, stored[1:], felt, felt[1:]):
        check(following["load_total_kg"] == this["load_total_kg"] + step_kg,
              f"set {following['index']} at {following['load_total_kg']} kg after {this['load_total_kg']} kg")
        check(this["proposal"]["reason"] == reason, f"the reason was {this['proposal']['reason']}: {this['proposal']['text']}")
        check(abs(felt_next_kg - felt_kg - step_kg) <= FELT_TOLERANCE_KG, f"the hand felt {felt_kg:.2f} kg, then {felt_next_kg:.2f} kg")


def an_athlete_too_strong_gets_ten_pounds_more_each_set():
    stored, felt = session("style=cable-row,one_rm_kg=110,reps=6,day_form=1", 30, 3)
    check(all(one["counted_reps"] == 6 for one in stored), "the top of the range was not reached")
    expect_steps(stored, felt, UP_KG, "TOP_OF_RANGE_REACHED")


def an_athlete_too_weak_gets_five_pounds_less_each_set():
    # Stops after three, below the range of 4 to 6, with strength left: what a set to failure would feel is the spotter's doing.
    stored, felt = session("style=cable-row,one_rm_kg=80,reps=3,day_form=1", 40, 3)
    check(all(one["counted_reps"] == 3 for one in stored), "the set was not below the range")
    expect_steps(stored, felt, -DOWN_KG, "BELOW_RANGE")


if __name__ == "__main__":
    harness.main(an_athlete_too_strong_gets_ten_pounds_more_each_set, an_athlete_too_weak_gets_five_pounds_less_each_set)
