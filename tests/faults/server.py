"""A real server to send real requests to, and to kill."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tests.conftest import ENVIRONMENT

ROOT = Path(__file__).parents[2]
START_SECONDS = 20
ANSWER_SECONDS = 60


@dataclass
class Answer:
    """What came back of a request; a status of 0 when nothing did."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    page: str = ""
    seconds: float = 0.0

    @property
    def acknowledged(self) -> bool:
        """Whether the sender was told that all is well."""
        return self.status == 302


@dataclass
class Server:
    """One start of the service: a process group that listens on a port of this machine."""

    group: int
    port: int

    def ask(self, path: str, form: Mapping[str, str] | None = None, *, cookie: str = "") -> Answer:
        """The answer to a GET, or to a POST of a form; what was not answered before the server died has status 0."""
        answer, began = Answer(), time.monotonic()
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(line):
            line.request("POST" if form else "GET", path, urlencode(form) if form else None, headers)
            came = line.getresponse()
            page = came.read().decode()
            answer = Answer(came.status, dict(came.getheaders()), page)
        answer.seconds = time.monotonic() - began
        return answer

    def begin(self, path: str, form: Mapping[str, str], *, cookie: str) -> Pending:
        """Sends the form while the caller goes on."""
        return Pending(self, path, form, cookie)

    def kill(self) -> None:
        """Ends the whole process group, as a power cut would: no handler runs. Harmless when it has ended."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.group, signal.SIGKILL)


class Pending:
    """A request under way."""

    def __init__(self, server: Server, path: str, form: Mapping[str, str], cookie: str) -> None:
        self.answer: Answer | None = None

        def send() -> None:
            self.answer = server.ask(path, form, cookie=cookie)

        self._thread = threading.Thread(target=send)
        self._thread.start()

    @property
    def over(self) -> bool:
        return not self._thread.is_alive()

    def wait(self) -> Answer:
        self._thread.join()
        assert self.answer is not None
        return self.answer


class Starter:
    """Starts servers on one database."""

    def __init__(self, loaded: subprocess.Popen[str]) -> None:
        self._loaded = loaded
        self._port = free_port()
        self._last: Server | None = None

    def start(self) -> Server:
        """A server that answers."""
        assert self._loaded.stdin
        assert self._loaded.stdout
        self._loaded.stdin.write(f"{self._port}\n")
        self._loaded.stdin.flush()
        server = self._last = Server(int(self._loaded.stdout.readline()), self._port)
        deadline = time.monotonic() + START_SECONDS
        while server.ask("/static/icon.svg").status != 200:
            assert time.monotonic() < deadline, "The server did not start."
        return server

    def stop(self) -> None:
        """Ends the last server, where it still runs, and whatever starts others."""
        if self._last:
            self._last.kill()
        assert self._loaded.stdin
        self._loaded.stdin.close()


@contextlib.contextmanager
def starter(url: str) -> Iterator[Starter]:
    """A process that has the service loaded for a database."""
    environment = {**os.environ, **ENVIRONMENT, "DATABASE_URL": url}
    command = [sys.executable, "-m", "tests.faults.serving"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes) as loaded:
        starts = Starter(loaded)
        try:
            yield starts
        finally:
            starts.stop()


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port
