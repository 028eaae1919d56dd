"""A person at the kiosk: whole sessions through the screen in a real browser, on the shipped controller and the simulated stack.

What the screen showed is compared with `sheave sets --json`, and with what the independent witness finds in the simulator's own log.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import kiosk  # noqa: E402  (also puts the integration harness on the path)
import harness  # noqa: E402
import witness  # noqa: E402
from harness import check  # noqa: E402
from kiosk import BUILD, SHOTS, KioskMachine, check_page, events_of, of_kind, walked  # noqa: E402

LIGHT_N, WITHIN_S = 30.0, 0.400
JOG_N, LIGHT_MOST_N = 35.0, 50.0  # a technician's press pulls with 40 N, and nothing but a set with more than 50
PEAK_TOLERANCE = 0.1  # of a force over a tenth of a second: the drive measures at the motor, the hand is behind the cable's friction
LOW_BELOW_TOP = 0.7  # of the range: the machine's own low point is its lowest 15 %, and no two pulls are equally long
ROWER, PULLER = "style=cable-row,one_rm_kg=85,reps=5", "style=face-pull,one_rm_kg=30,reps=5"
FAST_ROWER = "style=cable-row,one_rm_kg=75,day_form=1,reps=8,tempo_concentric_s=0.45"
STRONG_ROWER = "style=cable-row,one_rm_kg=95,day_form=1,reps=8,tempo_concentric_s=0.45"
TESTED = "style=cable-row,one_rm_kg=42,day_form=1,reps=5,tempo_concentric_s=0.4"  # as fast as the load allows


def trained_at_two_weights(machine):
    for load_kg in (12, 28):
        machine.run("start", "cable-row", "--member", kiosk.NUMBER, "--pin", kiosk.PIN, "--load-kg", load_kg, "--sets", 1, "--once")


def trained_in_reserve(machine):
    machine.run("start", "cable-row-reserve", "--member", kiosk.NUMBER, "--pin", kiosk.PIN, "--load-kg", 44, "--sets", 1, "--once")


# What each flow that takes pictures is told, and whom it meets.
FLOWS = {
    "turns": (("cable-row", "face-pull"), {"athlete": "style=face-pull,one_rm_kg=40,reps=4"}),
    "workout": (("row-and-pull",), {"athlete": "style=face-pull,one_rm_kg=40,reps=5", "member": True}),
    "leaving": (("face-pull",), {"athlete": "style=face-pull,one_rm_kg=30,reps=8,let_go_rep=3", "member": True}),
    "not_me": (("face-pull",), {"athlete": PULLER, "member": True}),
    "members": ((), {"athlete": PULLER, "member": True}),
    "lighter": (("cable-row-reserve", "56"), {"athlete": FAST_ROWER, "member": True, "before": trained_in_reserve, "reps": None, "rest_s": 40}),
    "limit": (("cable-row-reserve",), {"athlete": STRONG_ROWER, "member": True, "before": trained_in_reserve, "reps": None, "rest_s": 15}),
    "strength": (("Cable row", "cable-row-test"), {"athlete": TESTED, "member": True, "before": trained_at_two_weights}),
}


def walk(flow, looks=None):
    words, keys = FLOWS[flow]
    return walked(flow, *words, **keys, looks=looks)


def whole_session(program, athlete, hold_s, phones=False):
    with KioskMachine(athlete=athlete, phones=phones) as machine:
        with machine.flow("session", program) as person:
            events = events_of(person)
        check_page(events)
        stored = machine.sets()
        kiosk.compare_with_store(events, stored)
        kiosk.compare_consent(events, stored)
        machine.finish()
        kiosk.compare_with_witness(machine, events, hold_s)


def a_face_pull_session_through_the_screen():
    """Its sets go to a phone, by the code on the result."""
    whole_session("face-pull", PULLER, kiosk.FACE_PULL_HOLD_S, phones=True)


def a_cable_row_session_through_the_screen():
    whole_session("cable-row", ROWER, 0.0)


def stop_on_the_screen_takes_the_load_off():
    with walked("stop", "cable-row", athlete="style=cable-row,one_rm_kg=80,reps=30") as (machine, _, told):
        check(told["stopped"]["look"] == "calm", f"after STOP the button is {told['stopped']['look']}")
        stored = machine.sets()
        check(told["rest"]["reps"] == stored[-1]["counted_reps"], f"after STOP the screen shows {told['rest']}, stored are {stored[-1]['counted_reps']}")
        check(stored[-1]["end_reason"] == "SET_END_REASON_STOPPED", f"the set ended as {stored[-1]['end_reason']}")
        machine.finish()
        # The lamp changes with the supervisor's state: from there on the motor's force falls to the light level and never rises again.
        log, off = kiosk.compare_cut_set_with_witness(machine, told["rest"])
        light = next(row for row in range(off, len(log["lamp"])) if log["motor_force_n"][row] <= LIGHT_N)
        took_s = log["time_s"][light] - log["time_s"][off]
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
        log, off = kiosk.compare_cut_set_with_witness(machine, back)
        below_top = (max(log["extension_m"][:off]) - log["extension_m"][off]) / witness.full_range_m(log)
        check(below_top >= LOW_BELOW_TOP, f"the load went off {below_top:.2f} of the range below the top, not at a low point")


def a_controller_killed_in_a_rest_comes_back_with_every_set():
    with KioskMachine(athlete=PULLER) as machine:
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
        machine.finish()
        kiosk.compare_with_witness(machine, [{"event": "set", **result["sets"][0]}], kiosk.FACE_PULL_HOLD_S)


def every_screen_in_both_orientations_and_languages():
    with KioskMachine(athlete=PULLER, phones=True) as machine:
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
        check_page(events)
        screens = {event["screen"] for event in of_kind(events, "screen")}
        check(len(screens) >= 12, f"only {sorted(screens)} were seen")


def two_people_take_turns_each_with_an_exercise_of_their_own():
    """Whose turn it is, the change of pulley and rope with it, weight, reps and rest of each for themselves."""
    with walk("turns") as (machine, events, _):
        shown = of_kind(events, "set")
        lanes = of_kind(events, "lanes")[0]
        check([one["who"] for one in shown] == ["first", "second"] * 2, f"the turns were {[one['who'] for one in shown]}")
        check(lanes["first"] != lanes["second"] == lanes["at"], f"{lanes}")
        for who in ("first", "second"):
            theirs = [one for one in shown if one["who"] == who]
            check({one["session"] for one in theirs} == {lanes[who]}, f"{who}: {theirs}")
            kiosk.compare_sets(theirs, machine.run("sets", lanes[who]))
        check(of_kind(events, "alone")[0]["lanes"] == 0, "a lane stands although one is alone")
        result = of_kind(events, "finish")[0]
        check(result["session"] == lanes["second"], f"the result is of {result['session']}")
        check(result["reps"] == sum(one["reps"] for one in shown if one["who"] == "second"), f"the second one's result says {result['reps']} reps")
        machine.finish()
        kiosk.compare_with_witness(machine, events, [kiosk.FACE_PULL_HOLD_S if one["who"] == "second" else 0.0 for one in shown])


def a_workout_of_two_exercises_changes_the_set_up_and_remembers_the_range():
    with walk("workout") as (machine, events, told):
        first = [one for one in of_kind(events, "set") if "visit" not in one]
        again = [one for one in of_kind(events, "set") if "visit" in one]
        sessions = list(dict.fromkeys(one["session"] for one in first))
        check(len(sessions) == 2, f"the two exercises were {sessions}")
        parts = [machine.run("sets", session) for session in sessions]
        kiosk.compare_with_store([*first, told["finish"]], parts[0] + parts[1])
        for session, stored in zip(sessions, parts):
            kiosk.compare_consent([rest for rest in events if rest.get("session") == session], stored)
        proposals = [stored[0]["proposal"] for stored in parts]
        check([proposal["accepted"] for proposal in proposals] == [True, False], f"one weight was to be accepted, one changed: {proposals}")
        for change in of_kind(events, "change"):
            check(change["starts"] == 0, f"a start is offered before the set-up is confirmed: {change}")
            check("eye level" in change["steps"] and "rope" in change["steps"], f"the change is not said: {change['steps']}")
        check(told["second"]["start"] == "set", "the range of the first visit was forgotten")
        kiosk.compare_sets(again, machine.run("sets", again[0]["session"]))
        before = [one for one in parts[0] if one["kind"] == "SET_KIND_WORKING"]  # the first visit also looked for the weight
        for one, last in zip(again, before):
            check(one["compared"] == f"Last time\n{last['load_total_kg']:g}\u00a0kg, {last['counted_reps']}\u00a0reps", f"{one} is compared with {last}")
        visits = [float(load) for load in told["first-exercise"]["visits"].split()]
        check(visits == [before[0]["load_total_kg"], again[0]["load_kg"]], f"the trend shows {visits}")
        check(told["first-exercise"]["reps"] == sum(one["reps"] for one in again), f"who ends after one exercise is shown {told['first-exercise']}")
        check("1" in told["walk-out"]["of"] and told["fits"]["start"] == "set", f"the walk-out: {told['walk-out']}, {told['fits']}")
        machine.finish()
        kiosk.compare_with_witness(machine, events, [kiosk.FACE_PULL_HOLD_S if one["session"] == sessions[1] else 0.0 for one in of_kind(events, "set")])


def not_me_gives_a_session_back_from_its_result():
    with walk("not_me") as (machine, events, told):
        check(told["my-sets"]["rows"] == 0, "what was given back still stands among their sets")
        exported = machine.run("member", "export", kiosk.NUMBER)
        check([part["type"] for part in exported] == ["member"], f"the member still owns {exported[1:]}")
        stored = machine.run("sets", told["finish"]["session"])
        kiosk.compare_sets(of_kind(events, "set"), stored)
        check(told["finish"]["reps"] == stored[0]["counted_reps"], f"{told['finish']}")
        machine.finish()
        kiosk.compare_with_witness(machine, events, kiosk.FACE_PULL_HOLD_S)


def who_leaves_in_a_set_keeps_their_reps_and_is_forgotten_by_the_screen():
    with walk("leaving") as (machine, _, told):
        stored = machine.sets()
        check([one["end_reason"] for one in stored] == ["SET_END_REASON_LEFT"], f"the set ended as {stored}")
        check(told["left"]["reps"] == told["finish"]["reps"] == stored[0]["counted_reps"] > 0, f"{told['left']}, {told['finish']}, stored {stored[0]}")
        check("Ann" in told["finish"]["names"] and "Ann" not in told["forgotten"]["text"], f"the screen still says {told['forgotten']}")
        check("proposal" not in stored[0] or stored[0]["proposal"]["reason"] == "SET_NOT_JUDGED", f"a set that was left was judged: {stored[0]}")
        machine.finish()
        kiosk.compare_with_witness(machine, [{**told["left"], "event": "set", "set": 1}], kiosk.FACE_PULL_HOLD_S)


def an_operator_sets_hours_signs_upkeep_off_and_takes_the_machine_out():
    reason, who = "cable worn", "Kim"
    with KioskMachine(athlete="", log=False) as machine:
        with machine.flow("desk", reason, who, str(SHOTS)) as desk:
            events = []
            for line in desk.lines():
                events.append(json.loads(line))
                if events[-1]["event"] == "out":
                    refused = machine.refused("start", "cable-row")
                    desk.process.stdin.write(b"go on\n")
                    desk.process.stdin.flush()
            desk.process.wait()
            check(desk.process.returncode == 0, f"the desk's flow ended with {desk.process.returncode}: {desk.errors()}")
        check_page(events)
        told = {event["event"]: event for event in events}
        check(told["opening"]["days"] == told["opening"]["wanted"], f"after a reload {told['opening']['days']} days are open")
        check("no address" in told["refused"]["text"], f"the refusal names nothing: {told['refused']}")
        check(reason in told["out"]["kiosk"] and told["out"]["starts"] == 0, f"out of order the kiosk shows {told['out']}")
        check("OUT_OF_ORDER" in refused and reason in refused, f"a start was refused with {refused}")
        records = [line for line in machine.run("upkeep") if line["type"] == "service_record"]
        check(any(line["part"] == told["signed-off"]["part"] and line["who"] == who and line["note"] == reason for line in records), f"{records}")


def a_technician_reads_counters_moves_a_cable_and_takes_the_support_bundle():
    with KioskMachine(athlete="") as machine:
        bundle = machine.folder / "bundle.tar.gz"
        with machine.flow("technician", str(bundle), str(SHOTS)) as page:
            events = events_of(page)
        check_page(events)
        exchanges = int(machine.run("status")[0]["link"]["exchanges"])
        for counted in of_kind(events, "counted"):
            check(counted["before"] < counted["after"] < exchanges and counted["cables"] == 1, f"{counted}, now {exchanges}")
        test = of_kind(events, "self-test")[0]
        check("keep away" in test["note"] and "stopped" in test["ended"], f"the self-test said {test}")
        with tarfile.open(bundle) as archive:
            check(len(archive.getnames()) > 3, f"the bundle holds {archive.getnames()}")
        check(of_kind(events, "jogged")[0]["held"] == "false", "the button looks held after the key was let go")
        machine.finish()
        force_n = witness.read(machine.log_path)["motor_force_n"]
        pulls = sum(1 for before, now in zip(force_n, force_n[1:]) if before <= JOG_N < now)
        check(pulls >= 3, f"by mouse, by mouse and by key the motor pulled {pulls} times")
        check(max(force_n) <= LIGHT_MOST_N, f"the motor pulled with {max(force_n)} N")


def a_strength_test_reads_as_one_and_the_strength_says_what_is_known():
    """Forces instead of weights, all the way; and the numbers of `sheave strength`, or its reasons why there is none."""
    with walk("strength") as (machine, events, told):
        check(told["rest"]["weights"] == 0 and "kg" not in told["rest"]["text"] + told["finish"]["text"], f"a test speaks of weights: {told['rest']}, {told['finish']}")
        stored = machine.run("sets", told["set"]["session"])
        check(told["set"]["reps"] == told["finish"]["reps"] == stored[0]["counted_reps"], f"{told['set']}, {told['finish']}, stored {stored}")
        of_test, of_row = (machine.run("strength", *program)[0] for program in ((), ("cable-row",)))
        newest = of_test["tests"][0]
        check(told["finish"]["peak_n"] == newest["peak_force_n"] and told["finish"]["mean_n"] == newest["mean_force_n"], f"{told['finish']}, {newest}")
        check(told["strength"]["tests"] == told["known"]["tests"] == len(of_row["tests"]) == 1, f"{told['strength']}, {told['known']}")
        check(told["strength"]["unknown"] == of_test["one_rm_kg"]["unknown_reason"], f"{told['strength']}, {of_test['one_rm_kg']}")
        shown, known = told["known"]["one_rm_kg"], of_row["one_rm_kg"].get("value")
        check((float(shown) if shown else None) == known, f"the screen says {told['known']}, the controller {of_row['one_rm_kg']}")
        machine.finish()
        peak_n = kiosk.strongest_n(machine)
        check(abs(told["finish"]["peak_n"] / peak_n - 1) <= PEAK_TOLERANCE, f"{told['finish']['peak_n']} N on the screen, the hand made {peak_n:.0f}")


def a_set_that_is_too_heavy_goes_on_lighter():
    """The member takes more than fits. The screen, the store and the motor know of the same weights; the next one is made of what was seen."""
    with walk("lighter") as (machine, events, told):
        stored = machine.run("sets", told["set"]["session"])
        heavy = stored[-1]
        weights_kg = [heavy["load_total_kg"], *(less["load_total_kg"] for less in heavy.get("lightened", []))]
        check(len(weights_kg) > 1, f"the set stayed as heavy as it was: {heavy}")
        check(told["set"]["loads_kg"] == weights_kg, f"the screen showed {told['set']['loads_kg']} kg, stored are {weights_kg}")
        check("Lighter now" in told["set"]["cues"], f"the screen said {told['set']['cues']}")
        check(abs(told["finish"]["volume_kg"] - sum(map(kiosk.moved_kg, stored))) < 1e-6, f"the result says {told['finish']} moved")
        check("went on lighter" in told["rest"]["why"] and told["rest"]["next_kg"] < weights_kg[0], f"after it the screen says {told['rest']}")
        machine.finish()
        kiosk.compare_lightened_with_witness(machine, told["set"], weights_kg)


def the_last_sets_of_a_second_visit_find_the_limit():
    """The screen says so before those two sets and in them, and of no other."""
    with walk("limit") as (machine, events, told):
        stored = machine.run("sets", told["set"]["session"])
        check([one_set["counted_reps"] for one_set in stored] == [shown["reps"] for shown in of_kind(events, "set")], f"stored are {stored}")
        asked = [rest["set"] + 1 for rest in of_kind(events, "rest") if "learn your limit" in rest["why"]]
        cued = [shown["set"] for shown in of_kind(events, "set") if "Until no rep is left" in shown["cue"]]
        check(asked == cued == [len(stored) - 1, len(stored)], f"asked for in the sets {asked} of {len(stored)}, said in {cued}")


def every_flow_on_both_panels_in_both_languages():
    """The pictures that the tests above take in English on one panel; what was counted is theirs to check."""
    for language in ("en", "de"):
        for flow in FLOWS:
            with walk(flow, {"SHEAVE_LANGUAGE": language, "SHEAVE_PANELS": "both"}) as (_, events, _):
                print(f"{flow} in {language}: {len(of_kind(events, 'screen'))} pictures", flush=True)


def the_kiosk_page_is_small():
    gzip = shutil.which("gzip")
    index = (BUILD / "web" / "index.html").read_text()
    parts = [BUILD / "web" / path for path in re.findall(r'(?:src|href)="/([^"]+)"', index)] + [BUILD / "web" / "index.html"]
    size = sum(len(subprocess.run([gzip, "-9c", part], capture_output=True, check=True).stdout) for part in parts)
    check(size <= 150_000, f"the kiosk page has {size} bytes gzipped")
    print(f"the kiosk page: {size} bytes gzipped in {len(parts)} files", flush=True)


# A browser that draws beside a machine at 1 kHz takes its minutes: what comes with --full can be run by name too.
SLICE = [the_kiosk_page_is_small, a_face_pull_session_through_the_screen, stop_on_the_screen_takes_the_load_off,
         who_leaves_in_a_set_keeps_their_reps_and_is_forgotten_by_the_screen,
         an_operator_sets_hours_signs_upkeep_off_and_takes_the_machine_out]
FURTHER = [a_cable_row_session_through_the_screen, a_workout_of_two_exercises_changes_the_set_up_and_remembers_the_range,
           two_people_take_turns_each_with_an_exercise_of_their_own, not_me_gives_a_session_back_from_its_result,
           a_strength_test_reads_as_one_and_the_strength_says_what_is_known, a_set_that_is_too_heavy_goes_on_lighter,
           the_last_sets_of_a_second_visit_find_the_limit, a_technician_reads_counters_moves_a_cable_and_takes_the_support_bundle,
           a_lost_link_unloads_at_a_low_point_and_nothing_is_doubled,
           a_controller_killed_in_a_rest_comes_back_with_every_set, every_screen_in_both_orientations_and_languages,
           every_flow_on_both_panels_in_both_languages]

if __name__ == "__main__":
    SHOTS.mkdir(parents=True, exist_ok=True)
    harness.main(*SLICE, *(FURTHER if sys.argv[1:] or os.environ.get("SHEAVE_FULL") else []))
