"""A person at the kiosk: whole sessions through the screen in a real browser, on the shipped controller and the simulated stack.

What the screen showed is compared with `sheave sets --json`, and with what the independent witness finds in the simulator's own log.
"""

import csv
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "integration"))

import harness  # noqa: E402
import witness  # noqa: E402
from harness import Machine, Program, check  # noqa: E402

BUILD = pathlib.Path(os.environ["SHEAVE_BUILD"])
SOURCE = pathlib.Path(os.environ["SHEAVE_SOURCE"])
FLOWS = BUILD / "tests" / "browser"
SHOTS = BUILD / "screens"
PULL_REPS = (4, 5)
REST_S = 5
LIGHT_N, WITHIN_S = 30.0, 0.400


class KioskMachine(Machine):
    """A machine that serves its pages, with short sets and rests of the test's own."""

    def __init__(self, **keys):
        super().__init__(**keys)
        self.web_listen = "127.0.0.1:0"
        catalog = self.folder / "catalog"
        catalog.mkdir()
        for file in (SOURCE / "plugins" / "catalog").glob("*.toml"):
            text = file.read_text()
            text = re.sub(r"^rest_s = .*$", f"rest_s = {REST_S}", text, flags=re.M)
            text = re.sub(r"^reps = \[.*$", f"reps = [{PULL_REPS[0]}, {PULL_REPS[1]}]", text, flags=re.M)
            (catalog / file.name).write_text(text)

    def write_config(self, endpoint=None):
        self.extra_config = (f'[catalog]\nfolders = ["{self.folder / "catalog"}"]\n\n'
                             f'[web]\nlisten = "{self.web_listen}"\nroot = "{BUILD / "web"}"\n')
        return super().write_config(endpoint)

    def start_daemon(self):
        self.daemon = Program("sheaved", [harness.bin_dir() / "sheaved", "--config", self.write_config()], self.folder)
        words = self.daemon.wait_for("ready ").split()
        self.address = words[words.index("api") + 1]
        self.web_listen = words[words.index("web") + 1]  # the same again after a restart: a page stays where it is

    def flow(self, name, *arguments):
        """Somebody at the screen; read the lines. The browser yields to the machine, as where that has a processor of its own."""
        return Program(name, ["nice", "-n", "19", "node", FLOWS / f"{name}.mjs", f"http://{self.web_listen}", *arguments],
                       self.folder, stdin=subprocess.PIPE)


def events_of(program):
    events = [json.loads(line) for line in program.lines()]
    program.process.wait()
    check(program.process.returncode == 0, f"{program.name} ended with {program.process.returncode}: {program.errors()}")
    return events


def of_kind(events, kind):
    return [event for event in events if event["event"] == kind]


def compare_with_store(events, stored):
    """Every number that the screen showed against what the controller says it stored."""
    shown = of_kind(events, "set")
    result = of_kind(events, "finish")[0]
    check(len(shown) == len(stored) == len(result["sets"]),
          f"{len(shown)} sets ridden, {len(result['sets'])} in the result, {len(stored)} stored")
    for live, group, one_set in zip(shown, result["sets"], stored):
        number = one_set["index"]
        counted = one_set["counted_reps"]
        check(live["reps"] == group["reps"] == counted,
              f"set {number}: the screen counted {live['reps']}, its result says {group['reps']}, stored are {counted}")
        check(live["load_kg"] == group["load_kg"] == one_set["load_total_kg"],
              f"set {number}: {live['load_kg']} kg in the set, {group['load_kg']} in the result, {one_set['load_total_kg']} stored")
    check(result["reps"] == sum(one_set["counted_reps"] for one_set in stored), f"the result says {result['reps']} reps")
    volume_kg = sum(one_set["counted_reps"] * one_set["load_total_kg"] for one_set in stored)
    check(abs(result["volume_kg"] - volume_kg) < 1e-6, f"the result says {result['volume_kg']} kg moved, the sets {volume_kg}")
    rows = list(csv.DictReader(io.StringIO(result["csv"])))
    written = [(int(row["Reps"]), float(row["Weight"])) for row in rows]
    check(written == [(one_set["counted_reps"], one_set["load_total_kg"]) for one_set in stored], f"the CSV says {rows}")


