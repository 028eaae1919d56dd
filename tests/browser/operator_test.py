"""An operator at the page, and a technician: what they see is what the command line says, and what they do holds for everybody."""

import csv
import io
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import kiosk_test as kiosk  # noqa: E402  (also puts the integration harness on the path)
import harness  # noqa: E402
import sinks  # noqa: E402
from harness import DEADLINE_S, check  # noqa: E402

SHOTS = kiosk.BUILD / "screens" / "operator"


def events(page, machine, trainee, told):
    """Reads what the page tells, and does what it asks for."""
    for line in page.lines():
        event = json.loads(line)
        told.append(event)
        if event["event"] == "looking":
            trainee.append(machine.client("start", "cable-row", "--once", "--json"))
        elif event["event"] == "out":
            refused = machine.run("start", "cable-row", expect=1)
            check(refused == [], f"a session began on a machine that is out of order: {refused}")
        elif event["event"] == "cut-the-drive":
            machine.sim.stop()
    page.process.wait()
    check(page.process.returncode == 0, f"the page's flow ended with {page.process.returncode}: {page.errors()}")


def of(told, kind):
    found = kiosk.of_kind(told, kind)
    check(found, f"the page never came to '{kind}': {told}")
    return found[0]


def an_operator_sees_a_running_session_and_takes_the_machine_out_of_order():
    SHOTS.mkdir(parents=True, exist_ok=True)
    told, trainee = [], []
    with sinks.HookSink() as hook, kiosk.KioskMachine(athlete="style=cable-row,one_rm_kg=85,reps=8") as machine:
        with machine.flow("operator", f"http://127.0.0.1:{hook.port}/in?secret=1", SHOTS) as page:
            events(page, machine, trainee, told)
        trainee[0].stop()
        stored = of(told, "session")["sets"]
        live = of(told, "live")
        check(live["reps"] >= 2 and "Cable row" in live["text"] and "set 1" in live["text"], f"{live}")
        check([one_set["counted_reps"] for one_set in machine.sets()] == stored, f"the page shows {stored} reps, stored are {machine.sets()}")
        check(len(stored) == 1, f"the session went on after the set it was taken out of order in: {stored}")
        check(stored[0] >= of(told, "ordered")["reps"], f"the set was cut short at {stored[0]} reps")
        rows = list(csv.DictReader(io.StringIO(of(told, "csv")["text"])))
        check(sum(int(row["sets"]) for row in rows) == 1 and sum(int(row["reps"]) for row in rows) == stored[0], f"{rows}")
        shown = of(told, "settings")["webhooks"]
        check("secret" not in shown and "127.0.0.1" in shown, f"the page shows the webhook as {shown}")
        kinds = set()
        while "FAULT" not in kinds:  # the test comes first, the fault last
            kinds.add(json.loads(hook.got.get(timeout=DEADLINE_S)["body"])["kind"])
        check("TEST" in kinds, f"the webhook got {kinds}")
        upkeep, *records = machine.run("upkeep")
        check(records[0]["part"] == "cable-inspection" and records[0]["note"] == "no broken strand", f"{records}")
        check("drive" in of(told, "fault")["text"], f"{of(told, 'fault')}")
        for picture in kiosk.of_kind(told, "picture"):
            check(picture["wide_px"] <= 1, f"{picture['name']} is {picture['wide_px']} px wider than {picture['look']}")
            check(not picture["found"], f"{picture['name']} {picture['look']}: {picture['found']}")
        check(not of(told, "end")["complaints"], f"{of(told, 'end')}")


if __name__ == "__main__":
    harness.main(an_operator_sees_a_running_session_and_takes_the_machine_out_of_order)
