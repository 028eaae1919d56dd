"""Load profiles that go wrong in mid-set, under 60 kg, on a real wire; judged by the simulator's log alone.

It never returns, or it takes the whole controller with it: the load goes off as after kill -9, by the drive's own watchdog. It answers no
number or an error, or takes too long: the controller's own ramp takes the load off as soon, and that stays off. (At every phase of a rep, in
virtual time: tests/scenarios/faults_test.cpp.)
"""

import csv
import os
import pathlib
import re
import shutil
import signal
import time

import harness
import kill_test
from harness import Machine, check

# The last good tick takes 4 N off, more where the host woke late, so that the log dates what follows (tests/abi/bad_plugins/bad_plugin.c);
# a rep under a constant load changes by half of that at most.
MARK_N = 3.0


class BadMachine(Machine):
    """A machine with one program more: a cable row under the profile that breaks `rule` after five seconds."""

    def __init__(self, rule):
        super().__init__(athlete="style=cable-row,one_rm_kg=95,reps=8", standstill_ms=0)
        build = pathlib.Path(os.environ["SHEAVE_BUILD"])
        shipped = pathlib.Path(os.environ["SHEAVE_SOURCE"]) / "plugins" / "catalog"
        catalog = self.folder / "catalog"
        catalog.mkdir()
        text = (shipped / "cable-row.toml").read_text()
        text = re.sub(r'^id = .*$', 'id = "bad-row"', text, flags=re.M)
        text = text.replace("[progression]", '[[load]]\nplugin = "bad-plugin"\nparams = { share = 1.0 }\n\n[progression]')
        (catalog / "bad-row.toml").write_text(text)
        shutil.copy(shipped / "cable-row.toml", catalog)
        self.extra_config = (f'[plugins]\nfolders = ["{build / "plugins"}", "{build / "tests" / "bad_plugins" / rule}"]\n\n'
                             f'[catalog]\nfolders = ["{catalog}"]\n')

    def start_set(self):
        return self.run("start", "bad-row", "--load-kg", kill_test.LOAD_KG, "--sets", 1, "--member", self.member("bad-plugin"))[0]

    def wait_for_row(self, wanted):
        """The time of the first row of the simulator's log that is `wanted`."""
        end = time.monotonic() + harness.DEADLINE_S
        with open(self.log_path, newline="", encoding="utf-8") as file:
            names, rest = None, ""
            while time.monotonic() < end:
                rest += file.read()
                *lines, rest = rest.split("\n")
                if not lines:
                    time.sleep(0.01)  # a file's growth wakes nobody
                    continue
                if names is None:
                    names = lines.pop(0).split(",")
                for line in lines:
                    row = dict(zip(names, line.split(",")))
                    if wanted(row):
                        return float(row["time_s"])
        raise harness.Failure("the simulator's log never showed what was waited for")

    def judge(self, rule, noticed_s=0.0):
        """By the log: from the last good command on, the motor's force never rises and is light in time."""
        with open(self.log_path, newline="", encoding="utf-8") as file:
            rows = [(float(row["time_s"]), float(row["commanded_force_n"])) for row in csv.DictReader(file) if row["lamp"] == "active"]
        marks = [(t, before - n) for (t, n), (_, before) in zip(rows[1:], rows) if before > 400 and before - n > MARK_N]
        check(marks, "the log does not show the last good tick")
        bad_s, mark_n = marks[0]
        log = kill_test.read_log(self.log_path, bad_s - 0.01, bad_s + kill_test.WATCH_S)
        begun, light, fastest = kill_test.judge(log, bad_s, rule, taken_off_n=mark_n, noticed_s=noticed_s)
        print(f"{rule}: falls after {begun * 1e3:.0f} ms, light after {light * 1e3:.0f} ms, retract {fastest:.2f} m/s", flush=True)
        return bad_s

    def judge_that_it_stays_off(self, since_s):
        rest = [row["motor_force_n"] for row in kill_test.read_log(self.log_path, since_s + kill_test.BEGIN_WITHIN_S + kill_test.LIGHT_WITHIN_S, float("inf"))]
        check(max(rest) <= kill_test.LIGHT_N, f"{max(rest):.0f} N came back")


