"""A gateway for texts on this machine, which does what a test tells it: takes, drops, answers late or never."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Gateway:
    """What the gateway has seen, and what it does with the next text.

    manner    "take", "late" (takes, but answers only once `let_go` is set), "drop" (cuts the line), or a status
    posts     every text that came, with its headers
    phones    reference → text, as it would go out: a second copy of one reference is dropped
    """

    url: str = ""
    manner: str | int = "take"
    posts: list[dict[str, Any]] = field(default_factory=list)
    phones: dict[str, str] = field(default_factory=dict)
    came: threading.Event = field(default_factory=threading.Event)
    let_go: threading.Event = field(default_factory=threading.Event)


@contextmanager
def gateway() -> Iterator[Gateway]:
    """Yield a gateway that really listens."""
    told = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told.posts.append({**body, "path": self.path, "token": self.headers["Authorization"]})
            status = told.manner if isinstance(told.manner, int) else 200
            if status == 200:
                status = 409 if body["reference"] in told.phones else 200
                told.phones.setdefault(body["reference"], body["text"])
            manner = told.manner
            told.came.set()
            if manner == "late":
                told.let_go.wait(30)
            if manner == "drop":
                self.connection.close()
                return
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", told.url + "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *told: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *told: None  # type: ignore[method-assign]  # a caller that hung up is what we test
    told.url = f"http://127.0.0.1:{server.server_port}/sms?v=1"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield told
    finally:
        told.let_go.set()
        server.shutdown()
        server.server_close()
        thread.join(10)
