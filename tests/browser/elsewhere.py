"""Another host: a network namespace with a wire to this one; where that is not permitted, another loopback address of this host."""

import os
import subprocess
import sys

HERE, THERE = "198.51.100.1", "198.51.100.2"  # RFC 5737: nobody's
REACH = "import socket, sys; sys.exit(socket.socket().connect_ex((sys.argv[1], 9)) != 111)"  # refused: it is reached
ANOTHER_LOOPBACK = "127.0.0.2"


class Elsewhere:
    """Use as a context manager. `address`: where the machine listens; `prefix`: what runs a command over there."""

    def __init__(self):
        self.name = f"sheave-{os.getpid()}"
        self.address, self.prefix = HERE, ["ip", "netns", "exec", self.name]

    def __enter__(self):
        try:
            _ip("netns", "add", self.name)
            _ip("link", "add", self._wire, "type", "veth", "peer", "name", "wire", "netns", self.name)
            _ip("addr", "add", f"{HERE}/30", "dev", self._wire)
            _ip("link", "set", self._wire, "up")
            for words in (("addr", "add", f"{THERE}/30", "dev", "wire"), ("link", "set", "wire", "up"), ("link", "set", "lo", "up")):
                _ip("-n", self.name, *words)
            subprocess.run([*self.prefix, sys.executable, "-c", REACH, HERE], check=True, capture_output=True, text=True, timeout=30)
        except (OSError, subprocess.SubprocessError) as error:
            said = getattr(error, "stderr", None) or error
            print(f"no network namespace here ({str(said).strip()}): the operator comes from {ANOTHER_LOOPBACK} instead", flush=True)
            self._clear()
            self.address, self.prefix = ANOTHER_LOOPBACK, []
        return self

    def __exit__(self, *exception):
        self._clear()

    @property
    def _wire(self):
        return f"sh{os.getpid()}"

    def _clear(self):
        for words in (("link", "del", self._wire), ("netns", "del", self.name)):
            try:
                _ip(*words)
            except (OSError, subprocess.SubprocessError):
                pass  # it was never made, or went with the other


def _ip(*words):
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)