def after_a_new_start_nothing_is_lost_and_there_is_no_load(machine, session):
    machine.start_daemon()
    status = machine.run("status")[0]
    check(status["state"] in kill_test.SAFE, f"{status['state']} after the restart")
    sets = machine.run("sets", session)
    check(sets[-1]["end_reason"] == "SET_END_REASON_INTERRUPTED", f"the set ended as {sets[-1]['end_reason']}")


def a_profile_that_never_returns_ends_in_the_drives_own_watchdog():
    with BadMachine("late_loops") as machine:
        session = machine.start_set()["name"]
        fault_s = machine.wait_for_row(lambda row: row["lamp"] == "active" and row["drive_state"].startswith("fault"))
        machine.wait_for_log(fault_s + kill_test.WATCH_S)
        check(machine.daemon.process.poll() is None, "the controller ended by itself")
        machine.daemon.kill(signal.SIGKILL)
        machine.daemon.process.wait()
        after_a_new_start_nothing_is_lost_and_there_is_no_load(machine, session)
        machine.finish()
        machine.judge("late_loops")


def a_profile_that_crashes_the_controller_ends_there_too():
    with BadMachine("late_crashes") as machine:
        session = machine.start_set()["name"]
        code = machine.daemon.process.wait(harness.DEADLINE_S)
        check(code == -signal.SIGSEGV, f"sheaved ended with {code}")
        machine.wait_for_log(time.clock_gettime(time.CLOCK_MONOTONIC) + kill_test.WATCH_S)
        after_a_new_start_nothing_is_lost_and_there_is_no_load(machine, session)
        machine.finish()
        machine.judge("late_crashes")


def ends_in_the_controllers_own_ramp(rule, faults, noticed_s=0.0):
    with BadMachine(rule) as machine:
        with machine.client("start", "bad-row", "--load-kg", str(kill_test.LOAD_KG), "--sets", "1", "--member",
                            machine.member("bad-plugin"), "--follow", "--json") as follow:
            events = [harness.json.loads(line) for line in follow.lines()]
        check(machine.daemon.process.poll() is None, "the controller ended")
        told = {event["id"] for event in events if event["type"] == "fault"}
        check(told & faults, f"told were {sorted(told)}")
        sets = machine.sets()
        check(sets[-1]["end_reason"] == "SET_END_REASON_FAULT", f"the set ended as {sets[-1]['end_reason']}")
        status = machine.run("status")[0]
        check(status["state"] not in {"MACHINE_STATE_ENGAGE", "MACHINE_STATE_ACTIVE"}, f"{status['state']} after the fault")
        machine.wait_for_log(time.clock_gettime(time.CLOCK_MONOTONIC) + kill_test.WATCH_S)
        machine.finish()
        machine.judge_that_it_stays_off(machine.judge(rule, noticed_s))


def a_profile_that_answers_no_number_ends_in_the_controllers_own_ramp():
    ends_in_the_controllers_own_ramp("late_not_finite", {"PLUGIN_ERROR"})


def a_profile_that_says_that_it_cannot_ends_there_too():
    ends_in_the_controllers_own_ramp("late_fails", {"PLUGIN_ERROR"})


def a_profile_that_takes_too_long_ends_there_too():
    # Thirty times its period in every tick: whether the plugin's time, the loop's or the drive's own watch is out first, is the host's
    # affair. Until one is, what the profile asks for is good.
    ends_in_the_controllers_own_ramp("late_stalls", {"PLUGIN_OVERRUN", "LOOP_OVERRUN", "LINK_LOST", "DRIVE_FAULT", "DRIVE_EXPIRED"},
                                     noticed_s=kill_test.BEGIN_WITHIN_S)


if __name__ == "__main__":
    harness.main(a_profile_that_never_returns_ends_in_the_drives_own_watchdog, a_profile_that_crashes_the_controller_ends_there_too,
                 a_profile_that_answers_no_number_ends_in_the_controllers_own_ramp, a_profile_that_says_that_it_cannot_ends_there_too,
                 a_profile_that_takes_too_long_ends_there_too)
