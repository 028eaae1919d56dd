"""The controller as a process: time until ready, resident memory, processor share at 1 kHz with a watcher, page faults in a set."""

import json
import os
import pathlib
import time

import harness

MEASURE_S = 20.0


def figure(name, value, unit, limit, reference):
    print(json.dumps({"name": name, "value": round(value, 4), "unit": unit, "limit": limit, "reference": reference}), flush=True)


def process_cpu_s(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_mb(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")) / 1024


def control_faults(pid):
    """Page faults of the control thread in its life."""
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        if (task / "comm").read_text().strip() == "sheave-control":
            fields = (task / "stat").read_text().rsplit(")", 1)[1].split()
            return int(fields[7]) + int(fields[9])
    raise RuntimeError("sheaved has no thread named sheave-control")


def main():
    machine = harness.Machine(log=False)
    machine.start_sim()
    begin = time.monotonic()
    machine.start_daemon()
    figure("daemon.ready", time.monotonic() - begin, "s", 1.0, "absolute: start of the process to its ready line")
    with machine.client("watch", "--samples", "--rate", "100", "--json") as watcher:
        for _ in range(10):
            watcher.line()
        pid = machine.daemon.process.pid
        cpu, begin = process_cpu_s(pid), time.monotonic()
        while time.monotonic() - begin < MEASURE_S:
            watcher.line()  # the stream itself paces the measurement
        figure("daemon.cpu", 100 * (process_cpu_s(pid) - cpu) / (time.monotonic() - begin), "% of one core", 10, "absolute: 1 kHz loop, one watcher at 100 Hz")
    faults = control_faults(pid)
    machine.session("cable-row", "--sets", "1", "--once")
    figure("daemon.control_faults", control_faults(pid) - faults, "1", 0, "absolute: minor and major, over calibration, a set and its end")
    figure("daemon.memory", resident_mb(pid), "MB resident", 64, "absolute: after the set")
    machine.finish()


if __name__ == "__main__":
    main()
