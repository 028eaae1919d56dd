"""What an operator and a technician do, from a shell and over the API: out of order, upkeep, alerts, the support bundle."""

import email
import json
import os
import pathlib
import subprocess
import tarfile

import harness
import sinks
import witness
from harness import DEADLINE_S, Machine, check

CLIENT = pathlib.Path(os.environ["SHEAVE_BUILD"]) / "tests/integration/node/call.mjs"
FAILED_PRECONDITION, ABORTED = 9, 10


def call(machine, method, request=None, expect_error=None):
    """One call of a client made from the .proto files alone; its answer, or the error that was expected."""
    proto = pathlib.Path(os.environ["SHEAVE_SOURCE"]) / "proto"
    done = subprocess.run(["node", CLIENT, proto, machine.address, method, json.dumps(request or {})], capture_output=True, text=True,
                          timeout=DEADLINE_S)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    check(lines, f"{method} printed nothing: {done.stderr}")
    if expect_error is not None:
        check(lines[0].get("error", {}).get("code") == expect_error, f"{method} was to fail with {expect_error}: {lines[0]}")
        return lines[0]["error"]
    check("error" not in lines[0], f"{method}: {lines[0]}")
    return lines[0]


def settings(machine, **alerts):
    config = call(machine, "MachineService.GetConfig", {"name": "machines/-"})
    config["alerts"].update(alerts)
    return call(machine, "MachineService.UpdateConfig", {"name": "machines/-", "config": config})


def a_machine_taken_out_of_order_in_a_set_lets_it_end_and_takes_nobody_until_it_is_given_back():
    with Machine(athlete="style=cable-row,one_rm_kg=85,reps=8") as machine:
        with machine.client("start", "cable-row", "--rest", "3", "--once", "--json") as follower:
            reps = 0
            for line in follower.lines():
                event = json.loads(line)
                reps += event["type"] == "rep"
                if reps == 2:
                    out = machine.run("out-of-order", "--reason", "cable worn", "--who", "Kim")[0]["out_of_order"]
                    check(out["pending"], f"a set runs: {out}")
                    break
            ended = [json.loads(line) for line in follower.lines()]
        sets = machine.sets()
        check(len(sets) == 1, f"{len(sets)} sets: the session was to end after the running one")
        check(sets[0]["counted_reps"] > 2 and sets[0]["end_reason"] == "SET_END_REASON_RACKED", f"the set was cut short: {sets[0]}")
        check(ended[-1]["end_note"] == "The machine was taken out of order.", f"the session ended as {ended[-1]}")

        def refused():
            error = call(machine, "SessionService.CreateSession", {"parent": "machines/-", "program": "programs/cable-row"}, FAILED_PRECONDITION)
            check("cable worn" in error["details"], f"the reason is not said: {error}")

        refused()
        check(machine.daemon.stop() == 0, "sheaved did not end cleanly")
        machine.start_daemon()
        refused()
        check("out_of_order" not in machine.run("out-of-order", "--clear", "--who", "Kim")[0], "it was given back")
        call(machine, "SessionService.CreateSession", {"parent": "machines/-", "program": "programs/cable-row"})


def the_odometer_is_the_travel_that_the_simulator_saw():
    with Machine(athlete="style=cable-row,one_rm_kg=85,reps=6") as machine:
        machine.session("cable-row", "--sets", "1")
        machine.finish()
        log = witness.read(machine.log_path)
        travel_m, turn_m, pulls, out = 0.0, log["extension_m"][0], 0, False
        anchor_m = turn_m
        for at_m in log["extension_m"]:
            if abs(at_m - anchor_m) >= 0.01:
                travel_m, anchor_m = travel_m + abs(at_m - anchor_m), at_m
            turn_m = max(turn_m, at_m) if out else min(turn_m, at_m)
            if abs(at_m - turn_m) >= 0.05:
                pulls += out
                out, turn_m = not out, at_m
        machine.start_sim()
        machine.start_daemon()
        odometer = machine.run("upkeep")[0]["odometer"]
        check(abs(odometer["cable_m"] / travel_m - 1) < 0.05, f"{odometer['cable_m']} m counted, the simulator's handle moved {travel_m} m")
        check(int(odometer["cycles"]) == pulls, f"{odometer['cycles']} pulls counted, the simulator saw {pulls}")
        check(odometer["powered_s"] > 5 and odometer["work_j"] > 100, f"{odometer}")


def a_sign_off_begins_a_part_anew_and_stays_in_the_book():
    with Machine(athlete="", log=False) as machine:
        machine.run("service", "cable-inspection", "--note", "no broken strand", "--who", "Kim")
        machine.run("service", "cable-change", "--replaced", "--who", "Kim")
        upkeep, *records = machine.run("upkeep")
        check([record["part"] for record in records] == ["cable-change", "cable-inspection"], f"{records}")
        check(records[1]["note"] == "no broken strand" and records[1]["who"] == "Kim", f"{records[1]}")
        signed = {item["part"]: "last_time" in item for item in upkeep["items"]}
        check(signed == {"cable-inspection": True, "cable-change": True, "drive-fan": False}, f"{signed}")
        machine.run("service", "gearbox", expect=1)


