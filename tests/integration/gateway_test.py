"""The gateway before the real controller: an independent gRPC-Web client reaches everything, and clients that misbehave harm nobody."""

import contextlib
import json
import os
import pathlib
import signal
import socket
import ssl
import struct
import subprocess

from harness import Machine, Program, check
import harness

SOURCE, BUILD = pathlib.Path(os.environ["SHEAVE_SOURCE"]), pathlib.Path(os.environ["SHEAVE_BUILD"])
UNIMPLEMENTED, INTERNAL, UNKNOWN, UNAVAILABLE = 12, 13, 2, 14
KEPT_WAITING = 8 << 20  # bytes a slow client is owed before it is looked away from: far more than a socket holds


class WebMachine(Machine):
    """With its gateway on a port of its own."""

    def __init__(self, **keys):
        super().__init__(config=f'[web]\nlisten = "127.0.0.1:0"\nroot = "{BUILD / "web"}"\n', **keys)

    def start_daemon(self):
        self.daemon = Program("sheaved", [harness.bin_dir() / "sheaved", "--config", self.write_config()], self.folder)
        self.take_addresses(self.daemon.wait_for("ready ").split())

    def take_addresses(self, words):
        self.address = words[words.index("api") + 1]
        host, port = words[words.index("web") + 1].rsplit(":", 1)
        self.web = (host, int(port))
        self.url = f"http://{host}:{port}"


def grpc_web(machine):
    folder = BUILD / "tests" / "integration" / "node"
    return Program("grpc-web", ["node", folder / "grpc_web.mjs", SOURCE / "proto", machine.url], machine.folder)


def unary_methods():
    """Of every service, from the files alone."""
    found = set()
    for file in (SOURCE / "proto" / "sheave" / "v1").glob("*.proto"):
        service = None
        for line in file.read_text().splitlines():
            words = line.split()
            if words[:1] == ["service"]:
                service = words[1]
            elif words[:1] == ["rpc"] and "returns (stream" not in line:
                found.add(f"{service}.{words[1].split('(')[0]}")
    return found


def an_independent_client_calls_every_unary_method_and_follows_a_stream():
    with WebMachine(athlete="style=cable-row,one_rm_kg=85,reps=4", log=False) as machine:
        programs = sum(line["type"] == "program" for line in machine.run("programs"))
        with grpc_web(machine) as client:
            called = {}
            for event in map(json.loads, client.lines()):
                if event["event"] == "called":
                    called[event["method"]] = event
                elif event["event"] == "snapshot":
                    break
            check(set(called) == unary_methods(), f"called were {sorted(called)}")
            for method, event in called.items():
                check(event["code"] not in (UNKNOWN, INTERNAL, UNAVAILABLE), f"{method}: {event}")
                check(event["code"] == 0 or event["text"], f"{method} was refused without a word: {event}")
            check(called["ProgramService.ListPrograms"]["answer"] == {"programs": programs}, f"{called['ProgramService.ListPrograms']}")
            for method in ("MachineService.GetMachine", "ProgramService.GetProgram", "ProgramService.PreviewProgram", "ControlService.Stop",
                           "UsageService.Summarize"):
                check(called[method]["code"] == 0, f"{method}: {called[method]}")
            machine.run("out-of-order", "--clear", "--who", "test")
            with machine.client("start", "cable-row", "--once", "--json", "--rest", "3") as trainee:
                events = [json.loads(line) for line in client.lines()]
                check(client.process.wait() == 0, f"the stream broke: {events} {client.errors()}")
                trainee.stop(signal.SIGKILL)  # what it did is stored
        reps = [event for event in events if event["event"] == "rep"]
        seqs = [event["seq"] for event in reps]
        check(seqs == sorted(set(seqs)), f"reps came twice or out of order: {seqs}")
        counted = [event["counted"] for event in events if event["event"] == "set"]
        check(counted == [len(reps)] and len(reps) > 0, f"the stream had {len(reps)} reps, its set says {counted}")
        check(machine.sets()[0]["counted_reps"] == len(reps), f"stored are {machine.sets()[0]['counted_reps']} reps, the stream had {len(reps)}")


