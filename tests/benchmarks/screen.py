"""From the handle's motion to the kiosk's pixels, in Debian's Chromium without a graphics card, at the full size of a portrait panel.

The simulator's own log says where the handle was and when; the page says for every frame when it was shown and where it drew the ring. The
latency of a frame is how long ago the handle was where the frame shows it. A frame counts as shown when the next one begins, which is late
by up to a frame.
"""

import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(os.environ["SHEAVE_SOURCE"]) / "tests" / "browser"))

import harness  # noqa: E402
import kiosk  # noqa: E402
import witness  # noqa: E402
from harness import check  # noqa: E402

MOVING_MPS = 0.15  # slower, the sensor's step is more than a frame's way
WINDOW_S = 0.5     # no frame is older
TICKS_PER_S = os.sysconf("SC_CLK_TCK")


def figure(name, value, unit, limit, reference):
    print(json.dumps({"name": name, "value": round(value, 4), "unit": unit, "limit": limit, "reference": reference}), flush=True)


def family(pid):
    """A process and all below it."""
    found = [pid]
    for task in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += family(int(child))
    return found


def cpu_s(pids):
    total = 0
    for pid in pids:
        try:
            total += sum(map(int, pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]))
        except OSError:
            pass  # it ended meanwhile
    return total / TICKS_PER_S


def latencies_s(frames, log, rom):
    """How long ago the handle was where each frame shows it, for frames of a moving handle."""
    times, extension, velocity = log["time_s"], log["extension_m"], log["velocity_mps"]
    found, row = [], 0
    for shown_s, x in frames:
        while row + 1 < len(times) and times[row + 1] <= shown_s:
            row += 1
        if not 0.05 < x < 0.95 or abs(velocity[row]) < MOVING_MPS:
            continue
        wanted_m = rom["start_m"] + x * (rom["end_m"] - rom["start_m"])
        back, sign = row, velocity[row] > 0
        while back > 0 and shown_s - times[back] < WINDOW_S and (extension[back] > wanted_m) == sign and (velocity[back] > 0) == sign:
            back -= 1
        if shown_s - times[back] < WINDOW_S and (velocity[back] > 0) == sign:
            found.append(shown_s - times[back])
    return sorted(found)


def main():
    with kiosk.KioskMachine(athlete="style=cable-row,one_rm_kg=85,reps=5") as machine:
        with machine.flow("motion", "cable-row") as person:
            pids, began = [], 0.0
            for line in person.lines():
                event = json.loads(line)
                if event["event"] == "pulling":
                    pids = family(person.process.pid)
                    began = cpu_s(pids)
                elif event["event"] == "shown":
                    used_s, shown = cpu_s(pids) - began, event
            person.process.wait()
            check(person.process.returncode == 0, person.errors())
        rom = machine.sets()[0]["rom"][0]
        machine.finish()
        frames = shown["frames"]
        late = latencies_s(frames, witness.read(machine.log_path), rom)
        check(len(late) > 50, f"only {len(late)} frames of a moving handle")
        span_s = frames[-1][0] - frames[0][0]
        reference = f"absolute; the simulator's own log, {len(late)} frames of a moving handle, clocks within {1e3 * shown['clock_way_s'] / 2:.2f} ms"
        figure("screen.motion_to_pixel.p50", 1e3 * late[len(late) // 2], "ms", 50, reference)
        figure("screen.motion_to_pixel.p99", 1e3 * late[int(len(late) * 0.99)], "ms", 50, reference)
        figure("screen.frames", (len(frames) - 1) / span_s, "1/s", 60, "absolute; the browser asks for 60")
        figure("screen.cpu", used_s / span_s, "cores", 0.05, "absolute; Chromium drawing 1080x1920 by processor, without a graphics card")


if __name__ == "__main__":
    main()
