"""Other links than one cable on TCP: a serial line at two speeds, and two cables on both. One working set each, seen by the simulator's log."""

import os
import pathlib
import re
import tempfile

import harness
from harness import Machine, check

GRAVITY_MPS2 = 9.80665
LOAD_KG = 40


def one_set_program(folder):
    """The muscle program with a single set, as a catalog of its own."""
    source = pathlib.Path(os.environ["SHEAVE_SOURCE"]) / "plugins/catalog/cable-row.toml"
    text = re.sub(r"(?m)^sets = \d+", "sets = 1", source.read_text())
    (pathlib.Path(folder) / source.name).write_text(text)
    return f'[catalog]\nfolders = ["{folder}"]\n'


def mean_handle_force_n(log_path, cable):
    """Over the concentric parts of the loaded set."""
    forces = []
    with open(log_path) as log:
        columns = log.readline().strip().split(",")
        at = {name: columns.index(name) for name in ("cable", "lamp", "velocity_mps", "handle_force_n")}
        for line in log:
            row = line.split(",")
            if row[at["lamp"]] == "active" and int(row[at["cable"]]) == cable and float(row[at["velocity_mps"]]) > 0.2:
                forces.append(float(row[at["handle_force_n"]]))
    check(forces, f"cable {cable} never moved under load")
    return sum(forces) / len(forces)


# A pseudo terminal hands bytes on by a kernel worker, milliseconds late on a busy host; at 250 Hz the fast line has room for that.
ROOM = "[control]\nrate_hz = 250\n"


def session(link, cables=1, baud=1000000):
    with tempfile.TemporaryDirectory(prefix="sheave-catalog-") as folder:
        with Machine(athlete="style=cable-row,one_rm_kg=65,reps=6", link=link, cables=cables, baud=baud,
                     config=one_set_program(folder) + (ROOM if link == "rtu" and baud >= 1000000 else "")) as machine:
            lines = machine.run("start", "cable-row", "--rest", 3, "--load-kg", LOAD_KG, "--once")
            sets = machine.sets()
            machine.finish()
            check(lines[-1]["state"] == "SESSION_STATE_FINISHED", f"the session ended as {lines[-1]['state']}")
            check(len(sets) == 1, f"{len(sets)} sets")
            counted = sets[0]["counted_reps"]
            check(counted == 6, f"{counted} reps of 6 counted")
            check(abs(sets[0]["load_total_kg"] - LOAD_KG) < 0.01, f"the set was at {sets[0]['load_total_kg']} kg")
            # Each cable carries its share; a pull is slow enough that inertia is a few percent of it.
            for cable in range(cables):
                share_kg = mean_handle_force_n(machine.log_path, cable) / GRAVITY_MPS2
                check(abs(share_kg - LOAD_KG / cables) < 0.12 * LOAD_KG / cables, f"cable {cable} pulled {share_kg:.1f} of {LOAD_KG} kg on {cables}")


def a_set_on_a_serial_line_at_1_megabaud():
    session("rtu")


def a_set_on_a_serial_line_at_115200_baud():
    session("rtu", baud=115200)


def a_set_on_two_cables():
    session("tcp", cables=2)


def a_set_on_two_cables_on_serial_lines():
    session("rtu", cables=2)


def a_serial_line_is_shown_with_its_speed_and_period():
    with Machine(link="rtu", baud=115200, log=False, athlete="absent") as machine:
        status = machine.run("status")[0]
        link, period_ms = status["link"], status["loop"]["period_ms"]
        check(link["verified"], "the drive's limits are not verified")
        check("115200 baud 8E1" in link["description"], link["description"])
        check(f"per period of {period_ms:.2f} ms" in link["description"], f"{link['description']} at {period_ms} ms")
        check(9.5 < period_ms < 11.5, f"a period of {period_ms} ms")
        machine.finish()


def an_unsupported_speed_is_refused_by_name():
    with tempfile.TemporaryDirectory(prefix="sheave-") as folder:
        machine = Machine(link="rtu", baud=250000, log=False)
        machine.endpoints = [f"{folder}/line"]
        daemon = harness.Program("sheaved", [harness.bin_dir() / "sheaved", "--config", machine.write_config()], machine.folder)
        check(daemon.line() is None and daemon.process.wait() == 1, "sheaved did not refuse to start")
        check("unsupported baud 250000" in daemon.errors(), daemon.errors())


if __name__ == "__main__":
    harness.main(a_set_on_a_serial_line_at_1_megabaud, a_set_on_a_serial_line_at_115200_baud, a_set_on_two_cables,
                 a_set_on_two_cables_on_serial_lines, a_serial_line_is_shown_with_its_speed_and_period, an_unsupported_speed_is_refused_by_name)