def request(method, body, content_type="application/grpc-web+proto"):
    head = f"POST /sheave.v1.{method} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def framed(message):
    return struct.pack(">BI", 0, len(message)) + message


def status_of(machine, data):
    """What the gateway says to these bytes: the number behind HTTP/1.1, or "" where it just closed."""
    with socket.create_connection(machine.web, timeout=30) as client:
        try:
            client.sendall(data)
            answer = client.recv(65536)
        except ConnectionError:  # what is refused need not be read to its end
            return ""
        return answer.split(b" ")[1].decode() if answer else ""


WATCH_FAST = framed(b"\x0a\x0amachines/-" + b"\x12\x02\x01\x04" + b"\x19" + struct.pack("<d", 1000.0))  # samples and states at 1 kHz


def clients_that_misbehave_leave_the_controller_unharmed():
    with WebMachine(athlete="", log=False) as machine:
        def healthy(after):
            state = machine.run("status")[0]
            check(state["state"] == "MACHINE_STATE_IDLE", f"after {after}: {state}")
            check(status_of(machine, request("MachineService/GetMachine", framed(b"\x0a\x0amachines/-"))) == "200", f"no answer after {after}")

        for name, body in {"an empty body": b"", "a short frame": b"\0\0\0\0\5abc", "a long length": b"\0\xff\xff\xff\xffabc",
                           "a compressed frame": b"\1\0\0\0\3abc", "noise": bytes(range(256)) * 64}.items():
            check(status_of(machine, request("MachineService/GetMachine", body)) == "200", f"{name} was not told what is wrong")
            healthy(name)
        check(status_of(machine, request("MachineService/GetMachine", framed(b"x" * (1 << 20)))) in ("413", ""), "a megabyte was taken")
        healthy("an oversize message")
        check(status_of(machine, b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 20000 + b"\r\n\r\n") in ("431", ""), "a long header was taken")
        healthy("a long header")

        for _ in range(20):  # gone before, in and after the first answer
            with socket.create_connection(machine.web, timeout=30) as client:
                client.sendall(request("WatchService/Watch", WATCH_FAST))
            with socket.create_connection(machine.web, timeout=30) as client:
                client.sendall(request("WatchService/Watch", WATCH_FAST)[:60])
            with socket.create_connection(machine.web, timeout=30) as client:
                client.sendall(request("WatchService/Watch", WATCH_FAST))
                client.recv(100)
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # a reset, no goodbye
        healthy("clients that hung up")

        slow = []
        for _ in range(16):
            client = socket.socket()
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.connect(machine.web)
            client.sendall(request("WatchService/Watch", WATCH_FAST))
            slow.append(client)
        memory_kb = resident_kb(machine)
        with socket.create_connection(machine.web, timeout=30) as quick:  # beside the slow ones a quick one is served
            quick.sendall(request("WatchService/Watch", WATCH_FAST))
            taken = 0
            while taken < KEPT_WAITING // 64:
                piece = quick.recv(65536)
                check(piece, "the quick client was cut off")
                taken += len(piece)
        grown_kb = resident_kb(machine) - memory_kb
        check(grown_kb < 32 * 1024, f"sixteen clients that read nothing cost {grown_kb} kB")
        healthy("slow clients")
        for client in slow:
            client.close()
        healthy("slow clients that left")


