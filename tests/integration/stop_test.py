"""Stop from a second client in mid-rep, with the controller's main thread standing still; and how a session goes on that was held up."""

import csv
import os
import pathlib
import signal
import subprocess
import time

import harness
from harness import Machine, check

LIGHT_N, WITHIN_S = 30.0, 0.400


def stop_works_while_the_main_thread_stands_still():
    freezer = pathlib.Path(os.environ["SHEAVE_BUILD"]) / "tests" / "freeze_thread"
    with Machine(athlete="style=cable-row,one_rm_kg=80,reps=8") as machine:
        with machine.client("watch", "--reps", "--samples", "--rate", "100", "--json") as watch:
            watch.line()
            machine.run("start", "cable-row", "--load-kg", 50, "--sets", 1)
            reps = 0
            for event in machine.events(watch):
                reps += event["type"] == "rep"
                if reps and event["type"] == "sample" and event["axes"][0]["phase"] == "PHASE_CONCENTRIC" and event["axes"][0].get("rom_share", 0) > 0.4:
                    break
            frozen = subprocess.Popen([freezer, str(machine.daemon.process.pid)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            check(frozen.stdout.readline().strip() == "frozen", "the main thread could not be held")
            asked_s = time.clock_gettime(time.CLOCK_MONOTONIC)
            answer = machine.run("stop")[0]
            answered_s = time.clock_gettime(time.CLOCK_MONOTONIC)
            check(answer["confirmed"] and answer["measured_force_n"] <= LIGHT_N, f"Stop answered {answer}")
            frozen.stdin.close()
            check(frozen.wait() == 0, "the main thread could not be let go")
        sets = []
        while not sets or sets[-1]["end_reason"] == "SET_END_REASON_UNSPECIFIED":
            sets = machine.run("sets")
        check(sets[-1]["end_reason"] == "SET_END_REASON_STOPPED", f"the set ended as {sets[-1]['end_reason']}")
        machine.finish()
        with open(machine.log_path, newline="", encoding="utf-8") as file:
            rows = [(float(row["time_s"]), float(row["motor_force_n"])) for row in csv.DictReader(file)]
        before = max(force for t, force in rows if asked_s - 0.05 <= t <= asked_s)
        check(before > 400, f"only {before:.0f} N before Stop")
        light_s = next(t for t, force in rows if t > asked_s and force <= LIGHT_N)
        check(light_s <= answered_s, "Stop was confirmed before the force was low")
        print(f"light {1e3 * (light_s - asked_s):.0f} ms after the client was started, answered after {1e3 * (answered_s - asked_s):.0f} ms", flush=True)


def a_drive_that_fell_silent_is_told_and_ready_goes_on():
    with Machine(athlete="", log=False) as machine, machine.client("start", "cable-row", "--follow") as follow:
        calibration = follow.wait_for("Range: ")
        machine.sim.kill(signal.SIGSTOP)
        said = ""
        for line in follow.lines():
            said += line + "\n"
            if "goes on" in line:
                break
        check("The drive does not answer." in said and "The weight is off" in said and "`sheave ready` goes on" in said, said)
        check("stays off" in machine.refused("ready"), "the machine came back to a drive that does not answer")
        machine.sim.kill(signal.SIGCONT)
        machine.run("ready")
        check(follow.wait_for("Range: ") == calibration, "the calibration did not begin again")
        follow.stop(signal.SIGKILL)
        machine.run("finish")
        machine.finish()


if __name__ == "__main__":
    harness.main(stop_works_while_the_main_thread_stands_still, a_drive_that_fell_silent_is_told_and_ready_goes_on)
