"""An app made from the .proto files alone, in another language, cut off twice in mid-set."""

import os
import pathlib
import subprocess

import harness
from harness import Machine, check


def a_node_client_gets_every_rep_exactly_once():
    folder = pathlib.Path(os.environ["SHEAVE_BUILD"]) / "tests" / "integration" / "node"
    protos = pathlib.Path(os.environ["SHEAVE_SOURCE"]) / "proto"
    with Machine(athlete="style=cable-row,one_rm_kg=62", log=False) as machine:
        done = subprocess.run(["node", folder / "client.mjs", protos, machine.address, "cable-row", "2", "3"], capture_output=True, text=True,
                              timeout=600)
        check(done.returncode == 0, f"the client failed: {done.stdout}{done.stderr}")
        result = harness.json.loads(done.stdout)
        check(result["cuts"] == 2 and result["reps"] >= 6 and result["programs"] >= 6, f"{result}")
        print(done.stdout.strip(), flush=True)


if __name__ == "__main__":
    harness.main(a_node_client_gets_every_rep_exactly_once)
