"""At the kiosk: a weakness and its workout; then a member: a wrong PIN, the first visit, the second one tap from the start, and what was not theirs given back."""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import kiosk  # noqa: E402  (also puts the integration harness on the path)
import harness  # noqa: E402
from harness import check  # noqa: E402

NOTCH = 3


def a_second_visit_is_one_tap_from_the_start():
    kiosk.SHOTS.mkdir(parents=True, exist_ok=True)
    with kiosk.walked("members", athlete="style=face-pull,one_rm_kg=30,reps=5", member=True) as (machine, events, told):
        workouts = [line for line in machine.run("programs") if line["type"] == "workout"]
        signs = [(sign, workout["parts"][0]["program"]["exercise_name"]) for workout in workouts for sign in workout.get("signs", [])]
        check(told["weak"]["signs"] == [sign for sign, _ in signs] != [], f"{told['weak']}, the catalog has {signs}")
        check(told["weak"]["exercise"] == signs[-1][1], f"{signs[-1]} led to {told['weak']['exercise']}")
        check(told["wrong"]["text"] and told["first"]["hero"] == 0, f"{told['wrong']}, {told['first']}")
        check("PIN gibt es hier nicht" in told["german"]["text"], f"in German the refusal is {told['german']}")
        waits = [re.search(r"Noch (\d+)\u00a0s warten", told["slowed"][when]) for when in ("told", "then")]
        check(all(waits) and int(waits[1][1]) < int(waits[0][1]), f"the wait does not count down: {told['slowed']}")
        check(f"otch\u00a0{NOTCH}" in told["second"]["text"], f"the second visit shows {told['second']['text']}")
        check(told["one-tap"]["notch"] == NOTCH and told["one-tap"]["start"] == 1, f"{told['one-tap']}")
        check("disowned" in told, "the last session could not be given back")
        kiosk.compare_sets(kiosk.of_kind(events, "set"), machine.run("sets", told["set"]["session"]))
        machine.finish()
        kiosk.compare_with_witness(machine, events, kiosk.FACE_PULL_HOLD_S)


if __name__ == "__main__":
    harness.main(a_second_visit_is_one_tap_from_the_start)
