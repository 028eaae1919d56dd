"""A machine that serves its pages, somebody at its screen, and what that screen showed against the store and the independent witness."""

import contextlib
import csv
import io
import json
import os
import pathlib
import re
import ssl
import statistics
import subprocess
import sys
import urllib.request

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
FACE_PULL_HOLD_S = 0.5
NUMBER, PIN = "1", "4711"  # of the first member of a machine
# The hand in the simulator's log against the weight on the screen, the middle one of the set's reps; speeds of single reps on a busy host.
LOAD_TOLERANCE_KG, SPEED_TOLERANCE = 1.0, 0.1
GRAVITY_MPS2 = 9.80665
WORKOUT = f"""
id = "row-and-pull"
name = "Row and pull"
goal = "muscle"
summary = "Two exercises, two sets each."

[[part]]
program = "cable-row"
sets = 2
rest_s = {REST_S}

[[part]]
program = "face-pull"
sets = 2
rest_s = {REST_S}
"""


class KioskMachine(Machine):
    """A machine that serves its pages, with short sets and rests of the test's own."""

    def __init__(self, phones=False, reps=PULL_REPS, rest_s=REST_S, **keys):
        """@param phones: other hosts reach it too, over TLS. @param reps: of every program, as rest_s; None: as the program says"""
        super().__init__(**keys)
        self.web_listen = "127.0.0.1:0"
        self.phones = phones
        catalog = self.folder / "catalog"
        catalog.mkdir()
        for file in (SOURCE / "plugins" / "catalog").rglob("*.toml"):
            text = file.read_text()
            text = re.sub(r"^rest_s = .*$", f"rest_s = {rest_s}", text, flags=re.M)
            if reps:
                text = re.sub(r"^reps = \[.*$", f"reps = [{reps[0]}, {reps[1]}]", text, flags=re.M)
            (catalog / file.name).write_text(text)
        (catalog / "row-and-pull.toml").write_text(WORKOUT)

    def write_config(self, endpoint=None):
        self.extra_config = (f'[catalog]\nfolders = ["{self.folder / "catalog"}"]\n\n'
                             f'[web]\nlisten = "{self.web_listen}"\nroot = "{BUILD / "web"}"\n')
        if self.phones:
            self.extra_config += 'tls_listen = "127.0.0.1:0"\n'
        return super().write_config(endpoint)

    def start_daemon(self):
        self.daemon = Program("sheaved", [harness.bin_dir() / "sheaved", "--config", self.write_config()], self.folder)
        words = self.daemon.wait_for("ready ").split()
        self.address = words[words.index("api") + 1]
        self.web_listen = words[words.index("web") + 1]  # the same again after a restart: a page stays where it is

    def enrol(self, alias="Ann", pin=PIN):
        """A member; the number and PIN that a screen takes."""
        return str(self.run("member", "create", "--alias", alias, "--pin", pin)[0]["number"]), pin

    def flow(self, name, *arguments, looks=None):
        """Somebody at the screen; read the lines. The browser yields to the machine, as where that has a processor of its own.
        @param looks: language and panels, as page.mjs reads them"""
        return Program(name, ["nice", "-n", "19", "node", FLOWS / f"{name}.mjs", f"http://{self.web_listen}", *arguments],
                       self.folder, env=looks, stdin=subprocess.PIPE)


@contextlib.contextmanager
def walked(flow, *words, member=False, before=None, looks=None, **machine_keys):
    """Somebody went through a flow: the machine, all that was told in order, and the last of each kind. The page had nothing to complain of.
    @param before: what happened on the machine earlier"""
    with KioskMachine(**machine_keys) as machine:
        who = machine.enrol() if member else ()
        if before:
            before(machine)
        with machine.flow(flow, *words, *who, str(SHOTS), looks=looks) as person:
            events = events_of(person)
        check_page(events)
        yield machine, events, {event["event"]: event for event in events}


def events_of(program):
    events = [json.loads(line) for line in program.lines()]
    program.process.wait()
    check(program.process.returncode == 0, f"{program.name} ended with {program.process.returncode}: {program.errors()}")
    return events


def of_kind(events, kind):
    return [event for event in events if event["event"] == kind]


def compare_sets(shown, stored):
    """Sets as the screen showed them while they ran."""
    check(len(shown) == len(stored), f"{len(shown)} sets ridden, {len(stored)} stored")
    for live, one_set in zip(shown, stored):
        number, counted = one_set["index"], one_set["counted_reps"]
        check(live["reps"] == counted, f"set {number}: the screen counted {live['reps']}, stored are {counted}")
        check(live["load_kg"] == one_set["load_total_kg"], f"set {number}: {live['load_kg']} kg on the screen, {one_set['load_total_kg']} stored")


def opened_once(link):
    """What the phone gets that reads the code off the screen; a second one gets nothing."""
    check(re.fullmatch(r"https://127\.0\.0\.1:\d+/d/[0-9a-f]{32}", link or ""), f"the code on the screen says {link}")
    unknown = ssl.create_default_context()  # the machine signed its certificate itself
    unknown.check_hostname, unknown.verify_mode = False, ssl.CERT_NONE
    with urllib.request.urlopen(link, context=unknown, timeout=harness.DEADLINE_S) as answer:
        text = answer.read().decode()
    try:
        urllib.request.urlopen(link, context=unknown, timeout=harness.DEADLINE_S)
    except urllib.error.HTTPError as refused:
        check(refused.code == 404, f"a second look at the link says {refused.code}")
        return text
    raise harness.Failure("the link opened twice")


