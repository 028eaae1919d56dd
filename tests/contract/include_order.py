#!/usr/bin/env python3
"""Every room may include only what lies before it. Says which file breaks the order, and what it may include instead."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

ORDER = ["core", "rt", "plugin_host", "safety", "control", "session", "store", "api", "web", "fleet", "app"]
ROOMS = {
    "hal": {"hal"},
    "hal/cable_stack.hpp": set(),
    "plugins/abi": {"plugins/abi"},
    "plugins/sdk": {"plugins/abi", "plugins/sdk"},
    "plugins": {"plugins/abi", "plugins/sdk", "plugins"},
    # A host-side tool over the registry; everything else under plugins sees the ABI and the SDK only.
    "plugins/validator": {"plugins/abi", "plugins/validator", "controller/core", "controller/plugin_host"},
    "sim": {"sim", "hal/cable_stack.hpp"},
}
for index, room in enumerate(ORDER):
    seen = {f"controller/{r}" for r in ORDER[: index + 1]}
    if room in ("plugin_host", "control", "session", "store", "api", "web", "fleet", "app"):
        seen |= {"plugins/abi"}
    if room not in ("core", "rt", "plugin_host"):
        seen |= {"hal/cable_stack.hpp"}
    if room == "safety":
        seen -= {"controller/plugin_host"}
    if room in ("api", "web", "fleet", "app"):
        seen |= {"sheave/v1"}  # generated messages
    if room == "app":
        seen |= {"hal"}
    ROOMS[f"controller/{room}"] = seen
ROOMS["sim/scenario"] = {"sim", "hal", "plugins/abi"} | {f"controller/{r}" for r in ORDER if r not in ("api", "web", "fleet", "app")}

TREE = ("controller/", "hal/", "plugins/", "sim/", "sheave/")
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"')


def room_of(path):
    """The most particular room that a path lies in; None outside of the house."""
    fitting = [room for room in ROOMS if path == room or path.startswith(room + "/")]
    return max(fitting, key=len, default=None)


def target_of(include, file):
    if include.startswith("sheave/v1/"):
        return "sheave/v1"
    if include.startswith("sheave/"):
        return "plugins/abi"
    if include.startswith(TREE):
        return include
    beside = (file.parent / include).resolve()  # relative: the ABI's own headers
    return str(beside.relative_to(ROOT)) if beside.is_relative_to(ROOT) and beside.exists() else None


def allowed(target, seen):
    return any(target == s or target.startswith(s + "/") for s in seen)


def main():
    broken = 0
    files = [f for folder in ("controller", "hal", "plugins", "sim") for f in sorted((ROOT / folder).rglob("*"))
             if f.suffix in (".h", ".hpp", ".cpp", ".c")]
    for file in files:
        path = str(file.relative_to(ROOT))
        room = room_of(path)
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            match = INCLUDE.match(line)
            target = match and target_of(match.group(1), file)
            if target and not allowed(target, ROOMS[room]):
                broken += 1
                print(f"{path}:{number}: {room} may not include {match.group(1)}; it sees {', '.join(sorted(ROOMS[room])) or 'nothing'}")
    print(f"{len(files)} files, {broken} includes against the order")
    return 1 if broken or not files else 0


if __name__ == "__main__":
    sys.exit(main())
