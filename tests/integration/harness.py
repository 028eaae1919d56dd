"""Starts the real programs for a test: a simulated stack and a controller, in a folder of their own, and the command line client.

Nothing here waits by time: a program is up when it prints its line, an event is there when the client's stream prints it. Every wait has
a deadline that only a broken run reaches.
"""

import json
import multiprocessing
import os
import pathlib
import select
import signal
import subprocess
import sys
import tempfile
import time

DEADLINE_S = 120.0  # far beyond any healthy wait; a run that reaches it is broken
TAKES_THE_LOAD_OFF = {"REACTION_UNLOAD", "REACTION_FAULT_STOP", "REACTION_SAFE_OFF"}


class Failure(AssertionError):
    """Something that a user would complain about."""


def check(condition, message):
    if not condition:
        raise Failure(message)


class HostWatch:
    """Measures how long the host itself stands still: a virtual machine may have its processors taken away as a whole.

    A run in which that happened proves nothing about the controller, whose job it then is to take the load off.
    """

    PERIOD_S, STALL_S = 0.002, 0.004

    def __init__(self):
        # Processes, not threads: while the test itself computes, a thread waits for the interpreter and would call that a stall.
        context = multiprocessing.get_context("fork")
        self._longest_s = []
        for processor in os.sched_getaffinity(0):  # one may stand still while the others run
            self._longest_s.append(context.RawValue("d", 0.0))
            context.Process(target=self._run, args=(processor, self._longest_s[-1], os.getpid()), daemon=True).start()

    def _run(self, processor, longest_s, parent):
        os.sched_setaffinity(0, {processor})
        try:
            os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(85))  # above the controller's: it must not be what delays this
        except OSError:
            pass
        while os.getppid() == parent:  # one that was killed takes nothing along
            begin = time.monotonic()
            time.sleep(self.PERIOD_S)
            longest_s.value = max(longest_s.value, time.monotonic() - begin - self.PERIOD_S)

    def take(self):
        """The longest stall since the last call."""
        longest = max(seen.value for seen in self._longest_s)
        for seen in self._longest_s:
            seen.value = 0.0
        return longest


def bin_dir():
    return pathlib.Path(os.environ["SHEAVE_BIN"])


class Program:
    """A child process whose standard output is read line by line."""

    def __init__(self, name, arguments, folder, env=None, stdin=subprocess.DEVNULL):
        self.name = name
        self.errors_path = folder / f"{name}.err"
        self._errors = open(self.errors_path, "ab")
        self.process = subprocess.Popen(
            [str(a) for a in arguments], stdout=subprocess.PIPE, stderr=self._errors, stdin=stdin,
            env={**os.environ, **(env or {})})
        self._buffer = b""

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.stop()

    def line(self, deadline_s=DEADLINE_S):
        """The next line, or None at the end of the output."""
        end = time.monotonic() + deadline_s
        while b"\n" not in self._buffer:
            left = end - time.monotonic()
            check(left > 0, f"{self.name} printed nothing for {deadline_s} s; it said: {self.errors()}")
            if not select.select([self.process.stdout], [], [], left)[0]:
                continue
            piece = os.read(self.process.stdout.fileno(), 65536)
            if not piece:
                return None
            self._buffer += piece
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line.decode()

    def lines(self):
        while (line := self.line()) is not None:
            yield line

    def wait_for(self, start):
        for line in self.lines():
            if line.startswith(start):
                return line
        self.process.wait()
        raise Failure(f"{self.name} ended with {self.process.returncode} before it printed '{start}'; it said: {self.errors()}")

    def errors(self):
        self._errors.flush()
        return self.errors_path.read_text(errors="replace")[-4000:]

    def kill(self, number=signal.SIGKILL):
        if self.process.poll() is None:
            self.process.send_signal(number)

    def stop(self, number=signal.SIGTERM):
        """Ends it and returns its exit code."""
        self.kill(number)
        try:
            # What it still says is read: one that waits for its reader does not come to the signal.
            if not self.process.stdout.closed:
                self.process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            self.kill()
            self.process.communicate()
            raise Failure(f"{self.name} did not end within 30 s of {signal.Signals(number).name}; it said: {self.errors()}")
        return self.process.returncode


