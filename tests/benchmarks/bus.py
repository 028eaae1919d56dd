"""The control cycle over TCP with one and two cables (cycle.cpp), and a serial line's control period against the time that its bytes take on the wire, computed here from the specification alone.

The reference drive: FC23 with 9 registers written and 18 read every period (12 below 230400 baud), beside it one request of at most 4
registers; 8E1, the silence of 3.5 characters after each frame, 300 us of turnaround.
"""

import json
import os
import pathlib
import subprocess
import time

import harness

MEASURE_S = 10.0
TURNAROUND_S = 300e-6


def figure(name, value, unit, limit, reference):
    print(json.dumps({"name": name, "value": round(value, 4), "unit": unit, "limit": limit, "reference": reference}), flush=True)


def exchange_s(baud, request_bytes, reply_bytes):
    character_s = 11 / baud
    return (request_bytes + reply_bytes + 2 * 3.5) * character_s + TURNAROUND_S


def cycle_s(baud):
    return exchange_s(baud, 13 + 2 * 9, 5 + 2 * (12 if baud < 230400 else 18))


def wire_s(baud):
    return cycle_s(baud) + max(exchange_s(baud, 8, 5 + 2 * 4), exchange_s(baud, 9 + 2 * 2, 8))


def status(machine):
    return machine.run("status")[0]


def measure(baud):
    machine = harness.Machine(link="rtu", baud=baud, log=False)
    with machine:
        before, end = status(machine), time.monotonic() + MEASURE_S
        with machine.client("watch", "--samples", "--rate", "50", "--json") as watcher:
            while time.monotonic() < end:
                watcher.line()  # the stream itself paces the measurement
        after = status(machine)
    exchanges, missed = (int(after["link"][name]) - int(before["link"][name]) for name in ("exchanges", "missed"))
    reference = f"computed wire time at {baud} baud: {1e3 * wire_s(baud):.3f} ms"
    figure(f"bus.rtu.period.{baud}", after["loop"]["period_ms"] / 1e3 / wire_s(baud), "ratio", 1.05, reference)
    # The loop waits for the cycle's answer, and through the silence after it to send what goes beside.
    figure(f"bus.rtu.cycle.{baud}", after["loop"]["cycle_mean_us"] / 1e6 / cycle_s(baud), "ratio", 1.10, f"computed: {1e3 * cycle_s(baud):.3f} ms")
    figure(f"bus.rtu.missed.{baud}", missed / exchanges, "share", 0.001, "absolute; a pseudo terminal hands bytes on by a kernel worker, milliseconds late on a busy host")


if __name__ == "__main__":
    subprocess.run([pathlib.Path(os.environ["SHEAVE_BUILD"]) / "bench-parts/cycle"], check=True)
    for baud in (115200, 230400, 1_000_000):
        measure(baud)