def compare_consent(events, stored):
    """The weight that was accepted and the one that was changed are what was lifted next, and what the store says was agreed."""
    for rest in of_kind(events, "rest"):
        proposal = stored[rest["set"] - 1]["proposal"]
        following = stored[rest["set"]]["load_total_kg"]
        check(following == rest["chosen_kg"], f"after set {rest['set']} {rest['chosen_kg']} kg were chosen, {following} lifted")
        check(rest["why"], f"the rest after set {rest['set']} gave no reason")
        changed = rest["chosen_kg"] != proposal["load_total_kg"]
        check(proposal["changed"] == changed and proposal["accepted"] != changed, f"after set {rest['set']} the store says {proposal}")
        answer = stored[rest["set"] - 1].get("answer_reps_in_reserve")
        check(answer == rest["answered"], f"after set {rest['set']} {rest['answered']} was answered, {answer} stored")


def compare_with_witness(machine, events, hold_s):
    """What the screen counted against the simulator's own log, which knows nothing of the controller."""
    log = witness.read(machine.log_path)
    spans = witness.set_spans(log)
    full_m = witness.full_range_m(log)
    shown = of_kind(events, "set")
    check(len(spans) == len(shown), f"the log shows {len(spans)} sets, the screen {len(shown)}")
    for live, span in zip(shown, spans):
        seen = [rep for rep in witness.full_reps(log, span, full_m) if rep.hold_s >= hold_s]
        check(live["reps"] == len(seen), f"set {live['set']}: the screen counted {live['reps']}, the witness sees {len(seen)}")


def check_page(events):
    complaints = [text for event in of_kind(events, "end") for text in event["complaints"]]
    check(not complaints, f"the page complained: {complaints}")


def whole_session(program, athlete, hold_s):
    with KioskMachine(athlete=athlete) as machine:
        with machine.flow("session", program) as person:
            events = events_of(person)
        check_page(events)
        stored = machine.sets()
        compare_with_store(events, stored)
        compare_consent(events, stored)
        machine.finish()
        compare_with_witness(machine, events, hold_s)


def a_face_pull_session_through_the_screen():
    whole_session("face-pull", "style=face-pull,one_rm_kg=30,reps=5", 0.5)


def a_cable_row_session_through_the_screen():
    whole_session("cable-row", "style=cable-row,one_rm_kg=85,reps=5", 0.0)


def stop_on_the_screen_takes_the_load_off():
    with KioskMachine(athlete="style=cable-row,one_rm_kg=80,reps=30") as machine:
        with machine.flow("stop", "cable-row") as person:
            events = events_of(person)
        check_page(events)
        pressed = of_kind(events, "stopped")[0]
        check(pressed["look"] == "calm", f"after STOP the button is {pressed['look']}")
        stored = machine.sets()
        check(stored[-1]["end_reason"] == "SET_END_REASON_STOPPED", f"the set ended as {stored[-1]['end_reason']}")
        machine.finish()
        log = witness.read(machine.log_path)
        spans = witness.set_spans(log)
        check(spans, "no set began")
        # The lamp changes with the supervisor's state: from there on the motor's force falls to the light level and never rises again.
        begin = next(row for row in range(*spans[-1]) if log["lamp"][row] == witness.UNLOADING_LAMP)
        light = next(row for row in range(begin, len(log["lamp"])) if log["motor_force_n"][row] <= LIGHT_N)
        took_s = log["time_s"][light] - log["time_s"][begin]
        check(took_s <= WITHIN_S, f"the motor's force took {took_s:.3f} s to fall to {LIGHT_N} N")