def moved_kg(one_set):
    """The load of each counted rep: within a set it may have been lowered."""
    kg, total_kg, lower = one_set["load_total_kg"], 0, list(one_set.get("lightened", []))
    for rep in range(one_set["counted_reps"]):
        while lower and lower[0]["after_reps"] <= rep:
            kg = lower.pop(0)["load_total_kg"]
        total_kg += kg
    return total_kg


def compare_with_store(events, stored):
    """Every number that the screen showed against what the controller says it stored."""
    shown = of_kind(events, "set")
    result = of_kind(events, "finish")[0]
    compare_sets(shown, stored)
    check(len(result["sets"]) == len(stored), f"{len(result['sets'])} sets in the result, {len(stored)} stored")
    for group, one_set in zip(result["sets"], stored):
        check((group["reps"], group["load_kg"]) == (one_set["counted_reps"], one_set["load_total_kg"]), f"the result says {group} of {one_set}")
    check(result["reps"] == sum(one_set["counted_reps"] for one_set in stored), f"the result says {result['reps']} reps")
    volume_kg = sum(moved_kg(one_set) for one_set in stored)
    check(abs(result["volume_kg"] - volume_kg) < 1e-6, f"the result says {result['volume_kg']} kg moved, the sets {volume_kg}")
    rows = list(csv.DictReader(io.StringIO(result["csv"] or opened_once(result["link"]))))
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
    """What the screen counted against the simulator's own log, which knows nothing of the controller. `hold_s` of each set, or of all."""
    log = witness.read(machine.log_path)
    spans = witness.set_spans(log)
    full_m = witness.full_range_m(log)
    shown = of_kind(events, "set")
    check(len(spans) == len(shown), f"the log shows {len(spans)} sets, the screen {len(shown)}")
    held = hold_s if isinstance(hold_s, list) else [hold_s] * len(shown)
    fastest_mps = 0.0
    for number, (live, span, held_s) in enumerate(zip(shown, spans, held), 1):
        seen = [rep for rep in witness.full_reps(log, span, full_m) if rep.hold_s >= held_s]
        compare_set_with_witness(f"set {number}", live, seen)
        fastest_mps = max([fastest_mps, *(rep.mean_velocity_mps for rep in seen)])
    for result in of_kind(events, "finish"):
        if len(result.get("sets", [])) == len(spans):  # it is the result of all that the log shows
            best = result["best_mps"]
            check(abs(best / fastest_mps - 1) <= SPEED_TOLERANCE, f"the fastest rep is said to be {best} m/s, the witness sees {fastest_mps:.3f}")


def compare_set_with_witness(name, live, seen):
    """A set as the screen showed it. @param seen: its reps in the simulator's log"""
    check(live["reps"] == len(seen), f"{name}: the screen counted {live['reps']}, the witness sees {len(seen)}")
    if "load_kg" in live and seen:
        felt_kg = statistics.median(rep.hand_force_n for rep in seen) / GRAVITY_MPS2
        check(abs(live["load_kg"] - felt_kg) <= LOAD_TOLERANCE_KG, f"{name}: {live['load_kg']} kg on the screen, the hand felt {felt_kg:.2f}")


def compare_cut_set_with_witness(machine, live):
    """The only set, which the machine ended: what was pulled until it took the load off.
    @return: the simulator's log, and the row from which on the load goes off"""
    log = witness.read(machine.log_path)
    spans = witness.set_spans(log)
    check(len(spans) == 1, f"the lamp was lit for {len(spans)} sets")
    begin, end = spans[0]
    off = next((row for row in range(begin, end) if log["lamp"][row] == witness.UNLOADING_LAMP), end)
    compare_set_with_witness("the cut set", live, witness.full_reps(log, (begin, off), witness.full_range_m(log)))
    return log, off


def compare_lightened_with_witness(machine, live, weights_kg):
    """The newest set in the simulator's log: what the hand felt begins with the first weight, comes down to the last, and never rises. The
    spotter may help with what comes after."""
    log = witness.read(machine.log_path)
    seen = witness.full_reps(log, witness.set_spans(log)[-1], witness.full_range_m(log))
    check(live["reps"] == len(seen), f"the screen counted {live['reps']}, the witness sees {len(seen)}")
    felt_kg = [rep.hand_force_n / GRAVITY_MPS2 for rep in seen]
    for expected_kg, those_kg in ((weights_kg[0], felt_kg[:1]), (weights_kg[-1], felt_kg[1:])):
        check(any(abs(expected_kg - kg) <= LOAD_TOLERANCE_KG for kg in those_kg), f"{expected_kg} kg on the screen, the hand felt {felt_kg}")
    check(all(later <= earlier + LOAD_TOLERANCE_KG for earlier, later in zip(felt_kg, felt_kg[1:])), f"the hand felt {felt_kg}: it became heavier")


def strongest_n(machine, over_s=0.1):
    """What the hand made at its best over a tenth of a second of the newest set, by the simulator's log."""
    log = witness.read(machine.log_path)
    begin, end = witness.set_spans(log)[-1]
    rows = round(over_s / (log["time_s"][begin + 1] - log["time_s"][begin]))
    force_n = log["handle_force_n"][begin:end]
    total_n = most_n = sum(force_n[:rows])
    for row in range(rows, len(force_n)):
        total_n += force_n[row] - force_n[row - rows]
        most_n = max(most_n, total_n)
    return most_n / rows


def check_page(events):
    """Nothing on any screen that was looked at leaves its panel or fails the accessibility check, and the page did not complain."""
    found = [f"{event.get('screen')} {event['look']}: {text}" for event in of_kind(events, "screen") for text in event["found"]]
    check(not found, "\n".join(found))
    complaints = [text for event in of_kind(events, "end") for text in event["complaints"]]
    check(not complaints, f"the page complained: {complaints}")
