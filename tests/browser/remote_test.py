"""An operator in an office: over TLS from another host, refused without a credential, with one a running session live and the use as CSV."""

import csv
import io
import json
import pathlib
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import kiosk  # noqa: E402  (also puts the integration harness on the path)
import harness  # noqa: E402
from elsewhere import Elsewhere  # noqa: E402
from harness import Program, check  # noqa: E402

SHOTS = kiosk.BUILD / "screens" / "operator"


class RemoteMachine(kiosk.KioskMachine):
    def __init__(self, address, **keys):
        super().__init__(**keys)
        self.remote = address

    def write_config(self, endpoint=None):
        path = super().write_config(endpoint)
        path.write_text(path.read_text() + f'tls_listen = "{self.remote}:0"\n\n[tls]\ntokens = "{self.folder / "tokens"}"\n')
        return path

    def start_daemon(self):
        self.daemon = Program("sheaved", [harness.bin_dir() / "sheaved", "--config", self.write_config()], self.folder)
        words = self.daemon.wait_for("ready ").split()
        self.address = words[words.index("api") + 1]
        self.url = f"https://{words[words.index('web-tls') + 1]}"

    def token(self):
        done = subprocess.run([harness.bin_dir() / "sheave", "token", "--tokens", self.folder / "tokens", "create", "office", "--scope", "operator"],
                              capture_output=True, text=True, check=True)
        return done.stdout.strip()


def an_operator_elsewhere_sees_a_session_live_and_takes_the_use_home():
    SHOTS.mkdir(parents=True, exist_ok=True)
    with Elsewhere() as there, RemoteMachine(there.address, athlete="style=cable-row,one_rm_kg=85,reps=5") as machine:
        command = [*there.prefix, "nice", "-n", "19", "node", kiosk.FLOWS / "remote.mjs", machine.url, machine.token(), SHOTS]
        told, trainee, reps_at = {}, None, []
        with Program("remote", command, machine.folder) as page:
            for line in page.lines():
                event = json.loads(line)
                if event["event"] == "picture":
                    check(event["wide_px"] <= 1, f"{event['name']} is {event['wide_px']} px wider than {event['look']}")
                    check(not event["found"], f"{event['name']} {event['look']}: {event['found']}")
                told[event["event"]] = event
                if event["event"] == "looking":
                    watch = machine.client("watch", "--reps", "--json")
                    trainee = machine.client("start", "cable-row", "--once", "--json", "--rest", "3")
                    for rep in watch.lines():
                        reps_at.append(time.time())
                        if len(reps_at) == 2:
                            break
                    watch.stop()
            page.process.wait()
            check(page.process.returncode == 0, f"the page's flow ended with {page.process.returncode}: {page.errors()}")
        trainee.stop(signal.SIGKILL)  # what it did is stored; how it ends is another test
        check(told["refused"]["shows"] == 0, f"without a credential the page shows {told['refused']['text']}")
        check("credential" in told["wrong"]["text"].lower() or "token" in told["wrong"]["text"].lower(), f"{told['wrong']}")
        check(told["live"]["reps"] >= 2 and "Cable row" in told["live"]["text"], f"{told['live']}")
        print(f"the second rep stood on the page {told['live']['at_ms'] / 1000 - reps_at[1]:+.3f} s after the command line had it", flush=True)
        rows = list(csv.DictReader(io.StringIO(told["csv"]["text"])))
        stored = machine.sets()
        check(sum(int(row["sets"]) for row in rows) >= 1 and sum(int(row["reps"]) for row in rows) >= stored[0]["counted_reps"], f"{rows}")
        check(not told["end"]["complaints"], f"{told['end']}")


if __name__ == "__main__":
    harness.main(an_operator_elsewhere_sees_a_session_live_and_takes_the_use_home)
