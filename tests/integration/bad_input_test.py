"""Whatever a user gets wrong: one clear message that names the thing and the remedy, a failing exit code, and never torque."""

import os
import pathlib
import shutil
import socket
import subprocess
import threading

import harness
from harness import Machine, bin_dir, check


def refused(command, *words, folder=None):
    """Runs a program that must fail; its message must hold all of `words`, in few lines, and no trace of a crash."""
    done = subprocess.run([str(a) for a in command], capture_output=True, text=True, timeout=60, cwd=folder)
    text = done.stderr + done.stdout
    check(done.returncode in (1, 2), f"{command[0]} ended with {done.returncode}: {text}")
    for word in words:
        check(word.lower() in text.lower(), f"'{word}' is not in: {text}")
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    check(1 <= len(lines) <= 4, f"{len(lines)} lines of message: {text}")
    return text


def no_torque(machine):
    """The simulator's log shows a drive that was never enabled."""
    machine.sim.stop()
    log = machine.log_path.read_text().splitlines()
    check(len(log) > 1 and not any("operation-enabled" in line for line in log), "the drive was enabled")


def start_daemon_refused(machine, config, *words):
    path = machine.folder / "bad.toml"
    path.write_text(config.replace("sheave.db", "refused.db"))  # the machine's own controller may still hold its database
    refused([bin_dir() / "sheaved", "--config", path], *words)


def a_wrong_configuration_is_named():
    with Machine() as machine:
        machine.daemon.stop()
        machine.sim.stop()
        machine.start_sim()
        good = machine.write_config().read_text()
        for wrong, words in {
            good.replace('kind = "tcp"', 'kind = "carrier-pigeon"'): ("bad.toml", "kind", "carrier-pigeon"),
            good.replace("cables = 1", "cables = 7"): ("bad.toml", "cables", "1 to 2"),
            good.replace("cables = 1", 'cables = "one"'): ("bad.toml", "cables"),
            good.replace("cables = 1", "cabels = 1"): ("bad.toml", "cabels"),
            good.replace('profile = "kdr-1"', 'profile = "no-such-drive"'): ("no-such-drive",),
            good.replace("[link]", "[link"): ("bad.toml:6", "TOML"),
        }.items():
            start_daemon_refused(machine, wrong, *words)
        refused([bin_dir() / "sheaved", "--config", machine.folder / "missing.toml"], "missing.toml")
        no_torque(machine)


def a_standstill_granted_to_a_real_drive_is_refused():
    with Machine() as machine:
        machine.daemon.stop()
        machine.sim.stop()
        machine.start_sim()
        profile = pathlib.Path(os.environ["SHEAVE_SOURCE"], "hal/profiles/kdr-1.toml").read_text()
        real = "".join(line for line in profile.splitlines(True) if not line.startswith("simulated"))
        (machine.folder / "real.toml").write_text(real)
        config = machine.write_config().read_text().replace('"kdr-1"', f'"{machine.folder}/real.toml"')
        start_daemon_refused(machine, config, "link.standstill_ms is 90", "is a real drive", "Take the line out")
        no_torque(machine)


def no_stack_listening_is_named():
    with Machine() as machine:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            endpoint = f"127.0.0.1:{free.getsockname()[1]}"
        start_daemon_refused(machine, machine.write_config(endpoint).read_text(), endpoint, "drive")


def garbage_on_the_wire_is_named():
    with Machine() as machine, socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        endpoint = f"127.0.0.1:{server.getsockname()[1]}"

        def answer_garbage():
            while True:
                try:
                    peer, _ = server.accept()
                except OSError:
                    return
                with peer:
                    try:
                        while peer.recv(256):
                            peer.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                    except OSError:
                        pass

        threading.Thread(target=answer_garbage, daemon=True).start()
        start_daemon_refused(machine, machine.write_config(endpoint).read_text(), endpoint)
        server.shutdown(socket.SHUT_RDWR)


def a_port_in_use_is_named():
    with Machine() as machine:
        port = machine.address.split(":")[1]
        config = machine.write_config().read_text().replace('listen = "127.0.0.1:0"', f'listen = "{machine.address}"')
        start_daemon_refused(machine, config, port, "in use")
        check(machine.run("status")[0]["state"] == "MACHINE_STATE_IDLE", "the first controller suffered")


def an_unknown_program_and_a_load_above_the_limit_are_named():
    with Machine() as machine:
        client = [bin_dir() / "sheave", "--address", machine.address]
        refused([*client, "start", "bench-press"], "bench-press", "sheave programs")
        refused([*client, "start", "cable-row", "--load-kg", "500"], "500", "90")
        refused([*client, "start", "cable-row", "--load-kg", "10.1"], "10.1")
        check(machine.run("status")[0]["state"] == "MACHINE_STATE_IDLE", "the machine moved")
        refused([*client, "sets", "no-such-session"], "no-such-session")
    refused([bin_dir() / "sheave", "--address", "127.0.0.1:1", "status"], "127.0.0.1:1")


def a_missing_plugin_fails_its_program_by_name():
    with Machine() as machine:
        machine.daemon.stop()
        plugins = machine.folder / "plugins"
        shutil.copytree(bin_dir().parent / "plugins", plugins)
        gone = [file for file in plugins.glob("*.so") if "face" in file.name]
        check(len(gone) == 1, f"{gone}")
        gone[0].unlink()
        machine.extra_config = f'[plugins]\nfolders = ["{plugins}"]\n'
        machine.start_daemon()
        refused([bin_dir() / "sheave", "--address", machine.address, "start", "face-pull"], "face-pull", "not installed")
        programs = {program["name"]: program for program in machine.run("programs")}
        check("face-pull" in programs["programs/face-pull"]["unavailable_reason"], "the program list does not say why")
        check(programs["programs/cable-row"]["unavailable_reason"] == "", "the row suffers from a missing face pull")


if __name__ == "__main__":
    harness.main(a_wrong_configuration_is_named, a_standstill_granted_to_a_real_drive_is_refused, no_stack_listening_is_named,
                 garbage_on_the_wire_is_named, a_port_in_use_is_named, an_unknown_program_and_a_load_above_the_limit_are_named,
                 a_missing_plugin_fails_its_program_by_name)