def an_alert_arrives_by_mail_and_webhook():
    with sinks.MailSink() as mail, sinks.HookSink() as hook:
        config = f'[alerts]\nsmtp = "smtp://127.0.0.1:{mail.port}"\nfrom = "sheave@gym.example"\nstarttls = "none"\n'
        with Machine(athlete="", log=False, config=config) as machine:
            shown = settings(machine, emails=["kim@gym.example"], webhooks=[f"http://127.0.0.1:{hook.port}/in?secret=1"])
            check("secret" not in json.dumps(shown), f"the webhook's secret is shown: {shown}")
            check(shown["mail_server"] == "127.0.0.1", f"{shown}")
            machine.run("out-of-order", "--reason", "cable worn", "--who", "Kim")

            got = hook.got.get(timeout=DEADLINE_S)
            body = json.loads(got["body"])
            check(got["path"] == "/in?secret=1" and body["kind"] == "OUT_OF_ORDER" and "cable worn" in body["text"], f"{got}")
            letter = mail.got.get(timeout=DEADLINE_S)
            check(letter["to"] == ["kim@gym.example"] and "sheave@gym.example" in letter["from"], f"{letter}")
            message = email.message_from_bytes(letter["data"])
            text = next(part for part in message.walk() if part.get_content_type() == "text/plain").get_payload(decode=True).decode()
            check(message["Subject"] == "Test: out of order" and "Kim took it out of use" in text and "cable worn" in text, f"{letter}")

            # The same settings sent once more with the etag of before are refused: somebody else may have changed them.
            config = call(machine, "MachineService.GetConfig", {"name": "machines/-"})
            call(machine, "MachineService.UpdateConfig", {"name": "machines/-", "config": config})
            call(machine, "MachineService.UpdateConfig", {"name": "machines/-", "config": config}, ABORTED)
            check(len(config["alerts"]["webhooks"]) == 1, f"{config}")


def an_alert_that_could_not_be_sent_is_sent_after_a_restart():
    with sinks.HookSink() as hook:
        port = hook.port
    with Machine(athlete="", log=False) as machine:
        settings(machine, webhooks=[f"http://127.0.0.1:{port}/in"])
        call(machine, "MachineService.TestAlert", {"name": "machines/-"})
        while True:  # each call is a round trip: it ends with the first attempt
            delivery = call(machine, "MachineService.ListAlerts", {"name": "machines/-"})["alerts"][0]["deliveries"][0]
            if delivery["attempts"]:
                break
        check(delivery["last_error"] and not delivery["delivered_time"], f"nobody listens there: {delivery}")
        machine.daemon.kill()
        machine.daemon.process.wait()
        with sinks.HookSink(port) as hook:
            machine.start_daemon()
            body = json.loads(hook.got.get(timeout=DEADLINE_S)["body"])
            check(body["kind"] == "TEST", f"{body}")


def a_fault_of_the_machine_is_told():
    with sinks.HookSink() as hook:
        with Machine(athlete="", log=False) as machine:
            settings(machine, webhooks=[f"http://127.0.0.1:{hook.port}/in"])
            machine.sim.stop()
            body = json.loads(hook.got.get(timeout=DEADLINE_S)["body"])
            check(body["kind"] == "FAULT" and "What helps: " in body["text"], f"{body}")
            faults = call(machine, "UsageService.Summarize", {"machine": "machines/-"})["faults"]
            check(any(use["fault"]["id"] == "LINK_LOST" for use in faults), f"{faults}")


def a_support_bundle_holds_what_helps_and_no_secret():
    with Machine(athlete="", log=False) as machine:
        password = machine.folder / "password"
        password.write_text("t0psecret\n")
        machine.extra_config = (f'[alerts]\nsmtp = "smtps://mail.example.org"\nfrom = "a@example.org"\nuser = "kim-at-mail"\n'
                                f'password_file = "{password}"\n')
        machine.daemon.stop()
        machine.start_daemon()
        path = machine.folder / "bundle.tar.gz"
        done = subprocess.run([str(harness.bin_dir() / "sheave"), "--address", machine.address, "support-bundle", str(path)],
                              capture_output=True, text=True, timeout=DEADLINE_S)
        check(done.returncode == 0, f"{done.stdout}{done.stderr}")
        with tarfile.open(path) as bundle:
            files = {member.name: bundle.extractfile(member).read().decode() for member in bundle}
        names = {"sheaved.toml", "sheaved.log", "machine.json", "upkeep.json", "faults.json", "services.json", "alerts.json"}
        check(names == {pathlib.PurePath(name).name for name in files}, f"{sorted(files)}")
        check("kdr-1" in files["sheave-support/sheaved.toml"] and "link: modbus" in files["sheave-support/sheaved.log"], "not what was looked for")
        machine_json = json.loads(files["sheave-support/machine.json"])
        hashes = [component["sha256"] for component in machine_json["components"] if component["kind"] == "plugin"]
        check(len(hashes) > 5 and all(len(text) == 64 for text in hashes), f"{hashes}")
        for name, text in files.items():
            check("t0psecret" not in text and "kim-at-mail" not in text, f"{name} holds a secret")


if __name__ == "__main__":
    harness.main(a_machine_taken_out_of_order_in_a_set_lets_it_end_and_takes_nobody_until_it_is_given_back,
                 the_odometer_is_the_travel_that_the_simulator_saw, a_sign_off_begins_a_part_anew_and_stays_in_the_book,
                 an_alert_arrives_by_mail_and_webhook, an_alert_that_could_not_be_sent_is_sent_after_a_restart,
                 a_fault_of_the_machine_is_told, a_support_bundle_holds_what_helps_and_no_secret)