def a_lost_link_unloads_at_a_low_point_and_nothing_is_doubled():
    """The network stands still in a set: no raise after 2 s, unloaded at the first low point after 10 s, and the page resumes."""
    with KioskMachine(athlete="style=cable-row,one_rm_kg=85,reps=30") as machine:
        with machine.flow("lost", "cable-row") as person:
            lost = next(event for event in map(json.loads, person.lines()) if event["event"] == "lost")
            check(lost["stop_buttons"] == 0, "a STOP button stands although it reaches nothing")
            stored = []
            while not stored or stored[0]["end_reason"] == "SET_END_REASON_UNSPECIFIED":
                stored = machine.sets()
            person.process.stdin.write(b"over\n")
            person.process.stdin.flush()
            events = events_of(person)
        back = of_kind(events, "back")[0]
        check(back["stop_buttons"] == 1, "no STOP button after the link came back")
        check(stored[0]["end_reason"] == "SET_END_REASON_LEASE_LOST", f"the set ended as {stored[0]['end_reason']}")
        counted = stored[0]["counted_reps"]
        check(back["reps"] == counted, f"after the link came back the screen counted {back['reps']}, stored are {counted}")
        check(counted > 2, "the set ended at once, not at a low point after 10 s")
        machine.finish()
        check(len(witness.set_spans(witness.read(machine.log_path))) == 1, "the lamp was lit for more than one set")


def a_controller_killed_in_a_rest_comes_back_with_every_set():
    with KioskMachine(athlete="style=face-pull,one_rm_kg=30,reps=5") as machine:
        with machine.flow("restart", "face-pull") as person:
            events = []
            for line in person.lines():
                events.append(json.loads(line))
                if events[-1]["event"] == "resting":
                    machine.daemon.kill()
                    machine.daemon.process.wait()
                elif events[-1]["event"] == "lost":
                    machine.start_daemon()
            person.process.wait()
            check(person.process.returncode == 0, f"restart ended with {person.process.returncode}: {person.errors()}")
        stored = machine.sets()
        result = of_kind(events, "finish")[0]
        shown = [(one["reps"], one["load_kg"]) for one in result["sets"]]
        true = [(one_set["counted_reps"], one_set["load_total_kg"]) for one_set in stored]
        check(shown == true, f"after the restart the screen shows {shown}, stored are {true}")
        check(len(stored) == 1, f"{len(stored)} sets are stored")


def every_screen_in_both_orientations_and_languages():
    SHOTS.mkdir(parents=True, exist_ok=True)
    with KioskMachine(athlete="style=face-pull,one_rm_kg=30,reps=5") as machine:
        with machine.flow("screens", "face-pull", str(SHOTS)) as person:
            events = []
            for line in person.lines():
                events.append(json.loads(line))
                if events[-1]["event"] == "cut-the-drive":
                    machine.sim.kill()
                elif events[-1]["event"] == "cut-the-controller":
                    machine.daemon.kill()
            person.process.wait()
            check(person.process.returncode == 0, f"screens ended with {person.process.returncode}: {person.errors()}")
        found = [f"{event['screen']} {event['look']}: {text}" for event in of_kind(events, "screen") for text in event["found"]]
        check(not found, "\n".join(found))
        screens = {event["screen"] for event in of_kind(events, "screen")}
        check(len(screens) >= 12, f"only {sorted(screens)} were seen")


def the_kiosk_page_is_small():
    gzip = shutil.which("gzip")
    index = (BUILD / "web" / "index.html").read_text()
    parts = [BUILD / "web" / path for path in re.findall(r'(?:src|href)="/([^"]+)"', index)] + [BUILD / "web" / "index.html"]
    size = sum(len(subprocess.run([gzip, "-9c", part], capture_output=True, check=True).stdout) for part in parts)
    check(size <= 150_000, f"the kiosk page has {size} bytes gzipped")
    print(f"the kiosk page: {size} bytes gzipped in {len(parts)} files", flush=True)


# A browser that draws beside a machine at 1 kHz takes its minutes: what comes with --full can be run by name too.
SLICE = [the_kiosk_page_is_small, a_face_pull_session_through_the_screen, stop_on_the_screen_takes_the_load_off]
FURTHER = [a_cable_row_session_through_the_screen, a_lost_link_unloads_at_a_low_point_and_nothing_is_doubled,
           a_controller_killed_in_a_rest_comes_back_with_every_set, every_screen_in_both_orientations_and_languages]

if __name__ == "__main__":
    harness.main(*SLICE, *(FURTHER if sys.argv[1:] or os.environ.get("SHEAVE_FULL") else []))
