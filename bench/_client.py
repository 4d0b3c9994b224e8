"""Send HTTP requests that were made before over some kept connections, as fast as the answers come.

    python -m bench._client PORT CONNECTIONS < requests      each request: its length in a line, then its bytes

One process and one thread; it shares the machine with what it measures. Prints JSON: seconds, CPU ms, waits in ms, and
what was not answered by 201.
"""

from __future__ import annotations

import json
import re
import selectors
import socket
import sys
import time
from collections.abc import Iterator

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


def main() -> int:
    port, count = int(sys.argv[1]), int(sys.argv[2])
    requests = list(_read())
    begun, cpu = time.perf_counter(), time.process_time()
    waits, faults = send(port, count, requests)
    told = {
        "seconds": time.perf_counter() - begun,
        "cpu_ms": (time.process_time() - cpu) * 1000,
        "waits": waits,
        "faults": faults,
    }
    sys.stdout.write(json.dumps(told))
    return 0


def _read() -> Iterator[bytes]:
    while line := sys.stdin.buffer.readline():
        yield sys.stdin.buffer.read(int(line))


def send(port: int, count: int, requests: list[bytes]) -> tuple[list[float], list[str]]:
    """Send all requests; return the wait for each answer in ms and the answers that were none."""
    rest, waits, faults = iter(requests), list[float](), list[str]()
    with selectors.DefaultSelector() as selector:
        for _ in range(min(count, len(requests))):
            line = Line(port, rest)
            line.send()
            selector.register(line.connection, selectors.EVENT_READ, line)
        while selector.get_map():
            for line in _ready(selector):
                if not line.receive():
                    continue
                waits.append((time.perf_counter() - line.sent_at) * 1000)
                if b" 201 " not in line.answer[:20]:
                    faults.append(line.answer[:2000].decode(errors="replace"))
                if not line.send():
                    selector.unregister(line.connection)
                    line.connection.close()
    return waits, faults


def _ready(selector: selectors.BaseSelector) -> list[Line]:
    found = [key.data for key, _ in selector.select(timeout=30)]
    if not found:
        raise TimeoutError("no answer for 30 seconds")
    return found


class Line:
    """One kept connection: sends a request, gathers its answer, sends the next one."""

    def __init__(self, port: int, rest: Iterator[bytes]) -> None:
        self.connection, self._rest = socket.create_connection(("127.0.0.1", port)), rest
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent_at, self.answer = 0.0, b""

    def send(self) -> bool:
        """Send the next request; return whether there was one."""
        request = next(self._rest, None)
        if request is not None:
            self.answer, self.sent_at = b"", time.perf_counter()
            self.connection.sendall(request)
        return request is not None

    def receive(self) -> bool:
        """Take what has come; return whether the answer is whole."""
        part = self.connection.recv(65536)
        if not part:
            raise ConnectionError("the service closed a connection")
        self.answer += part
        return _is_whole(self.answer)


def _is_whole(answer: bytes) -> bool:
    head, end, body = answer.partition(b"\r\n\r\n")
    length = _LENGTH.search(head)
    return bool(end) and len(body) >= int(length[1] if length else 0)


if __name__ == "__main__":
    sys.exit(main())
