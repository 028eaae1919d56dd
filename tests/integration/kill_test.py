"""kill -9 of the controller in mid-rep under 60 kg, at points all over a rep; judged by the simulator's log alone.

By the log the motor's force begins to fall within 110 ms, never rises, is at most 30 N by 400 ms, and the cable never comes back faster
than the cap. After the restart there is no load, the machine is in a safe state, and no counted rep and no finished set is lost.
"""

import csv
import os
import signal
import time

import harness
from harness import Machine, check

POINTS = 20
LOAD_KG = 60.0
BEGIN_WITHIN_S, LIGHT_WITHIN_S = 0.110, 0.400
WATCH_S = 0.8  # the log is judged for so long before the controller is started again
LIGHT_N = 30.0
RETRACT_CAP_MPS = 1.0 + 0.25  # the drive's cap, and the tolerance of invariant I4
RIPPLE_N = 2.0                # what counts as a change of force
SAFE = {"MACHINE_STATE_SAFE_OFF", "MACHINE_STATE_IDLE"}


def wait_for_point(watch, point):
    """Reads the live stream until the second rep has come to its `point`-th twentieth; returns the reps that were told until then."""
    reps, share_target, pulling = [], (point % 10 + 0.5) / 10, point < 10
    for event in harness.Machine.events(watch):
        check(event["type"] != "set", f"the set ended before the point was reached: {event.get('end_reason')}")
        if event["type"] == "rep":
            reps.append(event["name"])
        if event["type"] != "sample" or not reps or event["machine_state"] != "MACHINE_STATE_ACTIVE":
            continue
        axis = event["axes"][0]
        share = axis.get("rom_share")
        if share is None or abs(axis["velocity_mps"]) < 0.02:
            continue
        if pulling and axis["velocity_mps"] > 0 and share >= share_target:
            return reps
        if not pulling and axis["velocity_mps"] < 0 and share <= 1 - share_target:
            return reps


def judge(rows, killed_s, point, taken_off_n=0.0, noticed_s=0.0):
    """@param taken_off_n what the test itself took off at `killed_s`: that is no beginning of a fall. @param noticed_s what it may take to be
    noticed: until then all goes on."""
    after = [row for row in rows if row["time_s"] >= killed_s]
    check(after and after[-1]["time_s"] - killed_s > LIGHT_WITHIN_S, f"point {point}: the log ends too early")
    before_n = max(row["motor_force_n"] for row in rows if killed_s - 0.005 <= row["time_s"] <= killed_s)
    check(before_n > 0.8 * LOAD_KG * 9.80665, f"point {point}: only {before_n:.0f} N before the kill")
    within = [row for row in after if row["time_s"] <= killed_s + BEGIN_WITHIN_S]
    still_n = before_n - taken_off_n - RIPPLE_N
    check(min(row["motor_force_n"] for row in within) < still_n, f"point {point}: the force had not begun to fall after 110 ms")
    lowest = before_n
    for row in after:
        if row["time_s"] < killed_s + noticed_s:
            continue
        check(row["motor_force_n"] <= lowest + RIPPLE_N, f"point {point}: the force rose to {row['motor_force_n']:.1f} N from {lowest:.1f} N {row['time_s'] - killed_s:.3f} s after the kill")
        lowest = min(lowest, row["motor_force_n"])
    late = [row["motor_force_n"] for row in after if row["time_s"] >= killed_s + noticed_s + LIGHT_WITHIN_S]
    check(max(late) <= LIGHT_N, f"point {point}: {max(late):.1f} N {noticed_s * 1e3 + 400:.0f} ms after the kill")
    fastest = -min(row["velocity_mps"] for row in after)
    check(fastest <= RETRACT_CAP_MPS, f"point {point}: the cable came back at {fastest:.2f} m/s")
    begun = next(row["time_s"] for row in after if row["motor_force_n"] < still_n) - killed_s
    light = next(row["time_s"] for row in after if row["motor_force_n"] <= LIGHT_N) - killed_s
    return begun, light, fastest


def read_log(path, begin_s, end_s):
    with open(path, newline="", encoding="utf-8") as file:
        return [{name: float(row[name]) for name in ("time_s", "motor_force_n", "velocity_mps")}
                for row in csv.DictReader(file) if begin_s <= float(row["time_s"]) <= end_s]


def killed_at_every_point_of_a_rep_the_load_goes_off_and_nothing_is_lost():
    points = range(POINTS) if os.environ.get("SHEAVE_FULL") else range(0, POINTS, 4)
    kills, told = [], set()
    # One person pulls again and again without a real rest: strong enough not to fail before the point is reached.
    with Machine(athlete="style=cable-row,one_rm_kg=160,reps=8", standstill_ms=0) as machine:
        member = machine.member("kill-test")
        for point in points:
            with machine.client("watch", "--reps", "--samples", "--rate", "500", "--json") as watch:
                watch.line()
                machine.run("start", "cable-row", "--load-kg", LOAD_KG, "--sets", 1, "--member", member)
                reps = wait_for_point(watch, point)
                killed_s = time.clock_gettime(time.CLOCK_MONOTONIC)
                machine.daemon.kill(signal.SIGKILL)
                machine.daemon.process.wait()
            machine.wait_for_log(killed_s + WATCH_S)
            told.update(reps)
            kills.append((point, killed_s))
            machine.start_daemon()
            status = machine.run("status")[0]
            check(status["state"] in SAFE, f"point {point}: {status['state']} after the restart")
            session = reps[0].split("/sets/")[0]
            stored = {rep["name"] for one_set in machine.run("sets", session) for rep in one_set["reps"]}
            check(set(reps) <= stored, f"point {point}: told of {sorted(set(reps) - stored)}, not stored")
            sets = machine.run("sets", session)
            check(sets[-1]["end_reason"] == "SET_END_REASON_INTERRUPTED", f"point {point}: the set ended as {sets[-1]['end_reason']}")
        machine.finish()
        for point, killed_s in kills:
            rows = read_log(machine.log_path, killed_s - 0.01, killed_s + WATCH_S)
            begun, light, fastest = judge(rows, killed_s, point)
            print(f"point {point}: falls after {begun * 1e3:.0f} ms, light after {light * 1e3:.0f} ms, retract {fastest:.2f} m/s", flush=True)


if __name__ == "__main__":
    harness.main(killed_at_every_point_of_a_rep_the_load_goes_off_and_nothing_is_lost)
