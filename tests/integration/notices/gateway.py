"""A gateway on loopback that answers as the recorded one did, and remembers what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY, SECRET = "k-7", b"a secret of the gateway, 32 byte"

# One recorded exchange per kind of answer: status and body as they came.
RECORDED: dict[str, tuple[int, str]] = {
    "ok": (202, '{"state":"accepted","ref":"g-0001","cost":1}'),
    "refused": (400, '{"error":"bad_number","message":"13900000000 is not in use"}'),
    "unsubscribed": (403, '{"error":"unsubscribed"}'),
    "down": (500, "<html><body>Internal Server Error</body></html>"),
    "busy": (429, '{"error":"slow_down"}'),
    "malformed": (200, '{"state":"accepted","ref":'),
    "empty": (200, ""),
    "odd": (200, '["accepted"]'),
    "long": (200, '"' + "x" * 70_000 + '"'),
    "moved": (302, ""),
}


@dataclass
class Asked:
    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, str]:
        said: dict[str, str] = json.loads(self.body)
        return said


@dataclass
class Recording:
    """``answers`` are used up one after the other, the last one for ever."""

    url: str
    answers: list[str] = field(default_factory=lambda: ["ok"])
    reports: list[dict[str, object]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)


@contextmanager
def recorded_gateway() -> Iterator[Recording]:
    """A real HTTP server on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self._note()
            name = recording.answers.pop(0) if len(recording.answers) > 1 else recording.answers[0]
            if name == "slow":
                time.sleep(2)
                return
            if name == "drip":
                self._drip()
                return
            self._answer(*RECORDED[name])

        def do_GET(self) -> None:
            self._note()
            self._answer(200, json.dumps({"reports": recording.reports}))

        def _note(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            recording.asked.append(Asked(self.command, self.path, dict(self.headers), body))

        def _answer(self, status: int, body: str) -> None:
            raw = body.encode()
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "http://169.254.169.254/latest")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def _drip(self) -> None:
            """One byte now and then: each of them would set the clock of a socket back."""
            try:
                for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n" + b" " * 4000:
                    self.wfile.write(bytes([byte]))
                    time.sleep(0.05)
            except OSError:
                return

        def log_message(self, *_words: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    recording = Recording(f"http://localhost:{server.server_address[1]}/v1")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield recording
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
