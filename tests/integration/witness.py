"""An independent witness: recomputes every set from the simulator's own log. Shares no code with Sheave.

What the simulator logs is the plant's truth (handle position, force of the motor, force in the hand), not what went over the wire. Sets are
told apart by the lamp that the person saw. A rep here is found by turning points only: the handle goes out by at least the smallest range
and comes back by most of it.

Definitions, as the API states them: ROM is peak minus the low point before it. The mean velocity is over time and over the pull: from the
last moment at which the handle was slower than START_MPS on its way out of the low point to the first at which it is slower than that
at the top.
"""

import csv
import dataclasses

START_MPS = 0.03
STILL_MPS = 0.05
SET_LAMP, UNLOADING_LAMP, CALIBRATION_LAMP = "active", "unloading", "calibrate"
FULL_SHARE = 0.8  # of the calibrated range: what is less is a partial


@dataclasses.dataclass
class Rep:
    rom_m: float
    mean_velocity_mps: float
    hand_force_n: float  # what the hand felt: mean of pull and return, so that friction, which helps one and hinders the other, cancels
    hold_s: float        # time near the peak (5 % of the range) and still


def read(path, cable=0):
    """Columns of one cable, as lists of numbers; text columns as text."""
    columns = {}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if int(row["cable"]) != cable:
                continue
            for name, text in row.items():
                try:
                    value = float(text)
                except ValueError:
                    value = text
                columns.setdefault(name, []).append(value)
    return columns


def full_range_m(log):
    """The person's range, from the light pulls under the calibration lamp: their median."""
    lengths = sorted(rep.rom_m for span in lamp_spans(log, CALIBRATION_LAMP) for rep in reps(log, span)[1:])  # the first comes from home
    return lengths[len(lengths) // 2]


def full_reps(log, span, full_m):
    return [rep for rep in reps(log, span) if rep.rom_m >= FULL_SHARE * full_m]


def set_spans(log):
    return lamp_spans(log, SET_LAMP)


def lamp_spans(log, wanted):
    """[begin, end) rows of each time the lamp showed `wanted`, until it shows anything else but 'unloading': a last pull may come back under way."""
    spans, begin = [], None
    for row, lamp in enumerate(log["lamp"]):
        inside = lamp == wanted or (begin is not None and lamp == UNLOADING_LAMP)
        if inside and begin is None:
            begin = row
        if not inside and begin is not None:
            spans.append((begin, row))
            begin = None
    if begin is not None:
        spans.append((begin, len(log["lamp"])))
    return spans


def turning_points(x, begin, end, swing_m):
    """Alternating low and high rows, each a swing of at least swing_m from the one before."""
    points, low, high, rising = [], begin, begin, None
    for row in range(begin, end):
        if x[row] < x[low]:
            low = row
        if x[row] > x[high]:
            high = row
        if rising is not False and x[row] < x[high] - swing_m:
            points.append(("high", high))
            low, rising = row, False
            high = row
        elif rising is not True and x[row] > x[low] + swing_m:
            points.append(("low", low))
            high, rising = row, True
            low = row
    if rising is True:
        points.append(("high", high))
    elif rising is False:
        points.append(("low", low))
    return points


def reps(log, span, min_rom_m=0.10, return_share=0.5):
    """The reps of one set, in order: a low point, a high point, and a return of at least return_share of the range."""
    x, v, t, force = log["extension_m"], log["velocity_mps"], log["time_s"], log["handle_force_n"]
    begin, end = span
    found = []
    points = turning_points(x, begin, end, min_rom_m)
    for (kind, low), (_, high), (_, back) in zip(points, points[1:], points[2:] + [("low", end - 1)] * 2):
        if kind != "low":
            continue
        rom = x[high] - x[low]
        if rom < min_rom_m or x[high] - min(x[high:back + 1]) < return_share * rom:
            continue
        fastest = max(range(low, high + 1), key=v.__getitem__)
        first = next((r for r in range(fastest, low - 1, -1) if v[r] < START_MPS), low)
        last = next((r for r in range(fastest, high + 1) if v[r] < START_MPS and x[r] > x[low] + 0.9 * rom), high)
        pull = range(first, last + 1)
        near_top = [r for r in range(low, back + 1) if x[r] > x[high] - 0.05 * rom and abs(v[r]) < STILL_MPS]
        returning = [r for r in range(last, back + 1) if v[r] < -START_MPS and x[r] > x[low] + 0.1 * rom]  # not the way home
        pull_n = sum(force[r] for r in pull) / len(pull)
        return_n = sum(force[r] for r in returning) / len(returning) if returning else pull_n
        found.append(Rep(rom, (x[last] - x[first]) / (t[last] - t[first]), (pull_n + return_n) / 2, len(near_top) * (t[1] - t[0])))
    return found
