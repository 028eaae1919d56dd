"""`sheave replay`: the shipped detection and an exercise's own verdict on a recorded movement, as a user runs it."""

import json
import math
import pathlib
import subprocess
import tempfile

import harness
from harness import bin_dir, check

RATE_HZ = 200


def recording(folder, name, hold_s, reps=5, rom_m=0.42):
    """A CSV of smooth pulls: out in 0.8 s, held, back in 1.6 s."""
    path, t, rows = pathlib.Path(folder) / name, 0.0, []

    def move(begin_m, end_m, duration_s):
        nonlocal t
        for step in range(round(duration_s * RATE_HZ)):
            share = step / (duration_s * RATE_HZ)
            rows.append((t, begin_m + (end_m - begin_m) * (1 - math.cos(math.pi * share)) / 2))
            t += 1 / RATE_HZ

    move(0.2, 0.2, 1.0)
    for _ in range(reps):
        move(0.2, 0.2 + rom_m, 0.8)
        move(0.2 + rom_m, 0.2 + rom_m, hold_s)
        move(0.2 + rom_m, 0.2, 1.6)
        move(0.2, 0.2, 0.4)
    path.write_text("t_s,position_m\n" + "".join(f"{time_s:.4f},{x:.6f}\n" for time_s, x in rows))
    return path


def replay(*arguments, expect=0):
    done = subprocess.run([bin_dir() / "sheave", "replay", *map(str, arguments)], capture_output=True, text=True, timeout=60)
    check(done.returncode == expect, f"sheave replay {arguments} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()] if expect == 0 else done.stderr


def an_exercise_judges_a_recording_as_it_judges_a_set():
    with tempfile.TemporaryDirectory() as folder:
        held, hasty = recording(folder, "held.csv", 1.0), recording(folder, "hasty.csv", 0.0)
        for path, exercise, counted, rejected in ((held, "face-pull", 5, 0), (hasty, "face-pull", 0, 5), (hasty, "cable-row", 5, 0)):
            *reps, one_set = replay("--csv", path, "--exercise", exercise)
            check(one_set["type"] == "set" and one_set["exercise"] == exercise, f"the last line is {one_set}")
            check(one_set["reps"] == counted, f"{exercise} on {path.name}: {one_set['reps']} reps counted of {counted}")
            check(one_set["rejected"] + one_set["partial_reps"] == rejected, f"{exercise} on {path.name}: {one_set}")
            check(len(reps) == 5 and all(rep["type"] == "rep" for rep in reps), f"{len(reps)} reps are told of")
        *_, plain = replay("--csv", hasty)
        check(plain["reps"] == 5, f"without an exercise: {plain}")


def what_cannot_be_replayed_is_named():
    with tempfile.TemporaryDirectory() as folder:
        check("bench-press" in replay("--csv", recording(folder, "held.csv", 1.0), "--exercise", "bench-press", expect=1), "the exercise is not named")
        check("missing.csv" in replay("--csv", pathlib.Path(folder) / "missing.csv", expect=1), "the file is not named")


if __name__ == "__main__":
    harness.main(an_exercise_judges_a_recording_as_it_judges_a_set, what_cannot_be_replayed_is_named)