class Machine:
    """A simulated stack, a controller on it, and the client. Use as a context manager.

    A test that proves what a lost link or a late loop does grants no standstill: then the bounds are those of a real machine.
    """

    def __init__(self, athlete="style=cable-row", seed=1, sim_arguments=(), config="", log=True, link="tcp", cables=1, baud=1000000,
                 standstill_ms=90):
        self._temporary = tempfile.TemporaryDirectory(prefix="sheave-")
        self.folder = pathlib.Path(self._temporary.name)
        self.log_path = self.folder / "sim.csv"
        self.athlete, self.seed, self.sim_arguments = athlete, seed, list(sim_arguments)
        self.extra_config = config
        self.log = log
        self.link, self.cables, self.baud = link, cables, baud
        self.standstill_ms = standstill_ms
        self.sim = self.daemon = None
        self.address = None

    def __enter__(self):
        try:
            self.start_sim()
            self.start_daemon()
        except BaseException:
            self.__exit__(*sys.exc_info())
            raise
        return self

    def __exit__(self, kind, value, trace):
        programs = [program for program in (self.daemon, self.sim) if program is not None]
        try:
            for program in programs:
                program.stop()
        finally:  # nothing of this test runs beside the next one
            for program in programs:
                program.stop(signal.SIGKILL)
            if kind is not None:
                for program in programs:
                    print(f"--- {program.name}:\n{program.errors()}", file=sys.stderr)
            self._temporary.cleanup()

    def start_sim(self):
        arguments = [bin_dir() / "sheave-sim", "--seed", self.seed]
        for cable in range(self.cables):
            place = "tcp:127.0.0.1:0" if self.link == "tcp" else f"rtu:{self.folder}/line{cable},baud={self.baud}"
            arguments += ["--listen", place]
        if self.athlete:
            arguments += ["--athlete", self.athlete]
        if self.log:
            arguments += ["--log", self.log_path]
        self.sim = Program("sheave-sim", arguments + self.sim_arguments, self.folder)
        self.endpoints = [self.sim.wait_for("listening ").split(self.link + ":", 1)[1] for _ in range(self.cables)]
        self.endpoint = self.endpoints[0]

    def write_config(self, endpoint=None):
        path = self.folder / "sheaved.toml"
        path.write_text(
            f'[machine]\nid = "m1"\nname = "Test"\ncables = {self.cables}\n\n'
            f'[link]\nkind = "{self.link}"\nendpoints = {json.dumps([endpoint] if endpoint else self.endpoints)}\nprofile = "kdr-1"\n'
            + f'standstill_ms = {self.standstill_ms}\n' + (f'baud = {self.baud}\n\n' if self.link == "rtu" else '\n') +
            f'[api]\nlisten = "127.0.0.1:0"\n\n[store]\npath = "{self.folder / "sheave.db"}"\n\n{self.extra_config}')
        return path

    def start_daemon(self, *arguments):
        self.daemon = Program("sheaved", [bin_dir() / "sheaved", "--config", self.write_config(), *arguments], self.folder)
        ready = self.daemon.wait_for("ready ")
        self.address = next(word for word in ready.split() if word.startswith("127.0.0.1:"))

    def wait_for_log(self, time_s, deadline_s=DEADLINE_S):
        """Until the simulator's log has come to this CLOCK_MONOTONIC time."""
        end = time.monotonic() + deadline_s
        while time.monotonic() < end:
            with open(self.log_path, "rb") as file:
                file.seek(max(0, self.log_path.stat().st_size - 4096))
                lines = file.read().split(b"\n")[1:-1]  # the first and the last may be cut
            if lines and float(lines[-1].split(b",")[0]) >= time_s:
                return
            select.select([], [], [], 0.01)  # a file's growth wakes nobody
        raise Failure(f"the simulator's log did not come to {time_s}")

    def client(self, *arguments):
        """The client as a running program: read its lines."""
        return Program("sheave-" + arguments[0], [bin_dir() / "sheave", "--address", self.address, *arguments], self.folder)

    def run(self, *arguments, expect=0):
        """Runs the client to its end; returns its JSON lines."""
        done = subprocess.run([str(bin_dir() / "sheave"), "--address", self.address, *map(str, arguments), "--json"],
                              capture_output=True, text=True, timeout=DEADLINE_S * 10)
        check(done.returncode == expect, f"sheave {' '.join(map(str, arguments))} ended with {done.returncode}: {done.stdout[-2000:]}{done.stderr}")
        return [json.loads(line) for line in done.stdout.splitlines() if line.strip()]

    def refused(self, *arguments):
        """What the client says to a person where the controller refuses."""
        done = subprocess.run([str(bin_dir() / "sheave"), "--address", self.address, *map(str, arguments)], capture_output=True, text=True,
                              timeout=DEADLINE_S)
        check(done.returncode == 1, f"sheave {' '.join(map(str, arguments))} ended with {done.returncode}: {done.stdout}")
        return done.stderr

    @staticmethod
    def events(watch):
        """What a running `watch --json` prints. A fault that takes the load off ends it: what the test waits for will not come any more. So
        does a machine on which nothing happens but time: samples alone would go on for ever."""
        last, happened_s = {}, time.monotonic()
        for line in watch.lines():
            event = json.loads(line)
            if event["type"] == "fault" and event["active"] and event["reaction"] in TAKES_THE_LOAD_OFF:
                raise Failure(f"{event['id']}: {event['meaning']}")
            if event["type"] in ("rep", "set") or event["type"] == "snapshot" and event.get("stage") != last.get("stage"):
                last, happened_s = event, time.monotonic()
            check(time.monotonic() - happened_s < DEADLINE_S, f"{watch.name}: nothing happened for {DEADLINE_S} s after {last}; now {event}")
            yield event
        raise Failure(f"the watch ended; it said: {watch.errors()}")

    def session(self, program, *arguments, rest=3):
        """A whole session as `sheave start --follow` runs it."""
        return self.run("start", program, "--rest", rest, "--follow", *arguments)

    def member(self, alias):
        """Enrols somebody; the name that `start --member` takes."""
        return self.run("member", "create", "--alias", alias)[0]["name"]

    def sets(self):
        return self.run("sets")

    def finish(self):
        """Ends both programs cleanly, so that the log is complete."""
        code = self.daemon.stop()
        check(code == 0, f"sheaved ended with {code}: {self.daemon.errors()}")
        code = self.sim.stop()
        check(code == 0, f"sheave-sim ended with {code}: {self.sim.errors()}")


RETRY_FOR_S = 600  # how long a run that the host spoiled is begun anew


def run_test(test, host):
    """True when it passed. A failure counts at once, unless the host stood still in that very run."""
    began = time.monotonic()
    while True:
        host.take()
        try:
            test()
            print(f"ok {test.__name__}", flush=True)
            return True
        except Exception as error:  # every failure is told, and the other tests still run
            stall_s = host.take()
            message = f"{type(error).__name__}: {error}"
            if stall_s < HostWatch.STALL_S or time.monotonic() - began > RETRY_FOR_S:
                print(f"FAILED {test.__name__}: {message}", flush=True)
                return False
            print(f"again {test.__name__}: the host stood still for {stall_s * 1e3:.0f} ms ({message[:300]})", flush=True)


def main(*tests):
    """Runs the test functions named on the command line, or all; prints one line each; exits non-zero when one failed."""
    wanted = sys.argv[1:]
    host = HostWatch()
    results = [run_test(test, host) for test in tests if not wanted or test.__name__ in wanted]
    check(results, f"no test is named {' '.join(wanted)}")
    sys.exit(0 if all(results) else 1)
