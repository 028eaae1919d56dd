"""The cable to one of two drives is pulled out in mid-rep and plugged in again; judged by the simulator's log alone.

Both motors' forces begin to fall within 110 ms, never rise, and are at most 30 N by 400 ms: the drive that hears nothing by its own watchdog,
the other because any trouble hits both. Plugged in again, no load comes back by itself; after an acknowledgement the machine is ready.
"""

import csv
import json

import harness
from harness import Machine, check

LOAD_KG = 60.0
BEGIN_WITHIN_S, LIGHT_WITHIN_S = 0.110, 0.400
LIGHT_N, RIPPLE_N = 30.0, 2.0
OUT_S, WATCH_S = 3.0, 5.0


def rows_of(path, cable):
    with open(path, newline="", encoding="utf-8") as file:
        return [{name: float(row[name]) for name in ("time_s", "motor_force_n", "cable_pulled")}
                for row in csv.DictReader(file) if int(row["cable"]) == cable]


def judge(rows, cable):
    pulled_s = next(row["time_s"] for row in rows if row["cable_pulled"])
    plugged_s = next(row["time_s"] for row in rows if row["time_s"] > pulled_s and not row["cable_pulled"])
    before_n = max(row["motor_force_n"] for row in rows if pulled_s - 0.005 <= row["time_s"] <= pulled_s)
    check(before_n > 0.8 * LOAD_KG / 2 * 9.80665, f"cable {cable}: only {before_n:.0f} N before")
    after = [row for row in rows if row["time_s"] > pulled_s]
    begun_s = next(row["time_s"] for row in after if row["motor_force_n"] < before_n - RIPPLE_N) - pulled_s
    light_s = next(row["time_s"] for row in after if row["motor_force_n"] <= LIGHT_N) - pulled_s
    check(begun_s <= BEGIN_WITHIN_S, f"cable {cable}: the force began to fall after {begun_s * 1e3:.0f} ms")
    check(light_s <= LIGHT_WITHIN_S, f"cable {cable}: light after {light_s * 1e3:.0f} ms")
    lowest_n = before_n
    for row in after:
        force_n = row["motor_force_n"]
        check(force_n <= max(lowest_n + RIPPLE_N, LIGHT_N), f"cable {cable}: {force_n:.0f} N {row['time_s'] - pulled_s:.2f} s after")
        lowest_n = min(lowest_n, force_n)
    check(after[-1]["time_s"] > plugged_s + 1.0, "the log ends too early")
    print(f"cable {cable}: falls after {begun_s * 1e3:.0f} ms, light after {light_s * 1e3:.0f} ms", flush=True)


def one_of_two_drives_that_falls_silent_in_mid_rep_unloads_both():
    with Machine(athlete="style=cable-row,one_rm_kg=95,reps=8", cables=2, standstill_ms=0,
                 sim_arguments=["--fault", f"pull_in_rep=2,pull_for_s={OUT_S}"]) as machine:
        with machine.client("watch", "--json") as watch:
            watch.line()
            machine.run("start", "cable-row", "--load-kg", LOAD_KG, "--sets", 1)
            for line in watch.lines():
                event = json.loads(line)
                if event["type"] == "fault" and event["id"] == "LINK_LOST" and event["active"]:
                    break
            else:
                raise harness.Failure("the fault was not told")
        pulled_s = harness.time.clock_gettime(harness.time.CLOCK_MONOTONIC)
        machine.wait_for_log(pulled_s + OUT_S + WATCH_S)
        status = machine.run("status")[0]
        check(status["state"] == "MACHINE_STATE_SAFE_OFF", f"{status['state']} after the cable was plugged in again")
        machine.run("reset")
        machine.finish()
        for cable in range(2):
            judge(rows_of(machine.log_path, cable), cable)


if __name__ == "__main__":
    harness.main(one_of_two_drives_that_falls_silent_in_mid_rep_unloads_both)
