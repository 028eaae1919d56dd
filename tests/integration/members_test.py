"""Who trains, over the wire: enrolled, known by number and PIN, slowed where somebody tries, exported and erased; and workouts by name."""

import harness
from harness import Machine, check


def a_member_is_known_slowed_exported_and_erased():
    with Machine() as machine:
        ann = machine.run("member", "create", "--alias", "Ann", "--pin", "4711", "--tag", "04a27f")[0]
        check(ann["number"] == 1 and ann["alias"] == "Ann" and ann["has_pin"] and ann["tags"] == 1, f"{ann}")
        database = (machine.folder / "sheave.db").read_bytes() + b"".join(f.read_bytes() for f in machine.folder.glob("sheave.db-wal"))
        check(b"4711" not in database and b"04a27f" not in database, "a PIN or a tag lies in the database")
        session = machine.run("start", "cable-row", "--member", 1, "--pin", "4711")[0]
        check(session["member"] == ann["name"] and session["member_alias"] == "Ann", f"{session}")
        check("MEMBER_TRAINS" in machine.refused("member", "erase", 1), "erased in the middle of a session")
        machine.run("finish")
        moved = machine.run("not-me")[0]
        check(moved["member"] == "", f"{moved}")
        again = machine.run("not-me", "--member", 1, "--pin", "4711")[0]
        check(again["member"] == ann["name"], f"{again}")

        for _ in range(5):
            check("CREDENTIAL_UNKNOWN" in machine.refused("start", "cable-row", "--member", 1, "--pin", "0000"), "a wrong PIN was taken")
        slowed = machine.refused("start", "cable-row", "--member", 1, "--pin", "4711")
        check("CREDENTIAL_SLOWED" in slowed and "seconds" in slowed, slowed)

        parts = machine.run("member", "export", 1)
        check([part["type"] for part in parts] == ["member", "session"], f"{parts}")
        check("4711" not in str(parts), "the PIN is in the export")
        erased = machine.run("member", "erase", 1)[0]
        check(erased["sessions"] == 1, f"{erased}")
        check("MEMBER_NOT_FOUND" in machine.refused("member", "show", 1), "the member is still there")
        machine.finish()
        check(b"Ann" not in (machine.folder / "sheave.db").read_bytes(), "the erased name lies in the file")


def workouts_are_listed_and_begin_with_their_first_exercise():
    with Machine() as machine:
        workouts = {line["name"]: line for line in machine.run("programs") if line["type"] == "workout"}
        upper = workouts["workouts/upper-back"]
        check([part["program"]["exercise_name"] for part in upper["parts"]] ==
              ["Deadlift", "Cable row", "Single-arm row", "Face pull", "Rear lateral raise"], f"{upper}")
        session = machine.run("start", "upper-back")[0]
        check(session["program"] == "programs/deadlift" and session["workout_position"] == 1 and session["workout_size"] == 5, f"{session}")
        machine.run("finish")


def a_lost_key_is_told_and_guests_train():
    with Machine() as machine:
        machine.run("member", "create", "--alias", "Ann", "--pin", "4711")
        key = machine.folder / "sheave.db.key"
        kept = key.read_bytes()

        def start_again(*arguments):
            check(machine.daemon.stop() == 0, machine.daemon.errors())
            machine.start_daemon(*arguments)

        key.unlink()
        start_again()
        check(str(key) in machine.daemon.errors() and "--forget-credentials" in machine.daemon.errors(), machine.daemon.errors())
        check("KEY_UNUSABLE" in machine.refused("start", "cable-row", "--member", 1, "--pin", "4711"), "a PIN was checked without its key")
        guest = machine.run("start", "cable-row")[0]
        check(guest["state"] == "SESSION_STATE_ACTIVE" and not key.exists(), f"{guest}")
        machine.run("finish")

        key.write_bytes(kept)
        start_again()
        check(machine.run("start", "cable-row", "--member", 1, "--pin", "4711")[0]["member_alias"] == "Ann", "not known by the key put back")
        machine.run("finish")

        key.unlink()
        start_again("--forget-credentials")
        ann = machine.run("member", "show", 1)[0]
        check(ann["alias"] == "Ann" and not ann["has_pin"], f"{ann}")
        start_again()
        check("CREDENTIAL_UNKNOWN" in machine.refused("start", "cable-row", "--member", 1, "--pin", "4711"), "the forgotten PIN was taken")
        machine.finish()


if __name__ == "__main__":
    harness.main(a_member_is_known_slowed_exported_and_erased, a_lost_key_is_told_and_guests_train, workouts_are_listed_and_begin_with_their_first_exercise)
