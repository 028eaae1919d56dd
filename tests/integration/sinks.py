"""A mail server and a webhook that keep what they get."""

import http.server
import queue
import socketserver
import threading


class _Listening:
    """Runs a socket server in a thread; use as a context manager."""

    def __init__(self, server):
        self.got = queue.Queue()
        server.got = self.got
        server.daemon_threads = True
        self._server = server
        self.port = server.server_address[1]

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exception):
        self._server.shutdown()
        self._server.server_close()


class _Smtp(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a client that sends one message needs."""

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        mail = {"to": []}
        self.say("220 sink")
        for raw in self.rfile:
            line = raw.decode().strip()
            verb = line[:4].upper()
            if verb in ("EHLO", "HELO"):
                self.say("250 sink")
            elif verb == "MAIL":
                mail["from"] = line
                self.say("250 ok")
            elif verb == "RCPT":
                mail["to"].append(line.split("<", 1)[1].split(">", 1)[0])
                self.say("250 ok")
            elif verb == "DATA":
                self.say("354 go on")
                lines = []
                for part in self.rfile:
                    if part == b".\r\n":
                        break
                    lines.append(part)
                mail["data"] = b"".join(lines)
                self.server.got.put(mail)
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("502 not here")


class MailSink(_Listening):
    def __init__(self):
        super().__init__(socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Smtp))


class _Hook(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.put({"path": self.path, "type": self.headers["Content-Type"], "body": body})
        self.send_response(204)
        self.end_headers()

    def log_message(self, *arguments):
        pass


class HookSink(_Listening):
    """@param port of a sink that was there before; 0: any."""

    def __init__(self, port=0):
        class Server(http.server.ThreadingHTTPServer):
            allow_reuse_address = True

        super().__init__(Server(("127.0.0.1", port), _Hook))