def requests_sent_ahead_are_answered_in_order():
    with WebMachine(athlete="", log=False) as machine, socket.create_connection(machine.web, timeout=30) as client:
        ask = framed(b"\x0a\x0amachines/-")
        client.sendall(request("MachineService/GetMachine", ask) + request("NoService/Call", ask) + request("ProgramService/ListPrograms", framed(b"")) +
                       b"GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        answers = b"".join(iter(lambda: client.recv(65536), b"")).split(b"HTTP/1.1 ")[1:]
        check([answer[:3] for answer in answers] == [b"200", b"200", b"200", b"404"], f"{answers}")
        statuses = [int(answer.split(b"grpc-status: ")[1].split(b"\r")[0]) for answer in answers[:3]]
        check(statuses == [0, UNIMPLEMENTED, 0], f"{statuses}")
        check(b"machines/m1" in answers[0] and b"programs/cable-row" in answers[2], "the answers are not in the order of the questions")


class RemoteMachine(WebMachine):
    """For other hosts too, over TLS."""

    def write_config(self, endpoint=None):
        path = super().write_config(endpoint)
        text = path.read_text().replace("[api]\n", '[api]\ntls_listen = "127.0.0.1:0"\n').replace("[web]\n", '[web]\ntls_listen = "127.0.0.1:0"\n')
        path.write_text(text + f'\n[tls]\ntokens = "{self.folder / "tokens"}"\n')
        return path

    def take_addresses(self, words):
        super().take_addresses(words)
        host, port = words[words.index("web-tls") + 1].rsplit(":", 1)
        self.web_tls, self.api_tls = (host, int(port)), words[words.index("api-tls") + 1]

    def token(self, *arguments):
        command = [harness.bin_dir() / "sheave", "token", "--tokens", self.folder / "tokens", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def a_revoked_token_ends_the_streams_that_are_open_under_it():
    with RemoteMachine(athlete="", log=False) as machine:
        office = machine.token("create", "office", "--scope", "operator")
        certificate = machine.folder / "tls.crt"
        watch = Program("watch", [harness.bin_dir() / "sheave", "--address", machine.api_tls, "--ca", certificate, "--token", office, "watch", "--json"],
                        machine.folder)
        tls = ssl.create_default_context(cafile=str(certificate))
        with watch, tls.wrap_socket(socket.create_connection(machine.web_tls, timeout=30), server_hostname="127.0.0.1") as page:
            ask = request("WatchService/Watch", framed(b"\x0a\x0amachines/-")).replace(b"\r\n\r\n", f"\r\nAuthorization: Bearer {office}\r\n\r\n".encode(), 1)
            page.sendall(ask)
            heard = page.recv(65536)
            check(heard.startswith(b"HTTP/1.1 200") and watch.line(), f"no stream began: {heard} {watch.errors()}")
            machine.token("revoke", "office")
            while b"grpc-status" not in heard:
                piece = page.recv(65536)
                check(piece, f"the page's stream was cut off without a word: {heard}")
                heard += piece
            check(b"grpc-status: 16\r\n" in heard, f"{heard}")
            check(watch.process.wait(harness.DEADLINE_S) != 0 and "TOKEN_UNKNOWN" in watch.errors(), f"the watch said {watch.errors()}")


def streams_at_full_rate_do_not_hold_the_end_up():
    """Six pages that watch at 1 kHz are closed in the moment in which the controller is: it used to wait for their calls for ever."""
    for _ in range(3):
        with WebMachine(athlete="", log=False) as machine, contextlib.ExitStack() as pages:
            clients = [pages.enter_context(socket.create_connection(machine.web, timeout=30)) for _ in range(6)]
            for client in clients:
                client.sendall(request("WatchService/Watch", WATCH_FAST))
            for client in clients:
                for _ in range(3):
                    check(client.recv(65536), "the stream ended by itself")
            machine.daemon.process.send_signal(signal.SIGTERM)
            pages.close()
            check(machine.daemon.process.wait(harness.DEADLINE_S) == 0, f"sheaved said {machine.daemon.errors()}")
            check("left behind" not in machine.daemon.errors(), f"sheaved said {machine.daemon.errors()}")


def resident_kb(machine):
    status = pathlib.Path(f"/proc/{machine.daemon.process.pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


if __name__ == "__main__":
    harness.main(an_independent_client_calls_every_unary_method_and_follows_a_stream, clients_that_misbehave_leave_the_controller_unharmed,
                 requests_sent_ahead_are_answered_in_order, streams_at_full_rate_do_not_hold_the_end_up,
                 a_revoked_token_ends_the_streams_that_are_open_under_it)
