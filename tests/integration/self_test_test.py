"""`sheave self-test` on the wire: the machine measures itself, keeps what it found over a restart, and refuses while somebody trains."""

import harness
from harness import Machine, check

# The simulated machine's, as sim/plant/cable.hpp has it.
FRICTION_N, VISCOUS_NSPM, MASS_KG = 17.0, 10.0, 7.5


def status(machine):
    return next(line for line in machine.run("status") if line["type"] == "machine")


def the_machine_measures_itself_and_remembers():
    with Machine() as machine:
        check("self_test" not in status(machine), "a self-test before the first")
        found = machine.run("self-test")[0]["cables"]
        check(len(found) == 1 and len(found[0]["readings"]) == 10, f"found {found}")
        cable = found[0]
        check(abs(cable["friction_n"] - FRICTION_N) < 1.0, f"friction {cable['friction_n']}")
        check(abs(cable["viscous_nspm"] - VISCOUS_NSPM) < 3.0, f"damping {cable['viscous_nspm']}")
        check(abs(cable["moving_mass_kg"] - MASS_KG) < 1.0, f"mass {cable['moving_mass_kg']}")
        check(abs(cable["bias_percent"]) < 1.0 and cable["cv_percent"] < 1.0, f"force {cable['bias_percent']} %, CV {cable['cv_percent']} %")
        machine.daemon.stop()
        machine.start_daemon()
        kept = status(machine)["self_test"]
        check(kept["cables"][0]["friction_n"] == cable["friction_n"], f"kept {kept}")
        machine.finish()
        print(f"friction {cable['friction_n']:.2f} N, {cable['viscous_nspm']:.2f} N s/m, {cable['moving_mass_kg']:.2f} kg, "
              f"{cable['residual_n']:.2f} N left over", flush=True)


def nobody_who_trains_is_disturbed():
    with Machine() as machine:
        check("self_test" not in status(machine), "a self-test before the first")
        machine.run("start", "cable-row")
        machine.run("self-test", expect=1)
        check("self_test" not in status(machine), "a self-test in the middle of a session")
        machine.finish()


if __name__ == "__main__":
    harness.main(the_machine_measures_itself_and_remembers, nobody_who_trains_is_disturbed)
